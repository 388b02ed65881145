"""N110 doubled total: income plus spending written as one total."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.claims import answers
from jingban.checker.claims.statements import Statement
from jingban.checker.claims.verdict import total
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule, Verified
from jingban.values.i18n import gettext as _

_INCOME = ("本年收入合计", "财政拨款收入", "收入总计")
_SPENDING = ("本年支出合计", "财政拨款支出", "支出总计")


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
        found = context.claims.statements
        incomes = [one for one in found if one.indicator in _INCOME and one.basis == "决算"]
        spendings = [one for one in found if one.indicator in _SPENDING and one.basis == "决算"]
        for one in found:
            if one.indicator != "收支总计" or one.basis != "决算":
                continue
            yield self._judge(one, incomes, spendings)

    def _judge(self, one: Statement, incomes: list[Statement], spendings: list[Statement]) -> Answer:
        for income in incomes:
            for spending in spendings:
                if not income.figure.value or not spending.figure.value:
                    continue
                reading = total(one.figure, [income.figure, spending.figure])
                if reading.level not in ("L0", "L1"):
                    continue
                larger = max(income.figure, spending.figure, key=lambda figure: figure.value)
                sides = total(one.figure, [larger])
                return answers.contradiction(
                    one.bound.sentence,
                    one.bound.token,
                    sides,
                    _("“{}”{} 是收入 {} 与支出 {} 之和；总计只有一个数").format(
                        one.bound.label, one.figure.text, income.figure.text, spending.figure.text
                    ),
                    (one.bound.label, "收支总计"),
                    related=[income.bound, spending.bound],
                    cause="doubled-total",
                )
        return Verified(_("{}不是收支相加").format(one.bound.label), one.figure.source)
