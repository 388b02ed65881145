"""Count the actuals of a plan's computed indicators at a day. Codes PRF-4xx.

403 the targets are no longer in force; 404 the self-evaluation is final and reviewed.
"""

from __future__ import annotations

import datetime as dt

from jingban.budget.book import live
from jingban.performance.counted import count
from jingban.performance.models import Actual, Plan
from jingban.performance.reading import live_indicators
from jingban.performance.stage import require_open
from jingban.store.origins import Door, entering


def measure_plan(plan: Plan, day: dt.date, region: str, door: Door) -> list[Actual]:
    """One new actual per computed indicator, superseding the older one. Typed ones are left alone.

    The figures are about the year up to ``day``, by everything known now: December's vouchers come in January.
    """
    require_open(plan)
    with entering(door) as origin:
        found = []
        for indicator in live_indicators(plan):
            if not indicator.measure:
                continue
            made = count(plan, indicator, day, region)
            made.origin = origin
            made.supersedes = live(Actual).filter(indicator=indicator).order_by("-pk").first()
            made.save(force_insert=True)
            found.append(made)
        return found
