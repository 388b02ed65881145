"""The actual value of one computed indicator, in the indicator's own unit, not yet written."""

from __future__ import annotations

import datetime as dt

from jingban.performance.measures import Basis, entry
from jingban.performance.models import Actual, Indicator, Plan
from jingban.performance.reading import number, plain, scale, shown


def basis_of(
    plan: Plan, indicator: Indicator, day: dt.date, region: str, horizon: int | None = None
) -> Basis:
    """What the indicator is counted for."""
    project = plan.project.code if plan.project else ""
    return Basis(plan.unit, plan.year, day, region, project, dict(indicator.arguments), horizon)


def count(plan: Plan, indicator: Indicator, day: dt.date, region: str, horizon: int | None = None) -> Actual:
    """The figure about the year up to ``day``, by what was known up to the origin ``horizon`` (None: now). ``exact`` is what scoring reads."""
    found = entry(indicator.measure)
    measured = found.compute(basis_of(plan, indicator, day, region, horizon))
    factor = scale(found.unit, indicator.unit)
    value = None if measured.value is None else measured.value * (1 if factor is None else factor)
    return Actual(
        indicator=indicator,
        day=day,
        value=shown(value, number(indicator.target)),
        exact="" if value is None else f"{value:f}",
        numerator=plain(measured.numerator),
        denominator=plain(measured.denominator),
        trace=measured.trace,
        applicable=measured.value is not None,
    )
