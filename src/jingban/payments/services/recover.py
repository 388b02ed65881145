"""Receivables come back: repayments, instalment plans, set-offs, write-offs (R1.13-01, R1.13-02)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jingban.payments.models import Instalment, Receivable, Repayment, WriteOff
from jingban.payments.relations import receivables
from jingban.store import bulk
from jingban.store.origins import Door, entering
from jingban.store.rows import Mode, Outcome, Rows
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _
from jingban.values.money import format_yuan


@dataclass(slots=True, kw_only=True)
class RepaymentRecord:
    """Money that came back for one receivable."""

    receivable_id: int
    amount_fen: int
    paid_on: dt.date
    method: str = Repayment.Method.CASH
    reference: str = ""
    row: int | None = None


def open_amounts(ids: Iterable[int] | None = None) -> dict[int, int]:
    """Receivable -> fen still to come."""
    rows = bulk.fetch(
        f"SELECT receivable_id, raised_fen - repaid_fen - written_off_fen FROM ({receivables()}) r"
    )
    wanted = None if ids is None else set(ids)
    return {number: amount for number, amount in rows if wanted is None or number in wanted}


def record_repayments(
    records: Iterable[RepaymentRecord], door: Door, *, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """Codes: PAY-601 no such receivable, PAY-602 amount not positive, PAY-603 more than is open, PAY-604 method."""
    with entering(door, dry_run=dry_run) as origin:
        sheet = Rows(records, mode)
        due = open_amounts(record.receivable_id for record in sheet.records)
        for index, record in list(sheet.good()):
            if record.receivable_id not in due:
                sheet.reject(index, "PAY-601", _("没有此笔应收款"))
            elif record.amount_fen <= 0:
                sheet.reject(index, "PAY-602", _("追回金额必须大于零"), column=_("金额"))
            elif record.method not in Repayment.Method.values:
                sheet.reject(index, "PAY-604", _("没有此追回方式"), column=_("方式"))
            elif record.amount_fen > due[record.receivable_id]:
                text = _("超过未追回的 {open} 元").format(open=format_yuan(due[record.receivable_id]))
                sheet.reject(index, "PAY-603", text, column=_("金额"))
            else:
                due[record.receivable_id] -= record.amount_fen
        rows = sheet.decide()
        bulk.insert(
            Repayment,
            ["receivable_id", "origin_id", "amount_fen", "method", "paid_on", "reference"],
            (
                (r.receivable_id, origin.pk, r.amount_fen, str(r.method), r.paid_on.isoformat(), r.reference)
                for _i, r in rows
            ),
        )
        return sheet.outcome(origin, amount_fen=sum(r.amount_fen for _i, r in rows))


def agree_instalments(receivable_id: int, parts: Sequence[tuple[int, int]], door: Door) -> None:
    """An instalment plan [(month, fen)]. Codes: PAY-601, PAY-605 the parts do not add up to what is open."""
    with entering(door) as origin:
        due = open_amounts([receivable_id])
        if receivable_id not in due:
            raise refuse("PAY-601", _("没有此笔应收款"))
        if sum(amount for _month, amount in parts) != due[receivable_id] or any(
            amount <= 0 for _month, amount in parts
        ):
            raise refuse(
                "PAY-605", _("分期合计应等于未追回的 {open} 元").format(open=format_yuan(due[receivable_id]))
            )
        bulk.insert(
            Instalment,
            ["receivable_id", "origin_id", "due_month", "amount_fen"],
            [(receivable_id, origin.pk, month, amount) for month, amount in parts],
        )


def write_off(receivable_id: int, amount_fen: int, reason: str, door: Door, *, checker: str) -> WriteOff:
    """Give up an amount: ``door.actor`` proposes, ``checker`` approves. Codes: PAY-601, PAY-603, PAY-606 same person."""
    with entering(door) as origin:
        due = open_amounts([receivable_id])
        if receivable_id not in due:
            raise refuse("PAY-601", _("没有此笔应收款"))
        if not 0 < amount_fen <= due[receivable_id]:
            raise refuse(
                "PAY-603",
                _("核销金额应大于零且不超过未追回的 {open} 元").format(open=format_yuan(due[receivable_id])),
            )
        if not checker.strip() or checker == door.actor:
            raise refuse("PAY-606", _("核销必须由另一人批准"))
        return WriteOff.objects.create(
            receivable=Receivable.objects.get(pk=receivable_id),
            origin=origin,
            amount_fen=amount_fen,
            reason=reason,
            maker=door.actor,
            checker=checker,
        )
