"""Enter plans and what only people can know. Codes PRF-1xx.

101 weights do not add up; 102 a group's weights do not add up to its header; 103 no such measure; 104 no such unit or
project; 105 the target is no number; 106 value not allowed; 107 neither measure nor words to type; 108 no such indicator;
109 typed value without evidence; 110 band and percentage do not fit; 111 judgement of a quantitative indicator; 112 survey
does not add up; 113 date outside the year.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from jingban.budget.book import live
from jingban.budget.models import Project, Unit
from jingban.forms.scoring import BANDS, in_band
from jingban.performance.measures import library
from jingban.performance.models import Actual, Assessment, Deviation, Indicator, Judgement, Plan, Survey
from jingban.performance.reading import number
from jingban.performance.records import (
    DeviationRecord,
    IndicatorRecord,
    JudgementRecord,
    PlanRecord,
    SurveyRecord,
    TypedActual,
)
from jingban.registry.origins import Door, entering
from jingban.registry.sheet import Mode, Outcome, Sheet
from jingban.values.i18n import gettext as _

DIRECTIONS = (">=", "<=", "=", "range")


def set_plans(
    records: Iterable[PlanRecord], door: Door, *, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """Set targets; a plan for the same project and year supersedes the older one."""
    with entering(door, dry_run=dry_run) as origin:
        sheet = Sheet(records, mode)
        units = {unit.code: unit for unit in Unit.objects.all()}
        projects = {(p.unit.code, p.code): p for p in Project.objects.select_related("unit")}
        for index, record in list(sheet.good()):
            if record.unit not in units or (record.project and (record.unit, record.project) not in projects):
                sheet.reject(index, "PRF-104", _("没有此单位或项目"))
                continue
            for code, message in _plan_findings(record):
                sheet.reject(index, code, message)
        rows = sheet.decide()
        for _index, record in rows:
            project = projects.get((record.unit, record.project))
            older = live(Plan).filter(unit=units[record.unit], year=record.year, project=project).first()
            plan = Plan.objects.create(
                origin=origin, supersedes=older, unit=units[record.unit], year=record.year, project=project,
                form=record.form, goal=record.goal, execution_weight=str(record.execution_weight),
                execution_policy=record.execution_policy,
                execution_steps=[[str(a), str(b)] for a, b in record.execution_steps],
                total_weight=str(record.total_weight), document=record.document,
                budget_fen=record.budget_fen, executed_fen=record.executed_fen,
            )  # fmt: skip
            Indicator.objects.bulk_create(
                _indicator(plan, position, item, origin)
                for position, item in enumerate(record.indicators, start=1)
            )
        return sheet.outcome(origin, accepted=len(rows))


def _indicator(plan: Plan, position: int, item: IndicatorRecord, origin: Any) -> Indicator:
    return Indicator(
        origin=origin, plan=plan, position=position, level1=item.level1, level2=item.level2, name=item.name, kind=item.kind,
        direction=item.direction if item.kind == "quantitative" else "", target=item.target, upper=item.upper,
        unit=item.unit, weight=str(item.weight), measure=item.measure, arguments=dict(item.arguments),
    )  # fmt: skip


def _plan_findings(record: PlanRecord) -> Iterable[tuple[str, str]]:
    whole = sum((item.weight for item in record.indicators), record.execution_weight)
    if whole != record.total_weight:
        yield "PRF-101", _("分值合计%(sum)s，应为%(total)s") % {"sum": whole, "total": record.total_weight}
    for group, declared in record.group_weights.items():
        found = sum((item.weight for item in record.indicators if item.level1 == group), Decimal(0))
        if found != declared:
            yield "PRF-102", _("“%(group)s”分值合计%(sum)s，应为%(total)s") % {
                "group": group, "sum": found, "total": declared,
            }  # fmt: skip
    if record.execution_policy == "steps" and not record.execution_steps:
        yield "PRF-106", _("按分档计分须给出分档表")
    for item in record.indicators:
        yield from _indicator_findings(item)


def _indicator_findings(item: IndicatorRecord) -> Iterable[tuple[str, str]]:
    named = {"name": item.name}
    if item.measure and item.measure not in library():
        yield "PRF-103", _("指标“%(name)s”：没有取数方法“%(measure)s”") % {**named, "measure": item.measure}
    if item.kind == "quantitative":
        if item.direction not in DIRECTIONS:
            yield "PRF-106", _("指标“%(name)s”：方向应为≥、≤、=或区间") % named
        if number(item.target) is None or (item.direction == "range" and number(item.upper) is None):
            yield "PRF-105", _("指标“%(name)s”：定量指标的目标值应为数字") % named
    elif item.kind != "qualitative":
        yield "PRF-106", _("指标“%(name)s”：类别应为定量或定性") % named
    if item.weight <= 0:
        yield "PRF-106", _("指标“%(name)s”：分值应大于零") % named


def _about(sheet: Sheet[Any]) -> dict[int, Indicator]:
    known = {
        row.pk: row
        for row in Indicator.objects.filter(pk__in={r.indicator for r in sheet.records}).select_related(
            "plan"
        )
    }
    for index, record in list(sheet.good()):
        if record.indicator not in known:
            sheet.reject(index, "PRF-108", _("没有此指标"))
    return known


def _supersede(table: Any, indicator: int) -> Any:
    return live(table).filter(indicator_id=indicator).order_by("-pk").first()


def type_actuals(records: Iterable[TypedActual], door: Door, *, mode: Mode = "refuse_all") -> Outcome:
    """Type actual values with their evidence; a later value for the same indicator supersedes."""
    with entering(door) as origin:
        sheet = Sheet(records, mode)
        known = _about(sheet)
        for index, record in list(sheet.good()):
            indicator = known[record.indicator]
            if not record.evidence.strip():
                sheet.reject(index, "PRF-109", _("手工填列的数须写明依据"), subject=indicator.name)
            elif indicator.kind == "quantitative" and record.applicable and number(record.value) is None:
                sheet.reject(index, "PRF-105", _("定量指标的实际值应为数字"), subject=indicator.name)
            elif record.day.year != indicator.plan.year:
                sheet.reject(index, "PRF-113", _("日期不在评价年度内"), subject=indicator.name)
        rows = sheet.decide()
        for _index, record in rows:
            Actual.objects.create(
                origin=origin, supersedes=_supersede(Actual, record.indicator), indicator_id=record.indicator,
                day=record.day, value=record.value, trace=_("手工填列"), typed=True, evidence=record.evidence,
                applicable=record.applicable,
            )  # fmt: skip
        return sheet.outcome(origin, accepted=len(rows))


def judge(records: Iterable[JudgementRecord], door: Door, *, mode: Mode = "refuse_all") -> Outcome:
    """Judge qualitative indicators: band, percentage inside it, reason (R5.1-04)."""
    with entering(door) as origin:
        sheet = Sheet(records, mode)
        known = _about(sheet)
        for index, record in list(sheet.good()):
            indicator = known[record.indicator]
            if indicator.kind != "qualitative":
                sheet.reject(index, "PRF-111", _("定量指标按数计分，不作定性评定"), subject=indicator.name)
            elif record.band not in BANDS or not in_band(record.band, record.percent):
                sheet.reject(index, "PRF-110", _("得分比例不在该档次之内"), subject=indicator.name)
            elif not record.reason.strip():
                sheet.reject(index, "PRF-109", _("定性评定须写明理由"), subject=indicator.name)
        rows = sheet.decide()
        for _index, record in rows:
            Judgement.objects.create(
                origin=origin, supersedes=_supersede(Judgement, record.indicator), indicator_id=record.indicator,
                band=record.band, percent=str(record.percent), reason=record.reason,
            )  # fmt: skip
        return sheet.outcome(origin, accepted=len(rows))


def explain_deviations(
    records: Iterable[DeviationRecord], door: Door, *, mode: Mode = "refuse_all"
) -> Outcome:
    """Write why targets were missed and what will be done."""
    with entering(door) as origin:
        sheet = Sheet(records, mode)
        known = _about(sheet)
        for index, record in list(sheet.good()):
            if not record.reason.strip():
                sheet.reject(index, "PRF-109", _("没有写原因"), subject=known[record.indicator].name)
        rows = sheet.decide()
        for _index, record in rows:
            Deviation.objects.create(
                origin=origin, supersedes=_supersede(Deviation, record.indicator), indicator_id=record.indicator,
                reason=record.reason, improvement=record.improvement,
            )  # fmt: skip
        return sheet.outcome(origin, accepted=len(rows))


def record_surveys(records: Iterable[SurveyRecord], door: Door, *, mode: Mode = "refuse_all") -> Outcome:
    """Enter satisfaction surveys."""
    with entering(door) as origin:
        sheet = Sheet(records, mode)
        units = {unit.code: unit for unit in Unit.objects.all()}
        for index, record in list(sheet.good()):
            if record.unit not in units:
                sheet.reject(index, "PRF-104", _("没有此单位或项目"))
            elif not 0 <= record.satisfied <= record.valid <= record.asked:
                sheet.reject(index, "PRF-112", _("满意数、有效答卷、发放数不合理"))
            elif record.day.year != record.year:
                sheet.reject(index, "PRF-113", _("日期不在评价年度内"))
        rows = sheet.decide()
        Survey.objects.bulk_create(
            Survey(origin=origin, unit=units[r.unit], year=r.year, name=r.name, method=r.method, day=r.day,
                   asked=r.asked, valid=r.valid, satisfied=r.satisfied)
            for _index, r in rows
        )  # fmt: skip
        return sheet.outcome(origin, accepted=len(rows))


def assess(
    plan: Plan, points: Sequence[tuple[str, bool]], conclusion: str, opinion: str, door: Door
) -> Assessment:
    """Ex-ante assessment: each point met or not, and the conclusion."""
    with entering(door) as origin:
        return Assessment.objects.create(
            origin=origin,
            plan=plan,
            points=[[title, met] for title, met in points],
            conclusion=conclusion,
            opinion=opinion,
        )
