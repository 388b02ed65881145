"""One page makes a year's package: what is missing leads to where it is entered; the files are whole or not there."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from jingban.budget.models import PublishedFigure, Reason, Staffing, Unit
from jingban.budget.services import withdraw
from jingban.console import jobs
from jingban.console.models import Job
from jingban.console.obstacles import obstacles
from jingban.console.tasks import package
from jingban.store import audit
from jingban.store.models import AuditEntry
from jingban.store.origins import Door
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
    assert not Job.objects.exists()
    assert not (centre / package.FOLDER).exists()


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two formats are enough to see the way of a package."""
    monkeypatch.setattr(package, "FORMATS", ("html", "xlsx"))
    monkeypatch.setattr(
        package.publish, "__kwdefaults__", {**package.publish.__kwdefaults__, "formats": ("html", "xlsx")}
    )


WANTED = {"unit": "510421021", "year": 2020, "style": "central"}
SUBJECT = "510421021 2020"


def _begun() -> Job:
    return jobs.begin(Job.Task.PACKAGE, SUBJECT, WANTED, "gongkai1")


@pytest.mark.usefixtures("small")
def test_the_package_is_made_checked_shown_and_kept_on_the_chain(
    as_: As, centre: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = as_("gongkai1")
    job = _begun()
    waiting = client.get(f"/jobs/{job.pk}/").content.decode()
    assert f'hx-get="/jobs/{job.pk}/progress/"' in waiting
    refused = client.post("/year/start/", {**WANTED, "style": "hunan"})
    assert (refused.status_code, "CON-301" in refused.content.decode()) == (422, True)
    steps = []

    def told(of: Job, text: str, at: int, whole: int) -> None:
        tell(of, text, at, whole)
        steps.append((at, whole))
        assert f"{at} / {whole}" in client.get(f"/jobs/{job.pk}/progress/").content.decode()

    tell = jobs.tell
    monkeypatch.setattr(jobs, "tell", told)
    jobs.do(job, package.work)
    assert Job.objects.get().state == "done", job.account
    whole = steps[-1][1]
    assert steps == [(at, whole) for at in range(1, whole + 1)]
    assert len(steps) > 2
    made = jobs.place(job)
    assert list((centre / package.FOLDER).iterdir()) == [made]
    over = client.get(f"/jobs/{job.pk}/progress/")
    assert (over.status_code, over.headers["HX-Refresh"]) == (286, "true")
    page = client.get(f"/jobs/{job.pk}/", follow=True).content.decode()
    assert f"{job.account['verified']} / {job.account['checkable']}" in page
    assert job.account["verified"] == job.account["checkable"] > 100
    first = next(one["path"] for one in job.account["files"] if one["path"].endswith(".html"))
    files = f"/year/packages/{job.pk}"
    shown = client.get(f"{files}/files/{first}?open")
    assert b"".join(shown.streaming_content) == (made / first).read_bytes()
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    archive = zipfile.ZipFile(io.BytesIO(client.get(f"{files}/all.zip").content))
    assert sorted(archive.namelist()) == sorted(one["path"] for one in job.account["files"])
    for path in ("../../jingban.toml", "..%2f..%2fcentre.sqlite3", "none.html"):
        assert client.get(f"{files}/files/{path}").status_code == 404
    assert list(AuditEntry.objects.filter(subject=SUBJECT).values_list("action", flat=True)) == [
        "job.package", "export.package", "export.package",
    ]  # fmt: skip
    assert audit.verify()[1] is None


def test_an_error_in_the_middle_leaves_nothing(centre: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> bytes:
        raise RuntimeError("no paper")

    monkeypatch.setattr("jingban.disclosure.output.docx.docx", broken)
    job = _begun()
    jobs.do(job, package.work)
    job.refresh_from_db()
    assert (job.state, job.account["findings"][0]["code"]) == ("failed", "CON-302")
    assert list(centre.rglob("*.html")) == []
    assert list((centre / ".jobs").iterdir()) == []
