"""Corrections: a new row that supersedes an old one, in bulk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import models

from jingban.store import bulk
from jingban.store.models import Origin


def supersede(model: type[models.Model], origin: Origin, changes: Mapping[int, Mapping[str, Any]]) -> int:
    """Write one new row for each old row id: a copy with the given fields changed. ``{"retracted": True}`` withdraws.

    The caller has made sure that the old rows are live; a row superseded twice violates a unique constraint.
    """
    table = model._meta.db_table
    fields = [str(field.column) for field in model._meta.concrete_fields if not field.primary_key]
    old = bulk.fetch(
        f"SELECT id, {', '.join(map(bulk.quoted, fields))} FROM {table} WHERE {bulk.among('id')} ORDER BY id",
        [bulk.listed(changes)],
    )
    rows = []
    for pk, *values in old:
        row = dict(zip(fields, values, strict=True))
        row.update({bulk.column(model, name): _plain(value) for name, value in changes[pk].items()})
        row["origin_id"], row["supersedes_id"] = origin.pk, pk
        rows.append(tuple(row[name] for name in fields))
    return bulk.insert(model, fields, rows)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
