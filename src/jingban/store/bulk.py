"""Fast writing and reading of many rows: COPY on PostgreSQL, executemany on SQLite; lists of keys as one parameter."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

BATCH = 20_000


def column(model: type[models.Model], field: str) -> str:
    """Database column of a field, given as ``person`` or ``person_id``; raises ``LookupError`` for a wrong name."""
    for known in model._meta.concrete_fields:
        if field in (known.name, known.attname):
            return str(known.column)
    raise LookupError(f"{model.__name__} has no field {field}")


def quoted(name: str) -> str:
    """A column name as SQL takes it, also where it is a word of SQL (``foreign``)."""
    return str(connection.ops.quote_name(name))


def insert(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Append rows given in the order of ``fields``; fields not named take the model's default. Returns the row count.

    Dates are written in ISO form; everything else as the driver does. Runs inside the caller's transaction.
    """
    given = list(fields)
    defaults = [
        (field.attname, field.get_default())
        for field in model._meta.concrete_fields
        if not field.primary_key and field.attname not in given and field.name not in given
    ]
    columns = ", ".join(
        quoted(column(model, name)) for name in [*given, *(name for name, _value in defaults)]
    )
    table = model._meta.db_table
    count = 0
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            tail = tuple(value for _name, value in defaults)
            copying = f"COPY {table} ({columns}) FROM STDIN"
            with connection.wrap_database_errors, cursor.copy(copying) as copy:
                for row in rows:
                    copy.write_row((*row, *tail))
                    count += 1
            return count
        # Defaults stand in the statement: bound to every row they would cost as much as the row itself.
        marks = ", ".join([*["%s"] * len(given), *(_constant(value) for _name, value in defaults)])
        statement = f"INSERT INTO {table} ({columns}) VALUES ({marks})"
        waiting = iter(rows)
        while batch := list(itertools.islice(waiting, BATCH)):
            cursor.executemany(statement, batch)
            count += len(batch)
    return count


def _constant(value: Any) -> str:
    """A model's default as SQLite reads it in a statement."""
    match value:
        case None:
            return "NULL"
        case int():
            return str(int(value))
        case str():
            return "'" + value.replace("'", "''").replace("%", "%%") + "'"
    raise TypeError(f"a default that has to be given row by row: {value!r}")


def moment(at: dt.datetime) -> Any:
    """A moment as :func:`insert` must be given it: SQLite keeps UTC without zone."""
    if connection.vendor == "postgresql":
        return at
    return at.astimezone(dt.UTC).replace(tzinfo=None).isoformat(" ")


def reserve_ids(model: type[models.Model], count: int) -> range | list[int]:
    """``count`` fresh primary keys, so that children can be written without reading back. Call under the register's lock."""
    if not count:
        return range(0)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"SELECT nextval(pg_get_serial_sequence('{table}', 'id')) FROM generate_series(1, %s)",
                [count],
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT COALESCE((SELECT seq FROM sqlite_sequence WHERE name = %s), 0)", [table])
        first = cursor.fetchone()[0] + 1
    return range(first, first + count)


def among(expression: str, *, text: bool = False) -> str:
    """SQL ``expression IN (one list parameter)``; pass :func:`listed` as the parameter."""
    if connection.vendor == "postgresql":
        return f"{expression} = ANY(%s::{'text' if text else 'bigint'}[])"
    return f"{expression} IN (SELECT value FROM json_each(%s))"


def listed(values: Iterable[Any]) -> Any:
    """A list as the one parameter of :func:`among`."""
    unique = list(dict.fromkeys(values))
    return unique if connection.vendor == "postgresql" else json.dumps(unique)


def fetch(sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """All rows of a SELECT."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())
