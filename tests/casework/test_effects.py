"""Each kind that moves money, from the counter to the fact, and from the fact to the line of the next run."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from jingban.casework.models import Case
from jingban.casework.services import bring, decide
from jingban.casework.services.bring import Intake
from jingban.payments.models import EstatePayee, Instalment, Receivable, Repayment, SetOff, WriteOff
from jingban.payments.proofs import all_proofs
from jingban.payments.services.cancel import cancel
from jingban.payments.services.recover import open_amounts
from jingban.payments.services.review import review
from jingban.registry.models import AccountEntry, Contribution, Death, Person, Stoppage
from jingban.registry.services._benefits import balances
from jingban.safeguards.gate import release
from jingban.values.findings import Refused
from jingban.values.months import month
from tests.support.databases import Database
from tests.support.people import account, door, id_number, recipient, record, register
from tests.support.runs import COUNTY, KNOWN, draft, lines, named, paid, released

JAN = month(2020, 1)
REGION = "510421"
OLD = dt.date(1950, 5, 3)


def at(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, 10, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def through(kind: str, values: dict[str, Any], day: dt.date, approvers: int | None = None) -> Case:
    """Brought by one, approved by as many others as the kind wants."""
    intake = Intake("经办甲", at(day), REGION)
    (number,) = bring(kind, [values], intake).numbers.values()
    case = Case.objects.get(number=number)
    if approvers is not None:
        assert case.levels == approvers
    for level in range(case.levels):
        done = decide([number], "approve", f"审批{level}", at(day), REGION)
    assert done.done == [number]
    return case


def conserved(payroll_month: int) -> None:
    for proof in all_proofs(COUNTY, payroll_month, KNOWN):
        assert proof.holds, proof


@pytest.fixture
def debt(database: Database, tmp_path: Path) -> Receivable:
    """A living person is in prison in January and February 2020, known in March: two months come back."""
    register(recipient(1, OLD), recipient(2, OLD))
    for late in range(2):
        paid(JAN + late, tmp_path)
    prison = {"person": id_number(OLD, 1), "reason": "1202", "from_month": JAN}
    through("suspension", prison, dt.date(2020, 2, 20))
    through("resumption", {"person": id_number(OLD, 1), "from_month": JAN + 2}, dt.date(2020, 2, 21))
    paid(JAN + 2, tmp_path)
    return Receivable.objects.get()


def test_a_stop_in_the_past_becomes_a_receivable_by_itself(debt: Receivable) -> None:
    assert (debt.first_month, debt.last_month) == (JAN, JAN + 1)
    conserved(JAN + 2)


def test_instalments(debt: Receivable) -> None:
    day = dt.date(2020, 3, 20)
    plan = {
        "receivable_id": debt.pk,
        "cause": "prison",
        "debtor": "本人",
        "amount_fen": debt.amount_fen,
        "instalments": 3,
    }
    with pytest.raises(Refused, match="CAS-502"):
        through("overpayment", plan | {"amount_fen": debt.amount_fen - 1}, day)
    with pytest.raises(Refused, match="CAS-501"):
        through("overpayment", plan | {"first_month": JAN}, day)
    case = through("overpayment", plan, day, approvers=1)
    assert case.person_id == debt.person_id
    parts = list(Instalment.objects.values_list("due_month", "amount_fen"))
    assert [due for due, _fen in parts] == [JAN + 3, JAN + 4, JAN + 5]
    assert sum(fen for _due, fen in parts) == debt.amount_fen
    assert parts[0][1] - parts[1][1] in (0, 1, 2)


def test_repayment(debt: Receivable) -> None:
    through(
        "repayment",
        {"receivable_id": debt.pk, "amount_fen": 1000, "method": "bank", "reference": "P1"},
        dt.date(2020, 3, 20),
    )
    assert open_amounts() == {debt.pk: debt.amount_fen - 1000}
    with pytest.raises(Refused, match="PAY-603"):
        through(
            "repayment",
            {"receivable_id": debt.pk, "amount_fen": debt.amount_fen, "reference": "P2"},
            dt.date(2020, 3, 20),
        )


def test_set_off_against_benefits_is_settled_not_paid(debt: Receivable, tmp_path: Path) -> None:
    april = JAN + 3
    usual = sum(
        fen for (person, _i, _m), (fen, _c) in lines(draft(april)).items() if person == debt.person_id
    )
    cancel(1 + april - JAN, door())
    over = {"receivable_id": debt.pk, "amount_fen": debt.amount_fen, "payroll_month": april}
    with pytest.raises(Refused, match="PAY-607"):
        through("set_off_benefit", over, dt.date(2020, 4, 1))
    through(
        "set_off_benefit",
        {"receivable_id": debt.pk, "amount_fen": 4000, "payroll_month": april},
        dt.date(2020, 4, 1),
        2,
    )
    run = paid(april, tmp_path)
    sent = sum(
        fen
        for (person, _i, _m), (fen, channel) in lines(run).items()
        if person == debt.person_id and channel == 1
    )
    assert sent == usual - 4000
    assert open_amounts() == {debt.pk: debt.amount_fen - 4000}
    assert sum(SetOff.objects.values_list("amount_fen", flat=True)) == 4000
    assert Repayment.objects.get().method == "set_off"
    conserved(april)
    assert not [
        key for key in lines(paid(april + 1, tmp_path)) if key[0] == debt.person_id and key[2] == april
    ]
    conserved(april + 1)


def test_a_run_previewed_before_the_set_off_is_not_released(debt: Receivable) -> None:
    april = JAN + 3
    run = draft(april)
    review(run.pk, door(dt.date(2020, 4, 4), "checker"))
    through(
        "set_off_benefit",
        {"receivable_id": debt.pk, "amount_fen": 4000, "payroll_month": april},
        dt.date(2020, 4, 4),
    )
    with pytest.raises(Refused, match="SAF-406"):
        release(run.pk, door(dt.date(2020, 4, 5), "checker"))
    cancel(run.pk, door())
    released(april)
    conserved(april)


def test_set_off_against_the_account(debt: Receivable) -> None:
    before = balances([debt.person_id])[debt.person_id]
    through("set_off_account", {"receivable_id": debt.pk, "amount_fen": 5000}, dt.date(2020, 4, 1), 2)
    assert balances([debt.person_id])[debt.person_id] == before - 5000
    assert open_amounts() == {debt.pk: debt.amount_fen - 5000}
    assert AccountEntry.objects.filter(cause="set-off", kind=AccountEntry.Kind.MOVED).count() == 1
    conserved(JAN + 2)


@pytest.mark.parametrize(("amount", "approvers"), [(100, 2), (10_000_00, 3)])
def test_write_off_needs_more_people_the_more_it_is(debt: Receivable, amount: int, approvers: int) -> None:
    values = {"receivable_id": debt.pk, "amount_fen": amount, "reason": "无法追回"}
    if amount > debt.amount_fen:
        with pytest.raises(Refused, match="PAY-603"):
            through("write_off", values, dt.date(2020, 5, 1), approvers)
        return
    through("write_off", values, dt.date(2020, 5, 1), approvers)
    given_up = WriteOff.objects.get()
    assert (given_up.maker, given_up.checker) == ("经办甲", "审批1")
    assert open_amounts() == {debt.pk: debt.amount_fen - amount}


def test_large_amounts_want_one_more_approval() -> None:
    from jingban.casework.kind import kinds

    wanted = {
        code: (kind.approvals(0), kind.approvals(1_000_000_00))
        for code, kind in kinds().items()
        if kind.above
    }
    assert wanted == {
        "bridging_in": (2, 3), "catch_up_payment": (1, 2), "fisher_subsidy": (2, 3), "land_lost_subsidy": (2, 3),
        "overpayment": (1, 2), "set_off_account": (2, 3), "set_off_benefit": (2, 3), "transfer_in": (2, 3), "write_off": (2, 3),
    }  # fmt: skip


def test_duplicate_months_are_refunded_by_rule(database: Database, tmp_path: Path) -> None:
    """R1.16-04: 500 yuan for 2018, April to December insured elsewhere: 375.00 come back, 125.00 stay."""
    young = dt.date(1985, 5, 3)
    (person,) = register(
        record(1, young, cutover=month(2018, 1), from_month=month(2018, 1), history_years=0, balances={})
    )
    number = id_number(young, 1)
    paid_in = {
        "person": number,
        "year": 2018,
        "amount_fen": 500_00,
        "paid_on": dt.date(2018, 6, 1),
        "arrived_on": dt.date(2018, 6, 5),
    }
    from jingban.registry.services.record_contributions import ContributionRecord, record_contributions

    record_contributions([ContributionRecord(**paid_in)], door(dt.date(2018, 6, 6)))
    months = {
        "person": number,
        "scheme": "employee",
        "from_month": month(2018, 4),
        "to_month": month(2018, 12),
    }
    through("duplicate_refund", months, dt.date(2020, 1, 2))
    run = paid(JAN, tmp_path)
    assert lines(run) == {(person, 303, month(2018, 1)): (375_00, 1)}
    assert balances([person])[person] == 125_00
    with pytest.raises(Refused, match="REG-391"):
        through("duplicate_refund", months, dt.date(2020, 1, 3))
    conserved(JAN)


def test_settlement_to_heirs(database: Database, tmp_path: Path) -> None:
    (person,) = register(recipient(1, OLD))
    paid(JAN, tmp_path)
    heirs = {
        "person": id_number(OLD, 1),
        "payee": "家属甲",
        "relationship": "配偶",
        "bank": "NH",
        "account": account(77),
    }
    with pytest.raises(Refused, match="CAS-201"):
        through("estate_settlement", heirs, dt.date(2020, 2, 3))
    held = balances([person])[person]
    through("estate_settlement", heirs | {"died_on": dt.date(2020, 2, 1)}, dt.date(2020, 2, 3), 2)
    run = paid(JAN + 1, tmp_path)
    mine = lines(run)
    assert {channel for _fen, channel in mine.values()} == {2}
    assert 0 < mine[person, 302, JAN + 1][0] <= held
    order = run.orders.get()
    assert (order.holder, order.account) == ("家属甲", account(77))
    assert balances([person])[person] == 0
    conserved(JAN + 1)


def test_the_payee_alone_when_the_death_is_known(database: Database) -> None:
    register(recipient(1, OLD))
    through("death", {"person": id_number(OLD, 1), "died_on": dt.date(2020, 2, 1)}, dt.date(2020, 2, 3))
    heirs = {
        "person": id_number(OLD, 1),
        "payee": "家属甲",
        "relationship": "子女",
        "bank": "NH",
        "account": account(77),
    }
    with pytest.raises(Refused, match=r"CAS-512.*2020-02-01"):
        through("estate_settlement", heirs | {"died_on": dt.date(2020, 2, 2)}, dt.date(2020, 2, 4))
    through("estate_settlement", heirs, dt.date(2020, 2, 4))
    assert (Death.objects.count(), EstatePayee.objects.count()) == (1, 1)


def test_a_death_that_was_none_is_taken_back(database: Database, tmp_path: Path) -> None:
    """Two months were held; the balance had gone to the family. Everything is put right by the next run."""
    register(recipient(1, OLD))
    paid(JAN, tmp_path)
    through("death", {"person": id_number(OLD, 1), "died_on": dt.date(2020, 1, 20)}, dt.date(2020, 2, 3))
    named(Person.objects.get().pk, dt.date(2020, 2, 3))
    wrong = paid(JAN + 1, tmp_path)
    gone = sum(fen for fen, channel in lines(wrong).values() if channel == 2)
    assert gone > 0
    through("death_reversal", {"person": id_number(OLD, 1), "reason": "同名"}, dt.date(2020, 3, 2))
    run = paid(JAN + 2, tmp_path)
    again = lines(run)
    assert {month_ for (_p, _i, month_), (_fen, channel) in again.items() if channel == 1} >= {
        JAN + 1,
        JAN + 2,
    }
    assert Receivable.objects.get().amount_fen == -sum(fen for fen, channel in again.values() if channel == 3)
    conserved(JAN + 2)
    with pytest.raises(Refused, match="CAS-511"):
        through("death_reversal", {"person": id_number(OLD, 1), "reason": "同名"}, dt.date(2020, 3, 3))


def _contribution(day: dt.date) -> Contribution:
    young = dt.date(1985, 5, 3)
    register(record(1, young))
    paid_in = {
        "person": id_number(young, 1),
        "year": 2019,
        "amount_fen": 300_00,
        "paid_on": day,
        "arrived_on": day,
    }
    through("catch_up_payment", paid_in, day)
    return Contribution.objects.get()


CORRECTIONS: list[tuple[dict[str, Any], int]] = [
    ({"column": "金额", "value": "200"}, -100_00),
    ({"column": "amount_fen", "value": "300.50"}, 50),
    ({"withdraw": True}, -300_00),
    ({"column": "凭证号", "value": "P9"}, 0),
]


@pytest.mark.parametrize(("change", "moved"), CORRECTIONS)
def test_the_account_follows_a_corrected_payment(
    database: Database, change: dict[str, Any], moved: int
) -> None:
    fact = _contribution(dt.date(2020, 3, 2))
    before = balances([fact.person_id])[fact.person_id]
    case = through(
        "correction",
        {"record": "contribution", "fact_id": fact.pk, "reason": "录入差错", **change},
        dt.date(2020, 4, 2),
    )
    assert balances([fact.person_id])[fact.person_id] == before + moved
    assert case.person_id == fact.person_id
    conserved(JAN)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"record": "contribution", "column": "金额", "value": "三百"}, "CAS-522"),
        ({"record": "contribution", "column": "颜色", "value": "红"}, "CAS-521"),
        ({"record": "contribution"}, "CAS-523"),
        ({"record": "contribution", "column": "person", "value": "2"}, "CAS-521"),
        ({"record": "contribution", "fact_id": 99, "withdraw": True}, "REG-401"),
        ({"record": "run", "withdraw": True}, "CAS-521"),
        ({"record": "accountentry", "withdraw": True}, "CAS-524"),
    ],
)
def test_wrong_corrections(database: Database, values: dict[str, Any], code: str) -> None:
    fact = _contribution(dt.date(2020, 3, 2))
    entry = AccountEntry.objects.get(cause="contribution")
    base = {"fact_id": entry.pk if values["record"] == "accountentry" else fact.pk, "reason": "试"}
    with pytest.raises(Refused, match=code):
        through("correction", base | values, dt.date(2020, 4, 2))


def test_a_corrected_stop_pays_what_it_held(database: Database, tmp_path: Path) -> None:
    (person,) = register(recipient(1, OLD))
    through(
        "suspension", {"person": id_number(OLD, 1), "reason": "1202", "from_month": JAN}, dt.date(2020, 1, 2)
    )
    assert lines(paid(JAN, tmp_path)) == {}
    stop = Stoppage.objects.get()
    through(
        "correction",
        {"record": "stoppage", "fact_id": stop.pk, "withdraw": True, "reason": "同名"},
        dt.date(2020, 2, 2),
    )
    assert {key[2] for key in lines(paid(JAN + 1, tmp_path)) if key[0] == person} == {JAN, JAN + 1}
    conserved(JAN + 1)
