"""Receivables: repaid, agreed in parts, given up only by two persons."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from jingban.payments.models import Instalment, Receivable, WriteOff
from jingban.payments.relations import receivables
from jingban.payments.services.recover import (
    RepaymentRecord,
    agree_instalments,
    open_amounts,
    record_repayments,
    write_off,
)
from jingban.registry.services.record_deaths import DeathRecord, record_deaths
from jingban.store import bulk
from jingban.values.findings import Refused
from jingban.values.months import month
from tests.support.databases import Database
from tests.support.people import door, recipient, register
from tests.support.runs import paid

JAN = month(2020, 1)
DAY = dt.date(2020, 5, 1)


@pytest.fixture
def owing(database: Database, tmp_path: Path) -> Receivable:
    """Somebody died in January with an empty account and was paid for February and March."""
    (person,) = register(recipient(1, balances={}))
    for late in range(3):
        paid(JAN + late, tmp_path)
    record_deaths([DeathRecord(person=person, died_on=dt.date(2020, 1, 9))], door(dt.date(2020, 4, 1)))
    paid(JAN + 3, tmp_path)
    return Receivable.objects.get()


def test_repayments(owing: Receivable) -> None:
    amount = owing.amount_fen
    rows = [
        RepaymentRecord(receivable_id=owing.pk, amount_fen=amount - 100, paid_on=DAY),
        RepaymentRecord(receivable_id=owing.pk, amount_fen=101, paid_on=DAY),
        RepaymentRecord(receivable_id=owing.pk, amount_fen=0, paid_on=DAY),
        RepaymentRecord(receivable_id=owing.pk, amount_fen=1, paid_on=DAY, method="gift"),
        RepaymentRecord(receivable_id=owing.pk + 9, amount_fen=1, paid_on=DAY),
    ]
    outcome = record_repayments(rows, door(), mode="keep_good")
    assert [finding.code for finding in outcome.findings] == ["PAY-603", "PAY-602", "PAY-604", "PAY-601"]
    assert open_amounts() == {owing.pk: 100}
    assert bulk.fetch(receivables()) == [(owing.pk, owing.person_id, amount, amount - 100, 0)]
    assert bulk.fetch(receivables(owing.origin_id)) == [(owing.pk, owing.person_id, amount, 0, 0)]


def test_instalments_add_up(owing: Receivable) -> None:
    half = owing.amount_fen // 2
    with pytest.raises(Refused, match="PAY-605"):
        agree_instalments(owing.pk, [(JAN + 5, half)], door())
    agree_instalments(owing.pk, [(JAN + 5, half), (JAN + 6, owing.amount_fen - half)], door())
    assert Instalment.objects.count() == 2


def test_writing_off_takes_two(owing: Receivable) -> None:
    with pytest.raises(Refused, match="PAY-606"):
        write_off(owing.pk, 100, "下落不明", door(actor="maker"), checker="maker")
    with pytest.raises(Refused, match="PAY-603"):
        write_off(owing.pk, owing.amount_fen + 1, "下落不明", door(), checker="checker")
    write_off(owing.pk, owing.amount_fen, "下落不明", door(), checker="checker")
    assert open_amounts() == {owing.pk: 0}
    with pytest.raises(IntegrityError), transaction.atomic():
        WriteOff.objects.create(
            receivable=owing, origin_id=owing.origin_id, amount_fen=1, reason="x", maker="a", checker="a"
        )
