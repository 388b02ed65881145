"""Count the actuals of a plan's computed indicators at a day."""

from __future__ import annotations

import datetime as dt

from jingban.budget.book import live
from jingban.performance.measures import Basis, entry
from jingban.performance.models import Actual, Plan
from jingban.performance.reading import live_indicators, plain
from jingban.registry.origins import Door, entering


def measure_plan(plan: Plan, day: dt.date, region: str, door: Door) -> list[Actual]:
    """One new actual per computed indicator, superseding the older one. Typed ones are left alone."""
    with entering(door) as origin:
        found = []
        for indicator in live_indicators(plan):
            if not indicator.measure:
                continue
            basis = Basis(
                plan.unit,
                plan.year,
                day,
                region,
                plan.project.code if plan.project else "",
                dict(indicator.arguments),
            )
            measured = entry(indicator.measure).compute(basis)
            older = live(Actual).filter(indicator=indicator).order_by("-pk").first()
            made = Actual.objects.create(
                origin=origin,
                supersedes=older,
                indicator=indicator,
                day=day,
                value=plain(measured.value),
                numerator=plain(measured.numerator),
                denominator=plain(measured.denominator),
                trace=measured.trace,
                applicable=measured.value is not None,
            )
            found.append(made)
        return found
