"""A case from the counter to the fact: two pairs of eyes, one winner, nothing half-done."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import IntegrityError, connection, transaction

from jingban.casework.models import Case, CaseEvent
from jingban.casework.services import bring, current, decide, open_cases, resubmit, withdraw
from jingban.casework.services.bring import COMMITTED, MISSING, SHOWN, Intake
from jingban.cli.case import case as case_command
from jingban.registry.models import BankAccount, Identity
from jingban.registry.services.enrol import EnrolRecord, enrol
from jingban.store import audit
from jingban.store.models import Origin
from jingban.store.origins import Door
from jingban.values import citizen_id
from jingban.values.findings import Refused
from tests.support.databases import Database

NOON = dt.datetime(2024, 3, 1, 4, 0, tzinfo=dt.UTC)
INTAKE = Intake(maker="经办甲", at=NOON, region="510421", office="一号窗口")


def number(sequence: int, year: int = 1980) -> str:
    return citizen_id.generate("510421", dt.date(year, 5, 6), sequence)


def person(sequence: int, **more: Any) -> dict[str, Any]:
    return {"id_number": number(sequence), "name": f"试甲{sequence}", "township": "撒莲镇", **more}


def enrolled(sequence: int) -> str:
    brought = bring("enrolment", [person(sequence)], INTAKE)
    decide(list(brought.numbers.values()), "approve", "审核乙", NOON, "510421")
    return number(sequence)


def test_an_approved_case_becomes_a_fact_that_names_it(database: Database) -> None:
    brought = bring(
        "enrolment", [person(1)], INTAKE, evidence={"id_card": SHOWN, "household_register": COMMITTED}
    )
    case_number = brought.numbers[1]
    case = Case.objects.get(number=case_number)
    assert (case.due_on, case.legal_due_on) == (dt.date(2024, 3, 6), dt.date(2024, 3, 15))
    assert not Identity.objects.exists()
    decided = decide([case_number], "approve", "审核乙", NOON, "510421")
    assert decided.done == [case_number]
    fact = Identity.objects.get()
    assert (fact.origin.kind, fact.origin.source, fact.origin.actor) == (
        "case.enrolment",
        case_number,
        "审核乙",
    )
    assert audit.verify() == (2, None)
    assert not open_cases().exists()


def test_before_the_statute_of_2023_there_was_no_legal_limit(database: Database) -> None:
    then = Intake(maker="经办甲", at=dt.datetime(2020, 9, 10, 4, 0, tzinfo=dt.UTC), region="510421")
    case = Case.objects.get(number=bring("enrolment", [person(1)], then).numbers[1])
    assert (case.due_on, case.legal_due_on) == (dt.date(2020, 9, 15), None)


def test_the_maker_never_decides_not_even_past_the_services(database: Database) -> None:
    case_number = bring("enrolment", [person(1)], INTAKE).numbers[1]
    with pytest.raises(Refused, match="CAS-302"):
        decide([case_number], "approve", "经办甲", NOON, "510421")
    case = Case.objects.get(number=case_number)
    forged = {"case": case, "sequence": 2, "action": "approved", "state": "done", "at": NOON}
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseEvent.objects.create(**forged, actor="经办甲", maker="经办甲")
    with pytest.raises(Exception, match="CAS-001"), transaction.atomic():
        CaseEvent.objects.create(**forged, actor="经办甲", maker="别人")
    assert current([case_number])[case_number].last.state == "pending"


def test_a_high_risk_case_wants_two_different_approvers(database: Database) -> None:
    who = enrolled(1)
    change = {"person": who, "bank": "农行", "account": "6228480000000000017"}
    case_number = bring("bank_account_change", [change], INTAKE).numbers[1]
    assert decide([case_number], "approve", "审核乙", NOON, "510421").pending == [case_number]
    assert not BankAccount.objects.exists()
    with pytest.raises(Refused, match="CAS-303"):
        decide([case_number], "approve", "审核乙", NOON, "510421")
    assert decide([case_number], "approve", "主任丙", NOON, "510421").done == [case_number]
    assert BankAccount.objects.get().account == "6228480000000000017"


def test_a_returned_case_is_corrected_and_starts_a_new_round(database: Database) -> None:
    case_number = bring("enrolment", [person(1)], INTAKE).numbers[1]
    decide([case_number], "return", "审核乙", NOON, "510421", note="户口簿不清")
    with pytest.raises(Refused, match="CAS-306"):
        resubmit(case_number, person(1), "别人", NOON)
    resubmit(case_number, person(1, name="试甲改"), "经办甲", NOON)
    decide([case_number], "approve", "审核乙", NOON, "510421")
    assert Identity.objects.get().name == "试甲改"
    with pytest.raises(Refused, match="CAS-301"):
        withdraw(case_number, "经办甲", NOON)


def test_a_corrected_amount_asks_for_the_approvals_it_needs(database: Database) -> None:
    """Returned, corrected to more money: the levels follow the amount; nobody grows a small case into a large one."""
    who = enrolled(1)
    form = {"person": who, "year": 2023, "amount_fen": 200_00, "paid_on": NOON.date()}
    case_number = bring("catch_up_payment", [form], INTAKE).numbers[1]
    decide([case_number], "return", "审核乙", NOON, "510421", note="金额不对")
    resubmit(case_number, form | {"amount_fen": 25_000_00}, "经办甲", NOON)
    assert current([case_number])[case_number].levels == 2
    assert decide([case_number], "approve", "审核乙", NOON, "510421").pending == [case_number]


def test_a_corrected_form_is_whole_and_about_the_same_person(database: Database) -> None:
    change = {"person": enrolled(1), "phone": "13800000000"}
    case_number = bring("contact_change", [change], INTAKE).numbers[1]
    decide([case_number], "return", "审核乙", NOON, "510421", note="电话不对")
    with pytest.raises(Refused, match="CAS-308"):
        resubmit(case_number, change | {"person": enrolled(2)}, "经办甲", NOON)
    with pytest.raises(Refused, match="CAS-201"):
        resubmit(case_number, {"phone": "13800000001"}, "经办甲", NOON)
    resubmit(case_number, change | {"phone": "13800000001"}, "经办甲", NOON)


@pytest.mark.parametrize(
    ("row", "evidence", "code"),
    [
        (person(1, name=""), None, "CAS-201"),
        (person(1, id_number=number(1)[:-1] + "A"), None, "REG-111"),
        (person(1, student=True), None, "REG-119"),
        (person(1), {"id_card": SHOWN}, "CAS-202"),
        (person(1), {"id_card": SHOWN, "household_register": MISSING}, "CAS-202"),
        (person(1), {"id_card": COMMITTED, "household_register": SHOWN}, "CAS-203"),
        (person(1), {"id_card": SHOWN, "household_register": SHOWN, "passport": SHOWN}, "CAS-206"),
    ],
)
def test_what_would_be_refused_later_is_refused_at_the_counter(
    database: Database, row: dict[str, Any], evidence: dict[str, str] | None, code: str
) -> None:
    with pytest.raises(Refused, match=code):
        bring("enrolment", [row], INTAKE, evidence=evidence)
    assert not Case.objects.exists()
    assert not Origin.objects.exists()


def test_a_batch_keeps_the_good_rows_and_names_the_bad(database: Database) -> None:
    rows = [person(n) for n in range(1, 6)]
    rows[2]["id_number"] = rows[1]["id_number"]
    with pytest.raises(Refused, match="REG-114"):
        bring("enrolment", rows, INTAKE)
    brought = bring("enrolment", rows, INTAKE, mode="keep_good")
    assert sorted(brought.numbers) == [1, 2, 4, 5]
    assert [(finding.code, finding.row) for finding in brought.findings] == [("REG-114", 3)]
    decided = decide(list(brought.numbers.values()), "approve", "审核乙", NOON, "510421")
    assert len(decided.done) == Identity.objects.count() == 4
    assert audit.verify() == (8, None)


def test_the_same_matter_of_the_same_person_is_brought_once(database: Database) -> None:
    bring("enrolment", [person(1)], INTAKE)
    with pytest.raises(Refused, match="CAS-205"):
        bring("enrolment", [person(1)], INTAKE)


def test_what_changed_meanwhile_sends_the_case_back_with_its_reason(database: Database) -> None:
    waiting = bring("enrolment", [person(1), person(2)], INTAKE)
    door = Door("导入", "import", at=NOON)
    enrol([EnrolRecord(id_number=number(1), name="试甲1", region="510421", from_month=24290)], door)
    both = list(waiting.numbers.values())
    with pytest.raises(Refused, match="REG-115"):
        decide(both, "approve", "审核乙", NOON, "510421")
    decided = decide(both, "approve", "审核乙", NOON, "510421", mode="keep_good")
    assert (decided.failed, decided.done) == ([both[0]], [both[1]])
    assert current(both)[both[0]].last.state == "returned"


def test_of_two_who_decide_at_once_exactly_one_wins(database: Database) -> None:
    case_number = bring("enrolment", [person(1)], INTAKE).numbers[1]
    results: list[str] = []
    start = threading.Barrier(2)

    def attempt(actor: str) -> None:
        start.wait()
        try:
            decide([case_number], "approve", actor, NOON, "510421")
            results.append("won")
        except Refused as refused:
            results.append(refused.findings[0].code)
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt, args=(actor,)) for actor in ("审核乙", "审核丁")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["CAS-301", "won"]
    assert Identity.objects.count() == 1


def test_the_maker_corrects_and_withdraws_on_the_command_line(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jingban.cli.case._now", lambda: NOON)
    monkeypatch.setattr("jingban.cli.case_own._now", lambda: NOON)
    monkeypatch.setattr("jingban.cli.case._region", lambda: "510421")

    def said(*words: str, status: int = 0) -> str:
        done = CliRunner().invoke(case_command, list(words))
        assert done.exit_code == status, done.output
        return done.output

    papers = ("--shown", "id_card", "--committed", "household_register")
    wrong = said("bring", "enrolment", "-f", "证件号码=1", "-f", "姓名=试", *papers, "--as", "甲", status=1)
    assert "REG-111" in wrong
    assert "行" not in wrong
    said("bring", "enrolment", "-f", f"证件号码={number(1)}", "-f", "姓名=试甲", *papers, "--as", "甲")
    (one,) = Case.objects.values_list("number", flat=True)
    said("decide", one, "--decision", "return", "--note", "姓名有误", "--as", "乙")
    assert "CAS-306" in said("resubmit", one, "-f", "姓名=试乙", "--as", "丙", status=1)
    said("resubmit", one, "-f", "姓名=试乙", "--as", "甲")
    said("decide", one, "--as", "乙")
    assert Identity.objects.get().name == "试乙"
    listed = said("records", number(1))
    assert f"身份  {Identity.objects.get().pk}" in listed
    assert number(1) not in listed
    said("bring", "contact_change", "-f", f"证件号码={number(1)}", "-f", "电话=13800000000", "--as", "甲")
    other = Case.objects.latest("pk").number
    said("withdraw", other, "--as", "甲")
    assert current([other])[other].last.state == "withdrawn"
