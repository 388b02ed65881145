"""The frameworks on the printed figures of a district agency's 2020 report: honest scores, and what differs."""

from __future__ import annotations

from decimal import Decimal as D

from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from jingban.forms.frameworks import frameworks
from jingban.performance.frameworks import FrameworkScore, Given, score_framework

DEPARTMENT, PROJECT = frameworks()["fw-department"], frameworks()["fw-project"]
FULL = {one.code: one.maximum for one in DEPARTMENT.indicators}
PRINTED = {
    name: D(text)
    for name, text in {
        "staff": "31", "posts": "37", "operating_actual": "77.98", "operating_budget": "86.63",
        "three_public_actual": "1.17", "three_public_budget": "2", "three_public_this": "2",
        "three_public_last": "2.47", "procurement_actual": "0", "procurement_budget": "0",
    }.items()
}  # fmt: skip
"""The basic-data table of the report, in persons and 万元; procurement is printed as dashes."""


def department() -> FrameworkScore:
    own = {**FULL, "B6": D(2), "B9": D(1)}
    given = Given(PRINTED, self_scores=own, printed_total=D(98), printed_ratios={"A3": D(100)})
    return score_framework(DEPARTMENT, given)


def codes(scored: FrameworkScore, code: str) -> dict[str, str]:
    return {one.subject.split()[0]: one.message for one in scored.findings if one.code == code}


def test_the_printed_figures_of_the_department_give_the_honest_scores() -> None:
    scored = department()
    ratios = {code: round(scored.row(code).ratio or D(-1), 2) for code in ("A3", "A4", "B6", "B7")}
    assert ratios == {"A3": D("83.78"), "A4": D("-19.03"), "B6": D("90.02"), "B7": D("58.50")}
    weights = D(40) / D(37)  # the three points of procurement go to the other 37 of the group
    assert [scored.row(code).score for code in ("A3", "A4")] == [2, 2]
    assert scored.row("B6").score == scored.row("B7").score == round(3 * weights, 2) == D("3.24")
    assert not scored.row("B8").applies
    assert (scored.row("B8").weight, scored.row("B8").score) == (0, None)
    assert round(sum(row.weight for row in scored.rows), 10) == 100


def test_the_differences_to_the_printed_scores_are_told() -> None:
    scored = department()
    assert codes(scored, "PRF-508").keys() == {"A3"}  # 31 of 37 printed as 100 %
    assert codes(scored, "PRF-506").keys() == {"B6", "B8"}
    assert scored.row("B6").difference == -1  # one point given away
    assert scored.row("B8").difference == 3  # full points for nothing procured
    assert scored.row("A3").difference == scored.row("A4").difference == 0
    assert scored.self_total == 98
    assert not codes(scored, "PRF-504")
    assert "A1" in codes(scored, "PRF-507")  # points nobody can verify from the report
    assert scored.total == D("10.48")
    assert round(scored.total + scored.open_weight, 1) == 100


def test_the_project_form_prints_more_than_can_be_attained() -> None:
    own = {one.code: one.maximum for one in PROJECT.indicators} | {"P8": D(2), "P10": D(4)}
    scored = score_framework(PROJECT, Given(self_scores=own, printed_total=D(98)))
    assert (scored.self_total, scored.attainable) == (95, 97)
    assert codes(scored, "PRF-504")
    assert codes(scored, "PRF-505")
    assert codes(scored, "PRF-503")
    assert codes(scored, "PRF-502").keys() == {"过程", "资金管理", "预算支出效益"}


def test_both_readings_stand_side_by_side() -> None:
    values = {"tasks": D(100), "tasks_done": D(90), "tasks_on_time": D(0), "tasks_up_to_standard": D(90)}
    scored = score_framework(DEPARTMENT, Given({**values, "adjusted": D(7), "budget": D(100)}))
    assert (scored.row("C1").score, scored.row("C1").literal) == (0, 5)
    assert (scored.row("C2").score, scored.row("C2").literal) == (
        0,
        5,
    )  # nothing done in time: full as printed
    assert (scored.row("B2").score, scored.row("B2").literal) == (2, 0)
    cost = {"planned_cost": D(100), "actual_cost": D(95)}
    project = score_framework(PROJECT, Given({**cost, "achieved": D(80), "target": D(100)}))
    assert (project.row("P15").score, project.row("P15").literal) == (10, 0)
    assert (project.row("P16").score, project.row("P16").literal) == (16, 5)


def test_half_late_is_half_the_points_and_beyond_a_third_none() -> None:
    def late(days: int) -> D | None:
        values = {"actual_days": D(days), "planned_days": D(100)}
        return score_framework(PROJECT, Given(values)).row("P14").score

    assert [late(days) for days in (90, 100, 115, 130, 200)] == [10, 10, 5, 0, 0]


def test_a_base_of_zero_means_what_the_indicator_means() -> None:
    def row(code: str, **values: int) -> tuple[bool, D | None]:
        found = score_framework(DEPARTMENT, Given({name: D(value) for name, value in values.items()})).row(
            code
        )
        return found.applies, found.score

    assert row("A4", three_public_this=1, three_public_last=0) == (False, None)
    assert row("B5", carry_over=0, carry_over_last=0) == (True, 3)
    assert row("B5", carry_over=1, carry_over_last=0) == (True, 0)
    assert row("B7", three_public_actual=0, three_public_budget=0) == (False, None)
    assert row("B7", three_public_actual=1, three_public_budget=0) == (True, 0)


SHARES = st.integers(0, 300).map(D)


@settings(max_examples=60, deadline=None)
@for_all(st.fixed_dictionaries({name: SHARES for one in DEPARTMENT.indicators for name in one.needs}))
def test_nobody_gets_more_than_the_weight_and_weights_keep_their_sum(values: dict[str, D]) -> None:
    scored = score_framework(DEPARTMENT, Given(values))
    for row in scored.rows:
        assert row.score is None or 0 <= row.score <= row.weight + D("0.01")
    assert round(sum(row.weight for row in scored.rows), 9) == 100


def test_the_ledgers_fill_what_they_know(miyi_books: object) -> None:
    import datetime as dt

    from jingban.budget.models import Unit
    from jingban.performance.frameworks import measured_values
    from jingban.performance.measures import Basis

    basis = Basis(Unit.objects.get(), 2020, dt.date(2020, 12, 31), "510421")
    scored = score_framework(DEPARTMENT, Given(measured_values(basis)))
    assert scored.row("A3").ratio == 90  # nine of ten posts
    assert not scored.row("A4").applies  # no three-public budget last year: its two points go to the group
    assert (scored.row("A3").printed_scale, scored.row("A3").score) == (2, D("2.22"))
    assert scored.row("B7").score is not None
    assert "tasks" in scored.row("C1").missing


def test_a_group_of_which_nothing_applies_gives_its_weight_to_all_others() -> None:
    outputs = frozenset({"C1", "C2", "C3", "C4"})
    scored = score_framework(DEPARTMENT, Given(counts={"A1": 3}, not_applicable=outputs))
    assert round(sum(row.weight for row in scored.rows), 9) == 100
    assert scored.row("A1").score == D("7.50")  # 6 × 100/80


def test_every_value_has_a_name_in_the_readers_words() -> None:
    from jingban.performance.framework_names import NAMES, named, value_name

    wanted = {name for one in (*DEPARTMENT.indicators, *PROJECT.indicators) for name in one.needs}
    assert set(NAMES) == wanted
    assert len(set(NAMES.values())) == len(NAMES)
    assert all(value_name(chinese) == name for name, chinese in NAMES.items())
    assert named(("staff", "A1")) == "在职人员数、A1"
