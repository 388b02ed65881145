"""The law a run was made with: kept with the run, compared with the run before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from jingban.payments.models.reviewed import Reviewed
from jingban.policy.tables import COLUMNS
from jingban.registry.law import Rows, tables

__all__ = ["OWED", "Rows", "changed_from", "kept", "of_then", "tables"]

OWED = ("basic", "age", "years", "funeral", "scalar")
"""Tables on which the amounts owed depend. The others decide only whether somebody can be paid now."""


OPENED = "opened"
"""Under this name a run keeps the law known on each day on which books were opened, by that day."""


def kept(law: Mapping[str, Rows]) -> dict[str, list[list[int]]]:
    """What a run or a credit keeps of its law: all of it, so that it can be computed again."""
    return {name: [list(row) for row in rows] for name, rows in law.items()}


def changed_from(before: Mapping[str, Any], now: Mapping[str, Rows]) -> int | None:
    """The first month for which another amount may be owed than the law ``before`` said; None when nothing changed.

    What is in force in a month is compared, not how it is written: a standard that ends because the next one became known is
    the same standard until then.
    """
    months = []
    for name in OWED:
        start, end = (COLUMNS[name].index(column) for column in ("from_month", "to_month"))
        old = [tuple(row) for row in before.get(name, [])]
        bounds = sorted({row[bound] for row in (*old, *now[name]) for bound in (start, end)})
        months += [
            month
            for month in bounds
            if _in_force(old, start, end, month) != _in_force(now[name], start, end, month)
        ][:1]
    return min(months, default=None)


def _in_force(rows: Rows, start: int, end: int, month: int) -> Counter[tuple[int, ...]]:
    """The rows of a month without their bounds, which are the columns ``start`` and ``end``."""
    return Counter(
        tuple(value for column, value in enumerate(row) if column not in (start, end))
        for row in rows
        if row[start] <= month < row[end]
    )


def of_then(one: Reviewed) -> tuple[dict[str, Rows], dict[str, dict[str, Rows]], list[str]]:
    """The law a run or a credit was made with; what it kept of the law of the days on which books were opened; and the tables that
    were not kept then and are read from the files instead."""
    law = _rows({name: rows for name, rows in one.law.items() if name != OPENED})
    missing = [name for name in COLUMNS if name not in law]
    if missing:
        found = tables(one.region_id, one.known_on)
        law.update({name: found[name] for name in missing})
    return law, {day: _rows(known) for day, known in one.law.get(OPENED, {}).items()}, missing


def _rows(kept_rows: Mapping[str, Any]) -> dict[str, Rows]:
    return {name: [tuple(row) for row in rows] for name, rows in kept_rows.items()}
