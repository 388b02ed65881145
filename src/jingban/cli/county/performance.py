"""The sample county's goals at the end of the year: measured on its ledgers, judged, reviewed, published.

Everything here is data a centre would enter (``goals``; the books and the goals themselves came in during the year, see
``books``); every figure that the ledgers know is counted from them. Each part is done once: a second call finds what is there.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from jingban.budget.book import live
from jingban.budget.models import Unit
from jingban.cli.county import schedule
from jingban.cli.county.books import HERE, OFFICER, REVIEWER, UNIT
from jingban.cli.county.schedule import at
from jingban.disclosure.package import Published, publish
from jingban.performance.models import Indicator, Plan, Result, Review, Survey, Use
from jingban.performance.reading import live_indicators
from jingban.performance.records import DeviationRecord, JudgementRecord, SurveyRecord, TypedActual
from jingban.performance.scoring import score_plan
from jingban.performance.services import (
    explain_deviations,
    finalise,
    judge,
    measure_plan,
    record_surveys,
    review,
    type_actuals,
    use,
)
from jingban.store.origins import Door
from jingban.values.i18n import gettext as _

STYLE = "sichuan"
END = dt.date(schedule.YEAR, 12, 31)
REASON_KEY = tuple[str, str]
"""(project code or '', name of the indicator)."""


def _door(actor: str, what: str, hour: int, minute: int = 0) -> Door:
    return Door(actor, "performance", f"sample:{what}", "", at(END, hour, minute))


def evaluate(region: str) -> list[Plan]:
    """Actuals at the year's end, judgements, reasons, final scores, review. Refused with the full list."""
    unit = Unit.objects.get(code=UNIT)
    if not live(Survey).filter(unit=unit, year=schedule.YEAR).exists():
        _survey()
    plans = list(live(Plan).filter(unit=unit, year=schedule.YEAR).select_related("unit", "project"))
    todo = [plan for plan in plans if not _reviewed(plan)]
    for plan in todo:
        measure_plan(plan, END, region, _door(OFFICER, "measured", 19))
    _enter(todo)
    for plan in todo:
        result = finalise(plan, END, _door(OFFICER, "final", 21))
        review(result, _("数据与台账一致，同意"), _door(REVIEWER, "reviewed", 22))
        _use(plan, result)
    return plans


def package(folder: Path, progress: Callable[[str], None] | None = None) -> Published:
    """The published package of the year with the self-evaluations in it."""
    return publish(UNIT, schedule.YEAR, STYLE, folder, progress=progress)


def _reviewed(plan: Plan) -> bool:
    return Review.objects.filter(result__plan=plan, result__phase=Result.Phase.FINAL).exists()


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / "goals" / f"{name}.csv").open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def _survey() -> None:
    records = [
        SurveyRecord(
            unit=UNIT,
            year=schedule.YEAR,
            name=row["调查名称"],
            method=row["方式"],
            day=dt.date.fromisoformat(row["调查日期"]),
            asked=int(row["发放数"]),
            valid=int(row["有效答卷"]),
            satisfied=int(row["满意数"]),
        )
        for row in _rows("surveys")
    ]
    record_surveys(records, _door(OFFICER, "survey", 18, 40))


def _enter(plans: list[Plan]) -> None:
    """What only people can know: typed values with evidence, judgements, and reasons where points were lost."""
    known: dict[REASON_KEY, Indicator] = {
        (plan.project.code if plan.project else "", one.name): one
        for plan in plans
        for one in live_indicators(plan)
    }

    def wanted(name: str) -> list[tuple[Indicator, dict[str, str]]]:
        keyed = [((row["项目代码"], row["三级指标"]), row) for row in _rows(name)]
        return [(known[key], row) for key, row in keyed if key in known]

    typed = [
        TypedActual(indicator=one.pk, day=END, value=row["实际完成值"], evidence=row["依据"])
        for one, row in wanted("typed")
    ]
    type_actuals(typed, _door(OFFICER, "typed", 19, 30))
    judged = [
        JudgementRecord(
            indicator=one.pk, band=row["档次"], percent=Decimal(row["得分比例"]), reason=row["理由"]
        )
        for one, row in wanted("judged")
    ]
    judge(judged, _door(OFFICER, "judged", 20))
    short = {
        row.indicator.pk
        for plan in plans
        for row in score_plan(plan).rows
        if row.score is not None and row.score < row.weight
    }
    reasons = [
        DeviationRecord(indicator=one.pk, reason=row["偏差原因"], improvement=row["改进措施"])
        for one, row in wanted("deviations")
        if one.pk in short
    ]
    explain_deviations(reasons, _door(OFFICER, "reasons", 20, 30))


def _use(plan: Plan, result: Result) -> None:
    """A good result is kept and published; a weaker one goes into next year's budget."""
    if live(Use).filter(result=result).exists():
        return
    what, detail = (
        (Use.What.PUBLISH, _("随部门决算公开，改进措施列入次年工作计划"))
        if Decimal(result.total) >= 90
        else (Use.What.CUT, _("按执行情况核减次年预算，改进措施列入次年工作计划"))
    )
    use(result, what, detail, _door(OFFICER, "use", 23))


__all__ = ["evaluate", "package"]
