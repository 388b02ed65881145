"""N113 completion of a task or target."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule
from jingban.checker.rules import said
from jingban.values.i18n import gettext as _


class TargetRate(Rule):
    """问题：写明任务数、完成数和完成率，完成率不等于完成数除以任务数。
    依据：目标完成率 = 完成数 ÷ 任务数；按各数印出位数的区间判定，“17万人”是 16.5 万至 17.5 万。
    反例：完成参保1200人，完成目标任务1000人的150%。（应为 120%）
    正例：完成参保1200人，完成目标任务1000人的120%。
    例外：约数不核；任务数不在同句时“未核”。
    怎么改：用未舍入的完成数和任务数重算。

    English: A printed target completion rate is not done over target.

    Not reported: Approximate figures; a target in another sentence is not verified.
    """

    code = "N113"
    name = "target-rate-not-done-over-target"
    title = "目标完成率与数不符"
    title_en = "Target completion rate differs"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        wanted = {
            "goal": _("“{name}”完成率写作 {stated}，按完成数与任务数应为 {expected}"),
            "named_rate": _("“{name}”写作 {stated}，按所读两数应为 {expected}"),
        }
        return said.answers(context, wanted)
