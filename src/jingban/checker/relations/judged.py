"""Every relation over every reading of one document, in a fixed order; computed once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jingban.checker.reading.discourse import Book
from jingban.checker.relations import (
    balances,
    changes,
    completions,
    counts,
    directions,
    levels,
    means,
    movements,
    shares,
    sums,
    targets,
)
from jingban.checker.relations.arithmetic import Judge

if TYPE_CHECKING:
    from jingban.checker.context import Context


def judge(context: Context) -> Judge:
    """All verdicts of a document, kept with its context."""
    kept = context.cache.get("relations")
    if isinstance(kept, Judge):
        return kept
    found = context.cache["relations"] = Judge(Book(context))
    for part in (
        changes,
        completions,
        shares,
        sums,
        targets,
        balances,
        counts,
        movements,
        means,
        directions,
        levels,
    ):
        part.run(found)
    doubled = {id(verdict.at) for verdict in found.verdicts if verdict.relation == "both_sides"}
    for verdict in found.verdicts if doubled else ():
        if (
            verdict.state == "broken"
            and verdict.at.kind in ("rate", "change")
            and id(verdict.at.head) in doubled
        ):
            verdict.state = "unread"  # measured from a total that is wrong itself
    return found
