"""How performance is scored: pure functions over exact numbers, for the scorer (performance) and the checker alike.

Percentages are percentage points (89.61, not 0.8961). Scores are exact ``Decimal``; rounding to the printed digits is the
caller's last step. Sources: 财预〔2020〕10号 as remembered (R5.1), the frameworks of domain.md 5.2 and 5.3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Literal

HUNDRED = Decimal(100)
StepMode = Literal["floor", "ceil", "linear"]
Direction = Literal[">=", "<=", "=", "range"]


@dataclass(frozen=True, slots=True)
class Score:
    """Points with the reason in figures; ``points`` None: not applicable, its weight is redistributed, never awarded."""

    points: Decimal | None
    weight: Decimal
    formula: str
    note: str = ""

    @property
    def full(self) -> bool:
        return self.points == self.weight

    @property
    def deducted(self) -> Decimal:
        return Decimal(0) if self.points is None else self.weight - self.points


def deduct(
    excess: Decimal, *, unit: Decimal, points: Decimal, weight: Decimal, mode: StepMode = "floor"
) -> Decimal:
    """``points`` off for every ``unit`` of ``excess``; not below zero. Full weight when nothing is exceeded.

    ``floor`` counts complete steps (每超过一个百分点), ``ceil`` started ones (不足一个百分点按一个), ``linear`` neither.
    """
    if excess <= 0:
        return weight
    steps = excess / unit
    if mode != "linear":
        steps = steps.to_integral_value(ROUND_FLOOR if mode == "floor" else ROUND_CEILING)
    return max(Decimal(0), weight - points * steps)


def rate(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    """``part / whole`` in percentage points; ``None`` for 0/0 and for any division by zero."""
    return None if whole == 0 else Decimal(part) * HUNDRED / Decimal(whole)


def execution_proportional(executed: Decimal | int, budget: Decimal | int, weight: Decimal) -> Score:
    """R5.1-02: weight × min(execution rate, 1); the budget is the full-year (adjusted) one."""
    reached = rate(executed, budget)
    if reached is None:
        return Score(None, weight, "0/0")
    share = min(reached, HUNDRED)
    return Score(weight * share / HUNDRED, weight, f"{weight}×{reached:.2f}%")


@dataclass(frozen=True, slots=True)
class Step:
    """From ``at_least`` percentage points on: ``share`` (0..1) of the weight."""

    at_least: Decimal
    share: Decimal


def execution_steps(
    executed: Decimal | int, budget: Decimal | int, weight: Decimal, table: Sequence[Step]
) -> Score:
    """A step scale. The table is a parameter of the province; it is never inferred from a report (R5.1)."""
    reached = rate(executed, budget)
    if reached is None:
        return Score(None, weight, "0/0")
    for step in sorted(table, key=lambda step: step.at_least, reverse=True):
        if reached >= step.at_least:
            return Score(weight * step.share, weight, f"{reached:.2f}%≥{step.at_least}%")
    return Score(Decimal(0), weight, f"{reached:.2f}%")


def quantitative(
    actual: Decimal,
    target: Decimal,
    weight: Decimal,
    direction: Direction,
    *,
    upper: Decimal | None = None,
    le_policy: Literal["proportional", "zero"] = "proportional",
    overshoot_threshold: Decimal | None = None,
) -> Score:
    """R5.1-03. ``range`` is [target, upper]; ``overshoot_threshold`` in percentage points marks a target set too low."""
    if direction == ">=":
        if actual >= target:
            over = rate(actual - target, target)
            review = overshoot_threshold is not None and over is not None and over > overshoot_threshold
            return Score(weight, weight, f"{actual}≥{target}", "REVIEW_TARGET" if review else "")
        return Score(
            weight * actual / target if actual > 0 else Decimal(0), weight, f"{weight}×{actual}/{target}"
        )
    if direction == "<=":
        if actual <= target:
            return Score(weight, weight, f"{actual}≤{target}")
        points = weight * target / actual if le_policy == "proportional" else Decimal(0)
        return Score(points, weight, f"{weight}×{target}/{actual}")
    low, high = target, target if upper is None or direction == "=" else upper
    if low <= actual <= high:
        return Score(weight, weight, f"{low}≤{actual}≤{high}")
    bound = low if actual < low else high
    off = abs(actual - bound) / abs(bound) if bound else Decimal(1)
    return Score(weight * max(Decimal(0), 1 - off), weight, f"{weight}×(1－{off:.4f})")


Band = Literal["achieved", "partly", "missed"]
BANDS: dict[Band, tuple[Decimal, Decimal]] = {
    "achieved": (Decimal(80), Decimal(100)),
    "partly": (Decimal(60), Decimal(80)),
    "missed": (Decimal(0), Decimal(60)),
}
"""R5.1-04: achieved 100–80 (incl.), partly 80–60 (incl.), not achieved below 60, in percent of the weight."""


def in_band(band: Band, percent: Decimal) -> bool:
    """Whether a percentage chosen by the scorer lies in its band (upper ends belong to the higher band)."""
    low, high = BANDS[band]
    return low <= percent <= high if band == "achieved" else low <= percent < high


def qualitative(band: Band, percent: Decimal, weight: Decimal) -> Score:
    """A qualitative indicator: the scorer picks the percentage inside the band and writes the reason."""
    if not in_band(band, percent):
        raise ValueError(f"{percent} is not in the band {band}")
    return Score(weight * percent / HUNDRED, weight, f"{weight}×{percent}%")


Grade = Literal["优", "良", "中", "差"]


GRADE_WORDS = ("不合格", "优秀", "优", "良好", "良", "中等", "中", "合格", "及格", "差")
"""What agencies print for a grade, longer words first."""


def grade(total: Decimal) -> Grade:
    """R5.1-05: ≥90 优, [80, 90) 良, [60, 80) 中, <60 差."""
    return "优" if total >= 90 else "良" if total >= 80 else "中" if total >= 60 else "差"


def redistribute(scores: Sequence[Score]) -> list[Score]:
    """Spread the weight of what does not apply over the rest, in proportion (R5.6 point 3). Weights keep their sum.

    With nothing left that applies, the scores come back as they were.
    """
    whole = sum((score.weight for score in scores), Decimal(0))
    kept = sum((score.weight for score in scores if score.points is not None), Decimal(0))
    if kept == 0 or kept == whole:
        return list(scores)
    return [
        Score(None, Decimal(0), score.formula, score.note)
        if score.points is None
        else Score(score.points * whole / kept, score.weight * whole / kept, score.formula, score.note)
        for score in scores
    ]


def total(scores: Sequence[Score]) -> Decimal:
    """Sum of the points that apply."""
    return sum((score.points for score in scores if score.points is not None), Decimal(0))
