"""One page makes a year's package: what is missing leads to where it is entered; the files are whole or not there."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from pathlib import Path

import pytest
from django.utils import timezone

from jingban.budget.models import PublishedFigure, Reason, Staffing, Unit
from jingban.budget.services import withdraw
from jingban.console import jobs
from jingban.console.models import PackageJob
from jingban.console.obstacles import obstacles
from jingban.registry import audit
from jingban.registry.models import AuditEntry
from jingban.registry.origins import Door
from jingban.values.findings import Refused
from tests.console.conftest import As

BACK = Door("会计丁", "test", note="试验")
LINK = re.compile(r'<a href="([^"]+)">去填')


def _take_away() -> None:
    """Reasons, staffing and one of last year's figures are withdrawn."""
    for table in (Reason, Staffing):
        for row in table.objects.all():
            withdraw(row, BACK)
    first = PublishedFigure.objects.order_by("pk").first()
    assert first is not None
    withdraw(first, BACK)


def test_everything_missing_is_listed_and_each_thing_leads_to_its_form(as_: As) -> None:
    _take_away()
    client = as_("jingban1")
    page = client.get("/year/").content.decode()
    codes = set(re.findall(r'<span class="code bad">([A-Z]+-\d+)</span>', page))
    assert {"BUD-202", "BUD-206", "BUD-208"} <= codes
    links = [link.replace("&amp;", "&") for link in LINK.findall(page)]
    assert len(links) == len(re.findall('<span class="code bad">', page))
    for link in links:
        assert client.get(link).status_code == 200, link
    prior = next(link for link in links if "/published/" in link)
    assert "year=2019" in prior
    before = len(links)
    form = client.get(prior).content.decode()
    typed = {name: value for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form) if name not in ("csrfmiddlewaretoken", "again")}  # fmt: skip
    answer = client.post(prior, {**typed, "amount_fen": "100.00", "evidence": "2019年公开报告第3页"})
    assert answer.headers["Location"] == "/year/"
    page = client.get("/year/").content.decode()
    assert len(LINK.findall(page)) <= before  # the figure is there; a difference may now want its reason


def test_a_reason_entered_from_the_list_takes_its_line_away(as_: As) -> None:
    _take_away()
    client = as_("jingban1")
    page = client.get("/year/").content.decode()
    link = next(link.replace("&amp;", "&") for link in LINK.findall(page) if "/reasons/" in link)
    form = client.get(link).content.decode()
    matter = re.search(r'<option value="([^"]+)" selected', form.partition('name="matter"')[2])
    assert matter is not None
    code = re.search(r'name="function_code" value="(\d*)"', form)
    values = {"unit": "510421021", "year": "2020", "matter": matter[1], "text": "人员增加"}
    client.post(link, {**values, "function_code": code[1] if code else ""})
    assert link.replace("&", "&amp;") not in client.get("/year/").content.decode()


def test_with_something_missing_nothing_is_made_and_the_whole_list_is_shown(as_: As, centre: Path) -> None:
    _take_away()
    client = as_("gongkai1")
    answer = client.post("/year/start/", {"unit": "510421021", "year": "2020", "style": "central"})
    assert answer.status_code == 422
    unit = Unit.objects.get()
    wanted = [one.finding.code for one in obstacles(unit, 2020, "central") if one.finding.severity == "error"]
    assert re.findall(r'<span class="code bad">([A-Z]+-\d+)</span>', answer.content.decode()) == wanted
    assert not PackageJob.objects.exists()
    assert not (centre / jobs.FOLDER).exists()


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two formats are enough to see the way of a package."""
    monkeypatch.setattr(jobs, "FORMATS", ("html", "xlsx"))
    monkeypatch.setattr(
        jobs.publish, "__kwdefaults__", {**jobs.publish.__kwdefaults__, "formats": ("html", "xlsx")}
    )


@pytest.mark.usefixtures("small")
def test_the_package_is_made_checked_shown_and_kept_on_the_chain(as_: As, centre: Path) -> None:
    client = as_("gongkai1")
    job = jobs.begin(Unit.objects.get(), 2020, "central", "gongkai1")
    waiting = client.get(f"/year/jobs/{job.pk}/").content.decode()
    assert f'hx-get="/year/jobs/{job.pk}/progress/"' in waiting
    assert client.get(f"/year/jobs/{job.pk}/progress/").status_code == 200
    with pytest.raises(Refused, match="CON-301"):
        jobs.begin(Unit.objects.get(), 2020, "hunan", "gongkai1")
    jobs.make(job)
    job.refresh_from_db()
    assert job.state == "done", job.account
    assert job.steps_done == job.steps_all > 2
    assert [path.name for path in (centre / jobs.FOLDER).iterdir()] == [job.folder]
    over = client.get(f"/year/jobs/{job.pk}/progress/")
    assert (over.status_code, over.headers["HX-Refresh"]) == (286, "true")
    page = client.get(f"/year/jobs/{job.pk}/").content.decode()
    assert f"{job.account['verified']} / {job.account['checkable']}" in page
    assert job.account["verified"] == job.account["checkable"] > 100
    first = next(one["path"] for one in job.account["files"] if one["path"].endswith(".html"))
    shown = client.get(f"/year/jobs/{job.pk}/files/{first}?open")
    assert b"".join(shown.streaming_content) == (jobs.folder_of(job) / first).read_bytes()
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    archive = zipfile.ZipFile(io.BytesIO(client.get(f"/year/jobs/{job.pk}/all.zip").content))
    assert sorted(archive.namelist()) == sorted(one["path"] for one in job.account["files"])
    for path in ("../../jingban.toml", "..%2f..%2fcentre.sqlite3", "none.html"):
        assert client.get(f"/year/jobs/{job.pk}/files/{path}").status_code == 404
    assert list(AuditEntry.objects.filter(subject="510421021 2020").values_list("action", flat=True)) == [
        "publish.package", "export.package", "export.package",
    ]  # fmt: skip
    assert audit.verify()[1] is None


def test_a_server_that_stops_in_the_middle_leaves_nothing(as_: As, centre: Path) -> None:
    job = jobs.begin(Unit.objects.get(), 2020, "central", "gongkai1")
    half = centre / jobs.FOLDER / f".making-{job.pk}"
    moved = centre / jobs.FOLDER / f"{job.unit}-{job.year}-{job.pk}"
    for folder in (half, moved):
        folder.mkdir(parents=True)
        (folder / "report.html").write_text("half")
    assert jobs.reap() == 0  # it may still be alive
    PackageJob.objects.update(heartbeat_at=timezone.now() - dt.timedelta(seconds=jobs.SILENT_SECONDS_MAX + 1))
    page = as_("gongkai1").get(f"/year/jobs/{job.pk}/").content.decode()
    assert "CON-303" in page
    assert list((centre / jobs.FOLDER).iterdir()) == []
    again = jobs.begin(Unit.objects.get(), 2020, "central", "gongkai1")
    assert jobs.reap(everything=True) == 1
    again.refresh_from_db()
    assert again.state == "failed"


def test_an_error_in_the_middle_leaves_nothing(centre: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> bytes:
        raise RuntimeError("no paper")

    monkeypatch.setattr("jingban.disclosure.output.docx.docx", broken)
    job = jobs.begin(Unit.objects.get(), 2020, "central", "gongkai1")
    jobs.make(job)
    job.refresh_from_db()
    assert (job.state, job.account["findings"][0]["code"]) == ("failed", "CON-302")
    assert list(centre.rglob("*.html")) == []
