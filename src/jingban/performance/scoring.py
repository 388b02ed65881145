"""Score a plan: every row with its points, formula and reason; what is missing is listed, nothing is guessed.

An indicator that does not apply hands its weight to the others of its first-level group (R5.6 point 3).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import QuerySet

from jingban.budget.book import Book, Money, Test, live, read_book, total
from jingban.budget.models.money import FISCAL
from jingban.forms.scoring import (
    Score,
    Step,
    execution_proportional,
    execution_steps,
    grade,
    qualitative,
    quantitative,
    redistribute,
)
from jingban.performance.counted import count
from jingban.performance.models import Actual, Deviation, Indicator, IndicatorFact, Judgement, Plan
from jingban.performance.reading import live_indicators, number
from jingban.values.findings import Finding
from jingban.values.i18n import document
from jingban.values.i18n import gettext as _

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class ScoredRow:
    """One indicator as it is printed. ``score`` None: does not apply."""

    indicator: Indicator
    target: str
    actual: str
    weight: Decimal
    score: Decimal | None
    formula: str
    reason: str = ""
    improvement: str = ""
    trace: str = ""
    typed: bool = False
    evidence: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Funds:
    """The execution row of the form, in fen, split by where the money comes from."""

    initial: int
    budget: int
    executed: int
    fiscal: tuple[int, int, int]
    carried: tuple[int, int, int]
    other: tuple[int, int, int]
    weight: Decimal
    score: Decimal | None
    rate: Decimal | None


@dataclass(slots=True)
class Scored:
    """A plan scored at a day; ``missing`` must be empty before it can be final."""

    plan: Plan
    funds: Funds
    rows: list[ScoredRow] = field(default_factory=list)
    missing: list[Finding] = field(default_factory=list)

    @property
    def total(self) -> Decimal:
        """Sum of the printed scores: rows are rounded first, so the total is the sum a reader can check."""
        return sum((row.score for row in self.rows if row.score is not None), self.funds.score or Decimal(0))

    @property
    def grade(self) -> str:
        return grade(self.total)


@dataclass(frozen=True, slots=True)
class View:
    """What a scoring may see: everything up to the origin ``horizon`` (None: entered so far), about the year up to ``day``.

    With a day (monitoring) the computed indicators are counted afresh for it; the actuals of the year's end are not read.
    """

    plan: Plan
    horizon: int | None = None
    day: dt.date | None = None
    region: str = ""

    def actual(self, indicator: Indicator) -> Actual | None:
        if self.day is not None and indicator.measure:
            return count(self.plan, indicator, self.day, self.region, self.horizon)
        found = self._of(Actual, indicator)
        return (found if self.day is None else found.filter(day__lte=self.day)).first()

    def deviation(self, indicator: Indicator) -> Deviation | None:
        return self._of(Deviation, indicator).first()

    def judgement(self, indicator: Indicator) -> Judgement | None:
        return self._of(Judgement, indicator).first()

    def book(self) -> Book:
        book = read_book(self.plan.unit, self.plan.year, self.horizon)
        return book if self.day is None else book.until(self.day)

    def _of(self, table: type[IndicatorFact], indicator: Indicator) -> QuerySet[Any]:
        return live(table, self.horizon).filter(indicator=indicator).order_by("-pk")


def score_plan(plan: Plan) -> Scored:
    """Score from the newest actuals, judgements and reasons."""
    return score(View(plan))


def score(view: View) -> Scored:
    """Score from what the view may see."""
    plan = view.plan
    scored = Scored(plan, _funds(plan, view))
    rows = [_row(indicator, view, scored.missing) for indicator in live_indicators(plan)]
    groups: dict[str, list[int]] = {}
    for position, (row, _score) in enumerate(rows):
        groups.setdefault(row.indicator.level1, []).append(position)
    shares: dict[int, Score] = {}
    for positions in groups.values():
        spread = redistribute([rows[position][1] for position in positions])
        shares.update(zip(positions, spread, strict=True))
    # A group of which nothing applies has given its weight to nobody yet: it goes to all the others.
    whole = redistribute([shares[position] for position in range(len(rows))])
    for (row, _score), one in zip(rows, whole, strict=True):
        points = None if one.points is None else _printed(one.points, one.weight)
        scored.rows.append(replace(row, weight=one.weight, score=points))
    for row in scored.rows:
        if row.score is not None and row.score < row.weight and not row.reason:
            scored.missing.append(Finding("PRF-203", _("扣分没有说明原因"), subject=row.indicator.name))
    if scored.funds.score is None:
        scored.missing.append(Finding("PRF-204", _("没有全年预算数，不能计算执行率")))
    return scored


def _printed(points: Decimal, weight: Decimal) -> Decimal:
    """Points to the cent; what fell short by less than half a cent is not rounded up to full marks, so that it keeps a reason."""
    rounded = points.quantize(CENT, ROUND_HALF_UP)
    return points.quantize(CENT, ROUND_DOWN) if points < weight <= rounded else rounded


def _row(indicator: Indicator, view: View, missing: list[Finding]) -> tuple[ScoredRow, Score]:
    weight = Decimal(indicator.weight)
    actual, why = view.actual(indicator), view.deviation(indicator)
    score = _score(indicator, actual, weight, view, missing)
    row = ScoredRow(
        indicator,
        _target(indicator),
        _actual(indicator, actual),
        weight,
        score.points,
        score.formula,
        why.reason if why else "",
        why.improvement if why else "",
        actual.trace if actual else "",
        bool(actual and actual.typed),
        actual.evidence if actual else "",
        score.note,
    )
    return row, score


def _score(
    indicator: Indicator, actual: Actual | None, weight: Decimal, view: View, missing: list[Finding]
) -> Score:
    if actual is not None and not actual.applicable:
        return Score(None, weight, document("不适用"))
    if actual is None or actual.value == "":
        missing.append(Finding("PRF-201", _("没有实际完成值"), subject=indicator.name))
        return Score(Decimal(0), weight, "")
    if indicator.kind == Indicator.Kind.QUALITATIVE:
        judged = view.judgement(indicator)
        if judged is None:
            missing.append(Finding("PRF-202", _("定性指标没有评定"), subject=indicator.name))
            return Score(Decimal(0), weight, "")
        return qualitative(judged.band, Decimal(judged.percent), weight)  # type: ignore[arg-type]
    value, target = number(actual.exact or actual.value), number(indicator.target)
    assert value is not None
    assert target is not None
    upper = number(indicator.upper) if indicator.upper else None
    score = quantitative(value, target, weight, indicator.direction, upper=upper)  # type: ignore[arg-type]
    return replace(score, formula=score.formula.replace(str(value), actual.value))


_SIGNS = {">=": "≥", "<=": "≤", "=": "", "range": ""}


def _target(indicator: Indicator) -> str:
    if indicator.kind == Indicator.Kind.QUALITATIVE:
        return indicator.target
    if indicator.direction == "range":
        return f"{indicator.target}{indicator.unit}～{indicator.upper}{indicator.unit}"
    return f"{_SIGNS[indicator.direction]}{indicator.target}{indicator.unit}"


def _actual(indicator: Indicator, actual: Actual | None) -> str:
    if actual is None:
        return ""
    if not actual.applicable:
        return document("不适用")
    return (
        f"{actual.value}{indicator.unit}" if indicator.kind == Indicator.Kind.QUANTITATIVE else actual.value
    )


def _funds(plan: Plan, view: View) -> Funds:
    weight = Decimal(plan.execution_weight)
    if plan.budget_fen is not None:
        executed = plan.executed_fen or 0
        given = (plan.budget_fen, plan.budget_fen, executed)
        return _funds_of(plan, weight, given, (0, 0, 0), (0, 0, 0))
    book = view.book()
    ours = book.own(plan.project.code if plan.project else "")

    def column(lines: list[Money], own: Test) -> int:
        return total(lines, lambda line: ours(line) and own(line))

    def part(own: Test) -> tuple[int, int, int]:
        return (
            column(book.appropriations, lambda line: own(line) and line.kind != "adjusted"),
            column(book.appropriations, own),
            column(book.payments, own),
        )

    fiscal = part(lambda line: line.source in FISCAL and not _carried(line))
    other = part(lambda line: line.source not in FISCAL and not _carried(line))
    return _funds_of(plan, weight, fiscal, part(_carried), other)


def _carried(line: Money) -> bool:
    return line.kind == "carried" or line.from_carried


def _funds_of(
    plan: Plan,
    weight: Decimal,
    fiscal: tuple[int, int, int],
    carried: tuple[int, int, int],
    other: tuple[int, int, int],
) -> Funds:
    initial, budget, executed = (
        sum(part[column] for part in (fiscal, carried, other)) for column in range(3)
    )
    if plan.execution_policy == Plan.Execution.STEPS:
        table = [Step(Decimal(at), Decimal(share)) for at, share in plan.execution_steps]
        score = execution_steps(executed, budget, weight, table)
    else:
        score = execution_proportional(executed, budget, weight)
    points = None if score.points is None else _printed(score.points, weight)
    rate = None if budget == 0 else Decimal(executed) * 100 / Decimal(budget)
    return Funds(initial, budget, executed, fiscal, carried, other, weight, points, rate)
