"""Tables whose rows move: the database itself lets a state go only along its arrows, on SQLite and PostgreSQL.

A machine is described by its moves: from which state to which, and the columns that come with the move. Everything else of a row is
fixed from the moment it is written. What a row computes right after it was made (a move that stays in its state) is written once: as
long as the first of its columns is empty. A row begins in the first state with the columns of its later moves empty; nothing is
deleted, truncated or replaced.

Any room marks a model with ``machine = Machine(…)`` and puts the same description into a migration; a test tries every pair of states
and every column of every machine.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.migrations.operations.base import Operation

Moves = dict[tuple[str, str], tuple[str, ...]]
"""(from, to) → columns written with the move. ``from`` = ``to``: written once while the row is in that state."""


class Machine(Operation):
    """Migration operation that installs the triggers. ``columns``: every column of the table but ``id`` and ``state``."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, table: str, first: str, moves: Moves, columns: tuple[str, ...], message: str) -> None:
        """``message`` begins with its code; it must not contain quotes."""
        self.table, self.first, self.moves, self.columns, self.message = table, first, moves, columns, message

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return ("Machine", [self.table, self.first, self.moves, self.columns, self.message], {})

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models do not change."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for statement in self.statements(schema_editor.connection.vendor):
            schema_editor.execute(statement, None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        postgres = schema_editor.connection.vendor == "postgresql"
        on = f" ON {self.table}" if postgres else ""
        for name in self.triggers(schema_editor.connection.vendor):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
        if postgres:
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {self.table}_machine()")

    def describe(self) -> str:
        return f"Rows of {self.table} move only along their arrows"

    def triggers(self, vendor: str) -> list[str]:
        """Names of the triggers."""
        words = ("moves", "begins", "stays") if vendor == "sqlite" else ("moves", "stays", "whole")
        return [f"{self.table}_machine_{word}" for word in words]

    def statements(self, vendor: str) -> list[str]:
        """The SQL that protects the table."""
        moves, begins, stays = self.triggers("sqlite")
        told = self.message
        if vendor == "sqlite":
            refused = f"BEGIN SELECT RAISE(ABORT, '{told}'); END"
            again = f"EXISTS (SELECT 1 FROM {self.table} o WHERE o.id = NEW.id)"
            return [
                f"CREATE TRIGGER IF NOT EXISTS {moves} BEFORE UPDATE ON {self.table} WHEN {self._wrong('IS NOT')} {refused}",
                f"CREATE TRIGGER IF NOT EXISTS {begins} BEFORE INSERT ON {self.table} WHEN {self._begun()} OR {again} {refused}",
                f"CREATE TRIGGER IF NOT EXISTS {stays} BEFORE DELETE ON {self.table} {refused}",
            ]
        moves, stays, whole = self.triggers("postgresql")
        refused = f"RAISE EXCEPTION '{told}' USING ERRCODE = 'restrict_violation'"
        call = f"EXECUTE FUNCTION {self.table}_machine()"
        return [
            f"CREATE OR REPLACE FUNCTION {self.table}_machine() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF TG_OP = 'INSERT' THEN IF {self._begun()} THEN {refused}; END IF; RETURN NEW; "
            f"ELSIF TG_OP = 'UPDATE' THEN IF {self._wrong('IS DISTINCT FROM')} THEN {refused}; END IF; RETURN NEW; "
            f"ELSE {refused}; END IF; END $$",
            f"CREATE OR REPLACE TRIGGER {moves} BEFORE INSERT OR UPDATE ON {self.table} FOR EACH ROW {call}",
            f"CREATE OR REPLACE TRIGGER {stays} BEFORE DELETE ON {self.table} FOR EACH ROW {call}",
            f"CREATE OR REPLACE TRIGGER {whole} BEFORE TRUNCATE ON {self.table} FOR EACH STATEMENT {call}",
        ]

    def _wrong(self, differs: str) -> str:
        """SQL: this UPDATE is none of the moves."""
        arrows = " OR ".join(f"(OLD.state = '{a}' AND NEW.state = '{b}')" for a, b in self.moves if a != b)
        wrong = [f"OLD.id {differs} NEW.id", f"(NEW.state <> OLD.state AND NOT ({arrows}))"]
        for column in self.columns:
            allowed = []
            for (a, b), named in self.moves.items():
                if column in named:
                    once = f" AND {_empty('OLD.' + named[0])}" if a == b else ""
                    allowed.append(f"(OLD.state = '{a}' AND NEW.state = '{b}'{once})")
            but = f" AND NOT ({' OR '.join(allowed)})" if allowed else ""
            wrong.append(f"(OLD.{column} {differs} NEW.{column}{but})")
        return " OR ".join(wrong)

    def _begun(self) -> str:
        """SQL: this INSERT does not begin at the beginning."""
        later = dict.fromkeys(column for (a, b), named in self.moves.items() if a != b for column in named)
        return " OR ".join(
            [f"NEW.state <> '{self.first}'", *(f"NOT ({_empty('NEW.' + column)})" for column in later)]
        )


def _empty(column: str) -> str:
    return f"COALESCE(CAST({column} AS TEXT), '') IN ('', '{{}}')"


class Parts(Operation):
    """Migration operation: rows of ``tables`` are added to a row of ``whole`` (column ``key``) only while it is being computed, that is in the
    state ``first`` and with ``made`` still empty. Afterwards nobody slips another line under what was looked at."""

    reversible = True
    reduces_to_sql = True

    def __init__(
        self, whole: str, key: str, first: str, made: str, tables: tuple[str, ...], message: str
    ) -> None:
        self.whole, self.key, self.first, self.made, self.tables, self.message = (
            whole,
            key,
            first,
            made,
            tables,
            message,
        )

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return ("Parts", [self.whole, self.key, self.first, self.made, self.tables, self.message], {})

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models do not change."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        open_ = f"w.state = '{self.first}' AND {_empty(f'w.{self.made}')}"
        for table in self.tables:
            if schema_editor.connection.vendor == "sqlite":
                schema_editor.execute(
                    f"CREATE TRIGGER IF NOT EXISTS {table}_in_time BEFORE INSERT ON {table} WHEN NOT EXISTS (SELECT 1 FROM {self.whole} w "
                    f"WHERE w.id = NEW.{self.key} AND {open_}) BEGIN SELECT RAISE(ABORT, '{self.message}'); END",
                    None,
                )
                continue
            schema_editor.execute(
                f"CREATE OR REPLACE FUNCTION {table}_in_time() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"IF EXISTS (SELECT 1 FROM (SELECT DISTINCT {self.key} AS id FROM fresh) f LEFT JOIN {self.whole} w ON w.id = f.id "
                f"WHERE w.id IS NULL OR NOT ({open_})) THEN RAISE EXCEPTION '{self.message}' USING ERRCODE = 'restrict_violation'; END IF; "
                "RETURN NULL; END $$",
                None,
            )
            schema_editor.execute(
                f"CREATE OR REPLACE TRIGGER {table}_in_time AFTER INSERT ON {table} REFERENCING NEW TABLE AS fresh "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_in_time()",
                None,
            )

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for table in self.tables:
            if schema_editor.connection.vendor == "sqlite":
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_in_time")
            else:
                schema_editor.execute(f"DROP FUNCTION IF EXISTS {table}_in_time() CASCADE")

    def describe(self) -> str:
        return f"{', '.join(self.tables)} are written with their {self.whole}"


def machines() -> dict[str, Machine]:
    """Every table that moves, over all installed rooms."""
    found = (model for model in apps.get_models() if isinstance(getattr(model, "machine", None), Machine))
    return {model._meta.db_table: model.machine for model in found}  # type: ignore[attr-defined]


def unguarded(connection: Any) -> list[str]:
    """Machines whose triggers are missing in this database."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
        present = {row[0] for row in cursor.fetchall()}
    return [table for table, one in machines().items() if not set(one.triggers(connection.vendor)) <= present]
