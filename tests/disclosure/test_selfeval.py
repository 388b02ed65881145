"""Self-evaluations: refused until final and reviewed, laid out as the printed forms, clean under the checker everywhere."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal as D
from pathlib import Path
from typing import Any

import pytest

from jingban.budget.loading import load_folder
from jingban.budget.models import Unit
from jingban.disclosure import selfeval
from jingban.disclosure.model import Report
from jingban.disclosure.package import FORMATS, Package
from jingban.disclosure.selfeval_form import form_table
from jingban.performance.models import Plan
from jingban.performance.reading import live_indicators
from jingban.performance.records import (
    DeviationRecord,
    IndicatorRecord,
    JudgementRecord,
    PlanRecord,
    TypedActual,
)
from jingban.performance.scoring import score_plan
from jingban.performance.services import (
    assess,
    explain_deviations,
    finalise,
    judge,
    measure_plan,
    review,
    set_plans,
    type_actuals,
)
from jingban.registry.origins import Door
from jingban.values.findings import Refused
from tests.support.databases import Database

END = dt.date(2020, 12, 31)
AT = dt.datetime(2021, 1, 6, tzinfo=dt.UTC)
OFFICER, REVIEWER = Door("绩效甲", at=AT), Door("复核乙", at=AT)
BOOKS = Path(__file__).parents[2] / "src" / "jingban" / "cli" / "county" / "accounts"
FORMS = ("pf-mof-project", "pf-hunan-project", "pf-sichuan-project", "pf-transfer")


def indicator(level1: str, level2: str, name: str, weight: int, **more: Any) -> IndicatorRecord:
    return IndicatorRecord(
        **{"level1": level1, "level2": level2, "name": name, "weight": D(weight), "target": "100", **more}
    )


PROJECT = [
    indicator("产出指标", "数量指标", "业务培训次数", 20, target="2", unit="次", measure="meetings_held"),
    indicator("产出指标", "数量指标", "印发宣传资料", 10, target="4", unit="万份"),
    indicator("产出指标", "质量指标", "政府采购执行率", 10, unit="%", measure="procurement_rate"),
    indicator("产出指标", "成本指标", "管理经费支出", 10, target="30000", unit="元", direction="<=", measure="spent"),
    indicator("效益指标", "社会效益指标", "政策宣传效果", 30, kind="qualitative", target="群众了解政策"),
    indicator("满意度指标", "服务对象满意度指标", "参保群众满意度", 10, target="95", unit="%"),
]  # fmt: skip
WHOLE = [
    indicator("产出指标", "成本指标", "在职人员控制率", 50, unit="%", direction="<=", measure="staff_control_rate"),
    indicator("效益指标", "社会效益指标", "按时办结率", 30, unit="%"),
    indicator("满意度指标", "服务对象满意度指标", "参保群众满意度", 10, target="95", unit="%"),
]  # fmt: skip
TYPED = {"印发宣传资料": "4", "政策宣传效果": "各乡镇均已讲解", "参保群众满意度": "97", "按时办结率": "98.5"}
REASONS = {"业务培训次数": "受疫情影响少办一次", "政策宣传效果": "个别群众仍不清楚", "按时办结率": "材料补正超时"}  # fmt: skip


def plans() -> list[PlanRecord]:
    base: dict[str, Any] = {"unit": "510421021", "year": 2020}
    return [
        PlanRecord(**base, goal="履行经办职责。", form="pf-hunan-department", indicators=WHOLE),
        PlanRecord(**base, project="P01", goal="办好培训和宣传。", indicators=PROJECT),
    ]


@pytest.fixture
def scored(sqlite_database: Database) -> Unit:
    """Plans measured, typed, judged and explained, but not final."""
    load_folder(BOOKS, Door("会计丁", at=dt.datetime(2020, 12, 31, 4, tzinfo=dt.UTC)))
    set_plans(plans(), OFFICER)
    for plan in Plan.objects.all():
        assess(plan, [("立项必要性", True)], "support", "", OFFICER)
        measure_plan(plan, END, "510421", OFFICER)
        for one in live_indicators(plan):
            if one.name in TYPED:
                type_actuals(
                    [TypedActual(indicator=one.pk, day=END, value=TYPED[one.name], evidence="工作台账")],
                    OFFICER,
                )
            if one.kind == "qualitative":
                judge(
                    [JudgementRecord(indicator=one.pk, band="achieved", percent=D(95), reason="有记录")],
                    OFFICER,
                )
            if one.name in REASONS:
                explain_deviations(
                    [DeviationRecord(indicator=one.pk, reason=REASONS[one.name], improvement="次年补上")],
                    OFFICER,
                )
    return Unit.objects.get()


@pytest.fixture
def reviewed(scored: Unit) -> Unit:
    for plan in Plan.objects.all():
        review(finalise(plan, END, OFFICER), "同意", REVIEWER)
    return scored


def refused(unit: Unit) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as caught:
        selfeval.report(unit, 2020)
    return sorted((one.code, one.subject) for one in caught.value.findings)


def test_nothing_is_published_before_it_is_final_and_reviewed(scored: Unit) -> None:
    name = "城乡居民养老保险管理经费项目"
    assert refused(scored) == [("DIS-302", name), ("DIS-302", "部门整体支出")]
    results = [finalise(plan, END, OFFICER) for plan in Plan.objects.order_by("pk")]
    assert refused(scored) == [("DIS-303", name), ("DIS-303", "部门整体支出")]
    review(results[1], "同意", REVIEWER)
    assert refused(scored) == [("DIS-303", "部门整体支出")]
    review(results[0], "同意", REVIEWER)
    assert selfeval.report(scored, 2020).blocks
    one = live_indicators(results[1].plan)[1]
    type_actuals([TypedActual(indicator=one.pk, day=END, value="3.9", evidence="重点")], OFFICER)
    assert refused(scored) == [("DIS-304", name)]
    with pytest.raises(Refused, match="DIS-301"):
        selfeval.report(scored, 2019)


def test_the_form_prints_the_scores_and_where_they_come_from(reviewed: Unit) -> None:
    plan = Plan.objects.get(project__code="P01")
    table = form_table(score_plan(plan))
    texts = [[cell.text for cell in row if cell] for row in table.grid.rows]
    assert ["年度资金总额", "3.00", "3.00", "1.01", "10", "33.73%", "3.37"] in [row[-7:] for row in texts]
    assert texts[-1] == ["总分", "100", "79.37", "等级：中"]
    levels = [cell for row in table.grid.rows for cell in row if cell and cell.text == "产出指标"]
    assert [cell.rowspan for cell in levels] == [4]  # merged over its four indicators
    by_key = dict(table.grid.filled.cells)  # type: ignore[union-attr]
    assert by_key["i2", "actual"].trace.evidence == "工作台账"
    assert by_key["i2", "actual"].trace.typed
    assert not by_key["i1", "actual"].trace.typed
    assert by_key["total", "executed"].trace.relation == "payment"
    assert "印发宣传资料（依据：工作台账）" in table.notes[0]
    assert "政府采购执行率" in table.notes[1]  # nothing to procure: its ten points went to the group
    printed = [cell.figure for row in table.grid.rows for cell in row if cell and cell.figure]
    assert all(figure.trace.formula or figure.trace.typed for figure in printed)


def test_the_rows_behind_a_form_are_those_of_its_project(reviewed: Unit) -> None:
    from jingban.budget.figures import YearFigures
    from jingban.disclosure.rows import Rows

    rows = Rows(YearFigures(reviewed, 2020).book)
    table = form_table(score_plan(Plan.objects.get(project__code="P01")))
    cells = table.grid.filled.cells  # type: ignore[union-attr]
    _relation, found = rows.of(cells["total", "executed"].trace)
    shown = rows.table("payment")["rows"]
    assert sum(D(shown[at][4].replace(",", "")) for at in found) == D("10120.00")


def wrong(report: Report, folder: Path) -> list[str]:
    """What keeps the documents from being clean, in words."""
    package = Package(folder, FORMATS)
    package.add(report)
    package.write()
    package.check()
    assert len(package.out.checker_account) == len(FORMATS)
    return [
        f"{one.path.suffix} {what}"
        for one in package.out.checker_account
        if not one.clean or one.result.findings
        for what in [*[found["message"] for found in one.result.findings], *one.result.unverified]
    ]


def test_the_checker_finds_nothing_in_the_report(reviewed: Unit, tmp_path: Path) -> None:
    assert wrong(selfeval.report(reviewed, 2020), tmp_path) == []


@pytest.mark.parametrize("form", FORMS)
def test_the_checker_finds_nothing_in_a_form_alone(reviewed: Unit, tmp_path: Path, form: str) -> None:
    one = selfeval.evaluated_plan(Plan.objects.get(project__code="P01"))
    assert wrong(selfeval.form_report(one, form), tmp_path) == []
