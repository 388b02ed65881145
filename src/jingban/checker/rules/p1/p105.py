"""P105 execution rate."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.claims.tables import cell_problem, formula
from jingban.checker.claims.verdict import best, like, ratio
from jingban.checker.context import Context
from jingban.checker.figures import Figure
from jingban.checker.rule import Answer, Rule, Unverified, Verified
from jingban.checker.tables.evaluation import Evaluation, FundRow
from jingban.values.i18n import gettext as _
from jingban.values.printed import PrintedNumber
from jingban.values.units import PERCENT


class ExecutionRateWrong(Rule):
    """问题：自评表的执行率不等于全年执行数除以全年预算数。
    依据：执行率 = 全年执行数 ÷ 全年预算数（自评表填报说明）；按印出位数的区间判定，“90%”是 89.5% 至 90.5%。
    反例：全年预算数 200，全年执行数 100，执行率 60%。（应为 50%）
    正例：全年预算数 200，全年执行数 100，执行率 50%。
    例外：没有全年预算数时用年初预算数；“100%%”“10 0%”规范化后再核；执行率写成 0.9 或 90 的按比率理解；缺数“未核”。
    怎么改：重算执行率，分母用调整后的全年预算数。

    English: The execution rate of the form is not executed over full-year budget.

    Not reported: Without a full-year budget the initial one counts; '100%%' is normalised; 0.9 and 90 are read
    as rates; missing figures are not verified.
    """

    code = "P105"
    name = "execution-rate-wrong"
    title = "执行率与预算、执行数不符"
    title_en = "Execution rate differs from executed over budget"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        for form in context.claims.evaluations:
            for row in form.funds:
                if row.rate is not None:
                    yield self._judge(form, row, row.rate)

    def _judge(self, form: Evaluation, row: FundRow, rate: Figure) -> Answer:
        subject = _("{}{}执行率 {}").format(form.key(), row.label, rate.text)
        budget = row.full or row.initial
        if budget is None or row.executed is None or not form.funds_trusted:
            return Unverified(subject, rate.source, _("缺预算数或执行数，或表中有丢格移位"))
        stated = rate if rate.dimension == "ratio" else _as_percent(rate)
        readings = [ratio(stated, row.executed, budget)]
        if rate.dimension != "ratio" and rate.value <= 2:
            readings.append(ratio(rate, row.executed, budget))
        reading = best(one for one in readings if one)
        if reading is None:
            return Unverified(subject, rate.source, _("预算数为零"))
        if reading.holds:
            return Verified(subject, rate.source, rounding=reading.level != "L0")
        return cell_problem(
            _("“{}”执行率写作 {}，按 {} 应为 {}").format(
                form.key(), rate.text, reading.formula, like(stated, reading.value.point)
            ),
            rate.source,
            rate.text,
            (form.key(), row.label, "执行率"),
            table=form.title,
            row=row.label,
            column=_("执行率"),
            stated=rate.text,
            expected=like(stated, reading.value.point),
            difference=reading.comparison.difference,
            related=[row.executed.source, budget.source],
            details=[formula(reading, stated)],
        )


def _as_percent(rate: Figure) -> Figure:
    """A rate printed as 90 in a column of percentages."""
    number = rate.number
    percent = PrintedNumber(number.value, PERCENT, number.decimals, number.raw)
    return Figure(percent, rate.start, rate.end, rate.source)
