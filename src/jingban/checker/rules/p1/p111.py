"""P111 metrics with a formula, recomputed from printed data."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.claims.measured import described, measured_rate
from jingban.checker.claims.tables import cell_problem
from jingban.checker.claims.targets import read_bound
from jingban.checker.claims.verdict import like
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule, Unverified, Verified
from jingban.checker.tables.evaluation import Evaluation, Indicator
from jingban.values.i18n import gettext as _
from jingban.values.printed import compare


class FormulaMetricWrong(Rule):
    """问题：在职人员控制率、“三公”经费控制率、公用经费控制率、政府采购执行率等有公式的指标，自评表所填与同一文件基础数据表算得的不符。
    依据：财预〔2013〕53号共性指标：控制率 = 实际 ÷ 预算（编制）；政府采购执行率 = 实际采购金额 ÷ 采购预算。
    反例：基础数据表政府采购预算 45.66 万元、决算 13.4 万元（29.35%），自评表政府采购执行率填 100%。
    正例：自评表政府采购执行率填 29.35%。
    例外：只在基础数据表两个数俱在时核；按印出位数的区间判定；填文字（“无”）的“未核”。
    怎么改：按公式重算实际完成值和得分。

    English: A metric with a fixed formula differs from what the basic-data table of the file gives.

    Not reported: Only where both basic figures exist; texts are not verified.
    """

    code = "P111"
    name = "formula-metric-wrong"
    title = "公式指标与基础数据不符"
    title_en = "Formula metric contradicts the basic data"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        for form in context.claims.evaluations:
            if form.project:
                continue  # a project's own procurement or spending is not the department's
            for one in form.indicators:
                found = self._judge(context, form, one)
                if found is not None:
                    yield found

    def _judge(self, context: Context, form: Evaluation, one: Indicator) -> Answer | None:
        rate = measured_rate(context, one.name)
        if rate is None:
            return None
        subject = _("{} {}").format(one.name, one.actual)
        actual = read_bound(one.actual)
        if actual is None or actual.figure.dimension != "ratio" or not actual.bare or not form.trusted:
            return Unverified(subject, one.source, _("实际值不是单一比率"))
        comparison = compare(actual.figure.number, rate.value)
        if comparison.level != "L3":
            return Verified(subject, one.actual_source, rounding=comparison.level != "L0")
        capped = actual.figure.value == 1 and rate.value.point > 1
        return cell_problem(
            _("“{}”填 {}，按基础数据表 {} 应为 {}").format(
                one.name, one.actual, rate.formula, like(actual.figure, rate.value.point, 2)
            ),
            one.actual_source,
            one.actual,
            (form.key(), one.name, "公式指标"),
            table=form.title,
            row=one.name,
            stated=one.actual,
            expected=like(actual.figure, rate.value.point, 2),
            difference=comparison.difference,
            severity="warning" if capped else None,
            related=rate.sources,
            details=[described(rate)],
        )
