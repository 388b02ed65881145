"""N108 completion rate of a budget."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule
from jingban.checker.rules import said
from jingban.values.i18n import gettext as _


class CompletionNotActualOverBudget(Rule):
    """问题：“完成预算的Y%”不等于决算（执行）数除以预算数。
    依据：预算完成率 = 决算数 ÷ 预算数；句中写“年初预算”的取年初预算，写“预算”的年初、调整、全年预算任一成立即可。
    反例：年初预算为200万元，支出决算为100万元，完成年初预算的60%。（应为 50%）
    正例：年初预算为200万元，支出决算为100万元，完成年初预算的50%。
    例外：预算数为零时不应写完成率；句中没有预算数而附表中有同一执行数的预算数时，按附表复算，不成立为警告；都没有则“未核”。
    怎么改：核对所用预算口径，与附表“全年预算数”一致后重算。

    English: A printed budget completion rate is not actual over budget.

    Not reported: A zero budget has no rate; without a budget in the sentence that of a table is used (warning);
    with neither it is not verified.
    """

    code = "N108"
    name = "completion-not-actual-over-budget"
    title = "预算完成率与金额不符"
    title_en = "Completion rate differs from actual over budget"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        wanted = {
            "completion": _("“{name}”完成率写作 {stated}，按所读两数应为 {expected}"),
            "zero_budget": _("“{name}”年初预算为零，不能写完成年初预算 {stated}"),
        }
        return said.answers(context, wanted)
