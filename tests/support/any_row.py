"""A row of any table with made-up content, put past every guard: what is tested is what can be done with it afterwards."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from django.db import connection, models

_numbers = itertools.count(1)


def made_up(field: models.Field[Any, Any], number: int) -> Any:
    """A value of the column; different numbers give different values."""
    kind = field.get_internal_type()
    if kind in ("ForeignKey", "OneToOneField"):
        return number
    if kind == "JSONField":
        return f'{{"n": {number}}}'
    if kind == "BooleanField":
        return bool(number % 2)
    if kind == "DateTimeField":
        return dt.datetime(2020, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=number)
    if kind == "DateField":
        return dt.date(2020, 1, 1) + dt.timedelta(days=number)
    if kind == "BinaryField":
        return str(number).encode()
    if "Integer" in kind or kind == "BigAutoField" or kind == "AutoField":
        return number
    if kind in ("CharField", "TextField", "SlugField", "FileField", "GenericIPAddressField"):
        return "127.0.0.1" if kind == "GenericIPAddressField" else f"{number}{field.name}"[: field.max_length]
    raise AssertionError(kind)


def put(model: type[models.Model], *, guarded: bool = False, **values: Any) -> int:
    """INSERT a row and say its key. ``guarded``: the triggers of the product stand. ``values`` by column."""
    number = next(_numbers)
    table = model._meta.db_table
    row = {field.column: made_up(field, number) for field in model._meta.concrete_fields} | values
    names, marks = ", ".join(f'"{name}"' for name in row), ", ".join(["%s"] * len(row))
    with connection.cursor() as cursor:
        off, on = _guards(cursor, table, guarded)
        for statement in off:
            cursor.execute(statement)
        try:
            cursor.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))
        finally:
            if not connection.in_atomic_block:
                for statement in on:
                    cursor.execute(statement)
    return int(row[model._meta.pk.column])  # type: ignore[union-attr]


def _guards(cursor: Any, table: str, guarded: bool) -> tuple[list[str], list[str]]:
    """What takes the guards of a table away and what brings them back; CHECK and foreign keys are gone for good."""
    if connection.vendor == "sqlite":
        loose = ["PRAGMA foreign_keys=OFF", "PRAGMA ignore_check_constraints=ON"]
        if guarded:
            return loose, []
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
        )
        triggers = cursor.fetchall()
        return [*loose, *(f'DROP TRIGGER "{name}"' for name, _sql in triggers)], [
            sql for _name, sql in triggers
        ]
    cursor.execute(
        "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('c', 'f')", [table]
    )
    loose = [f'ALTER TABLE {table} DROP CONSTRAINT "{name}"' for (name,) in cursor.fetchall()]
    if guarded:
        return loose, []
    return [*loose, "SET session_replication_role = replica"], ["SET session_replication_role = origin"]
