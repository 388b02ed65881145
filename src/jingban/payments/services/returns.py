"""Take in the bank's answer: order, amount, account and name are compared; one mismatch refuses the whole file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection

from jingban.payments import bankfile
from jingban.payments.bankfile import GBK, Answer
from jingban.payments.models import ReturnFile, Run
from jingban.payments.services._outcomes import fail, succeed
from jingban.payments.services._runs import get, move
from jingban.store import bulk
from jingban.store.origins import Door, entering
from jingban.values import confined
from jingban.values.findings import Finding, Refused, refuse
from jingban.values.i18n import gettext as _
from jingban.values.masking import mask_account, mask_name


@dataclass(slots=True)
class Returned:
    """What the answer brought. ``missing``: orders of the batch without an outcome so far."""

    run: Run
    paid: int
    paid_fen: int
    failed: int
    failed_fen: int
    missing: int
    findings: list[Finding]


def import_returns(
    run_id: int, content: bytes, door: Door, *, name: str = "", encoding: str = GBK
) -> Returned:
    """filed, unknown or returned -> returned. Codes PAY-401 … PAY-412; PAY-411 (some orders missing) is a warning."""
    batch, answers = confined.call(bankfile.read_answer, content, encoding)
    with entering(door) as origin, connection.cursor() as cursor:
        run = get(run_id)
        if batch != run.batch:
            raise refuse("PAY-404", _("回盘文件属于批次 {batch}").format(batch=batch))
        seal = bankfile.digest(content)
        if ReturnFile.objects.filter(digest=seal).exists():
            raise refuse("PAY-412", _("此回盘文件已导入过"))
        missing = _compare(run, answers)
        move(run, "to_returned", origin, note=name)
        succeed(cursor, [answer.order for answer in answers if answer.paid], origin.pk)
        failed = [answer for answer in answers if not answer.paid]
        fail(cursor, [(answer.order, answer.code, answer.reason[:100]) for answer in failed], origin.pk)
        ReturnFile.objects.create(run=run, origin=origin, digest=seal, name=name, count=len(answers))
        findings = []
        if missing:
            text = _("回盘缺 {count} 笔，结果未知的不重发，仍按已付处理").format(count=missing)
            findings.append(Finding("PAY-411", text, "warning"))
        paid = [answer.amount_fen for answer in answers if answer.paid]
        return Returned(
            run,
            len(paid),
            sum(paid),
            len(failed),
            sum(answer.amount_fen for answer in failed),
            missing,
            findings,
        )


class _Sent(NamedTuple):
    """What the bank was sent of one order, and what it has answered so far."""

    account: str
    holder: str
    amount_fen: int
    status: str | None


_SENT = (
    "SELECT o.id, o.account, o.holder, o.amount_fen, s.status FROM payments_order o "
    "LEFT JOIN payments_orderstatus s ON s.order_id = o.id WHERE o.run_id = %s AND o.account <> ''"
)


def _compare(run: Run, answers: list[Answer]) -> int:
    """Raise every mismatch together; the number of orders still without outcome otherwise."""
    sent = {number: _Sent(*told) for number, *told in bulk.fetch(_SENT, [run.pk])}
    findings: list[Finding] = []
    seen: dict[int, int] = {}
    for answer in answers:
        row = answer.row
        order = sent.get(answer.order)
        if order is None:
            findings.append(
                Finding("PAY-405", _("支付单 {order} 不在本批次").format(order=answer.order), row=row)
            )
        elif answer.order in seen:
            text = _("支付单 {order} 与第 {row} 行重复").format(order=answer.order, row=seen[answer.order])
            findings.append(Finding("PAY-406", text, row=row))
        elif order.status is not None:
            findings.append(
                Finding("PAY-410", _("支付单 {order} 已有结果").format(order=answer.order), row=row)
            )
        elif answer.amount_fen != order.amount_fen:
            text = _("支付单 {order} 金额不符：报 {sent} 分，回 {got} 分").format(
                order=answer.order, sent=order.amount_fen, got=answer.amount_fen
            )
            findings.append(Finding("PAY-407", text, row=row, column=_("金额")))
        elif answer.account != order.account:
            findings.append(
                Finding(
                    "PAY-408", _("账号不符"), row=row, column=_("账号"), subject=mask_account(answer.account)
                )
            )
        elif not bankfile.same_name(answer.holder, order.holder):
            findings.append(
                Finding("PAY-409", _("户名不符"), row=row, column=_("户名"), subject=mask_name(answer.holder))
            )
        seen.setdefault(answer.order, row)
    if findings:
        raise Refused(findings)
    return sum(order.status is None and number not in seen for number, order in sent.items())
