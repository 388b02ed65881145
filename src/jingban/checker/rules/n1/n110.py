"""N110 doubled total: income plus spending written as one total."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule
from jingban.checker.rules import said
from jingban.values.i18n import gettext as _


class TotalIsSumOfSides(Rule):
    """问题：“收、支总计”写成收入与支出之和，约为任一方的两倍。
    依据：收入总计与支出总计相等，是同一个数，不是两者相加（决算总表 I1.5、I4.7）。
    反例：财政拨款收、支总计1486.1万元（收入756.8万元、支出729.3万元）。
    正例：财政拨款收、支总计756.8万元。
    例外：收入、支出均为零时不判。
    怎么改：改为收入总计（=支出总计），含年初、年末结转和结余。

    English: The combined total is income plus spending; it is one figure, not their sum.

    Not reported: Both sides zero.
    """

    code = "N110"
    name = "total-is-sum-of-sides"
    title = "收、支相加当总计"
    title_en = "Total is income plus expenditure"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        wanted = {
            "both_sides": _("“{name}”{stated}是收入与支出相加，收、支总计应为 {expected}"),
        }
        return said.answers(context, wanted)
