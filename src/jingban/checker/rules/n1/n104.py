"""N104 delta: the stated difference of two printed amounts."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule
from jingban.checker.rules import said
from jingban.values.i18n import gettext as _


class DeltaNotDifference(Rule):
    """问题：句中本期数、比较数和增减额俱在，增减额不等于两数之差。
    依据：增减额 = 本期 − 比较期；按三个数的印出位数区间判定。
    反例：2020年收入总计300万元，与2019年250万元相比增加40万元。（应为 50 万元）
    正例：2020年收入总计300万元，与2019年250万元相比增加50万元。
    例外：同段有多个本期数时任一个成立即通过；追加、压减等原因中的金额不是增减额。
    怎么改：用决算表本年数减上年数重算，注意同一口径。

    English: The stated increase or decrease is not the difference of the two printed amounts.

    Not reported: Any of several current figures of the paragraph may fit; amounts inside reasons are no
    differences.
    """

    code = "N104"
    name = "delta-not-difference"
    title = "增减额与两期金额不符"
    title_en = "Stated change differs from the two amounts"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        wanted = {
            "difference": _("“{name}”变动额写作 {stated}，两数相减应为 {expected}"),
            "points": _("“{name}”写作 {stated}，两个比率相减应为 {expected}"),
            "percent_for_points": _("“{name}”写作 {stated}，是金额的变动率，应写 {expected}"),
            "points_for_percent": _("“{name}”写作 {stated}，是两个比率之差，应写百分点"),
        }
        return said.answers(context, wanted)
