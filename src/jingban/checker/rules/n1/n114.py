"""N114 excess: 'A, 超过B X'."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule
from jingban.checker.rules import said
from jingban.values.i18n import gettext as _


class ExcessNotDifference(Rule):
    """问题：预算数、决算数和“超出（少于）预算多少”都写出，差额不等于两数之差。
    依据：差额 = 决算数 − 预算数。
    反例：年初预算为100万元，支出决算为130万元，比年初预算增加20万元。（应为 30 万元）
    正例：年初预算为100万元，支出决算为130万元，比年初预算增加30万元。
    例外：差额须在同一主语、同一句内；原因里的追加金额不算。
    怎么改：按决算数减预算数重算。

    English: The stated excess over the budget is not actual minus budget.

    Not reported: Only within one subject and sentence; amounts in reasons do not count.
    """

    code = "N114"
    name = "excess-not-difference"
    title = "与预算的差额不符"
    title_en = "Stated excess differs from actual minus budget"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        wanted = {
            "gap": _("“{name}”与预算（目标）的差额写作 {stated}，两数相减应为 {expected}"),
        }
        return said.answers(context, wanted)
