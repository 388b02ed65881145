"""Steps inside the register database (SQLite or PostgreSQL), on a DB-API cursor the caller owns (Django's or raw)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from jingban.engine.base import Engine
from jingban.rules.loader import Row, Step


class InDatabase(Engine):
    """``db = InDatabase(cursor, "sqlite"); db.provide("f_person", "SELECT …"); db.build("lines"); db.drop()``

    Everything lives in temporary tables of the cursor's session; the caller's transaction is neither begun nor ended.
    A table accepts nothing but int64: SQLite columns carry no affinity and check ``typeof``, so an overflowing product
    (REAL there) is refused instead of stored.
    """

    dialect: Literal["sqlite", "postgresql"]

    def __init__(
        self,
        cursor: Any,
        dialect: Literal["sqlite", "postgresql"],
        known: Mapping[str, Step] | None = None,
        check_law: bool = True,
        keep_all: bool = False,
    ) -> None:
        super().__init__(known, check_law, keep_all)
        if dialect not in ("sqlite", "postgresql"):
            raise ValueError(f"unknown dialect {dialect!r}")
        self.cursor = cursor
        self.dialect = dialect

    def _execute(self, sql: str) -> None:
        self.cursor.execute(sql)

    def _fetch(self, sql: str) -> list[Row]:
        self.cursor.execute(sql)
        return [tuple(row) for row in self.cursor.fetchall()]

    def _create(self, name: str, columns: Sequence[str]) -> None:
        if self.dialect == "sqlite":
            typed = [f"{column} CHECK (typeof({column}) = 'integer')" for column in columns]
        else:
            typed = [f"{column} BIGINT NOT NULL" for column in columns]
        self.cursor.execute(f"DROP TABLE IF EXISTS {self._schema}.{name}")
        self.cursor.execute(f"CREATE TEMP TABLE {name} ({', '.join(typed)})")

    @property
    def _schema(self) -> str:
        return "temp" if self.dialect == "sqlite" else "pg_temp"

    def _as_view(self, step: Step, targets: Sequence[str], plan: list[Step]) -> bool:
        """A step whose head names an index is looked up, not read through: it stays a table."""
        return not step.index and super()._as_view(step, targets, plan)

    def _settle(self, name: str, indexes: Iterable[Sequence[str]]) -> None:
        for number, columns in enumerate(indexes):
            have = self._state.tables[name]
            if set(columns) <= set(have):
                place = f"temp.{name}_{number} ON {name}" if self.dialect == "sqlite" else f"ON {name}"
                self.cursor.execute(f"CREATE INDEX {place} ({', '.join(columns)})")
        if self.dialect == "postgresql":
            self.cursor.execute(f"ANALYZE {name}")
