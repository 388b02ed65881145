"""X101 last year's published figure against this year's base of comparison."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.claims import answers, labels
from jingban.checker.claims.changes import Change
from jingban.checker.claims.others import last_year, stated
from jingban.checker.claims.statements import Statement
from jingban.checker.claims.verdict import Reading
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule
from jingban.values.i18n import gettext as _
from jingban.values.printed import Quantity, compare


class LastYearDiffers(Rule):
    """问题：今年文件用作比较的“上年数”与去年公开的决算数不同。
    依据：上年比较数应为上年公开的决算数；口径调整须说明。
    反例：2019年公开支出合计 250.00 万元，2020年写“比上年254.33万元增加”。
    正例：2020年写“比上年250.00万元增加”。
    例外：只在同一单位两年文件同时给出时核；机构合并、口径调整有说明的由人判断；按印出位数的区间。
    怎么改：改用去年公开的决算数，或注明调整原因。

    English: The base of comparison is not what was published last year.

    Not reported: Only with both years of one agency; explained mergers are for a person to judge; intervals.
    """

    code = "X101"
    name = "last-year-differs"
    title = "上年数与去年公开数不同"
    title_en = "Base year differs from last year's publication"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        previous = last_year(context)
        if not previous:
            return
        for change in context.claims.changes:
            name = labels.indicator(change.currents[0].label) if change.currents else ""
            implied = self._implied(change)
            if not name or implied is None or change.to_budget:
                continue
            caliber = labels.section_caliber(change.sentence.section)
            before = next(
                (one for one in (stated(other, name, "决算", caliber) for other in previous) if one), None
            )
            if before is not None:
                yield self._judge(change, implied, before, name)

    def _implied(self, change: Change) -> Quantity | None:
        if change.base is not None:
            return change.base.figure.quantity
        if change.delta is None or not change.adjacent or not change.sign:
            return None
        current, delta = change.currents[0].token.figure.quantity, change.delta.figure.quantity
        return current - delta if change.sign > 0 else current + delta

    def _judge(self, change: Change, implied: Quantity, before: Statement, name: str) -> Answer:
        anchor = change.base or change.anchor
        subject = _("{}上年数").format(name)
        comparison = compare(before.figure.number, implied)
        reading = Reading(before.figure.text, before.figure.quantity, comparison)
        if reading.holds:
            return answers.verified(subject, reading, anchor.figure.source)
        return answers.contradiction(
            change.sentence,
            anchor,
            reading,
            _("“{}”的上年数（按文中推得 {}）与去年公开的 {} 不同").format(
                name, answers.like(before.figure, implied.point), before.figure.text
            ),
            (name, "上年数"),
            details=[_("去年文件：{}").format(answers.quote(before.bound.sentence, before.bound.token))],
        )
