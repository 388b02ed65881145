"""Score a printed indicator framework on data: what the paper says beside what it must mean, and what contradicts.

Sources: 财预〔2013〕53号 and 财预〔2020〕10号 frameworks as county forms print them (domain.md 5.2, 5.3, 5.6). Ratios are
percentage points. An indicator that does not apply hands its weight to the others of its first-level group; one without
data gets no points and no guess: it stays open. Codes: PRF-501 the printed rule contradicts itself; 502 a header is not
the sum of its indicators; 503 the printed total cannot be attained; 504 the self-scores do not sum to the printed total;
505 the printed total exceeds what is attainable; 506 a self-score differs from the data; 507 points without data; 508 a
printed ratio differs from its own numbers; 509 a self-score above the indicator's points.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Literal

from jingban.forms.expressions import Cell, Number, SlotName, parse
from jingban.forms.frameworks import Framework, Indicator, Rule
from jingban.forms.scoring import Score, deduct, redistribute
from jingban.values.findings import Finding
from jingban.values.i18n import gettext as _

if TYPE_CHECKING:
    from jingban.performance.measures import Basis

HUNDRED, CENT, NONE = Decimal(100), Decimal("0.01"), Decimal(0)
Zero = Literal["none", "lost", "kept"]
ZERO_BASE: dict[str, tuple[Zero, Zero]] = {"B5": ("kept", "lost"), "B7": ("none", "lost")}
"""What a base of zero means (domain.md 5.2): (something of nothing is zero too, it is not). Elsewhere: does not apply."""


@dataclass(frozen=True, slots=True)
class Given:
    """What is known: ``values`` by the names of ``needs``, met or failed points and band percentages by code."""

    values: Mapping[str, Decimal] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    """``points`` rules: conditions met; ``violations`` rules: points failed."""
    bands: Mapping[str, Decimal] = field(default_factory=dict)
    """Percentage of the points a scorer chose for an indicator without a formula."""
    not_applicable: frozenset[str] = frozenset()
    self_scores: Mapping[str, Decimal] = field(default_factory=dict)
    printed_ratios: Mapping[str, Decimal] = field(default_factory=dict)
    printed_total: Decimal | None = None
    """Total the self-evaluation prints."""


@dataclass(frozen=True, slots=True)
class FrameworkRow:
    """One indicator: ``score`` by the recommended reading, ``literal`` as printed; ``None``: open or no rule."""

    indicator: Indicator
    weight: Decimal
    ratio: Decimal | None
    score: Decimal | None
    literal: Decimal | None
    formula: str
    applies: bool = True
    self_score: Decimal | None = None
    missing: tuple[str, ...] = ()
    printed_scale: Decimal | None = None
    """The honest points before the weight of others came in: what a printed self-score compares with."""

    @property
    def open(self) -> bool:
        """Applies, but there is no data to score it with."""
        return self.applies and self.score is None

    @property
    def difference(self) -> Decimal | None:
        """Self-score less the honest one on the printed points; less nothing where the indicator does not apply."""
        if self.self_score is None or self.open:
            return None
        return self.self_score - (self.printed_scale or NONE)


@dataclass(slots=True)
class FrameworkScore:
    """A framework scored: rows in printed order, and everything that contradicts."""

    framework: Framework
    rows: list[FrameworkRow]
    printed_total: Decimal | None
    findings: list[Finding] = field(default_factory=list)

    def row(self, code: str) -> FrameworkRow:
        return next(row for row in self.rows if row.indicator.code == code)

    @property
    def total(self) -> Decimal:
        """Points the data support, by the recommended reading."""
        return sum((row.score for row in self.rows if row.score is not None), NONE)

    @property
    def literal_total(self) -> Decimal:
        """Points by the printed reading; rows without a printed rule count nothing."""
        return sum((row.literal for row in self.rows if row.literal is not None), NONE)

    @property
    def open_weight(self) -> Decimal:
        """Points nobody can judge from the data given."""
        return sum((row.weight for row in self.rows if row.open), NONE)

    @property
    def self_total(self) -> Decimal:
        return sum((row.self_score for row in self.rows if row.self_score is not None), NONE)

    @property
    def attainable(self) -> Decimal:
        return self.framework.attainable


def score_framework(framework: Framework, given: Given) -> FrameworkScore:
    """Score every indicator both ways and list the contradictions."""
    rows = _spread([_row(one, given) for one in framework.indicators])
    scored = FrameworkScore(framework, rows, given.printed_total)
    scored.findings = [*_of_framework(framework), *_of_rows(scored, given), *_of_total(scored)]
    return scored


def _row(one: Indicator, given: Given) -> FrameworkRow:
    self_score = given.self_scores.get(one.code)
    blank = FrameworkRow(one, one.maximum, None, None, None, "", self_score=self_score)
    if one.code in given.not_applicable:
        return replace(blank, applies=False, formula=_("不适用"))
    missing = tuple(name for name in one.needs if name not in given.values)
    if one.needs and missing:
        return replace(blank, missing=missing)
    if one.needs:
        return _by_ratio(blank, given)
    score = _counted(one.recommended, one, given)
    literal = score if one.literal is None else _counted(one.literal, one, given)
    if score is None:
        return replace(blank, missing=(one.code,))
    return replace(
        blank,
        score=score.points,
        literal=None if literal is None else literal.points,
        formula=score.formula,
    )


def _by_ratio(blank: FrameworkRow, given: Given) -> FrameworkRow:
    one = blank.indicator
    ratio, zero = ratio_of(one.measure, given.values)
    if ratio is None:
        meaning = ZERO_BASE.get(one.code, ("none", "none"))[0 if zero else 1]
        if meaning == "none":
            return replace(blank, applies=False, formula=_("分母为零，不适用"))
        points = one.maximum if meaning == "kept" else NONE
        return replace(blank, score=points, literal=points, formula=_("分母为零"))
    score = by_rule(one.recommended, one.maximum, ratio)
    literal = score if one.literal is None else by_rule(one.literal, one.maximum, ratio)
    assert score is not None
    return replace(
        blank,
        ratio=ratio,
        score=score.points,
        literal=None if literal is None else literal.points,
        formula=score.formula,
    )


def ratio_of(measure: str, values: Mapping[str, Decimal]) -> tuple[Decimal | None, bool]:
    """(percentage points, False); (None, whether the numerator is zero too) for a division by zero."""
    zero: list[bool] = []

    def leaf(node: Cell | SlotName | Number) -> Decimal:
        if isinstance(node, Number):
            return node.value
        assert isinstance(node, SlotName)
        return Decimal(values[node.name])

    def combine(operator: str, left: Decimal, right: Decimal | None) -> Decimal:
        if right is None:
            return abs(left)
        if operator == "/" and right == 0:
            zero.append(left == 0)
            return NONE
        if operator == "/":
            return left / right
        return left + right if operator == "+" else left - right if operator == "-" else left * right

    value = parse(measure).evaluate(leaf, combine)
    return (None, zero[0]) if zero else (value * HUNDRED, False)


def by_rule(rule: Rule, maximum: Decimal, ratio: Decimal) -> Score | None:
    """Points of a ratio under one reading; None where no rule is printed."""
    weight = maximum if rule.maximum is None else rule.maximum
    shown = f"{ratio.quantize(CENT, ROUND_HALF_UP)}%"
    off = {"above": ratio - rule.base, "below": rule.base - ratio, "both": abs(ratio - rule.base)}[
        rule.direction
    ]
    if rule.kind == "deduct":
        points = deduct(off, unit=rule.unit, points=rule.points, weight=weight, mode=rule.step)
        return Score(points, maximum, f"{weight}－{weight - points}（{shown}）")
    if rule.kind == "threshold":
        kept = off <= 0
        lost = NONE if kept or not rule.points else None
        if lost is None:
            points = deduct(off, unit=rule.unit, points=rule.points, weight=weight, mode=rule.step)
        else:
            points = weight if kept else NONE
        return Score(points, maximum, f"{weight}－{weight - points}（{shown}）")
    if rule.kind in ("scaled", "official"):
        share = min(ratio, HUNDRED)
        points = NONE if share < rule.floor else weight * share / HUNDRED
        return Score(points, maximum, f"{weight}×{shown}")
    return None


def _counted(rule: Rule, one: Indicator, given: Given) -> Score | None:
    if rule.kind == "banded":
        percent = given.bands.get(one.code)
        return (
            None
            if percent is None
            else Score(one.maximum * percent / HUNDRED, one.maximum, f"{one.maximum}×{percent}%")
        )
    count = given.counts.get(one.code)
    if count is None or rule.kind not in ("points", "violations"):
        return None
    if rule.kind == "points":
        weight = one.maximum if rule.maximum is None else rule.maximum
        return Score(min(weight, rule.points * min(count, rule.count)), one.maximum, f"{rule.points}×{count}")
    return Score(
        max(NONE, one.maximum - rule.points * count), one.maximum, f"{one.maximum}－{rule.points}×{count}"
    )


def _spread(rows: list[FrameworkRow]) -> list[FrameworkRow]:
    """Weights of what does not apply, spread over its first-level group; the printed reading knows no such thing."""
    groups: dict[str, list[int]] = {}
    for position, row in enumerate(rows):
        groups.setdefault(row.indicator.path[0], []).append(position)
    final, shares = list(rows), dict[int, Score]()
    for positions in groups.values():
        # An open indicator keeps its share of the weight; only what does not apply gives it away.
        scores = [
            Score((rows[at].score or NONE) if rows[at].applies else None, rows[at].weight, rows[at].formula)
            for at in positions
        ]
        shares.update(zip(positions, redistribute(scores), strict=True))
    # What a group cannot keep, because nothing in it applies, goes to all the others.
    for at, one in enumerate(redistribute([shares[at] for at in range(len(rows))])):
        known = rows[at].score is not None and one.points is not None
        points = one.points.quantize(CENT, ROUND_HALF_UP) if known and one.points is not None else None
        final[at] = replace(rows[at], weight=one.weight, score=points, printed_scale=rows[at].score)
    return final


# -- what contradicts ----------------------------------------------------------------------------------------------------


def _of_framework(framework: Framework) -> Iterator[Finding]:
    for one in framework.indicators:
        if one.problem:
            yield Finding("PRF-501", one.problem, "warning", subject=f"{one.code} {one.name}")
    for label, (printed, whole) in framework.disagreeing_groups().items():
        message = _("标题印%(printed)s分，所列指标合计%(whole)s分") % {"printed": printed, "whole": whole}
        yield Finding("PRF-502", message, "warning", subject=label)
    if framework.printed_total != framework.attainable:
        message = _("满分印%(printed)s分，各指标合计只有%(most)s分") % {
            "printed": framework.printed_total,
            "most": framework.attainable,
        }
        yield Finding("PRF-503", message, "warning", subject=framework.title)


def _of_rows(scored: FrameworkScore, given: Given) -> Iterator[Finding]:
    for row in scored.rows:
        one, subject = row.indicator, f"{row.indicator.code} {row.indicator.name}"
        printed = given.printed_ratios.get(one.code)
        if (
            printed is not None
            and row.ratio is not None
            and row.ratio.quantize(CENT) != printed.quantize(CENT)
        ):
            message = _("印%(printed)s%%，由所列数据算得%(ratio).2f%%") % {
                "printed": printed,
                "ratio": row.ratio,
            }
            yield Finding("PRF-508", message, subject=subject)
        if row.self_score is None:
            continue
        if row.self_score > one.maximum:
            yield Finding("PRF-509", _("自评分高于该项满分"), subject=subject)
        if row.open and row.self_score > 0:
            yield Finding(
                "PRF-507",
                _("自评%(score)s分，没有数据可以核实") % {"score": row.self_score},
                "warning",
                subject=subject,
            )
        elif row.difference:
            if row.printed_scale is None:
                message = _("自评%(own)s分，该项不适用，分值应由其他指标分担") % {"own": row.self_score}
            else:
                named = {"own": row.self_score, "right": row.printed_scale}
                message = _("自评%(own)s分，按数据应为%(right)s分") % named
            yield Finding("PRF-506", message, subject=subject)


def _of_total(scored: FrameworkScore) -> Iterator[Finding]:
    printed = scored.printed_total
    if printed is None:
        return
    title = scored.framework.title
    named = {"printed": printed, "sum": scored.self_total, "most": scored.attainable}
    if scored.self_total != printed:
        yield Finding("PRF-504", _("总分印%(printed)s分，各项自评合计%(sum)s分") % named, subject=title)
    if printed > scored.attainable:
        yield Finding("PRF-505", _("总分印%(printed)s分，高于能得到的%(most)s分") % named, subject=title)


# -- data from the ledgers -----------------------------------------------------------------------------------------------

MEASURED: dict[str, tuple[str, str]] = {
    "staff_control_rate": ("staff", "posts"),
    "execution_rate": ("executed", "budget"),
    "adjustment_rate": ("adjusted", ""),
    "payment_progress_rate": ("progress", "planned_progress"),
    "carry_over_rate": ("carry_over", ""),
    "carry_over_change_rate": ("", "carry_over_last"),
    "operating_control_rate": ("operating_actual", "operating_budget"),
    "three_public_control_rate": ("three_public_actual", "three_public_budget"),
    "procurement_rate": ("procurement_actual", "procurement_budget"),
    "asset_use_rate": ("assets_in_use", "assets"),
    "funds_received_rate": ("received", ""),
    "cost_saving_rate": ("", "planned_cost"),
    "spent": ("actual_cost", ""),
    "satisfaction": ("satisfied", "answers"),
}
"""Measure → names its numerator (or plain value) and denominator have in the frameworks."""


def measured_values(basis: Basis) -> dict[str, Decimal]:
    """Every framework value the ledgers of a unit (or project) and year give."""
    from jingban.performance.measures import entry

    values: dict[str, Decimal] = {}
    for name, (top, bottom) in MEASURED.items():
        found = entry(name).compute(basis)
        part = found.value if found.denominator is None else found.numerator
        if top and part is not None:
            values[top] = part
        if bottom and found.denominator is not None:
            values[bottom] = found.denominator
    change = entry("three_public_change_rate").compute(basis)
    if change.numerator is not None and change.denominator is not None:
        values["three_public_last"] = change.denominator
        values["three_public_this"] = change.denominator + change.numerator
    return values
