"""Scoring: the worked figures of the published reports, and what must hold for every number."""

from __future__ import annotations

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingban.forms.scoring import (
    Score,
    Step,
    deduct,
    execution_proportional,
    execution_steps,
    grade,
    in_band,
    qualitative,
    quantitative,
    rate,
    redistribute,
    total,
)

points = st.decimals(D(0), D(100), places=2)
weights = st.decimals(D("0.5"), D(100), places=1)


@pytest.mark.parametrize(
    ("executed", "budget", "expected"),
    [
        ("46.85", "77.17", "6.07"),
        ("272.08", "303.64", "8.96"),
        ("1.012", "3", "3.37"),
        ("120", "100", "10.00"),
    ],
)
def test_execution_is_scored_in_proportion_and_capped(executed: str, budget: str, expected: str) -> None:
    score = execution_proportional(D(executed), D(budget), D(10))
    assert score.points is not None
    assert score.points.quantize(D("0.01")) == D(expected)


def test_nothing_budgeted_is_not_applicable_rather_than_full_marks() -> None:
    assert execution_proportional(0, 0, D(10)).points is None
    assert rate(0, 0) is None


@pytest.mark.parametrize(
    ("excess", "unit", "off", "weight", "mode", "expected"),
    [("-16.22", "1", "0.5", "2", "floor", "2"), ("1.9", "1", "0.5", "2", "floor", "1.5"), ("1.9", "1", "0.5", "2", "ceil", "1.0"),
     ("1.9", "1", "0.5", "2", "linear", "1.05"), ("70.65", "5", "1", "3", "floor", "0"), ("0", "5", "1", "3", "ceil", "3")],
)  # fmt: skip
def test_points_off_for_each_step_beyond(
    excess: str, unit: str, off: str, weight: str, mode: str, expected: str
) -> None:
    assert deduct(D(excess), unit=D(unit), points=D(off), weight=D(weight), mode=mode) == D(expected)  # type: ignore[arg-type]


def test_a_step_scale_is_looked_up_not_guessed() -> None:
    table = [Step(D(100), D(1)), Step(D(90), D("0.8")), Step(D(60), D("0.5"))]
    reached = [execution_steps(D(x), D(100), D(10), table).points for x in (100, 99, 90, 89, 60, 59)]
    assert reached == [D(10), D(8), D(8), D(5), D(5), D(0)]


def test_bands_meet_without_overlap() -> None:
    for percent in map(D, range(101)):
        assert sum(in_band(band, percent) for band in ("achieved", "partly", "missed")) == 1  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="band"):
        qualitative("partly", D(80), D(10))
    assert [grade(D(x)) for x in ("90", "89.99", "80", "79.99", "60", "59.99")] == [
        "优",
        "良",
        "良",
        "中",
        "中",
        "差",
    ]


@given(points, points.filter(lambda target: target > 0), weights)
def test_a_score_lies_between_nothing_and_its_weight(actual: D, target: D, weight: D) -> None:
    for direction in (">=", "<=", "=", "range"):
        score = quantitative(actual, target, weight, direction, upper=target + 1)  # type: ignore[arg-type]
        assert score.points is not None
        assert 0 <= score.points <= weight
        reached = {
            ">=": actual >= target,
            "<=": actual <= target,
            "=": actual == target,
            "range": target <= actual <= target + 1,
        }
        assert score.full == reached[direction] or not reached[direction]


@given(st.lists(st.tuples(weights, st.one_of(st.none(), st.integers(0, 100))), min_size=1, max_size=8))
def test_redistributing_keeps_the_weight_and_never_awards(parts: list[tuple[D, int | None]]) -> None:
    scores = [Score(None if share is None else weight * share / 100, weight, "") for weight, share in parts]
    spread = redistribute(scores)
    whole = sum((weight for weight, _share in parts), D(0))
    assert abs(sum((score.weight for score in spread), D(0)) - whole) < D("1e-20")
    applicable = [score for score in scores if score.points is not None]
    if applicable and total(applicable) == 0:
        assert total(spread) == 0
