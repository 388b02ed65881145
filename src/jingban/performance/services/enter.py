"""Enter plans and what only people can know. Codes PRF-1xx.

101 weights do not add up; 102 a group's weights do not add up to its header; 103 no such measure; 104 no such unit or
project; 105 the target is no number; 106 value not allowed; 108 no such indicator;
109 typed value without evidence; 110 band and percentage do not fit; 111 judgement of a quantitative indicator; 112 survey
does not add up; 113 date outside the year; 114 evidence file empty, too large or of a kind that is no evidence; 115 the unit
does not fit the measure; 116 an argument of the measure is missing or unknown; 403, 404 see :mod:`jingban.performance.stage`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from jingban.budget.book import live
from jingban.budget.models import Project, Unit
from jingban.forms.scoring import BANDS, in_band
from jingban.performance.measures import library
from jingban.performance.models import (
    Actual,
    Assessment,
    Attachment,
    Deviation,
    Indicator,
    Judgement,
    Plan,
    Survey,
)
from jingban.performance.reading import number, scale
from jingban.performance.records import (
    DeviationRecord,
    IndicatorRecord,
    JudgementRecord,
    PlanRecord,
    SurveyRecord,
    TypedActual,
)
from jingban.performance.stage import closed, final_result, in_force
from jingban.store.origins import Door, entering
from jingban.store.rows import Mode, Outcome, Rows
from jingban.values.findings import refuse
from jingban.values.i18n import document
from jingban.values.i18n import gettext as _

FILE_MAX = 20 * 1024 * 1024
FILE_KINDS = frozenset(
    {".pdf", ".docx", ".doc", ".xlsx", ".xls", ".csv", ".txt", ".jpg", ".jpeg", ".png", ".ofd", ".zip"}
)
DIRECTIONS = (">=", "<=", "=", "range")


def set_plans(
    records: Iterable[PlanRecord], door: Door, *, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """Set targets; a plan for the same project and year supersedes the older one."""
    with entering(door, dry_run=dry_run) as origin:
        sheet = Rows(records, mode)
        units = {unit.code: unit for unit in Unit.objects.all()}
        projects = {(p.unit.code, p.code): p for p in Project.objects.select_related("unit")}
        for index, record in list(sheet.good()):
            if record.unit not in units or (record.project and (record.unit, record.project) not in projects):
                sheet.reject(index, "PRF-104", _("没有此单位或项目"))
                continue
            older = _standing(units[record.unit], record.year, projects.get((record.unit, record.project)))
            if older is not None and closed(older):
                sheet.reject(index, "PRF-404", _("年终自评已定稿并复核，不能再改目标"))
            for code, message in _plan_findings(record):
                sheet.reject(index, code, message)
        rows = sheet.decide()
        for _index, record in rows:
            project = projects.get((record.unit, record.project))
            older = _standing(units[record.unit], record.year, project)
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


def _standing(unit: Unit, year: int, project: Project | None) -> Plan | None:
    found: Plan | None = live(Plan).filter(unit=unit, year=year, project=project).first()
    return found


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
    elif item.measure:
        yield from _measure_findings(item)
    if item.kind == "quantitative":
        if item.direction not in DIRECTIONS:
            yield "PRF-106", _("指标“%(name)s”：方向应为≥、≤、=或区间") % named
        if number(item.target) is None or (item.direction == "range" and number(item.upper) is None):
            yield "PRF-105", _("指标“%(name)s”：定量指标的目标值应为数字") % named
    elif item.kind != "qualitative":
        yield "PRF-106", _("指标“%(name)s”：类别应为定量或定性") % named
    if item.weight <= 0:
        yield "PRF-106", _("指标“%(name)s”：分值应大于零") % named


def _measure_findings(item: IndicatorRecord) -> Iterable[tuple[str, str]]:
    """A computed indicator must be a number, in a unit that fits, and say what its measure needs to know."""
    found, named = library()[item.measure], {"name": item.name}
    if item.kind != "quantitative":
        yield "PRF-106", _("指标“%(name)s”：由系统取数的指标应为定量") % named
    if scale(found.unit, item.unit) is None:
        yield "PRF-115", _("指标“%(name)s”：计量单位“%(unit)s”与取数方法的“%(right)s”不符") % {
            **named, "unit": item.unit, "right": found.unit,
        }  # fmt: skip
    known = {argument.name: argument for argument in found.arguments}
    for name in item.arguments:
        if name not in known:
            yield "PRF-116", _("指标“%(name)s”：取数方法没有参数“%(argument)s”") % {**named, "argument": name}
    for name, argument in known.items():
        if argument.required and not item.arguments.get(name):
            yield "PRF-116", _("指标“%(name)s”：取数方法须写明参数 %(argument)s（%(title)s）") % {
                **named, "argument": name, "title": argument.title,
            }  # fmt: skip


def _about(sheet: Rows[Any]) -> dict[int, Indicator]:
    known = {
        row.pk: row
        for row in Indicator.objects.filter(pk__in={r.indicator for r in sheet.records}).select_related(
            "plan"
        )
    }
    for index, record in list(sheet.good()):
        plan = known[record.indicator].plan if record.indicator in known else None
        if plan is None:
            sheet.reject(index, "PRF-108", _("没有此指标"))
        elif not in_force(plan):
            sheet.reject(index, "PRF-403", _("此绩效目标已被新的目标取代"))
        elif closed(plan):
            sheet.reject(index, "PRF-404", _("年终自评已定稿并复核，不能再改动"))
    return known


def _supersede(table: Any, indicator: int) -> Any:
    return live(table).filter(indicator_id=indicator).order_by("-pk").first()


def type_actuals(records: Iterable[TypedActual], door: Door, *, mode: Mode = "refuse_all") -> Outcome:
    """Type actual values with their evidence; a later value for the same indicator supersedes."""
    with entering(door) as origin:
        sheet = Rows(records, mode)
        known = _about(sheet)
        for index, record in list(sheet.good()):
            indicator = known[record.indicator]
            if not record.evidence.strip():
                sheet.reject(index, "PRF-109", _("手工填列的数须写明依据"), subject=indicator.name)
            elif indicator.kind == "quantitative" and record.applicable and number(record.value) is None:
                sheet.reject(index, "PRF-105", _("定量指标的实际值应为数字"), subject=indicator.name)
            elif record.day.year != indicator.plan.year:
                sheet.reject(index, "PRF-113", _("日期不在评价年度内"), subject=indicator.name)
            for file in record.files:
                if not 0 < len(file.content) <= FILE_MAX or Path(file.name).suffix.lower() not in FILE_KINDS:
                    message = _("佐证材料“%(name)s”是空的、超过20MB，或不是文档、表格、图片") % {
                        "name": file.name
                    }
                    sheet.reject(index, "PRF-114", message, subject=indicator.name)
        rows = sheet.decide()
        for _index, record in rows:
            actual = Actual.objects.create(
                origin=origin, supersedes=_supersede(Actual, record.indicator), indicator_id=record.indicator,
                day=record.day, value=record.value, trace=document("手工填列"), typed=True, evidence=record.evidence,
                applicable=record.applicable,
            )  # fmt: skip
            Attachment.objects.bulk_create(
                Attachment(
                    actual=actual, name=Path(file.name).name[:200], size=len(file.content), content=file.content,
                    digest=hashlib.sha256(file.content).hexdigest(), origin=origin,
                )
                for file in record.files
            )  # fmt: skip
        return sheet.outcome(origin, accepted=len(rows))


def judge(records: Iterable[JudgementRecord], door: Door, *, mode: Mode = "refuse_all") -> Outcome:
    """Judge qualitative indicators: band, percentage inside it, reason (R5.1-04)."""
    with entering(door) as origin:
        sheet = Rows(records, mode)
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
        sheet = Rows(records, mode)
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


def record_surveys(
    records: Iterable[SurveyRecord], door: Door, *, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """Enter satisfaction surveys."""
    with entering(door, dry_run=dry_run) as origin:
        sheet = Rows(records, mode)
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
    """Ex-ante assessment: each point met or not, and the conclusion. A later one supersedes; none after the final score."""
    if conclusion not in Assessment.Conclusion.values:
        raise refuse("PRF-106", _("评估结论应为予以支持、调整后支持或不予支持"))
    if final_result(plan) is not None:
        raise refuse("PRF-404", _("年终自评已经定稿，不再做事前评估"))
    if not in_force(plan):
        raise refuse("PRF-403", _("此绩效目标已被新的目标取代"))
    with entering(door) as origin:
        return Assessment.objects.create(
            origin=origin,
            supersedes=live(Assessment).filter(plan=plan).order_by("-pk").first(),
            plan=plan,
            points=[[title, met] for title, met in points],
            conclusion=conclusion,
            opinion=opinion,
        )
