"""Budgets that forms of the same file print beside an executed amount: rows of funds tables and basic-data tables."""

from __future__ import annotations

from decimal import Decimal

from jingban.checker.context import Context
from jingban.checker.figures import Figure


def executed_budgets(context: Context, actual: Figure) -> list[Figure]:
    """Budget figures printed in the row of a form whose executed figure is ``actual`` to the last digit."""
    if not actual.value:
        return []
    found: list[Figure] = []
    for form in context.claims.evaluations:
        for row in form.funds:
            if row.executed is not None and _same(row.executed, actual):
                found += [one for one in (row.full, row.initial) if one is not None and one.value > 0]
    for table in context.claims.base_data:
        for line in table.lines:
            if line.actual is not None and _same(line.actual, actual) and line.budget is not None:
                found.append(line.budget)
    return found


def _same(one: Figure, other: Figure) -> bool:
    """Equal in yuan; forms that print no unit count in 万元."""
    if one.dimension == "plain":
        return one.value * Decimal(10000) == other.value or one.value == other.value
    return one.value == other.value
