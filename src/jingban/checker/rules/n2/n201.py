"""N201 one indicator, several values."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule
from jingban.checker.rules import said
from jingban.values.i18n import gettext as _


class RepeatedValueConflict(Rule):
    """问题：同一指标、同一口径、同一年度在文中几处写出不同的数。
    依据：同一指标只有一个决算数；印出位数不同的按区间比较。
    反例：“支出决算情况”写基本支出507.2万元，“基本支出决算情况”写基本支出531.9万元（收支全部为一般公共预算财政拨款）。
    正例：两处都写基本支出507.2万元。
    例外：财政拨款口径与全口径不比，除非文中写明财政拨款支出占本年支出的 100%；预算数与决算数、上年数与本年数、部门与项目不比；舍入造成的一位之差不报。
    怎么改：以决算表为准统一各处。

    English: One indicator of one caliber and year is printed with different values.

    Not reported: Fiscal and total scope are compared only where the text says the one is all of the other;
    budget and final, last and this year, department and project are never compared; one unit of the last digit
    is rounding.
    """

    code = "N201"
    name = "repeated-value-conflict"
    title = "同一指标前后数值不一"
    title_en = "One indicator, several values"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        return said.answers(context, {"same": _("“{name}”此处写 {stated}，另一处为 {expected}")})
