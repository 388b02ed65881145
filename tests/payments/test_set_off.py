"""Benefits set off against a debt: settled like any payment, never twice, and every count of what was paid says the same."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from jingban.payments.models import Receivable, SetOff
from jingban.payments.proofs import nobody_paid_twice
from jingban.payments.relations import settled, settlements
from jingban.payments.services.set_off import SetOffRecord, set_off_benefits
from jingban.registry.services.resume import ResumeRecord, resume
from jingban.registry.services.stop import StopRecord, stop
from jingban.store import bulk
from jingban.values.findings import Refused
from jingban.values.months import month
from tests.support.databases import Database
from tests.support.people import door, recipient, register
from tests.support.runs import paid

JAN = month(2020, 1)
APRIL = dt.date(2020, 4, 1)


@pytest.fixture
def debts(database: Database, tmp_path: Path) -> list[Receivable]:
    """One person in prison in January, known in February, and in February, known in March: two debts; March is paid."""
    (person,) = register(recipient(1))
    paid(JAN, tmp_path)
    for late in range(2):
        stop(
            [StopRecord(person=person, kind=1, reason="1202", from_month=JAN + late)],
            door(dt.date(2020, 2 + late, 1)),
        )
        resume([ResumeRecord(person=person, from_month=JAN + late + 1)], door(dt.date(2020, 2 + late, 2)))
        paid(JAN + late + 1, tmp_path)
    return list(Receivable.objects.order_by("pk"))


def test_two_debts_of_one_person_do_not_share_the_same_month(debts: list[Receivable], tmp_path: Path) -> None:
    assert len(debts) == 2
    person = debts[0].person_id
    rows = [
        SetOffRecord(receivable_id=one.pk, amount_fen=5000, day=APRIL, payroll_month=JAN + 3) for one in debts
    ]
    set_off_benefits(rows, door(APRIL))
    for one in SetOff.objects.all():
        assert one.owed_fen is not None
        assert one.amount_fen <= one.owed_fen
    taken = bulk.fetch(
        "SELECT item, month, SUM(amount_fen), MAX(owed_fen) FROM payments_setoff GROUP BY item, month"
    )
    assert sum(row[2] for row in taken) == 10_000
    assert all(fen <= owed for _item, _month, fen, owed in taken)
    assert nobody_paid_twice().holds
    with pytest.raises(Refused, match="PAY-607"):  # what is left of the month is less than once more the same
        set_off_benefits(
            [SetOffRecord(receivable_id=debts[0].pk, amount_fen=5000, day=APRIL, payroll_month=JAN + 3)],
            door(APRIL),
        )
    paid(JAN + 3, tmp_path)
    assert nobody_paid_twice().holds
    april = (
        f"SELECT SUM(s.amount_fen) FROM ({settled()}) s WHERE s.person_id = {person} AND s.month = {JAN + 3}"
    )
    lines = f"SELECT SUM(amount_fen) FROM payments_line WHERE person_id = {person} AND month = {JAN + 3}"
    ((all_of_it,),), ((by_bank,),) = bulk.fetch(april), bulk.fetch(lines)
    assert all_of_it == by_bank + 10_000


def test_settlements_are_what_is_settled_with_its_day_and_a_second_payment_is_seen(
    debts: list[Receivable],
) -> None:
    record = SetOffRecord(receivable_id=debts[0].pk, amount_fen=1000, day=APRIL, payroll_month=JAN + 3)
    set_off_benefits([record], door(APRIL))
    plain = bulk.fetch(f"SELECT person_id, item, month, amount_fen FROM ({settled()}) s ORDER BY 1, 2, 3, 4")
    rich = bulk.fetch(
        f"SELECT person_id, item, month, amount_fen FROM ({settlements()}) s ORDER BY 1, 2, 3, 4"
    )
    assert plain == rich
    made = bulk.fetch(
        f"SELECT payroll_month, region_id, amount_fen FROM ({settlements()}) s WHERE channel IS NULL"
    )
    assert made == [(JAN + 3, 510421, 1000)]
    before = SetOff.objects.get().origin_id - 1
    assert not bulk.fetch(f"SELECT 1 FROM ({settlements(before)}) s WHERE channel IS NULL")
    true = SetOff.objects.get()
    more = true.owed_fen or 0
    SetOff.objects.create(  # settled by nobody's order: the proof must not look at lines alone
        repayment=true.repayment, origin=true.origin, person=true.person, item=true.item, month=true.month,
        amount_fen=more, owed_fen=more,
    )  # fmt: skip
    assert not nobody_paid_twice().holds
