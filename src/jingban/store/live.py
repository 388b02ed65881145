"""Facts as known: not retracted, not superseded, within a horizon."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models

from jingban.store import bulk


def where(table: str, alias: str, horizon: int | None = None) -> str:
    """SQL condition: the row ``alias`` of ``table`` is live as known at ``horizon`` (None: now)."""
    within = f"{alias}.origin_id <= {int(horizon)} AND " if horizon is not None else ""
    later = f" AND newer.origin_id <= {int(horizon)}" if horizon is not None else ""
    return (
        f"{within}NOT {alias}.retracted AND NOT EXISTS "
        f"(SELECT 1 FROM {table} newer WHERE newer.supersedes_id = {alias}.id{later})"
    )


def rows(
    model: type[models.Model],
    fields: Sequence[str],
    persons: Iterable[int] | None = None,
    *,
    horizon: int | None = None,
) -> list[tuple[Any, ...]]:
    """Live rows of a person fact, optionally of these persons only, ordered by person and row.

    Columns come as the database stores them; dates are turned into ``datetime.date`` on both engines.
    """
    table = model._meta.db_table
    columns = ", ".join("f." + bulk.quoted(bulk.column(model, name)) for name in fields)
    sql = f"SELECT {columns} FROM {table} f WHERE {where(table, 'f', horizon)}"
    params: list[Any] = []
    if persons is not None:
        sql += f" AND {bulk.among('f.person_id')}"
        params.append(bulk.listed(persons))
    found = bulk.fetch(f"{sql} ORDER BY f.person_id, f.id", params)
    dated = [n for n, name in enumerate(fields) if isinstance(model._meta.get_field(name), models.DateField)]
    return [_with_dates(row, dated) for row in found] if dated else found


def _with_dates(row: tuple[Any, ...], dated: list[int]) -> tuple[Any, ...]:
    values = list(row)
    for n in dated:
        if isinstance(values[n], str):
            values[n] = dt.date.fromisoformat(values[n])
    return tuple(values)


def by_person(
    model: type[models.Model],
    fields: Sequence[str],
    persons: Iterable[int] | None = None,
    *,
    horizon: int | None = None,
) -> dict[int, list[tuple[Any, ...]]]:
    """Like :func:`rows`, grouped: person id -> rows (without the person id)."""
    grouped: dict[int, list[tuple[Any, ...]]] = {}
    for person, *rest in rows(model, ["person_id", *fields], persons, horizon=horizon):
        grouped.setdefault(person, []).append(tuple(rest))
    return grouped
