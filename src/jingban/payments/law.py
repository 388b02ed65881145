"""The law a run was made with: kept with the run, compared with the run before."""

from __future__ import annotations

from jingban.policy.tables import COLUMNS
from jingban.registry.law import Rows, tables

__all__ = ["OWED", "Rows", "changed_from", "kept", "tables"]

OWED = ("basic", "age", "years", "funeral", "scalar")
"""Tables on which the amounts owed depend. The others decide only whether somebody can be paid now."""


def kept(law: dict[str, Rows]) -> dict[str, list[list[int]]]:
    """What a run keeps of its law."""
    return {name: [list(row) for row in law[name]] for name in OWED}


def changed_from(before: dict[str, list[list[int]]], now: dict[str, Rows]) -> int | None:
    """The first month for which another amount may be owed than the law ``before`` said; None when nothing changed."""
    months = []
    for name in OWED:
        first = COLUMNS[name].index("from_month")
        difference = {tuple(row) for row in before.get(name, [])} ^ set(now[name])
        months += [row[first] for row in difference]
    return min(months, default=None)
