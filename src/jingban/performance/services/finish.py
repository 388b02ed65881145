"""Monitor in the year, finish at its end, have it reviewed by somebody else, and use it. Codes PRF-2xx and PRF-3xx.

201 no actual; 202 no judgement; 203 points lost without a reason; 204 no budget; 205 not measured at the year's end;
301 the scorer may not review; 302 nothing final to review.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import IntegrityError

from jingban.budget.book import live
from jingban.performance.models import Plan, Result, Review, Use
from jingban.performance.scoring import Scored, score_plan
from jingban.registry import audit
from jingban.registry.origins import Door, entering
from jingban.values.findings import Finding, Refused, refuse
from jingban.values.i18n import gettext as _

BEHIND = Decimal(20)
"""Percentage points behind the elapsed share of the year at which monitoring warns."""


def monitor(plan: Plan, day: dt.date, door: Door) -> tuple[Result, list[Finding]]:
    """Score as of a day in the year and warn where progress lags the time elapsed."""
    scored = score_plan(plan)
    elapsed = Decimal(day.timetuple().tm_yday) * 100 / (366 if plan.year % 4 == 0 else 365)
    warnings = []
    if scored.funds.rate is not None and scored.funds.rate < elapsed - BEHIND:
        warnings.append(
            Finding("PRF-401", _("预算执行率%(rate).2f%%，落后于时间进度%(elapsed).2f%%") % {
                "rate": scored.funds.rate, "elapsed": elapsed,
            }, "warning")
        )  # fmt: skip
    warnings.extend(
        Finding("PRF-402", _("完成%(actual)s，目标%(target)s") % {"actual": row.actual or _("无数据"), "target": row.target},
                "warning", subject=row.indicator.name)
        for row in scored.rows
        if row.score is not None and row.score * 100 < row.weight * (elapsed - BEHIND)
    )  # fmt: skip
    with entering(door) as origin:
        result = Result.objects.create(
            origin=origin, plan=plan, phase=Result.Phase.MONITORING, day=day, scorer=door.actor, total=str(scored.total),
            grade=scored.grade, rows=rows_of(scored),
        )  # fmt: skip
    return result, warnings


def finalise(plan: Plan, day: dt.date, door: Door) -> Result:
    """The year-end self-evaluation. Refused with the full list while anything is missing."""
    scored = score_plan(plan)
    missing = list(scored.missing)
    if day.year != plan.year:
        missing.append(Finding("PRF-205", _("年终自评的截止日不在评价年度内")))
    if missing:
        raise Refused(missing)
    with entering(door) as origin:
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


def use(result: Result, what: str, detail: str, door: Door) -> Use:
    """Record what was made of a result."""
    with entering(door) as origin:
        return Use.objects.create(origin=origin, result=result, what=what, detail=detail)
