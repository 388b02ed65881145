"""P118 completion rates printed under a form."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.claims.reached import Rate, completion, completion_rates
from jingban.checker.claims.tables import cell_problem
from jingban.checker.claims.verdict import like
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule, Unverified, Verified
from jingban.checker.tables.evaluation import Evaluation
from jingban.values.i18n import gettext as _
from jingban.values.printed import compare


class CompletionRateWrong(Rule):
    """问题：自评表下所印的指标完成率，不等于该指标的实际完成值除以年度指标值。
    依据：财预〔2020〕10号：完成率 = 实际完成值 ÷ 年度指标值；按印出位数的区间判定，次数、人数是确数。
    反例：年度指标值 ≥2次，实际完成值 1次；表下注完成率 60.00%。
    正例：表下注完成率 50.00%。
    例外：只核表下注明“实际完成值÷年度指标值”的完成率；目标为零、目标或实际为文字、区间的“未核”。
    怎么改：按表中两个数重算，或改正表中填错的一个。

    English: A completion rate printed under the form is not the actual over the target of its indicator.

    Not reported: Only rates whose note says how they are computed; targets of nought, texts and ranges are not
    verified.
    """

    code = "P118"
    name = "completion-rate-of-indicator-wrong"
    title = "指标完成率与目标、实际不符"
    title_en = "Completion rate of an indicator differs from actual over target"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        for form in context.claims.evaluations:
            for rate in completion_rates(context, form):
                yield self._judge(form, rate)

    def _judge(self, form: Evaluation, rate: Rate) -> Answer:
        one, figure = rate.indicator, rate.figure
        subject = _("{}完成率 {}").format(one.name, figure.text)
        value = completion(one) if form.trusted else None
        if value is None:
            return Unverified(subject, figure.source, _("目标或实际值不是可比的单一数值"))
        comparison = compare(figure.number, value)
        if comparison.level != "L3":
            return Verified(subject, figure.source, rounding=comparison.level != "L0")
        expected = like(figure, value.point)
        return cell_problem(
            _("“{}”目标 {}、实际 {}，完成率应为 {}，表下写 {}").format(
                one.name, one.target, one.actual, expected, figure.text
            ),
            figure.source,
            f"{one.name} {figure.text}",
            (form.key(), one.name, "完成率"),
            table=form.title,
            row=one.name,
            stated=figure.text,
            expected=expected,
            difference=comparison.difference,
            related=[one.target_source, one.actual_source],
        )
