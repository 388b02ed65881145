"""Who was credited in a year and who was not, side by side: subsidies, government-paid contributions, interest.

One row a person, item and batch: what was owed, what had been posted before and what this batch posts; whoever gets nothing
stands beside them with the reason. Cancelled batches are left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from jingban.payments.exports.common import ORDER, person_joins, stream
from jingban.payments.models import Credit
from jingban.payments.models.credits import CreditState
from jingban.rules.titles import ITEMS, MISSED
from jingban.store.exports import Export, Row
from jingban.values import money
from jingban.values.i18n import gettext as _

HEADER = (
    "批次", "年度", "项目", "证件号码", "姓名", "乡镇", "村", "组", "应记", "此前已记", "本次", "结果", "未记原因",
)  # fmt: skip


def _rows(year: int) -> Iterator[Row]:
    made = Credit.objects.filter(year=year).exclude(state=CreditState.CANCELLED).order_by("item", "pk")
    for one in made:
        yield from rows_of(one)


def rows_of(one: Credit) -> Iterator[Row]:
    """The rows of one batch, by township and village."""
    lines = (
        "SELECT person_id, SUM(owed_fen) AS owed_fen, SUM(posted_fen) AS posted_fen, SUM(amount_fen) AS amount_fen, 0 AS reason "
        f"FROM payments_creditline WHERE credit_id = {int(one.pk)} GROUP BY person_id"
    )
    missed = (
        "SELECT person_id, 0 AS owed_fen, 0 AS posted_fen, 0 AS amount_fen, reason "
        f"FROM payments_creditmissed WHERE credit_id = {int(one.pk)} "
        f"AND person_id NOT IN (SELECT person_id FROM payments_creditline WHERE credit_id = {int(one.pk)})"
    )
    sql = (
        "SELECT i.id_number, i.name, h.township, h.village, h.group_name, t.owed_fen, t.posted_fen, t.amount_fen, t.reason "
        f"FROM ({lines} UNION ALL {missed}) t {person_joins('t')} ORDER BY {ORDER}"
    )
    done = one.state_name()
    for number, name, township, village, group, owed, posted, amount, reason in stream(sql):
        cells = (
            one.batch, one.year, _(ITEMS[one.item]), number, name, township, village, group, money.yuan(int(owed)),
            money.yuan(int(posted)), money.yuan(int(amount)), "" if reason else done, _(MISSED[reason]) if reason else "",
        )  # fmt: skip
        yield Row(township, village, cells)


def of(one: Credit) -> Export:
    """The list of one batch alone."""
    return Export("credits", f"{_('年度记账')}-{one.batch}", HEADER, lambda year: rows_of(one), by="year")


EXPORT = Export("credits", _("年度记账"), HEADER, _rows, by="year")
