"""The same agency's other documents as seen from one of them (X1 rules)."""

from __future__ import annotations

from jingban.checker.claims.statements import Statement
from jingban.checker.context import Context


def last_year(context: Context) -> list[Context]:
    """Final accounts or self-evaluations of the year before."""
    if context.year is None:
        return []
    return [
        other
        for other in context.corpus
        if other is not context
        and other.year == context.year - 1
        and other.has_kind("final", "selfeval", "fund.final")
    ]


def budgets(context: Context) -> list[Context]:
    """Published budgets of the same year."""
    return [
        other
        for other in context.corpus
        if other is not context and other.year == context.year and other.has_kind("budget")
    ]


def stated(context: Context, indicator: str, basis: str, caliber: str) -> Statement | None:
    """The one value a document states, or None when it states none or several that differ."""
    found = [
        one
        for one in context.claims.statements
        if one.indicator == indicator and one.basis == basis and (not caliber or one.caliber == caliber)
    ]
    if not found or len({one.figure.value for one in found}) > 1:
        return None
    return found[0]
