"""N102 part exceeds total."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule
from jingban.checker.rules import said
from jingban.values.i18n import gettext as _


class PartExceedsWhole(Rule):
    """问题：写明是某整体一部分的金额，反而大于该整体；或财政拨款口径的支出大于全口径的同一支出。
    依据：部分不大于整体；一般公共预算财政拨款支出是本年支出的组成部分。
    反例：本年支出合计100万元，其中：基本支出120万元，占70%。
    正例：本年支出合计100万元，其中：基本支出70万元，占70%。
    例外：有上年结转时财政拨款支出可以大于本年财政拨款收入，收支之间不比较；区间相交不报。
    怎么改：核对两处金额的口径与单位，多为抄错一位或元、万元混用。

    English: A part is larger than the whole it is said to belong to.

    Not reported: Spending may exceed this year's income where money was carried over; touching intervals are no
    finding.
    """

    code = "N102"
    name = "part-exceeds-whole"
    title = "部分大于整体"
    title_en = "A part exceeds its whole"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        wanted = {
            "part_over": _("“{name}”{stated}，作为部分大于它的整体"),
        }
        return said.answers(context, wanted)
