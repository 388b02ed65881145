"""Monitor in the year, finish at its end, have it reviewed by somebody else, and use it. Codes PRF-2xx and PRF-3xx.

201 no actual; 202 no judgement; 203 points lost without a reason; 204 no budget; 205 not measured at the year's end; 206
monitoring outside the year; 207 the year is not over; 301 the scorer may not review; 302 nothing final to review; 401 and 402
warnings of monitoring; 403 to 408 see :mod:`jingban.performance.stage` and :func:`use`.
"""

from __future__ import annotations

import calendar
import datetime as dt
from decimal import Decimal

from django.conf import settings
from django.db import IntegrityError

from jingban.budget.book import live
from jingban.budget.models import Unit
from jingban.casework.services.staff import accounts_of, must_be_known
from jingban.performance.measures.counting import horizon_of, midnight
from jingban.performance.models import Plan, Result, Review, Use
from jingban.performance.scoring import Scored, View, score, score_plan
from jingban.performance.stage import assessment_gap, final_result, in_force, require_open
from jingban.store import audit
from jingban.store.origins import Door, entering
from jingban.values.findings import Finding, Refused, refuse
from jingban.values.i18n import gettext as _

BEHIND = Decimal(20)
"""Percentage points behind the elapsed share of the year at which monitoring warns."""


def monitor(plan: Plan, day: dt.date, door: Door, region: str = "") -> tuple[Result, list[Finding]]:
    """Score as of a day in the year, seeing only what was known then, and warn where progress lags the time elapsed.

    Computed indicators are counted afresh for that day; ``region`` is the county they are counted in
    (the centre's own when not given).
    """
    if day.year != plan.year:
        raise refuse("PRF-206", _("监控日%(day)s不在评价年度内") % {"day": day.isoformat()})
    if not in_force(plan):
        raise refuse("PRF-403", _("此绩效目标已被新的目标取代"))
    if final_result(plan) is not None:
        raise refuse("PRF-404", _("年终自评已经定稿，不再监控"))
    scored = score(View(plan, horizon_of(day), day, region or settings.CENTRE.region))
    days = 366 if calendar.isleap(plan.year) else 365
    elapsed = Decimal(day.timetuple().tm_yday) * 100 / days
    warnings = []
    if scored.funds.rate is None:
        warnings.append(Finding("PRF-401", _("到该日没有预算，不能计算执行率"), "warning"))
    elif scored.funds.rate < elapsed - BEHIND:
        warnings.append(
            Finding("PRF-401", _("预算执行率%(rate).2f%%，落后于时间进度%(elapsed).2f%%") % {
                "rate": scored.funds.rate, "elapsed": elapsed,
            }, "warning")
        )  # fmt: skip
    warnings.extend(
        Finding("PRF-402", (_("完成%(actual)s，目标%(target)s") if row.actual else _("还没有数据，目标%(target)s"))
                % {"actual": row.actual, "target": row.target}, "warning", subject=row.indicator.name)
        for row in scored.rows
        if row.score is not None and row.score * 100 < row.weight * (elapsed - BEHIND)
    )  # fmt: skip
    with entering(door) as origin:
        result = Result.objects.create(
            origin=origin, plan=plan, phase=Result.Phase.MONITORING, day=day, scorer=door.actor, total=str(scored.total),
            grade=scored.grade, rows=rows_of(scored), warnings=[_told(one) for one in warnings],
        )  # fmt: skip
    return result, warnings


def _told(warning: Finding) -> str:
    return f"{warning.subject}：{warning.message}" if warning.subject else warning.message


def finalise(plan: Plan, day: dt.date, door: Door) -> Result:
    """The year-end self-evaluation. Refused with the full list while anything is missing."""
    require_open(plan)
    scored = score_plan(plan)
    missing = list(scored.missing)
    gap = assessment_gap(plan)
    if gap is not None:
        missing.append(gap)
    if day.year != plan.year:
        missing.append(Finding("PRF-205", _("年终自评的截止日不在评价年度内")))
    if missing:
        raise Refused(missing)
    with entering(door) as origin:
        if origin.recorded_at < midnight(day):
            raise refuse("PRF-207", _("还没有到截止日%(day)s，不能年终自评") % {"day": day.isoformat()})
        older = live(Result).filter(plan=plan, phase=Result.Phase.FINAL).order_by("-pk").first()
        result = Result.objects.create(
            origin=origin, supersedes=older, plan=plan, phase=Result.Phase.FINAL, day=day, scorer=door.actor,
            total=str(scored.total), grade=scored.grade, rows=rows_of(scored),
        )  # fmt: skip
        audit.append(
            [audit.Entry(door.actor, "performance.final", str(plan), {"总分": str(scored.total)})],
            origin.recorded_at,
        )
    return result


def rows_of(scored: Scored) -> list[dict[str, str]]:
    """The rows as kept with a result."""
    return [
        {
            "指标": row.indicator.name, "目标": row.target, "实际": row.actual, "分值": str(row.weight),
            "得分": "" if row.score is None else str(row.score), "算式": row.formula, "原因": row.reason, "依据": row.evidence,
        }
        for row in scored.rows
    ]  # fmt: skip


def review(result: Result, opinion: str, door: Door, *, total: Decimal | None = None) -> Review:
    """Another person's review; the database refuses the scorer."""
    if result.phase != Result.Phase.FINAL:
        raise refuse("PRF-302", _("只复核年终自评"))
    if final_result(result.plan) != result:
        raise refuse("PRF-302", _("此自评已被新的自评取代"))
    if result.scorer in accounts_of(door.actor):
        raise refuse("PRF-301", _("自评人不能复核自己的评分，或已复核"))
    must_be_known(door.actor)
    try:
        with entering(door) as origin:
            made = Review.objects.create(
                result=result, scorer=result.scorer, reviewer=door.actor, opinion=opinion, origin=origin,
                total=result.total if total is None else str(total),
            )  # fmt: skip
            audit.append(
                [audit.Entry(door.actor, "performance.reviewed", str(result.plan), {"总分": made.total})],
                origin.recorded_at,
            )
            return made
    except IntegrityError:
        raise refuse("PRF-301", _("自评人不能复核自己的评分，或已复核")) from None


def use(result: Result, what: str, detail: str, door: Door, *, amount_fen: int | None = None) -> Use:
    """Record what was made of a reviewed result: advice for next year's budget (with its amount), rectification, publication.

    ``what`` is a key of :class:`Use.What`. Codes: 406 not final and reviewed; 407 no such use; 408 the advice contradicts
    itself: an amount belongs to raising, keeping or cutting a budget, and stopping it leaves none.
    """
    if result.phase != Result.Phase.FINAL or not Review.objects.filter(result=result).exists():
        raise refuse("PRF-406", _("自评定稿并复核后才能应用结果"))
    if what not in Use.What.values:
        raise refuse("PRF-407", _("没有“%(what)s”这种应用方式") % {"what": what})
    budgeting = (Use.What.RAISE, Use.What.KEEP, Use.What.CUT)
    if amount_fen is not None and (amount_fen < 0 or what not in budgeting):
        raise refuse("PRF-408", _("只有增加、保持或核减次年预算才填建议数，且不小于零"))
    with entering(door) as origin:
        made = Use.objects.create(
            origin=origin, result=result, what=what, detail=detail, amount_fen=amount_fen
        )
        audit.append(
            [
                audit.Entry(
                    door.actor, "performance.used", str(result.plan), {"方式": made.get_what_display()}
                )
            ],
            origin.recorded_at,
        )
        return made


def advice(unit: Unit, year: int) -> list[Use]:
    """What the results of a year advise for the budget of the next: the newest advice of each project."""
    kinds = (Use.What.RAISE, Use.What.KEEP, Use.What.CUT, Use.What.STOP)
    found: dict[int, Use] = {}
    rows = live(Use).filter(result__plan__unit=unit, result__plan__year=year, what__in=kinds)
    for one in rows.select_related("result__plan__project", "result__plan__unit").order_by("pk"):
        found[one.result.plan_id] = one
    return list(found.values())
