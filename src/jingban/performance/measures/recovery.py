"""Money paid without right: how much was taken back in the year, by which road, and how much of what was owed back."""

from __future__ import annotations

from jingban.payments.relations import receivables
from jingban.performance.measures import Basis, Measured, measure, percentage
from jingban.performance.measures.counting import (
    counted,
    number,
    settled_rows,
    summed,
    window,
    yuan,
)
from jingban.rules.codes import PENSION_ITEMS


def _back(basis: Basis) -> str:
    """SELECT of what came back: taken out of other money of the same run, or repaid against a receivable.

    A line below zero of an item that is owed nothing takes back what was paid wrongly; channel 1 and 2 take it out of money
    going to the bank or the estate at once, channel 3 makes it a receivable, which comes back by repayments and set-offs.
    """
    return (
        f"SELECT s.person_id, -s.amount_fen AS amount_fen FROM ({settled_rows(basis)}) s WHERE s.channel IN (1, 2) "
        f"AND s.amount_fen < 0 AND s.owed_fen = 0 AND s.item IN {PENSION_ITEMS} "
        "UNION ALL SELECT c.person_id, p.amount_fen FROM payments_repayment p "
        "JOIN payments_receivable c ON c.id = p.receivable_id JOIN payments_run r ON r.id = c.run_id "
        f"WHERE r.region_id = {int(basis.region)} AND {window(basis).within('p')}"
    )


def _open(basis: Basis) -> int:
    return number(
        f"SELECT SUM(x.raised_fen - x.repaid_fen - x.written_off_fen) FROM ({receivables(basis.horizon)}) x"
    )


@measure(
    "recovered_amount",
    "追回养老金",
    "元",
    formula="当期扣回＋应收款收回（含抵扣）",
    rooms="payments",
    printed="MHB",
)
def recovered_amount(basis: Basis) -> Measured:
    """Money taken back in the year."""
    return summed(_back(basis))


@measure(
    "recovered_persons",
    "追回养老金人数",
    "人",
    formula="本年度有多发养老金被追回的人数",
    rooms="payments",
    printed="M",
)
def recovered_persons(basis: Basis) -> Measured:
    """People from whom (or from whose estate) money was taken back."""
    return counted(f"SELECT DISTINCT b.person_id FROM ({_back(basis)}) b")


@measure(
    "recovery_rate",
    "多发待遇追回率",
    "%",
    formula="追回金额÷（追回金额＋尚未收回金额）",
    rooms="payments",
    printed="B",
)
def recovery_rate(basis: Basis) -> Measured:
    """Recovered over what had to be recovered; what was written off is no longer to come back, and was not recovered."""
    found = recovered_amount(basis)
    back = found.value or 0
    return percentage(back, back + yuan(_open(basis)), found.rows)


def _wrong(basis: Basis, year: int) -> str:
    """SELECT of what turned out in a year to have been paid without right."""
    from dataclasses import replace

    shifted = replace(basis, year=year, day=basis.day.replace(year=year, day=min(basis.day.day, 28)))
    return (
        f"SELECT s.person_id, -s.amount_fen AS amount_fen FROM ({settled_rows(shifted)}) s WHERE s.channel IN (1, 2, 3) "
        f"AND s.amount_fen < 0 AND s.owed_fen = 0 AND s.item IN {PENSION_ITEMS}"
    )


@measure(
    "overpaid_drop_rate", "养老金冒领下降率", "%", formula="（上年多发金额－本年多发金额）÷上年多发金额", rooms="payments",
    printed="B",
)  # fmt: skip
def overpaid_drop_rate(basis: Basis) -> Measured:
    """By how much less was overpaid than the year before."""
    rows = _wrong(basis, basis.year)
    this, last = summed(rows).value or 0, summed(_wrong(basis, basis.year - 1)).value or 0
    return percentage(last - this, last, rows)
