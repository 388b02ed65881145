"""A certification campaign on the pages: frozen, sheets out, sheets back, listed = passed + failed."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from jingban.casework.models import Case
from jingban.registry.models import Stoppage
from jingban.safeguards.certification.sheets import header
from jingban.safeguards.certification.status import partition
from jingban.safeguards.messages import ConsentRecord, record_consents
from jingban.safeguards.models import Campaign, DrivePerson, MessageRound, PublishedRow, Suspicion
from jingban.safeguards.take import OtherRecord, take
from jingban.store import live
from jingban.store.lists import read_grid, write_list
from jingban.store.models import AuditEntry
from jingban.values.months import FOREVER
from tests.console.conftest import ENGINES, As
from tests.safeguards.test_suspicions import BORN
from tests.support.people import id_number, record, register
from tests.support.safeguard_world import FEB, VILLAGES, door, people

GIVEN = {"code": "2021春", "on": "2021-02-01", "due": "2021-04-30", "everybody": "on"}
UPLOAD = "/books/certification_returns/upload/"


def _codes(answer: Any) -> list[str]:
    return re.findall(r"\b((?:SAF|CON|CLI|LST)-\d{3})\b", answer.content.decode())


def _sheet(folder: Path, *answers: tuple[int, str, str]) -> SimpleUploadedFile:
    """A village's workbook as it comes back: (sequence, result, date)."""
    path = folder / "back.xlsx"
    rows = [
        (GIVEN["code"], "攀莲镇", VILLAGES[n % 2], "一组", id_number(BORN, n), f"测试{n}", "", "", result, day, "", "")
        for n, result, day in answers
    ]  # fmt: skip
    write_list(path, header(), rows, title="反馈")
    return SimpleUploadedFile("back.xlsx", path.read_bytes())


@pytest.fixture
def listed(centre: Path) -> None:
    people(4)


def test_a_campaign_from_the_list_to_the_sheets_that_come_back(
    as_: As, listed: None, centre: Path, tmp_path: Path
) -> None:
    client = as_("jingban1")
    assert _codes(client.post("/certification/new/", {**GIVEN, "code": " "})) == ["CON-311"]
    assert _codes(client.post("/certification/new/", {**GIVEN, "due": ""})) == ["CLI-005"]
    assert _codes(client.post("/certification/new/", {**GIVEN, "due": "2021-01-31"})) == ["SAF-513"]
    assert as_("gongkai1").post("/certification/new/", GIVEN).status_code == 403
    assert client.post("/certification/new/", GIVEN).status_code == 302
    campaign = Campaign.objects.get()
    home = f"/certification/{campaign.pk}/"
    assert home in client.get("/certification/").content.decode()

    packed = zipfile.ZipFile(io.BytesIO(client.get(f"{home}sheets.zip").content))
    assert sorted(Path(name).stem for name in packed.namelist()) == sorted(VILLAGES)
    one = tmp_path / "one.xlsx"
    one.write_bytes(packed.read(next(name for name in packed.namelist() if VILLAGES[1] in name)))
    numbers = {str(cell) for row in read_grid(one) for cell in row}
    assert {id_number(BORN, 1), id_number(BORN, 3)} <= numbers
    assert AuditEntry.objects.get(action="certify.exported").actor == "jingban1"

    assert client.get(UPLOAD).status_code == 200
    wrong = client.post(
        UPLOAD, {"file": _sheet(tmp_path, (1, "通过", "2021-02-03"), (2, "也许", "2021-02-03"))}
    )
    assert "LST-1" in " ".join(_codes(wrong))
    assert partition(campaign).pending == 4  # one wrong row refuses the sheet
    sheet = _sheet(tmp_path, (1, "通过", "2021-02-03"), (2, "失联", "2021-02-03"), (3, "通过", "2021-02-04"))
    taken = client.post(UPLOAD, {"file": sheet, "how": "take"})
    assert "3 / 3" in taken.content.decode(), _codes(taken)
    found = partition(campaign)
    assert (found.listed, found.passed, found.unreachable, found.pending) == (4, 2, 1, 1)
    page = re.sub(r"<[^>]+>", " ", client.get(home).content.decode())
    assert re.search(r"邻村\s+2\s+2\s+0\s+0\s+0\s+0", page)
    assert re.search(r"某村\s+2\s+0\s+0\s+1\s+1\s+1", page)
    assert "50.00%" in page


def _trace(*rows: tuple[int, str]) -> None:
    lines = [{"id_number": id_number(BORN, n), "name": f"测试{n}", "event_on": dt.date.fromisoformat(day), "detail": "门诊"}
             for n, day in rows]  # fmt: skip
    take(
        "traces",
        [OtherRecord(month=FEB, row=n, **line) for n, line in enumerate(lines, start=2)],
        door(dt.date(2021, 2, 5), "名单员"),
    )


@pytest.mark.parametrize("centre", ENGINES, indirect=True)
def test_the_cycle_from_traces_to_suspension_and_back(as_: As, centre: Path, tmp_path: Path) -> None:
    persons = people(4, phone="13800000000")
    clerk, checker = as_("jingban1"), as_("fuhe1")
    clerk.post("/certification/new/", GIVEN)
    campaign = Campaign.objects.get()
    home = f"/certification/{campaign.pk}/"
    assert "先上传生存轨迹名单" in clerk.get(home).content.decode()
    assert _codes(clerk.post(f"{home}traces/", {"since": "2020-12-01"})) == ["SAF-515"]
    _trace((1, "2021-01-10"), (2, "2020-06-01"))
    assert _codes(clerk.post(f"{home}traces/", {"since": ""})) == ["CLI-005"]
    assert as_("gongkai1").post(f"{home}traces/", {"since": "2020-12-01"}).status_code == 403
    said = clerk.post(f"{home}traces/", {"since": "2020-12-01"}, follow=True).content.decode()
    assert "数据比对认证通过 1 人" in said
    assert (partition(campaign).passed, partition(campaign).pending) == (1, 3)

    # a reminder goes to those who agreed, and its file can be fetched again
    assert _codes(clerk.post(f"{home}remind/", {"text": " ", "version": "1"})) == ["SAF-701"]
    said = clerk.post(f"{home}remind/", {"text": "请认证", "version": "1"}, follow=True).content.decode()
    assert re.search("成功 0，失败 0，未同意或无号码 3", said)
    assert _codes(clerk.post(f"/messages/{MessageRound.objects.get().pk}/")) == ["CON-313"]
    record_consents([ConsentRecord(id_number(BORN, 2), True)], door(actor="名单员"))
    clerk.post(f"{home}remind/", {"text": "请认证", "version": "2"})
    for _twice in range(2):
        file = clerk.post(f"/messages/{MessageRound.objects.latest('pk').pk}/")
        assert b"".join(file.streaming_content).decode("utf-8-sig").split() == ["13800000000,请认证"]

    listed = tmp_path / "tasks.xlsx"
    listed.write_bytes(b"".join(clerk.get(f"{home}tasks.xlsx").streaming_content))
    assert id_number(BORN, 2) in {str(cell) for row in read_grid(listed) for cell in row}
    assert {"certify.tasks_exported", "messages.sent", "messages.resent"} <= set(
        AuditEntry.objects.values_list("action", flat=True)
    )

    # whoever is not certified is suspended by a batch of cases that another person decides at once
    assert _codes(clerk.post(f"{home}suspend/", {"month": ""})) == ["CON-308"]
    said = clerk.post(f"{home}suspend/", {"month": "2021-05"}, follow=True).content.decode()
    batch = re.search(r"已受理暂停发放 3 件：(B\d+)", said)
    assert batch is not None
    assert "待审核" in said.partition("暂停发放 ·")[2][:40]
    listing = checker.get(f"/cases/?batch={batch[1]}").content.decode()
    numbers = re.findall(r'name="one" value="(\d+)"', listing)
    assert len(numbers) == 3
    assert 'name="one"' not in clerk.get(f"/cases/?batch={batch[1]}").content.decode()
    assert "CON-314" in _codes(checker.post("/cases/decide/", {"decision": "approve"}))
    assert "CON-307" in _codes(checker.post("/cases/decide/", {"decision": "return", "one": numbers}))
    done = checker.post("/cases/decide/", {"decision": "approve", "one": numbers}, follow=True)
    assert "已办结：3" in done.content.decode()
    stopped = {person for (person,) in live.rows(Stoppage, ["person_id"], persons)}
    assert stopped == set(persons[1:4])
    assert _codes(clerk.post(f"{home}suspend/", {"month": "2021-05"})) == ["SAF-517"]

    # a late certificate asks for resumption by itself
    clerk.post(UPLOAD, {"file": _sheet(tmp_path, (2, "通过", "2021-06-03")), "how": "take"})
    page = clerk.get(home).content.decode()
    assert "待审核" in page.partition("恢复发放 ·")[2][:40]
    resumption = Case.objects.get(kind="resumption")
    checker.post(f"/cases/{resumption.number}/decide/", {"decision": "approve"})
    ended = dict(live.rows(Stoppage, ["person_id", "valid_to"], persons))
    assert {person for person, until in ended.items() if until == FOREVER} == set(persons[2:4])


def test_who_comes_of_age_the_drive_and_the_publication(
    as_: As, centre: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people(3)
    register(record(50, dt.date(1961, 3, 3)))
    client = as_("jingban1")
    monkeypatch.setattr(settings.CENTRE, "overlays", [])
    assert "ENG-101" in client.get("/outreach/?month=2021-02").content.decode()  # a hole in the law is said
    monkeypatch.setattr(settings.CENTRE, "overlays", [Path("demo/miyi-2020")])
    page = client.get("/outreach/?month=2021-02").content.decode()
    assert "2021-03" in page
    assert id_number(dt.date(1961, 3, 3), 50) not in page
    file = client.get("/outreach/before60.xlsx?month=2021-02")
    assert file.status_code == 200
    assert AuditEntry.objects.filter(action="before60.exported", actor="jingban1").exists()

    assert as_("gongkai1").post("/outreach/drive/", {"year": "2021"}).status_code == 403
    said = client.post("/outreach/drive/", {"year": "2021"}, follow=True).content.decode()
    count = DrivePerson.objects.filter(year=2021).count()
    assert count > 0
    assert f"2021 年扩面名单：{count} 人" in said
    assert _codes(client.post("/outreach/drive/", {"year": "2021"})) == ["SAF-602"]
    assert "未核实" in client.get("/outreach/?year=2021").content.decode()

    given = {"month": "2020-01", "from": "2021-02-01", "until": "2021-01-01"}
    assert _codes(client.post("/outreach/publish/", given)) == ["SAF-714"]
    client.post("/outreach/publish/", {**given, "until": "2021-02-20"})
    packed = zipfile.ZipFile(
        io.BytesIO(client.get("/outreach/publication.zip?month=2020-01&form=pdf").content)
    )
    assert sorted(Path(name).name for name in packed.namelist()) == sorted(
        f"{village}.pdf" for village in VILLAGES
    )
    assert _codes(client.get("/outreach/publication.zip?month=2020-02")) == ["SAF-715"]
    row = PublishedRow.objects.order_by("pk")[0]
    assert _codes(client.post("/outreach/object/", {"row": "一", "content": "不在本村"})) == ["CON-312"]
    page = client.post(
        "/outreach/object/", {"row": str(row.pk), "content": "不在本村"}, follow=True
    ).content.decode()
    assert "公示异议" in page
    assert Suspicion.objects.get(kind="objection").person_id == row.person_id
