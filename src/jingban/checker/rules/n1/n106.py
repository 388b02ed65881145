"""N106 zero base: a growth rate from nothing."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule
from jingban.checker.rules import said
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
        wanted = {
            "from_zero": _("“{name}”上年为零，不应写变动率 {stated}"),
        }
        return said.answers(context, wanted)
