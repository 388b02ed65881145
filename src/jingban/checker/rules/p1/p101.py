"""P101 weights add up to the total."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from jingban.checker.claims.tables import cell_problem, plain
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule, Unverified, Verified
from jingban.checker.tables.evaluation import Evaluation
from jingban.values.i18n import gettext as _


class WeightsNotTotal(Rule):
    """问题：各末级指标分值之和（含预算执行 10 分）不等于表载总分；表未载总分的按 100 分。
    依据：财预〔2020〕10号：预算执行率 10%、产出 50%、效益 30%、满意度 10%，合计 100 分；各表自行设定的以其总分为准。
    反例：产出指标(50分)下列 60 分，效益 30 分、满意度 10 分、预算执行 10 分，合计 110 分，总分却写 100。
    正例：产出 50 分、效益 30 分、满意度 10 分、预算执行 10 分，合计 100 分。
    例外：组标题的多出之和正好等于总差额的，与 P102 合并为一条；表头“(50分)”不计入求和；合并的分值格只计一次；指标中已有“预算执行率”时不再加预算执行行；含与不含预算执行行都可能时任一成立即通过；丢格移位的表“未核”。
    怎么改：调整各指标分值使之等于组内权重，或改正总分。

    English: The weights of the indicators, with the execution row, do not add up to the stated total.

    Not reported: Joined with P102 where the groups explain the whole difference; header points are not summed,
    merged cells count once; with or without the execution row may fit. Tables with shifted or lost cells are
    not verified.
    """

    code = "P101"
    name = "weights-not-total"
    title = "分值合计不等于总分"
    title_en = "Weights do not add up to the total"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        for form in context.claims.evaluations:
            weighted = [one for one in form.indicators if one.weight]
            if len(weighted) < 2:
                continue
            if not form.trusted:
                yield Unverified(_("{}分值合计").format(form.key()), form.source, _("表中有丢格或移位"))
                continue
            yield self._judge(form)

    def _judge(self, form: Evaluation) -> Answer:
        goal, excess = form.goal(), form.excess()
        execution = form.execution_weight.number.value if form.execution_weight else Decimal(0)
        subject = _("{}分值合计").format(form.key())
        where = form.total_weight.source if form.total_weight else form.source
        if not excess:
            return Verified(subject, where)
        if form.total_weight is None and form.total_score is None and len(form.indicators) < 4:
            return Unverified(subject, where, _("表未载总分，且指标不全"))
        actual = goal + excess
        rows = [
            _("{}：{}").format(one.name or one.level2, one.weight) for one in form.indicators if one.weight
        ]
        if execution and form.execution_counts() is not False:
            rows.insert(0, _("预算执行：{}").format(plain(execution)))
        for group, miss in form.misses():
            rows.append(
                _("“{}”标题写 {} 分，组内合计 {} 分").format(
                    group.label, plain(group.points), plain(group.points + miss)
                )
            )
        return cell_problem(
            _("“{}”各指标分值合计 {} 分，总分写作 {} 分，{} {} 分").format(
                form.key(),
                plain(actual),
                plain(goal),
                _("多") if actual > goal else _("少"),
                plain(abs(actual - goal)),
            ),
            where,
            form.total_weight.text if form.total_weight else form.title,
            (form.key(), "分值合计"),
            table=form.title,
            row=_("总分"),
            stated=plain(goal),
            expected=plain(actual),
            difference=actual - goal,
            related=[one.weight.source for one in form.indicators if one.weight],
            details=rows,
            cause=form.weights_cause(),
        )
