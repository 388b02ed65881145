"""N106 zero base: a growth rate from nothing."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.claims import answers
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Problem, Rule
from jingban.values.i18n import gettext as _


class RateFromZero(Rule):
    """问题：比较期金额为零（增减额等于本期数），仍写出增长率。
    依据：以零为基数的增长率没有意义；应写明上年无此项。
    反例：公务接待费2万元，比上年增加2万元，增长100%。
    正例：公务接待费2万元，比上年增加2万元，主要是上年未发生此项支出。
    例外：比上年持平、增长0% 不报；减少到零写“下降100%”是对的。
    怎么改：删去增长率，说明上年为零。

    English: A growth rate is stated although the base of comparison is zero.

    Not reported: 'Unchanged' and 'growth 0%' are fine; falling to zero is rightly '-100%'.
    """

    code = "N106"
    name = "growth-rate-from-zero"
    title = "零基数写增长率"
    title_en = "Growth rate on a zero base"
    severity = "warning"

    def check(self, context: Context) -> Iterable[Answer]:
        for change in context.claims.changes:
            if change.rate is None or not change.zero_base():
                continue
            figure = change.rate.figure
            subject = _("{}增减率 {}").format(change.name, figure.text)
            if not figure.value:
                yield answers.Verified(subject, figure.source)
                continue
            yield Problem(
                _("“{}”比较期为零，不应写 {}").format(change.name, figure.text),
                figure.source,
                answers.quote(change.sentence, change.rate),
                (answers.section_key(change.sentence), change.name, "零基数"),
                stated=figure.text,
                details=(_("本期数等于增减额，比较期金额为 0"),),
            )
