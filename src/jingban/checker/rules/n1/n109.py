"""N109 '100%' beside a difference."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule
from jingban.checker.rules import said
from jingban.values.i18n import gettext as _


class HundredPercentWithDifference(Rule):
    """问题：写“完成预算100%”，同一句又写决算数大于（小于）预算数若干元。
    依据：完成率恰为 100% 时差额应为零；差额舍入后不足以改变完成率末位的不报。
    反例：支出决算为110万元，完成预算的100%，决算数大于预算数10万元。
    正例：支出决算为110万元，完成预算的110%，决算数大于预算数10万元。
    例外：只写“决算数大于预算数的主要原因”而无金额的不判（舍入可能掩盖差额）。
    怎么改：按决算数、差额反推预算数，重算完成率。

    English: "100% of the budget" contradicts a stated difference from the budget.

    Not reported: A reason without an amount is not judged.
    """

    code = "N109"
    name = "full-completion-with-difference"
    title = "完成率 100% 与差额矛盾"
    title_en = "100% completion contradicts a stated difference"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        wanted = {
            "full_with_gap": _("“{name}”写完成 {stated}，又写与预算相差若干，两者不能同真"),
        }
        return said.answers(context, wanted)
