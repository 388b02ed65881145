"""N105 growth rate."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.claims import answers
from jingban.checker.claims.changes import Change
from jingban.checker.claims.verdict import Reading, percent
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Problem, Rule
from jingban.values.i18n import gettext as _


class GrowthNotDeltaOverBase(Rule):
    """问题：增减率不等于增减额除以比较期金额。
    依据：增减率 = 差 ÷（本期 − 差）；三者俱在或能绑定比较期金额时才复算。
    反例：2020年总收入756万元，比上年739万元增加17万元，增长22.6%。（应为 2.3%）
    正例：2020年总收入756万元，比上年739万元增加17万元，增长2.3%。
    例外：比较期为零见 N106；年均、累计、人均增长不复算；截断只作提示；同段多个本期数任一成立即通过。
    怎么改：用增减额除以比较期金额重算；同一差额在别处写的率一并核对。

    English: A printed growth rate is not the change over the base of comparison.

    Not reported: A zero base is N106's; annual means and cumulative growth are not recomputed; truncation is a
    hint.
    """

    code = "N105"
    name = "growth-not-delta-over-base"
    title = "增减率与金额不符"
    title_en = "Growth rate differs from change over base"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        claims = context.claims.changes
        for change in claims:
            if change.rate is not None and not change.zero_base():
                yield self._judge(change, claims)

    def _judge(self, change: Change, others: list[Change]) -> Answer:
        assert change.rate is not None
        figure = change.rate.figure
        subject = _("{}增减率 {}").format(change.name, figure.text)
        best = change.best_rate()
        if best is None:
            return answers.unbound(subject, figure.source, _("缺本期数、比较数或增减额"))
        if figure.approximate or (change.delta is not None and change.delta.figure.approximate):
            return answers.unbound(subject, figure.source, _("约数，不能复算"))
        if best.holds:
            hint = answers.near(best, figure)
            return (
                self._problem(change, best, [hint], hint)
                if hint
                else answers.verified(subject, best, figure.source)
            )
        if not change.certain and not change.single:
            return answers.unbound(subject, figure.source, _("本期数不能确定"))
        return self._problem(change, best, list(self._elsewhere(change, others)), None)

    def _problem(self, change: Change, best: Reading, details: list[str], hint: str | None) -> Problem:
        assert change.rate is not None
        figure = change.rate.figure
        message = hint or _("“{}”增减率写作 {}，按 {} 应为 {}").format(
            change.name, figure.text, best.formula, answers.like(figure, best.value.point)
        )
        return answers.contradiction(
            change.sentence,
            change.rate,
            best,
            message,
            (change.name, "预算" if change.to_budget else "上年", "增减率"),
            severity="info" if hint else (None if change.certain else "warning"),
            related=change.currents[:1],
            details=details,
        )

    def _elsewhere(self, change: Change, others: list[Change]) -> Iterable[str]:
        """The same difference with another rate elsewhere, and the base the printed rate would imply."""
        assert change.rate is not None
        if change.delta is None:
            return
        rate = change.rate.figure.value
        if rate:
            implied = abs(change.delta.figure.value / rate)
            yield _("若 {} 属实，比较期金额应为 {}").format(
                change.rate.figure.text, answers.like(change.delta.figure, implied)
            )
        for other in others:
            if other is change or other.delta is None or other.rate is None:
                continue
            if other.delta.figure.value == change.delta.figure.value and other.rate.figure.value != rate:
                yield _("同一差额 {} 在别处写作 {}（约 {}）").format(
                    other.delta.figure.text, other.rate.figure.text, percent(other.rate.figure.value)
                )
