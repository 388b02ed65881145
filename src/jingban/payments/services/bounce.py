"""Record that the bank returned a payment after it had reported it as paid (付后退回)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from jingban.payments.models import Bounce, Order
from jingban.payments.services._outcomes import undo
from jingban.store import bulk
from jingban.store.origins import Door, entering
from jingban.store.rows import Mode, Outcome, Rows
from jingban.values.i18n import gettext as _
from jingban.values.money import format_yuan


@dataclass(slots=True, kw_only=True)
class BounceRecord:
    """``amount_fen`` is what came back: always the whole of the order."""

    order_id: int
    amount_fen: int
    returned_on: dt.date
    reason: str
    row: int | None = None


def record_bounces(
    records: Iterable[BounceRecord], door: Door, *, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """From here on the order's lines are not settled: the next run owes them again, and its account entries are undone.

    Codes: PAY-421 no such order, PAY-422 the bank has not reported it as paid, PAY-423 recorded already, PAY-424 another amount,
    PAY-425 a day in the future.
    """
    with entering(door, dry_run=dry_run) as origin, connection.cursor() as cursor:
        sheet = Rows(records, mode)
        sheet.once({i: r.order_id for i, r in sheet.good()}, "PAY-423", _("与第 {row} 行是同一笔支付单"))
        sent = {
            order.pk: order
            for order in Order.objects.select_related("outcome", "bounce").filter(
                pk__in=[record.order_id for record in sheet.records]
            )
        }
        for index, record in list(sheet.good()):
            order = sent.get(record.order_id)
            if order is None:
                sheet.reject(index, "PAY-421", _("没有这个支付单号"), column=_("支付单号"))
                continue
            sheet.people[index] = order.person_id
            if hasattr(order, "bounce"):
                sheet.reject(index, "PAY-423", _("这笔支付单的退回已经登记过"), column=_("支付单号"))
            elif not hasattr(order, "outcome") or order.outcome.status != "paid":
                text = _("银行还没有回报这笔支付单成功；回盘里的失败请导入回盘文件")
                sheet.reject(index, "PAY-422", text, column=_("支付单号"))
            elif record.amount_fen != order.amount_fen:
                text = _("这笔支付单是 {sent} 元，退回的应是全部").format(sent=format_yuan(order.amount_fen))
                sheet.reject(index, "PAY-424", text, column=_("退回金额"))
            elif record.returned_on > origin.day:
                sheet.reject(index, "PAY-425", _("退回日期在今天以后"), column=_("退回日期"))
        rows = sheet.decide()
        bulk.insert(
            Bounce,
            ["order_id", "origin_id", "returned_on", "reason"],
            ((r.order_id, origin.pk, r.returned_on.isoformat(), r.reason[:100]) for _i, r in rows),
        )
        undo(cursor, [r.order_id for _i, r in rows], origin.pk)
        return sheet.outcome(origin, amount_fen=sum(r.amount_fen for _i, r in rows))
