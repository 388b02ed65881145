"""Payments that did not stay: those the bank could not pay and those it returned after it had, with the reason. Owed again by the next run."""

from __future__ import annotations

from collections.abc import Iterator

from jingban.payments.exports.common import (
    ORDER,
    OUTCOMES,
    RUN_OF,
    day,
    of_month,
    of_run,
    person_joins,
    stream,
)
from jingban.payments.models import Run
from jingban.store.exports import Export, Row
from jingban.values import money
from jingban.values.i18n import gettext as _

HEADER = (
    "批次", "支付单号", "证件号码", "姓名", "乡镇", "村", "组", "银行", "银行账号", "户名", "金额", "结果", "银行代码", "原因",
    "登记日期",
)  # fmt: skip


def rows(condition: str) -> Iterator[Row]:
    """Orders of runs of a condition over ``payments_run r``, by township and village."""
    outcomes = (
        "SELECT x.order_id, 'failed' AS status, x.code, x.reason, x.origin_id FROM payments_orderstatus x WHERE x.status = 'failed' "
        "UNION ALL SELECT b.order_id, 'bounced' AS status, '' AS code, b.reason, b.origin_id FROM payments_bounce b"
    )
    sql = (
        "SELECT r.id, o.id, i.id_number, i.name, h.township, h.village, h.group_name, o.bank, o.account, o.holder, o.amount_fen, "
        f"t.status, t.code, t.reason, g.recorded_at FROM ({outcomes}) t JOIN payments_order o ON o.id = t.order_id "
        f"{RUN_OF.format('o')} JOIN registry_origin g ON g.id = t.origin_id {person_joins('o')} WHERE {condition} "
        f"ORDER BY r.id, {ORDER}, o.id"
    )
    batches: dict[int, str] = {}
    for run, order, *who, bank, account, holder, fen, status, code, reason, at in stream(sql):
        if run not in batches:
            batches[run] = Run.objects.get(pk=run).batch
        cells = (
            batches[run], order, *who, bank, account, holder, money.yuan(int(fen)), _(OUTCOMES[status]), code, reason, day(at),
        )  # fmt: skip
        yield Row(who[2], who[3], cells)


def of(run: Run) -> Export:
    """The list of one run alone."""
    return Export("failed", f"{_('支付失败')}-{run.batch}", HEADER, lambda month: rows(of_run(run)))


EXPORT = Export("failed", _("支付失败"), HEADER, lambda month: rows(of_month(month)))
