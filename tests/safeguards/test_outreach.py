"""Before 60, the enrolment drive, publications and messages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from jingban import conf
from jingban.casework.models import Case
from jingban.casework.services import decide, withdraw
from jingban.casework.services.bring import Intake, bring
from jingban.cli.certify import certify
from jingban.registry.services.change_person import ContactRecord, change_contact
from jingban.safeguards.before60 import before60, export, proposed_cases
from jingban.safeguards.drive import DriveRecord, freeze_drive, progress, record_results
from jingban.safeguards.messages import ConsentRecord, FileGateway, record_consents, resend, send_round
from jingban.safeguards.models import DrivePerson, Message, MessageRound, PublishedRow, Suspicion
from jingban.safeguards.publication import object_to, publish, published, write_sheets
from jingban.store.lists import read_grid
from jingban.values.findings import Refused
from jingban.values.months import month
from tests.support.databases import Database
from tests.support.people import REGION, id_number, record, register
from tests.support.safeguard_world import COUNTY, FEB, JAN, door, listed, on, paid_run, people


def test_who_reaches_60_is_listed_with_a_proposal_and_what_is_missing(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        settings.CENTRE, "overlays", [Path("demo/miyi-2020")]
    )  # the launch month has no public source
    enough, short, _later, _old = register(
        record(1, dt.date(1960, 3, 9), history_years=15),
        record(2, dt.date(1960, 4, 1), history_years=6, account=""),
        record(3, dt.date(1960, 8, 1)),
        record(4, dt.date(1950, 3, 1), history_years=15),
    )
    found = {item.person_id: item for item in before60(COUNTY, FEB, 2)}
    assert set(found) == {enough, short}
    ready, lacking = found[enough], found[short]
    assert (ready.ready, ready.missing, ready.birthday_month, ready.start_month) == (
        True,
        (),
        FEB + 1,
        FEB + 2,
    )
    assert ready.annuity_fen == (100_000 * 2 + 139) // (2 * 139)
    assert not lacking.ready
    assert lacking.gap == lacking.required - 6 > 0
    assert lacking.gap_fen > 0
    assert len(lacking.missing) == 2
    listed("prisons", {"id_number": id_number(dt.date(1960, 4, 1), 2), "name": "测试2"}, day=on(2))
    assert ["服刑人员名单" in words for words in before60(COUNTY, FEB, 2)[1].missing] == [False, False, True]
    assert {item.person_id for item in before60(COUNTY, FEB, 1)} == {enough}
    assert export(list(found.values()), tmp_path / "到龄.xlsx", door(on(3))) == 2
    monkeypatch.setattr(settings.CENTRE, "region", REGION)
    monkeypatch.setattr(conf, "load", lambda: settings.CENTRE)
    asked = ["before60", "2020-02", "--lead", "2", "--bring", "--shown", "id_card", "--as", "甲"]
    missing = CliRunner().invoke(certify, asked)
    assert (missing.exit_code, "CAS-202" in missing.output) == (1, True), missing.output
    done = CliRunner().invoke(certify, [*asked, "--committed", "bank_card"])
    assert (done.exit_code, "已受理 1 件" in done.output) == (0, True), done.output
    assert Case.objects.get().person_id == enough
    withdraw(Case.objects.get().number, "甲", timezone.now())
    (row,) = proposed_cases(list(found.values()))
    april = door(on(2, 4)).at
    assert april is not None
    brought = bring("award", [row], Intake("经办甲", april, REGION))
    for approver in ("审核乙", "主任丙"):
        decided = decide(list(brought.numbers.values()), "approve", approver, april, REGION)
    assert decided.done == list(brought.numbers.values())
    assert {item.person_id for item in before60(COUNTY, FEB, 2)} == {short}


def test_the_drive_asks_the_interrupted_the_hesitant_and_the_uninsured_once(database: Database) -> None:
    register(
        record(1, history_years=8),
        record(2, history_years=0),
        record(3, history_years=8, cutover=month(2019, 1)),
    )
    stranger = id_number(dt.date(1990, 1, 1), 55)
    listed("household", {"id_number": stranger, "name": "无保"}, {"id_number": id_number(dt.date(1970, 5, 3), 1), "name": "测试1"},
           {"id_number": id_number(dt.date(2019, 1, 1), 57), "name": "孩子"})  # fmt: skip
    counts = freeze_drive(COUNTY, 2020, door(on(3)))
    assert counts["uninsured"] == 1
    assert counts["hesitant"] == 1
    with pytest.raises(Refused, match="SAF-602"):
        freeze_drive(COUNTY, 2020, door(on(3)))
    record_results([DriveRecord(year=2020, id_number=stranger, result="student")], door(on(4)))
    record_results([DriveRecord(year=2020, id_number=stranger, result="enrolled")], door(on(5)))
    assert progress(2020)["uninsured"] == {"enrolled": 1}
    with pytest.raises(Refused, match="SAF-603"):
        record_results(
            [DriveRecord(year=2020, id_number=id_number(dt.date(1980, 1, 1), 9), result="army")], door(on(5))
        )
    assert DrivePerson.objects.get(id_number=stranger).person_id is None


def test_villages_see_masked_lists_and_objections_become_suspicions(
    database: Database, tmp_path: Path
) -> None:
    people()
    paid_run(JAN, tmp_path)
    made = publish(COUNTY, JAN, on(10), on(20), door(on(9)))
    assert [one.count for one in made] == [2, 2]
    paths = list(write_sheets(made, tmp_path / "公示"))
    grid = read_grid(paths[0])
    assert grid[1][1] == "测**"
    assert "*" in grid[1][2]
    assert grid[1][3] > 88
    (pdf, _other) = write_sheets(made, tmp_path / "张贴", pdf=True)
    assert pdf.read_bytes().startswith(b"%PDF")
    row = PublishedRow.objects.order_by("pk").first()
    assert row is not None
    objection = object_to(row.pk, "此人去年已迁走", on(12), door(on(12), actor="受理员"))
    again = object_to(row.pk, "同样的意见", on(13), door(on(13), actor="受理员"))
    assert objection.suspicion_id != again.suspicion_id
    assert set(Suspicion.objects.values_list("kind", "finder")) == {("objection", "受理员")}
    with pytest.raises(Refused, match="SAF-712"):
        publish(COUNTY, JAN, on(10), on(20), door(on(9)))
    (again_pdf, _other) = write_sheets(published(JAN), tmp_path / "再印", pdf=True)
    assert again_pdf.exists()
    with pytest.raises(Refused, match="SAF-715"):
        published(FEB)


def test_messages_go_only_to_those_who_agreed(database: Database, tmp_path: Path) -> None:
    a, b, c, d, _e = people()
    phones = {a: "13800000001", b: "没有", c: "13800000003"}
    change_contact(
        [ContactRecord(person=person, phone=phone, from_month=JAN) for person, phone in phones.items()],
        door(on(1)),
    )
    record_consents([ConsentRecord(one, True) for one in (a, b, c, d)], door(on(2)))
    record_consents([ConsentRecord(c, False)], door(on(3)))
    path = tmp_path / "短信" / "out.csv"
    made = send_round(
        [a, b, c, d], "certify", "v1", "请在月底前完成资格认证。", FileGateway(path), door(on(4))
    )
    assert (made.sent, made.failed, made.skipped) == (1, 1, 2)
    assert path.read_text("utf-8-sig").strip() == "13800000001,请在月底前完成资格认证。"
    assert set(Message.objects.values_list("person_id", "phone", "status")) == {
        (a, "138****0001", "sent"),
        (b, "**", "failed"),
    }
    with pytest.raises(Refused, match="SAF-703"):
        FileGateway(path)
    change_contact([ContactRecord(person=a, phone="13900000009", from_month=FEB)], door(on(5)))
    again = path.with_name("again.csv")
    assert resend(made.pk, FileGateway(again), door(on(6))).pk == made.pk
    assert (again.read_bytes(), MessageRound.objects.count()) == (path.read_bytes(), 1)
    with pytest.raises(Refused, match="SAF-704"):
        resend(made.pk + 1, FileGateway(path.with_name("3.csv")), door(on(6)))
    with pytest.raises(Refused, match="SAF-701"):
        send_round([a], "certify", "v1", " ", FileGateway(path.with_name("2.csv")), door(on(4)))


class _Dies(FileGateway):
    """The machine stops after the record is committed and before the file is there."""

    def deliver(self, round_number: int, messages: Sequence[tuple[str, str]]) -> None:
        assert Message.objects.filter(round_id=round_number).exists()
        raise KeyboardInterrupt


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_crash_leaves_no_message_without_its_record_and_a_record_can_be_handed_over_again(
    database: Database, tmp_path: Path, when: str
) -> None:
    (a, *_others) = people()
    change_contact([ContactRecord(person=a, phone="13800000001", from_month=JAN)], door(on(1)))
    record_consents([ConsentRecord(a, True)], door(on(2)))
    path = tmp_path / "out.csv"

    def crash() -> None:
        with transaction.atomic():
            send_round([a], "certify", "v1", "请认证", FileGateway(path), door(on(4)))
            assert not path.exists()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        crash() if when == "before" else send_round([a], "certify", "v1", "请认证", _Dies(path), door(on(4)))
    assert not path.exists()
    assert MessageRound.objects.count() == (0 if when == "before" else 1)
    if when == "after":
        resend(MessageRound.objects.get().pk, FileGateway(path), door(on(5)))
        assert path.read_text("utf-8-sig").strip() == "13800000001,请认证"
