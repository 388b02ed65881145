"""What a payroll month paid, item by item: the lines of its runs, and what was set off against debts in it.

The last column is what counts as paid (``payments.relations.settlements``): nothing for a failed order, the whole of a set-off.
"""

from __future__ import annotations

from collections.abc import Iterator

from jingban.payments.exports.common import ORDER, OUTCOMES, person_joins, stream
from jingban.payments.models.runs import Channel
from jingban.payments.relations import failed, settlements
from jingban.rules.titles import ITEMS
from jingban.store.exports import Export, Row
from jingban.values import money
from jingban.values.i18n import gettext as _
from jingban.values.months import format_month

SET_OFF = 0
"""Stands for the channel of a set-off, which has none."""


def _rows(month: int) -> Iterator[Row]:
    lines = (
        "SELECT l.id, l.person_id, l.month, l.item, l.amount_fen, l.channel, "
        "CASE WHEN b.id IS NULL THEN x.status ELSE 'bounced' END AS status, COALESCE(b.reason, x.reason) AS reason, "
        f"CASE WHEN l.order_id IN ({failed()}) THEN 0 ELSE l.amount_fen END AS settled_fen "
        "FROM payments_line l JOIN payments_run r ON r.id = l.run_id AND r.release_id IS NOT NULL "
        "LEFT JOIN payments_bounce b ON b.order_id = l.order_id "
        f"LEFT JOIN payments_orderstatus x ON x.order_id = l.order_id WHERE r.payroll_month = {int(month)}"
    )
    set_off = (
        f"SELECT 0 AS id, s.person_id, s.month, s.item, s.amount_fen, {SET_OFF} AS channel, NULL AS status, NULL AS reason, "
        f"s.amount_fen AS settled_fen FROM ({settlements()}) s WHERE s.channel IS NULL AND s.payroll_month = {int(month)}"
    )
    sql = (
        "SELECT i.id_number, i.name, h.township, h.village, h.group_name, l.month, l.item, l.amount_fen, l.channel, l.status, "
        f"l.reason, l.settled_fen FROM ({lines} UNION ALL {set_off}) l {person_joins('l')} "
        f"ORDER BY {ORDER}, l.month, l.item, l.id"
    )
    for (
        id_number,
        name,
        township,
        village,
        group,
        entitled,
        item,
        fen,
        channel,
        status,
        reason,
        settled,
    ) in stream(sql):
        where = "抵扣应收款" if channel == SET_OFF else Channel(channel).label
        cells = (
            format_month(month), id_number, name, township, village, group, format_month(entitled),
            ITEMS.get(item, str(item)), money.yuan(fen), where, OUTCOMES.get(status or "", ""), reason or "",
            money.yuan(settled),
        )  # fmt: skip
        yield Row(township, village, cells)


EXPORT = Export(
    "lines",
    _("发放明细"),
    (
        "发放年月", "证件号码", "姓名", "乡镇", "村", "组", "待遇所属年月", "项目", "金额", "去向", "结果", "原因", "计入已付",
    ),
    _rows,
)  # fmt: skip
