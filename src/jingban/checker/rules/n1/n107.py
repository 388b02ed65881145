"""N107 direction word against the sign of the difference."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule
from jingban.checker.rules import said
from jingban.values.i18n import gettext as _


class DirectionAgainstSign(Rule):
    """问题：写“增加”而两数相减为负，写“小于预算”而决算大于预算，写“持平”而两数不等；增减额与增减率方向相反。
    依据：方向词须与差额符号一致。
    反例：年初预算为100万元，支出决算为120万元，决算数小于年初预算数的主要原因是……
    正例：年初预算为100万元，支出决算为120万元，决算数大于年初预算数的主要原因是……
    例外：标题中的“增减变化”不算；两数在印出位数内可能相等时不判；不在一处的两数，相差恰为所写的增减额才判；有年初、调整两个预算数时任一成立即通过。
    怎么改：改正方向词，或核对两数是否抄错。

    English: A direction word contradicts the sign of the printed difference.

    Not reported: The heading 'changes' is no direction; figures that may be equal within their digits are not
    judged; of figures that stand apart only those that differ by just the stated amount are; either of two budgets may fit.
    """

    code = "N107"
    name = "direction-against-sign"
    title = "增减方向与数不符"
    title_en = "Direction word contradicts the numbers"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        wanted = {
            "opposed": _("“{name}”{stated}的方向词与所写的数相反"),
            "direction": _("“{name}”{stated}：方向词与预算、决算两数不符"),
        }
        return said.answers(context, wanted)
