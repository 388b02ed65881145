"""The county centre's two goals of 2020: how they are set, measured, typed, judged and explained."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal as D
from pathlib import Path
from typing import Any

from jingban.budget.loading import load_folder
from jingban.budget.models import Unit
from jingban.performance.models import Plan
from jingban.performance.reading import live_indicators
from jingban.performance.records import (
    DeviationRecord,
    IndicatorRecord,
    JudgementRecord,
    PlanRecord,
    TypedActual,
)
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
from jingban.store.origins import Door

END = dt.date(2020, 12, 31)
AT = dt.datetime(2021, 1, 6, tzinfo=dt.UTC)
OFFICER, REVIEWER = Door("绩效甲", at=AT), Door("复核乙", at=AT)
BOOKS = Path(__file__).parents[2] / "src" / "jingban" / "cli" / "county" / "accounts"


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


def enter() -> Unit:
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


def finish() -> None:
    """Both made final and reviewed by another person."""
    for plan in Plan.objects.all():
        review(finalise(plan, END, OFFICER), "同意", REVIEWER)
