"""Runs from preview to settlement, on both engines: what is paid, refused, re-issued, claimed back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from jingban.payments.models import Clearance, OrderStatus, Receivable, Run, RunEvent
from jingban.payments.proofs import all_proofs, file_totals
from jingban.payments.services.bank_file import write_bank_file
from jingban.payments.services.cancel import cancel
from jingban.payments.services.estate_payee import PayeeRecord, set_estate_payee
from jingban.payments.services.release import release as pay_out
from jingban.payments.services.review import review
from jingban.payments.services.settle import settle
from jingban.payments.services.unknown import mark_unknown
from jingban.registry.models import AccountEntry
from jingban.registry.services.award import AwardRecord, award
from jingban.registry.services.certify import CertificationRecord, certify
from jingban.registry.services.record_deaths import DeathRecord, record_deaths
from jingban.registry.services.record_other import CoverageRecord, record_other_pension
from jingban.registry.services.resume import ResumeRecord, resume
from jingban.registry.services.set_bank_account import BankAccountRecord, set_bank_account
from jingban.registry.services.stop import StopRecord, stop
from jingban.safeguards.gate import release
from jingban.store.models import Origin
from jingban.values.findings import Refused
from jingban.values.months import month
from tests.support.databases import Database
from tests.support.people import account, door, recipient, record, register
from tests.support.runs import COUNTY, KNOWN, again, answered, by_month, draft, lines, named, paid, released

JAN = month(2020, 1)
ANNUITY = 1_000
"""139,000 / 139"""


def balance(person: int) -> int:
    return sum(AccountEntry.objects.filter(person_id=person).values_list("amount_fen", flat=True))


def refused(code: str, step: object, *args: object, **more: object) -> None:
    with pytest.raises(Refused) as caught:
        step(*args, **more)  # type: ignore[operator]
    assert [finding.code for finding in caught.value.findings] == [code] * len(caught.value.findings)


def proven(payroll_month: int) -> None:
    for proof in all_proofs(COUNTY, payroll_month, KNOWN):
        assert proof.holds, proof


def test_two_months(database: Database, tmp_path: Path) -> None:
    a, b, c = register(recipient(1), recipient(2), record(3))
    run = paid(JAN, tmp_path)
    assert run.state == "settled"
    assert run.batch == "510421202001M01"
    first = by_month(run, a)
    assert set(first) == {JAN}
    assert first[JAN] == by_month(run, b)[JAN] > 8_800 + ANNUITY
    assert by_month(run, c) == {}
    assert balance(a) == 100_000 - ANNUITY
    assert balance(c) == 100_000
    again = paid(JAN + 1, tmp_path)
    assert by_month(again, a) == {JAN + 1: first[JAN]}
    continuity = again.report["continuity"]
    assert continuity["holds"]
    assert continuity["before"]["persons"] == continuity["now"]["persons"] == 2
    assert list(RunEvent.objects.filter(run=run).values_list("state", flat=True)) == [
        "draft", "reviewed", "released", "filed", "returned", "settled",
    ]  # fmt: skip
    proven(JAN + 1)


def test_whole_recomputation_tells_what_a_monthly_run_would_overlook(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(recipient(1))
    paid(JAN, tmp_path)
    register(recipient(2))
    proven(JAN)
    nobody = "SELECT 0 AS person_id, 0 AS from_month, 0 AS to_month"
    monkeypatch.setattr("jingban.payments.proofs.scope.touched", lambda *_, **__: nobody)
    broken = {proof.id: proof.left for proof in all_proofs(COUNTY, JAN, KNOWN) if not proof.holds}
    assert broken.keys() == {"overlooked"}
    assert broken["overlooked"] > 0


def test_a_closed_account_that_was_held_is_paid_when_the_hold_ends_by_itself(
    database: Database, tmp_path: Path
) -> None:
    """Nothing new becomes known in the month in which the hold runs out; the narrow look must see it all the same."""
    (who,) = register(recipient(1))
    paid(JAN, tmp_path)
    day = door(dt.date(2020, 2, 1))
    stop([StopRecord(person=who, kind=2, reason="1299", from_month=JAN + 1, to_month=JAN + 3)], day)
    record_other_pension([CoverageRecord(person=who, scheme="职工", from_month=JAN + 1)], day)
    for held in (JAN + 1, JAN + 2):
        assert lines(paid(held, tmp_path)) == {}
        proven(held)
    own = 80_000 - ANNUITY * 80_000 // 100_000  # the draw of January, by sub-ledger
    assert by_month(paid(JAN + 3, tmp_path), who) == {JAN + 1: own}
    proven(JAN + 3)


def test_the_bank_file_is_the_lines(database: Database, tmp_path: Path) -> None:
    register(recipient(1), recipient(2, name="王•小明", holder="王小明"))
    run = released(JAN)
    run, path = write_bank_file(run.pk, tmp_path, door())
    content = path.read_bytes()
    assert file_totals(run, content).holds
    text = content.decode("gb18030").splitlines()
    assert text[0].split("|")[:3] == ["H", "510421202001M01", "2020-01"]
    assert text[-1].split("|")[3].startswith("SM3:")
    path.unlink()
    _run, path = write_bank_file(run.pk, tmp_path, door())
    assert path.read_bytes() == content
    refused("PAY-205", write_bank_file, run.pk, tmp_path, door(), encoding="utf-8")


def test_a_second_run_is_refused(database: Database) -> None:
    register(recipient(1))
    run = draft(JAN)
    refused("PAY-101", draft, JAN)
    refused("PAY-103", draft, JAN + 1)
    review(run.pk, door(actor="checker"))
    refused("PAY-101", draft, JAN)
    release(run.pk, door())
    refused("PAY-101", draft, JAN)
    refused("PAY-102", draft, JAN - 1)
    assert Run.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.create(
            region_id=COUNTY, payroll_month=JAN, attempt=9, horizon_id=1, known_on=KNOWN, law={}, maker="x"
        )


def test_two_pairs_of_eyes(database: Database) -> None:
    register(recipient(1))
    run = draft(JAN)
    refused("PAY-201", review, run.pk, door(actor="maker"))
    refused("PAY-202", release, run.pk, door(actor="boss"))
    for change in ({"checker": "maker"}, {"state": "reviewed"}, {"state": "released", "checker": "other"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Run.objects.filter(pk=run.pk).update(**change)
    review(run.pk, door(actor="checker"))
    assert Run.objects.get().checker == "checker"


def test_cancelled_runs_pay_nothing_and_make_room(database: Database, tmp_path: Path) -> None:
    (a,) = register(recipient(1))
    run = draft(JAN)
    cancel(run.pk, door())
    refused("PAY-202", review, run.pk, door(actor="checker"))
    second = paid(JAN, tmp_path)
    assert second.attempt == 2
    assert set(by_month(second, a)) == {JAN}
    proven(JAN)


def test_wrong_states(database: Database, tmp_path: Path) -> None:
    register(recipient(1))
    run = released(JAN)
    refused("PAY-202", cancel, run.pk, door())
    refused("PAY-202", release, run.pk, door())
    refused("PAY-501", settle, run.pk, door())
    refused("PAY-104", settle, 999, door())
    run, _path = write_bank_file(run.pk, tmp_path, door())
    mark_unknown(run.pk, door(), "线路中断")
    refused("PAY-204", write_bank_file, run.pk, tmp_path, door())
    assert by_month(draft(JAN + 1), 1).keys() == {JAN + 1}


def test_a_failed_payment_is_paid_again_with_its_month(database: Database, tmp_path: Path) -> None:
    a, b = register(recipient(1), recipient(2))
    run = paid(JAN, tmp_path, failing=[a])
    assert balance(a) == 100_000
    set_bank_account(
        [BankAccountRecord(person=a, bank="NH", account=account(77), from_month=JAN + 1)], door()
    )
    again = paid(JAN + 1, tmp_path)
    assert set(by_month(again, a)) == {JAN, JAN + 1}
    assert set(by_month(again, b)) == {JAN + 1}
    assert balance(a) == 100_000 - 2 * ANNUITY
    assert [(part["cause"], part["persons"]) for part in again.report["back_pay"]] == [("reissued", 1)]
    assert OrderStatus.objects.filter(order__run=run, status="failed").count() == 1
    proven(JAN + 1)


def test_no_account_fails_at_release(database: Database, tmp_path: Path) -> None:
    a, _b = register(recipient(1, account="", bank=""), recipient(2))
    run = released(JAN)
    assert [(found["code"], found["count"]) for found in run.report["anomalies"]] == [("PAY-302", 1)]
    returned = answered(run, tmp_path)
    assert (returned.paid, returned.failed, returned.missing) == (1, 0, 0)
    settle(run.pk, door())
    set_bank_account([BankAccountRecord(person=a, bank="NH", account=account(5), from_month=JAN)], door())
    assert set(by_month(paid(JAN + 1, tmp_path), a)) == {JAN, JAN + 1}
    proven(JAN + 1)


def test_late_death(database: Database, tmp_path: Path) -> None:
    """R1.12: two months overpaid; the balance with restored draws, less what was overpaid, goes to the heirs."""
    a, _b = register(recipient(1), recipient(2))
    per_month = by_month(paid(JAN, tmp_path), a)[JAN]
    for late in (1, 2, 3):
        paid(JAN + late, tmp_path)
    record_deaths([DeathRecord(person=a, died_on=dt.date(2020, 2, 20))], door(dt.date(2020, 5, 2)))
    set_estate_payee(
        [PayeeRecord(person=a, name="遗属", bank="NH", account=account(99))], door(dt.date(2020, 5, 2))
    )
    run = paid(JAN + 4, tmp_path)
    assert sum(by_month(run, a, channel=2).values()) == 100_000 - 2 * ANNUITY - 2 * per_month
    assert run.orders.get(person_id=a).account == account(99)
    assert balance(a) == 0
    assert not Receivable.objects.exists()
    continuity = run.report["continuity"]
    assert continuity["moves"]["deaths"]["persons"] == 1
    assert continuity["holds"]
    proven(JAN + 4)


def test_overpaid_beyond_the_account(database: Database, tmp_path: Path) -> None:
    poor = recipient(1, balances={(1, 1): 3_000})
    (a,) = register(poor)
    per_month = by_month(paid(JAN, tmp_path), a)[JAN]
    for late in (1, 2):
        paid(JAN + late, tmp_path)
    record_deaths([DeathRecord(person=a, died_on=dt.date(2020, 1, 20))], door(dt.date(2020, 4, 2)))
    run = paid(JAN + 3, tmp_path)
    owing = Receivable.objects.get()
    assert owing.amount_fen == 2 * per_month - (3_000 - ANNUITY)
    assert (owing.run_id, owing.first_month, owing.last_month) == (run.pk, JAN, JAN + 2)
    assert {channel for _fen, channel in lines(run).values()} == {3}
    assert by_month(paid(JAN + 4, tmp_path), a) == {}
    proven(JAN + 4)


def test_prison_hold_and_back_pay(database: Database, tmp_path: Path) -> None:
    prison, held = register(recipient(1), recipient(2))
    paid(JAN, tmp_path)
    stop([StopRecord(person=prison, kind=1, reason="1202", from_month=JAN + 1),
          StopRecord(person=held, kind=2, reason="1299", from_month=JAN + 1)], door(dt.date(2020, 2, 1)))  # fmt: skip
    run = paid(JAN + 1, tmp_path)
    assert lines(run) == {}
    assert run.report["held"] == [
        {"reason": 2, "persons": 1, "amount_fen": run.report["held"][0]["amount_fen"]}
    ]
    assert run.report["continuity"]["moves"]["suspensions"]["persons"] == 2
    resume([ResumeRecord(person=prison, from_month=JAN + 2), ResumeRecord(person=held, from_month=JAN + 2)],
           door(dt.date(2020, 3, 1)))  # fmt: skip
    run = paid(JAN + 2, tmp_path)
    assert set(by_month(run, prison)) == {JAN + 2}
    assert set(by_month(run, held)) == {JAN + 1, JAN + 2}
    assert run.report["continuity"]["moves"]["resumptions"]["persons"] == 2
    proven(JAN + 2)


def test_lapsed_certificate_and_late_certification(database: Database, tmp_path: Path) -> None:
    a, b = register(
        recipient(1, certified_on=dt.date(2018, 10, 1)), recipient(2, certified_on=dt.date(2019, 12, 1))
    )
    run = paid(JAN, tmp_path)
    assert (by_month(run, a), set(by_month(run, b))) == ({}, {JAN})
    certify([CertificationRecord(person=a, certified_on=dt.date(2020, 2, 1))], door(dt.date(2020, 2, 2)))
    assert set(by_month(paid(JAN + 1, tmp_path), a)) == {JAN, JAN + 1}
    proven(JAN + 1)


def test_late_award_and_raised_standard(database: Database, tmp_path: Path) -> None:
    """The raise of July 2020 becomes known in December: back-pay for everyone, also for the dead of August."""
    a, b, c = register(recipient(1), recipient(2), record(3, dt.date(1960, 3, 5), history_years=15))
    before = {"known_on": dt.date(2020, 6, 30)}
    for step in range(8):
        paid(JAN + step, tmp_path, **before)
    record_deaths([DeathRecord(person=b, died_on=dt.date(2020, 8, 20))], door(dt.date(2020, 9, 1)))
    named(b, dt.date(2020, 9, 1))
    award([AwardRecord(person=c, decided_on=dt.date(2020, 9, 1))], door(dt.date(2020, 9, 1)))
    run = paid(JAN + 8, tmp_path, **before)
    assert set(by_month(run, c)) == {JAN + step for step in range(3, 9)}
    late = paid(JAN + 9, tmp_path)
    raised = by_month(late, a)
    assert set(raised) == {JAN + step for step in range(6, 10)}
    assert raised[JAN + 6] > 0
    assert by_month(late, b, channel=2) == {JAN + 6: raised[JAN + 6], JAN + 7: raised[JAN + 7]}
    assert late.report["continuity"]["holds"]
    assert by_month(paid(JAN + 10, tmp_path), a).keys() == {JAN + 10}
    proven(JAN + 10)


def test_an_overtaken_preview_is_not_released(database: Database, tmp_path: Path) -> None:
    a, _b = register(recipient(1), recipient(2))
    run = draft(JAN)
    review(run.pk, door(actor="checker"))
    extra = draft(JAN, kind="extra", persons=[a])
    review(extra.pk, door(actor="checker"))
    release(extra.pk, door())
    refused("SAF-406", release, run.pk, door())
    made = again(run)
    assert by_month(made, a) == {}
    assert release(made.pk, door(actor="checker")).run.state == "released"
    refused("PAY-105", draft, JAN, kind="extra")
    proven(JAN)


def test_an_estate_run_between_months(database: Database, tmp_path: Path) -> None:
    a, b = register(recipient(1), recipient(2))
    paid(JAN, tmp_path)
    record_deaths([DeathRecord(person=a, died_on=dt.date(2020, 1, 20))], door(dt.date(2020, 1, 25)))
    named(a, dt.date(2020, 1, 25))
    run = paid(JAN, tmp_path, kind="estate")
    assert sum(by_month(run, a, channel=2).values()) == 100_000 - ANNUITY
    assert by_month(run, b) == {}
    assert by_month(paid(JAN + 1, tmp_path), a, channel=2) == {}
    proven(JAN + 1)


def test_anomalies_are_shown(database: Database) -> None:
    old = recipient(1, dt.date(1905, 5, 3))
    other = recipient(2, holder="李四")
    register(old, other)
    codes = {found["code"]: found["count"] for found in draft(JAN).report["anomalies"]}
    assert codes == {"PAY-303": 1, "PAY-304": 1}


def test_a_month_without_law_is_refused_and_nothing_is_written(database: Database) -> None:
    """The Sichuan steps of 2021 are not sourced, so March 2021 cannot be paid; the refusal names the parameter."""
    register(recipient(1))
    before = Origin.objects.count()
    refused("ENG-101", draft, month(2021, 3))
    assert not Run.objects.exists()
    assert Origin.objects.count() == before


def test_nothing_is_released_past_the_gate(database: Database) -> None:
    """The service, the database and a clearance that something overtook: none of them lets a run be paid."""
    register(recipient(1))
    run = draft(JAN)
    review(run.pk, door(actor="checker"))
    refused("PAY-207", pay_out, run.pk, door(actor="checker"))
    origin = Origin.objects.create(kind="batch", actor="x", recorded_at=timezone.now())
    for state in ("released", "settled"):
        with pytest.raises(IntegrityError, match=r"PAY-207|PAY-215"), transaction.atomic():
            Run.objects.filter(pk=run.pk).update(state=state, release=origin)
    with pytest.raises(IntegrityError, match=r"PAY-207|PAY-215"), transaction.atomic():
        Run.objects.create(
            region_id=COUNTY, payroll_month=JAN + 1, attempt=1, horizon=origin, known_on=KNOWN, law={}, maker="x",
            checker="y", state="released", release=origin,
        )  # fmt: skip
    Clearance.objects.create(run=run, origin=origin)
    register(recipient(2))
    refused("PAY-207", pay_out, run.pk, door(actor="checker"))
    assert Run.objects.get().state == "reviewed"
    run = again(run)
    assert release(run.pk, door(actor="checker")).run.state == "released"
    assert Clearance.objects.count() == 2


def _raw(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


CANCELLED = "UPDATE payments_run SET state = 'cancelled', release_id = NULL"


def test_a_paid_run_is_not_made_payable_again(database: Database, tmp_path: Path) -> None:
    """One UPDATE once made everybody payable twice; nor is a line slipped under a run that was looked at."""
    register(recipient(1), recipient(2))
    run = paid(JAN, tmp_path)
    for statement in (
        CANCELLED,
        "UPDATE payments_run SET release_id = NULL",
        "UPDATE payments_run SET checker = 'other'",
        "UPDATE payments_run SET amount_fen = 1",
        "UPDATE payments_run SET file_digest = ''",
        "DELETE FROM payments_run",
    ):
        with pytest.raises(IntegrityError, match="PAY-215"):
            _raw(statement)
    copied = (
        "run_id, person_id, order_id, item, month + 1, amount_fen, owed_fen, settled_fen, channel, reason"
    )
    for table, columns in (
        ("payments_line", copied),
        ("payments_order", "run_id, person_id + 100, channel, bank, account, holder, amount_fen"),
    ):
        names = columns.replace(" + 100", "").replace(" + 1", "")
        with pytest.raises(IntegrityError, match="PAY-216"):
            _raw(f"INSERT INTO {table} ({names}) SELECT {columns} FROM {table}")
    refused("PAY-101", draft, JAN)
    assert Run.objects.get() == run


def test_whoever_drops_the_triggers_is_found(database: Database, tmp_path: Path) -> None:
    """The file went to the bank: its lines count, whatever somebody who owns the database made of the run afterwards."""
    register(recipient(1), recipient(2))
    run = paid(JAN, tmp_path)
    on = " ON payments_run" if database.vendor == "postgresql" else ""
    _raw(f"DROP TRIGGER payments_run_machine_moves{on}")
    _raw(CANCELLED)
    found = {proof.id: proof.left for proof in all_proofs(COUNTY, JAN, KNOWN) if not proof.holds}
    assert found["batches-events"] == 1
    assert "paid-twice" not in found
    paid(JAN, tmp_path)
    found = {proof.id: proof.left for proof in all_proofs(COUNTY, JAN, KNOWN) if not proof.holds}
    assert found["paid-twice"] == run.lines.count() > 2
