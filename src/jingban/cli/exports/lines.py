"""What the runs of a payroll month paid, item by item."""

from __future__ import annotations

from collections.abc import Iterator

from jingban.cli.exports import Export, Row
from jingban.cli.exports.common import ITEMS, ORDER, person_joins, stream
from jingban.payments.models.runs import Channel
from jingban.values import money
from jingban.values.i18n import gettext as _
from jingban.values.months import format_month

OUTCOMES = {"paid": "成功", "failed": "失败"}


def _rows(month: int) -> Iterator[Row]:
    sql = (
        "SELECT r.payroll_month, i.id_number, i.name, h.township, h.village, h.group_name, l.month, l.item, l.amount_fen, "
        "l.channel, x.status, x.reason "
        "FROM payments_line l JOIN payments_run r ON r.id = l.run_id AND r.release_id IS NOT NULL "
        f"{person_joins('l')} LEFT JOIN payments_orderstatus x ON x.order_id = l.order_id "
        f"WHERE r.payroll_month = {int(month)} ORDER BY {ORDER}, l.month, l.item, l.id"
    )
    for (
        payroll,
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
    ) in stream(sql):
        cells = (
            format_month(payroll), id_number, name, township, village, group, format_month(entitled),
            ITEMS.get(item, str(item)), money.yuan(fen), Channel(channel).label, OUTCOMES.get(status or "", ""), reason or "",
        )  # fmt: skip
        yield Row(township, village, cells)


EXPORT = Export(
    "lines",
    _("发放明细"),
    (
        "发放年月",
        "证件号码",
        "姓名",
        "乡镇",
        "村",
        "组",
        "待遇所属年月",
        "项目",
        "金额",
        "去向",
        "结果",
        "原因",
    ),
    _rows,
)
