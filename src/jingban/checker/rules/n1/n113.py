"""N113 completion of a task or target."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.claims import answers
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule
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
        for claim in context.claims.completions:
            if not claim.task:
                continue
            figure = claim.rate.figure
            subject = _("{}完成率 {}").format(claim.rate.base, figure.text)
            reading = claim.best()
            if reading is None or not claim.explicit:
                yield answers.unbound(subject, figure.source, _("同句没有任务数或完成数"))
            elif figure.approximate or any(one.token.figure.approximate for one in claim.budgets):
                yield answers.unbound(subject, figure.source, _("约数，不能复算"))
            elif reading.holds:
                yield answers.verified(subject, reading, figure.source)
            else:
                yield answers.contradiction(
                    claim.sentence,
                    claim.rate,
                    reading,
                    _("完成率写作 {}，按 {} 应为 {}").format(
                        figure.text, reading.formula, answers.like(figure, reading.value.point)
                    ),
                    (claim.rate.base, "任务完成率"),
                    related=claim.budgets,
                )
