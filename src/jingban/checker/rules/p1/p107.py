"""P107 target against score."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from jingban.checker.claims.measured import measured_rate
from jingban.checker.claims.reached import due, proportional
from jingban.checker.claims.tables import cell_problem, plain
from jingban.checker.claims.targets import met, read_deduction
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Problem, Rule, Unverified, Verified
from jingban.checker.tables.evaluation import Evaluation, Indicator
from jingban.checker.tables.framework import Framework, Item
from jingban.values.i18n import gettext as _
from jingban.values.printed import Quantity, compare

CENT = Decimal("0.01")


class TargetAgainstScore(Rule):
    """问题：实际值未达到目标却得满分；或达到目标却扣分而没有说明；或按所印扣分规则、计分办法和所印数据算得的分与自评分不同。
    依据：财预〔2020〕10号：定量指标未完成的按完成比例计分；扣分须说明原因。
    反例：年度指标值 ≥95%，实际完成值 80%，分值 10，得分 10。
    正例：年度指标值 ≥95%，实际完成值 80%，分值 10，得分 8.4。
    例外：表下没有印“未达到的按完成比例计分”一类办法的，有说明的扣分不核；目标、实际为文字、日期、区间或多个数的“未核”；成本、控制率、时限等反向指标按“越低越好”；方向无法判定的不报；达标扣分只作提示。
    怎么改：按完成比例重算得分，或在偏差原因中写明扣分依据。

    English: Full points although the target is missed, or points deducted although it is met, without explanation.

    Not reported: Explained deductions where the form prints no rule of proportion; texts, dates, ranges and
    several figures are not verified; for costs and limits less is better; deductions for targets met are hints.
    """

    code = "P107"
    name = "target-against-score"
    title = "完成情况与得分不符"
    title_en = "Score contradicts target and actual"
    severity = "warning"

    def check(self, context: Context) -> Iterable[Answer]:
        for form in context.claims.evaluations:
            if not form.scored:
                continue
            for one in form.indicators:
                if one.weight is not None and one.score is not None:
                    yield self._judge(form, one)
        for frame in context.claims.frameworks:
            for item in frame.items:
                if item.score is not None and item.points is not None:
                    yield self._rubric(context, frame, item)

    def _judge(self, form: Evaluation, one: Indicator) -> Answer:
        assert one.weight is not None
        assert one.score is not None
        subject = _("{}得分与完成情况").format(one.name)
        if not form.trusted:
            return Unverified(subject, one.source, _("表中有丢格或移位"))
        if one.coefficient is not None and (wrong := _by_coefficient(form, one)) is not None:
            return wrong
        if proportional(form) and (points := due(one)) is not None:
            return self._follows(form, one, *points)
        reached = met(one.name, one.target, one.actual)
        if reached is None and one.target and one.target == one.actual:
            reached = True
        if reached is None and one.reason.strip():
            return Verified(subject, one.source)  # met or not: with an explanation neither case is a finding
        if reached is None:
            return Unverified(subject, one.source, _("目标或实际值不是可比的单一数值"))
        full = one.score.number.value >= one.weight.number.value
        if reached == full or (not reached and one.reason.strip()):
            return Verified(subject, one.source)
        if reached and one.reason.strip():
            return Verified(subject, one.source)
        if reached:
            message = _("“{}”目标 {}、实际 {} 已达标，分值 {} 只得 {}，没有说明原因")
        else:
            message = _("“{}”目标 {}、实际 {} 未达标，分值 {} 仍得 {}")
        said = message.format(one.name, one.target, one.actual, one.weight.text, one.score.text)
        return _at_the_score(form, one, said, severity="info" if reached else None)

    def _follows(self, form: Evaluation, one: Indicator, least: Decimal, most: Decimal) -> Answer:
        """The form prints its rule, so the points are known but for the rounding of the printed figures."""
        assert one.score is not None
        assert one.weight is not None
        stated = one.score.number.value
        if least - CENT <= stated <= most + CENT:
            return Verified(_("{}得分与完成情况").format(one.name), one.source)
        expected = plain(most.quantize(CENT, ROUND_HALF_UP))
        said = _("“{}”目标 {}、实际 {}，按表下所印的办法应得 {} 分，得分写 {}").format(
            one.name, one.target, one.actual, expected, one.score.text
        )
        return _at_the_score(form, one, said, expected=expected, difference=most - stated, severity="error")

    def _rubric(self, context: Context, frame: Framework, item: Item) -> Answer:
        """The printed deduction rule applied to the printed data, both readings where it contradicts itself."""
        subject = _("{}按规则计分").format(item.name)
        rule = read_deduction(item.criteria)
        rate = measured_rate(context, item.name)
        if rule is None or rate is None or item.points is None or item.score is None:
            return Unverified(subject, item.source, _("没有可套用的扣分规则或数据"))
        percent = rate.value.point * 100
        due = rule.score(percent, item.points)
        if due == item.score.number.value:
            return Verified(subject, item.source)
        return self._differs(frame, item, percent, due, rate.formula)

    def _differs(self, frame: Framework, item: Item, percent: Decimal, due: Decimal, formula: str) -> Problem:
        assert item.score is not None
        stated = item.score.number.value
        return cell_problem(
            _("“{}”按基础数据为 {}%，按所印规则应得 {} 分，自评 {} 分").format(
                item.name, plain(percent.quantize(Decimal("0.01"))), plain(due), plain(stated)
            ),
            item.score.source,
            item.score.text,
            (frame.title, item.name, "按规则计分"),
            table=frame.title,
            row=item.name,
            column=_("自评分"),
            stated=item.score.text,
            expected=plain(due),
            difference=due - stated,
            severity="info" if stated < due else None,
            related=[item.criteria_source],
            details=[formula, _("规则：{}").format(item.criteria)],
        )


def _by_coefficient(form: Evaluation, one: Indicator) -> Problem | None:
    """The form prints 得分系数 beside 权重: their product is the score, within what the printed digits leave open."""
    assert one.weight is not None
    assert one.score is not None
    assert one.coefficient is not None
    share = one.coefficient.quantity
    if one.coefficient.dimension != "ratio" and one.coefficient.value > 1:
        share = share / Quantity.exact(100)
    points = share * Quantity.exact(one.weight.number.value)
    stated = one.score.number
    if compare(stated, points).level != "L3":
        return None
    expected = plain(points.point.quantize(CENT, ROUND_HALF_UP))
    said = _("“{}”权重 {} × 得分系数 {} 应得 {} 分，得分写 {}").format(
        one.name, one.weight.text, one.coefficient.text, expected, one.score.text
    )
    return _at_the_score(
        form, one, said, expected=expected, difference=points.point - stated.value, severity="error"
    )


def _at_the_score(form: Evaluation, one: Indicator, said: str, **more: Any) -> Problem:
    """A finding on the score of an indicator; its target and actual stand beside it."""
    assert one.score is not None
    return cell_problem(
        said,
        one.score.source,
        one.score.text,
        (form.key(), one.name, "完成与得分"),
        table=form.title,
        row=one.name,
        column=_("得分"),
        stated=one.score.text,
        related=[one.target_source, one.actual_source],
        **more,
    )
