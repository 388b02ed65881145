"""P108 unmet target without explanation."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.claims.tables import cell_problem
from jingban.checker.claims.targets import met
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule, Unverified, Verified
from jingban.checker.tables.evaluation import Evaluation, Indicator
from jingban.values.i18n import gettext as _


class UnmetWithoutReason(Rule):
    """问题：指标未达到目标，偏差原因一栏空着。
    依据：财预〔2020〕10号：未完成绩效目标或偏离较大的，应分析并说明原因、提出改进措施。
    反例：年度指标值 100 场，实际完成值 60 场，偏差原因：（空）。
    正例：年度指标值 100 场，实际完成值 60 场，偏差原因：受疫情影响，第二季度停办。
    例外：表中没有偏差原因一栏的不核；目标、实际无法比较的“未核”。
    怎么改：补写原因和改进措施。

    English: A target is missed and the column for the explanation is empty.

    Not reported: Forms without a column for reasons; values that cannot be compared.
    """

    code = "P108"
    name = "unmet-target-without-reason"
    title = "未达标而无偏差说明"
    title_en = "Missed target without explanation"
    severity = "warning"

    def check(self, context: Context) -> Iterable[Answer]:
        for form in context.claims.evaluations:
            for one in form.indicators:
                if one.has_reason and one.target and one.actual:
                    yield self._judge(form, one)

    def _judge(self, form: Evaluation, one: Indicator) -> Answer:
        subject = _("{}偏差说明").format(one.name)
        if not form.trusted:
            return Unverified(subject, one.source, _("表中有丢格或移位"))
        if one.reason.strip():
            return Verified(subject, one.source)
        reached = met(one.name, one.target, one.actual)
        if reached is None:
            return Unverified(subject, one.source, _("目标或实际值不是可比的单一数值"))
        if reached:
            return Verified(subject, one.source)
        full = one.weight and one.score and one.score.number.value >= one.weight.number.value
        return cell_problem(
            _("“{}”目标 {}、实际 {}，未达标而偏差原因为空").format(one.name, one.target, one.actual),
            one.actual_source,
            one.actual,
            (form.key(), one.name, "偏差说明"),
            table=form.title,
            row=one.name,
            stated=one.actual,
            related=[one.target_source],
            cause=f"{form.key()}/{one.name}/unmet" if full else None,
        )
