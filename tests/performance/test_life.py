"""A plan's whole life: weights that add up, actuals counted or typed with evidence, honest scores, other eyes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal as D
from typing import Any

import pytest
from click.testing import CliRunner

from jingban.budget.models import Unit
from jingban.budget.records import (
    AppropriationRecord,
    PaymentRecord,
    ProjectRecord,
    StaffingRecord,
    UnitRecord,
)
from jingban.budget.services import (
    record_appropriations,
    record_facts,
    record_payments,
    register_projects,
    register_units,
)
from jingban.cli.main import root
from jingban.performance import counted
from jingban.performance.measures import Measured, library
from jingban.performance.models import Actual, Plan
from jingban.performance.reading import live_indicators
from jingban.performance.records import (
    DeviationRecord,
    IndicatorRecord,
    JudgementRecord,
    PlanRecord,
    SurveyRecord,
    TypedActual,
)
from jingban.performance.replay import evaluations
from jingban.performance.scoring import score_plan
from jingban.performance.services import (
    advice,
    assess,
    explain_deviations,
    finalise,
    judge,
    measure_plan,
    monitor,
    record_surveys,
    review,
    set_plans,
    type_actuals,
    use,
)
from jingban.store import audit
from jingban.store.origins import Door
from jingban.values.findings import Refused
from tests.support.databases import Database

NOON = dt.datetime(2020, 12, 31, 4, 0, tzinfo=dt.UTC)
DOOR = Door("绩效甲", "performance", at=NOON)
END = dt.date(2020, 12, 31)
POINTS = [("立项必要性", True), ("绩效目标合理性", True)]


def indicator(name: str, weight: int, **more: Any) -> IndicatorRecord:
    base: dict[str, Any] = {
        "level1": "产出指标",
        "level2": "数量指标",
        "name": name,
        "target": "2",
        "weight": D(weight),
        "unit": "次",
    }
    return IndicatorRecord(**{**base, **more})


def plan(**more: Any) -> PlanRecord:
    indicators = [
        indicator("培训次数", 20),
        indicator("培训质量", 30, kind="qualitative", target="提高经办水平", unit=""),
        indicator(
            "在职人员控制率",
            30,
            level1="效益指标",
            direction="<=",
            target="100",
            unit="%",
            measure="staff_control_rate",
        ),
        indicator("满意度", 10, level1="满意度指标", target="95", unit="%", measure="satisfaction"),
    ]
    return PlanRecord(
        **{
            "unit": "U1",
            "year": 2020,
            "project": "P1",
            "goal": "提高经办能力",
            "indicators": indicators,
            **more,
        }
    )


LINE: dict[str, Any] = {
    "unit": "U1", "year": 2020, "source": "general", "function_code": "2080109", "category": "project", "project": "P1",
    "economic_code": "30216", "day": dt.date(2020, 3, 1),
}  # fmt: skip


@pytest.fixture
def agency(database: Database) -> Unit:
    _open(DOOR)
    return Unit.objects.get()


def _open(door: Door) -> None:
    register_units([UnitRecord(code="U1", name="某县居保中心", kind="institution")], door)
    register_projects([ProjectRecord(unit="U1", code="P1", name="管理经费", since_year=2020)], door)
    given = {k: v for k, v in LINE.items() if k != "economic_code"}
    record_appropriations(
        [AppropriationRecord(**given, kind="initial", document="1号", amount_fen=3_0000_00)], door
    )
    record_payments([PaymentRecord(**LINE, voucher="1", amount_fen=1_0120_00)], door)
    record_facts(
        [
            StaffingRecord(
                unit="U1", year=2020, post="institution", posts=10, opening_staff=9, closing_staff=9
            )
        ],
        door,
    )


def test_weights_that_do_not_add_up_are_refused(agency: Unit) -> None:
    with pytest.raises(Refused, match="PRF-101"):
        set_plans([plan(execution_weight=D(20))], DOOR)
    with pytest.raises(Refused, match="PRF-102"):
        set_plans([plan(group_weights={"产出指标": D(60)})], DOOR)
    with pytest.raises(Refused, match="PRF-103"):
        set_plans([plan(indicators=[indicator("x", 90, measure="nonsense")])], DOOR)
    with pytest.raises(Refused, match="PRF-105"):
        set_plans([plan(indicators=[indicator("x", 90, target="尽量多")])], DOOR)
    with pytest.raises(Refused, match="PRF-115"):  # persons are not person-times
        set_plans([plan(indicators=[indicator("x", 90, measure="person_times", unit="人")])], DOOR)
    with pytest.raises(Refused, match="PRF-116"):
        set_plans([plan(indicators=[indicator("x", 90, measure="coverage", unit="%")])], DOOR)
    more = {"measure": "insured", "unit": "万人", "arguments": {"groups": "1"}}
    with pytest.raises(Refused, match="PRF-116"):
        set_plans([plan(indicators=[indicator("x", 90, **more)])], DOOR)
    assert not Plan.objects.exists()


def _ready(agency: Unit) -> Plan:
    set_plans([plan()], DOOR)
    made = Plan.objects.get()
    rows = {row.name: row.pk for row in live_indicators(made)}
    record_surveys(
        [
            SurveyRecord(
                unit="U1",
                year=2020,
                name="参保群众",
                method="入户",
                day=END,
                asked=320,
                valid=300,
                satisfied=291,
            )
        ],
        DOOR,
    )
    assert len(measure_plan(made, END, "510421", DOOR)) == 2
    type_actuals([TypedActual(indicator=rows["培训次数"], day=END, value="1", evidence="培训签到表")], DOOR)
    type_actuals(
        [TypedActual(indicator=rows["培训质量"], day=END, value="培训35人次", evidence="培训总结")], DOOR
    )
    judge(
        [JudgementRecord(indicator=rows["培训质量"], band="achieved", percent=D(95), reason="考核合格率高")],
        DOOR,
    )
    return made


def test_everything_missing_is_listed_at_once(agency: Unit) -> None:
    set_plans([plan()], DOOR)
    with pytest.raises(Refused) as refused:
        finalise(Plan.objects.get(), END, DOOR)
    assert sorted(finding.code for finding in refused.value.findings) == [
        *["PRF-201"] * 4, *["PRF-203"] * 4, "PRF-405",
    ]  # fmt: skip


def test_points_lost_want_a_reason_and_then_the_score_is_what_the_data_say(agency: Unit) -> None:
    made = _ready(agency)
    with pytest.raises(Refused) as refused:
        finalise(made, END, DOOR)
    assess(made, POINTS, "adjust", "压缩会议费", DOOR)
    assert {(f.code, f.subject) for f in refused.value.findings} == {
        ("PRF-203", "培训次数"),
        ("PRF-203", "培训质量"),
        ("PRF-405", "管理经费"),
    }
    rows = {row.name: row.pk for row in live_indicators(made)}
    reasons = [DeviationRecord(indicator=rows[name], reason="疫情影响") for name in ("培训次数", "培训质量")]
    explain_deviations(reasons, DOOR)
    result = finalise(made, END, DOOR)
    scored = score_plan(made)
    assert scored.funds.score == D("3.37")  # 10.12 of 30 thousand yuan: 33.73 %
    assert [row.score for row in scored.rows] == [D("10.00"), D("28.50"), D("30.00"), D("10.00")]
    assert (result.total, result.grade) == ("81.87", "良")
    assert scored.rows[2].actual == "90%"
    assert audit.verify()[1] is None


def test_the_scorer_never_reviews(agency: Unit) -> None:
    made = _ready(agency)
    rows = {row.name: row.pk for row in live_indicators(made)}
    explain_deviations(
        [DeviationRecord(indicator=rows[n], reason="疫情") for n in ("培训次数", "培训质量")], DOOR
    )
    assess(made, POINTS, "support", "", DOOR)
    with pytest.raises(Refused, match="PRF-207"):  # the year is not over
        finalise(made, END, Door("绩效甲", at=NOON - dt.timedelta(days=30)))
    result = finalise(made, END, DOOR)
    with pytest.raises(Refused, match="PRF-406"):
        use(result, "cut", "按执行数安排", DOOR)
    with pytest.raises(Refused, match="PRF-301"):
        review(result, "同意", DOOR)
    assert review(result, "同意", Door("复核乙", at=NOON)).total == "81.87"
    # from here on nothing about it changes, and only now may it be used
    for late in (
        lambda: set_plans([plan()], DOOR),
        lambda: measure_plan(made, END, "510421", DOOR),
        lambda: type_actuals(
            [TypedActual(indicator=rows["培训次数"], day=END, value="2", evidence="补")], DOOR
        ),
        lambda: assess(made, POINTS, "reject", "", DOOR),
        lambda: monitor(made, dt.date(2020, 9, 30), DOOR),
        lambda: finalise(made, END, DOOR),
    ):
        with pytest.raises(Refused, match="PRF-404"):
            late()
    with pytest.raises(Refused, match="PRF-407"):
        use(result, "随便", "x", DOOR)
    with pytest.raises(Refused, match="PRF-408"):
        use(result, "publish", "x", DOOR, amount_fen=1)
    use(result, "keep", "按上年安排", DOOR, amount_fen=3_0000_00)
    use(result, "cut", "按执行数安排", DOOR, amount_fen=1_0120_00)
    assert [(one.what, one.amount_fen) for one in advice(agency, 2020)] == [("cut", 1_0120_00)]
    assert audit.verify()[1] is None


def test_books_corrected_after_the_review_open_the_evaluation_again(agency: Unit) -> None:
    made = _ready(agency)
    rows = {row.name: row.pk for row in live_indicators(made)}
    explain_deviations(
        [DeviationRecord(indicator=rows[n], reason="疫情") for n in ("培训次数", "培训质量")], DOOR
    )
    assess(made, POINTS, "support", "", DOOR)
    first = finalise(made, END, DOOR)
    review(first, "同意", Door("复核乙", at=NOON))
    with pytest.raises(Refused, match="PRF-404"):
        finalise(made, END, DOOR)
    record_payments([PaymentRecord(**LINE, voucher="2", amount_fen=5000_00)], DOOR)  # entered late
    second = finalise(made, END, DOOR)
    assert D(second.total) > D(first.total)
    review(second, "同意", Door("复核乙", at=NOON))
    with pytest.raises(Refused, match="PRF-404"):
        finalise(made, END, DOOR)
    with pytest.raises(Refused, match="PRF-302"):  # what was superseded is kept, and not reviewed any more
        review(first, "同意", Door("复核丙", at=NOON))


def test_a_typed_value_wants_evidence_and_what_does_not_apply_awards_nothing(agency: Unit) -> None:
    made = _ready(agency)
    rows = {row.name: row.pk for row in live_indicators(made)}
    with pytest.raises(Refused, match="PRF-109"):
        type_actuals([TypedActual(indicator=rows["培训次数"], day=END, value="2", evidence=" ")], DOOR)
    absent = TypedActual(
        indicator=rows["培训次数"], day=END, value="", evidence="当年未安排", applicable=False
    )
    type_actuals([absent], DOOR)
    scored = score_plan(made)
    assert scored.rows[0].score is None
    assert (scored.rows[1].weight, scored.rows[1].score) == (
        D(50),
        D("47.50"),
    )  # it carries the group's weight


def test_a_project_that_was_not_supported_is_not_finished(agency: Unit) -> None:
    made = _ready(agency)
    rows = {row.name: row.pk for row in live_indicators(made)}
    explain_deviations(
        [DeviationRecord(indicator=rows[n], reason="疫情") for n in ("培训次数", "培训质量")], DOOR
    )
    with pytest.raises(Refused, match="PRF-106"):
        assess(made, POINTS, "也许", "", DOOR)
    assess(made, POINTS, "reject", "没有必要", DOOR)
    with pytest.raises(Refused, match="PRF-405"):
        finalise(made, END, DOOR)
    set_plans([plan()], DOOR)
    with pytest.raises(Refused, match="PRF-403"):
        monitor(made, dt.date(2020, 9, 30), DOOR)


def test_monitoring_sees_only_what_was_known_then(database: Database) -> None:
    """A voucher of August entered in December was not known on 30 September; one of November is about a later day."""
    _open(Door("会计甲", at=dt.datetime(2020, 3, 2, 4, tzinfo=dt.UTC)))
    for voucher, day, entered in (("2", (2020, 11, 1), 3), ("3", (2020, 8, 1), 12)):
        paid = PaymentRecord(**{**LINE, "day": dt.date(*day)}, voucher=voucher, amount_fen=4000_00)
        record_payments([paid], Door("会计甲", at=dt.datetime(2020, entered, 3, 4, tzinfo=dt.UTC)))
    made = _ready(Unit.objects.get())
    before = Actual.objects.count()
    result, warnings = monitor(made, dt.date(2020, 9, 30), DOOR, "510421")
    assert result.phase == "monitoring"
    assert Actual.objects.count() == before  # the year-end actuals stand
    seen = {row["指标"]: row["实际"] for row in result.rows}
    assert seen == {"培训次数": "", "培训质量": "", "在职人员控制率": "90%", "满意度": "不适用"}
    told = {(one.code, one.subject) for one in warnings}
    assert told == {("PRF-401", None), ("PRF-402", "培训次数"), ("PRF-402", "培训质量")}
    assert "33.73%" in warnings[0].message  # 10,120 of 30,000 yuan
    assert score_plan(made).funds.rate == D(18120) / D(300)
    with pytest.raises(Refused, match="PRF-206"):
        monitor(made, dt.date(2021, 1, 1), DOOR, "510421")


def test_scores_come_from_the_value_that_was_not_rounded(agency: Unit) -> None:
    """299 of 300 satisfied is 99.67 % on paper; the points are those of 99.666…"""
    target = indicator("满意度", 90, level1="满意度指标", target="99.67", unit="%", measure="satisfaction")
    set_plans([plan(indicators=[target])], DOOR)
    survey = {
        "unit": "U1",
        "year": 2020,
        "name": "s",
        "method": "入户",
        "day": END,
        "asked": 300,
        "valid": 300,
    }
    record_surveys([SurveyRecord(**survey, satisfied=299)], DOOR)
    made = Plan.objects.get()
    (actual,) = measure_plan(made, END, "510421", DOOR)
    assert actual.value == "99.667"  # two decimals would print the target as reached
    assert actual.exact.startswith("99.66666666")
    scored = score_plan(made)
    (row,) = scored.rows
    assert row.score == D(
        "89.99"
    )  # 90 × 99.6667 / 99.67 = 89.997: what missed its target never prints full marks
    assert ("PRF-203", "满意度") in {(one.code, one.subject) for one in scored.missing}
    assert row.formula == "90×99.667/99.67"


def test_every_measure_answers_for_an_empty_agency(agency: Unit) -> None:
    from jingban.performance.measures import Basis

    basis = Basis(agency, 2020, END, "510421", "P1", {"due": "2020-06-30", "projects": "P1", "cause": "x"})
    measured = {name: entry.compute(basis) for name, entry in library().items()}
    assert len(measured) >= 90
    below = {name for name, one in measured.items() if one.value is not None and one.value < 0}
    assert below == {"carry_over_rate"}  # this agency has paid without having received
    assert measured["execution_rate"].value is not None
    assert round(measured["execution_rate"].value, 2) == D("33.73")
    assert measured["coverage"].value is None


def test_an_evaluation_comes_out_as_it_was_whatever_became_known_since(agency: Unit) -> None:
    """Monitoring and self-evaluation scored again by what was known: a voucher entered later changes the score, not the replay."""
    made = _ready(agency)
    assess(made, POINTS, "support", "", DOOR)
    monitor(made, dt.date(2020, 12, 30), DOOR, "510421")
    rows = {row.name: row.pk for row in live_indicators(made)}
    explain_deviations(
        [DeviationRecord(indicator=rows[n], reason="疫情") for n in ("培训次数", "培训质量")], DOOR
    )
    final = finalise(made, END, DOOR)
    later = Door("会计甲", at=dt.datetime(2021, 2, 1, 4, tzinfo=dt.UTC))
    record_payments([PaymentRecord(**LINE, voucher="9", amount_fen=3000_00)], later)
    assert str(score_plan(made).total) != final.total
    found = evaluations(2020, 510421)
    assert (found.results, found.rows, found.differs) == (2, 2 * len(rows), [])
    told = CliRunner().invoke(root, ["replay", "--region", "510421", "evaluation:2020"])
    assert (told.exit_code, "逐行相同" in told.output) == (0, True), told.output
    for wrong, code in (("evaluation:20", "PAY-301"), ("evaluation:2019", "PRF-211")):
        assert code in CliRunner().invoke(root, ["replay", "--region", "510421", wrong]).output


def test_a_replay_names_what_comes_out_otherwise(agency: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    made = _ready(agency)
    monitor(made, dt.date(2020, 12, 30), DOOR, "510421")
    other = replace(library()["staff_control_rate"], compute=lambda basis: Measured(D("50")))
    monkeypatch.setattr(counted, "entry", lambda name: other if name == other.name else library()[name])
    found = evaluations(2020, 510421)
    assert {one.what for one in found.differs} >= {"在职人员控制率 实际"}
    assert all(one.kept != one.now for one in found.differs)
    told = CliRunner().invoke(root, ["replay", "--region", "510421", "evaluation:2020"])
    assert told.exit_code == 1
    assert "在职人员控制率" in told.output
