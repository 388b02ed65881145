"""Where a plan stands in its life: assessed, in force, final, reviewed. Every step asks here whether its turn has come.

Codes: PRF-403 the targets are no longer in force; PRF-404 final and reviewed, so nothing about it changes any more
(unless the books have changed since: then it must be finished and reviewed again);
PRF-405 a new project without an ex-ante assessment, or one that was not supported; PRF-406 not yet reviewed.
"""

from __future__ import annotations

from jingban.budget.book import live
from jingban.performance.models import Assessment, Plan, Result, Review
from jingban.performance.scoring import Scored, score_plan
from jingban.values.findings import Finding, refuse
from jingban.values.i18n import gettext as _


def in_force(plan: Plan) -> bool:
    """Whether no newer targets took the plan's place."""
    return live(Plan).filter(pk=plan.pk).exists()


def final_result(plan: Plan) -> Result | None:
    """The newest year-end self-evaluation."""
    found: Result | None = live(Result).filter(plan=plan, phase=Result.Phase.FINAL).order_by("-pk").first()
    return found


def agrees(result: Result, scored: Scored) -> bool:
    """Whether a self-evaluation is still what the data say; books corrected afterwards may say otherwise."""
    return str(scored.total) == result.total and not scored.missing


def closed(plan: Plan) -> bool:
    """Whether the newest self-evaluation has been reviewed by another person, and the data have not left it behind since."""
    result = final_result(plan)
    if result is None or not Review.objects.filter(result=result).exists():
        return False
    return agrees(result, score_plan(plan))


def assessment(plan: Plan) -> Assessment | None:
    """The newest ex-ante assessment of the project's plan of that year, of an older version of the targets too."""
    plans = Plan.objects.filter(unit=plan.unit, year=plan.year, project=plan.project)
    found: Assessment | None = live(Assessment).filter(plan__in=plans).order_by("-pk").first()
    return found


def require_open(plan: Plan) -> None:
    """Refuses what would change a plan that is out of force, or final and reviewed."""
    if not in_force(plan):
        raise refuse("PRF-403", _("此绩效目标已被新的目标取代"))
    if closed(plan):
        raise refuse("PRF-404", _("年终自评已定稿并复核，不能再改动"))


def assessment_gap(plan: Plan) -> Finding | None:
    """A project that begins this year wants an ex-ante assessment that supports it (中发〔2018〕34号 第八条)."""
    if plan.project is None or plan.project.since_year != plan.year:
        return None
    made = assessment(plan)
    if made is None:
        return Finding("PRF-405", _("本年新设的项目没有事前绩效评估"), subject=plan.project.name)
    if made.conclusion == Assessment.Conclusion.REJECT:
        return Finding("PRF-405", _("事前绩效评估的结论是不予支持"), subject=plan.project.name)
    return None
