"""Tables that only grow: the database itself refuses UPDATE, DELETE and TRUNCATE, on SQLite and PostgreSQL.

Any room marks a model with ``append_only = True`` and puts :class:`AppendOnly` into the migration that creates its table.
A later migration that rebuilds the table (SQLite does this for most alterations, and loses triggers) repeats the operation;
:func:`unprotected` finds tables that lost their triggers, and a test asks it.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.migrations.operations.base import Operation

_MESSAGE = "REG-001 事实表只增不改：{table}"
_FUNCTION = """
CREATE OR REPLACE FUNCTION jingban_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'REG-001 事实表只增不改：%%', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""


class AppendOnly(Operation):
    """Migration operation: ``AppendOnly("registry_death", …)`` with database table names."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, *tables: str) -> None:
        self.tables = tables

    def deconstruct(self) -> tuple[str, list[str], dict[str, Any]]:
        return ("AppendOnly", list(self.tables), {})

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models do not change."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for statement in statements(schema_editor.connection.vendor, self.tables):
            schema_editor.execute(statement, None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for table in self.tables:
            for name in ("update", "delete", "truncate"):
                suffix = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{name}{suffix}")

    def describe(self) -> str:
        return f"Refuse UPDATE and DELETE on {', '.join(self.tables)}"


def statements(vendor: str, tables: tuple[str, ...]) -> list[str]:
    """The SQL that protects the tables."""
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER IF NOT EXISTS {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{_MESSAGE.format(table=table)}'); END"
            for table in tables
            for verb in ("update", "delete")
        ]
    if vendor == "postgresql":
        rows = [
            f"CREATE OR REPLACE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION jingban_refuse_change()"
            for table in tables
            for verb in ("update", "delete")
        ]
        whole = [
            f"CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION jingban_refuse_change()"
            for table in tables
        ]
        return [_FUNCTION.replace("%%", "%"), *rows, *whole]
    raise ValueError(f"no append-only triggers for {vendor}")


def tables() -> list[str]:
    """Every table that must be append-only, over all installed rooms."""
    return sorted(model._meta.db_table for model in apps.get_models() if getattr(model, "append_only", False))


def unprotected(connection: Any) -> list[str]:
    """Append-only tables whose triggers are missing in this database."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
        present = {row[0] for row in cursor.fetchall()}
    verbs = ("update", "delete") if connection.vendor == "sqlite" else ("update", "delete", "truncate")
    return [table for table in tables() if not all(f"{table}_no_{verb}" in present for verb in verbs)]
