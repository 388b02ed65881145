"""A yearly credit on the pages: preview, another's review, posting, receipt, lists; the claims of a year; outreach lists."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from jingban.payments.models import Credit
from jingban.registry.services.record_contributions import ContributionRecord, record_contributions
from jingban.safeguards.drive import DriveRecord, freeze_drive, record_results
from jingban.safeguards.messages import ConsentRecord, gateway, record_consents, send_round
from jingban.store.lists import read_grid
from jingban.store.models import AuditEntry
from tests.console.conftest import ENGINES, PASSWORD, As, finished, say
from tests.support.howto import commands
from tests.support.people import door, id_number, recipient, record, register

DAY = dt.date(2020, 6, 3)
FORM = {"year": "2020", "item": "401"}


@pytest.fixture
def people(centre: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    monkeypatch.setattr(settings.CENTRE, "overlays", [Path("demo/miyi-2020")])
    made = register(recipient(1), record(2), record(3, phone="13900000001"))
    paid = [(made[1], DAY), (made[2], None)]
    record_contributions(
        [
            ContributionRecord(person=p, amount_fen=20_000, year=2020, paid_on=DAY, arrived_on=day)
            for p, day in paid
        ],
        door(DAY),
    )
    return made


def _codes(answer: Any) -> list[str]:
    return re.findall(r"\b((?:PAY|SAF|CON|ENG|PRF|POL)-\d{3})\b", answer.content.decode())


@pytest.mark.parametrize("centre", ENGINES, indirect=True)
def test_a_year_of_two_clerks(as_: As, people: list[int]) -> None:
    maker, checker = as_("jingban1"), as_("fuhe1")
    assert _codes(maker.post("/credits/new/", {**FORM, "year": "今年"})) == ["CON-315"]
    assert maker.post("/credits/new/", {**FORM, "item": "9"}).status_code == 404
    page = finished(maker, maker.post("/credits/new/", FORM))
    one = Credit.objects.get()
    home = f"/credits/{one.pk}/"
    assert page.redirect_chain == [(home, 302)]
    assert _codes(finished(maker, maker.post("/credits/new/", FORM))) == ["PAY-210"]
    text = maker.get(home).content.decode()
    assert "这是您经办的批次" in text
    assert "缴费未到账" in text
    assert maker.post(f"{home}review/").status_code == 403
    assert _codes(checker.post(f"{home}post/")) == ["PAY-202"]
    assert checker.post(f"{home}review/").status_code == 302
    assert checker.post(f"{home}post/").status_code == 302
    text = checker.get(home).content.decode()
    assert "记账回执" in text
    assert _codes(maker.post(f"{home}cancel/", {"note": "晚了"})) == ["PAY-202"]
    assert one.batch in maker.get("/credits/").content.decode()
    whole = maker.get(f"{home}list.zip")
    assert zipfile.ZipFile(io.BytesIO(whole.content)).namelist() == ["攀莲镇/某村.xlsx"]
    assert maker.get(f"{home}list.xlsx").content[:2] == b"PK"
    assert AuditEntry.objects.filter(action="export.credits", actor="jingban1").count() == 2
    assert f'value="{one.batch}"' in maker.get(f"/replays/?name={one.batch}").content.decode()
    again = finished(maker, maker.post("/replays/start/", {"name": one.batch}))
    assert "逐行相同" in again.content.decode()
    assert _codes(finished(maker, maker.post("/replays/start/", {"name": "evaluation:2020"}))) == ["PRF-211"]
    text = maker.get("/replays/").content.decode()
    assert (text.count(">逐行相同<"), text.count("没有办成")) == (1, 1)
    claims = maker.get("/claims/?year=2020").content.decode()
    assert "缴费补贴各档" in claims
    assert b"".join(maker.get("/claims/claims.xlsx?year=2020").streaming_content)[:2] == b"PK"


def test_another_law_is_reckoned_and_taken_along(as_: As, people: list[int]) -> None:
    """One recipient, ten yuan more from July to December: sixty; the overlay comes as the command writes it."""
    client = as_("jingban1")
    form = {
        "county": "10",
        "first": "2020-07",
        "last": "2020-12",
        "sets": "",
        "payers": "province:1，county:1",
    }
    for wrong, code in (
        ({"county": ""}, "POL-301"),
        ({"county": "abc"}, "POL-302"),
        ({"payers": "someone:1"}, "POL-302"),
        ({"first": ""}, "CON-308"),
        ({"last": "2020-01"}, "POL-302"),
    ):
        assert _codes(client.post("/costs/start/", form | wrong)) == [code]
    assert _codes(finished(client, client.post("/costs/start/", form | {"sets": "no-such-layer=5"}))) == [
        "POL-303"
    ]
    page = finished(client, client.post("/costs/start/", form))
    text = page.content.decode()
    assert "60.00" in text
    assert text.count("30.00") >= 2  # the province and the county, half each
    (home,) = [address for address, _status in page.redirect_chain]
    archive = zipfile.ZipFile(io.BytesIO(client.get(f"{home}overlay.zip").content))
    assert {"overlay.yaml", "sources.yaml", "510421/basic_pension.yaml"} == set(archive.namelist())
    assert "county=10 2020-07" in client.get("/costs/").content.decode()


def test_a_hole_in_the_law_is_said_on_the_page(
    as_: As, people: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings.CENTRE, "overlays", [])
    maker = as_("jingban1")
    answer = finished(maker, maker.post("/credits/new/", {**FORM, "item": "403"}))
    assert "ENG-101" in _codes(answer)
    assert Credit.objects.count() == 0


def test_outreach_lists_go_out(as_: As, people: list[int], tmp_path: Path) -> None:
    """The drive with its results and the messages of a year: whole, by township, by village, kept on the chain."""
    there = door(dt.date(2026, 3, 1))
    freeze_drive(510421, 2026, there)
    number = id_number(dt.date(1970, 5, 3), 2)
    record_results([DriveRecord(year=2026, id_number=number, result="moved", note="外出")], there)
    record_consents([ConsentRecord(people[2], True)], there)
    send_round(people, "certify", "1", "请办理认证", gateway("file", tmp_path / "短信.csv"), there)
    clerk = as_("jingban1")
    page = clerk.get("/outreach/?year=2026").content.decode()
    assert "请办理认证" in page
    for name, word in (("drive", "扩面名单"), ("messages", "短信发送记录")):
        for form in ("xlsx", "townships", "villages"):
            answer = clerk.get(f"/outreach/lists/{name}.{form}?year=2026")
            assert (answer.status_code, answer.content[:2]) == (200, b"PK"), (word, form)
    assert clerk.get("/outreach/lists/people.xlsx").status_code == 404
    assert AuditEntry.objects.filter(action__in=["export.drive", "export.messages"]).count() == 6


def test_the_page_tells_how_these_lists_are_written(
    people: list[int], shell: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The commands of the page on certification that write the drive and the messages."""
    monkeypatch.chdir(tmp_path)
    there = door(dt.date(2026, 3, 1))
    freeze_drive(510421, 2026, there)
    record_consents([ConsentRecord(people[2], True)], there)
    send_round(people, "certify", "1", "请办理认证", gateway("file", tmp_path / "短信.csv"), there)
    typed = [line for line in commands("certify-recipients") if line[0] == "export"]
    assert [line[1] for line in typed] == ["drive", "messages"]
    say("login", "jingban1", typed=f"{PASSWORD}\n")
    for line in typed:
        say(*line)
    assert (tmp_path / "扩面名单" / "攀莲镇" / "某村.xlsx").is_file()
    told = read_grid(tmp_path / "短信记录.xlsx")
    assert "请办理认证" in str(told)
    assert "13900000001" not in str(told)
