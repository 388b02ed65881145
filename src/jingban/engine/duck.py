"""Steps in DuckDB, in process: province sizes, heavy joins, statistics. Columns come in as Arrow or Parquet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from jingban.engine.base import Engine
from jingban.rules.loader import Row, Step


class DuckDB(Engine):
    """Same methods as :class:`InDatabase`, plus ``provide_arrow`` and ``provide_parquet``.

    ``memory_limit`` (``"2GB"``) and ``temp_directory`` let a job spill instead of failing. ``keep_all`` makes every step
    a table, so that rows and sums of each step are logged. Nothing durable is written in
    DuckDB's own format.
    """

    dialect = "duckdb"

    def __init__(
        self,
        *,
        memory_limit: str | None = None,
        temp_directory: Path | None = None,
        threads: int | None = None,
        keep_all: bool = False,
        known: Mapping[str, Step] | None = None,
        check_law: bool = True,
    ) -> None:
        super().__init__(known, check_law, keep_all)
        config: dict[str, Any] = {"preserve_insertion_order": False}
        if memory_limit:
            config["memory_limit"] = memory_limit
        if temp_directory:
            config["temp_directory"] = str(temp_directory)
        if threads:
            config["threads"] = threads
        self.connection = duckdb.connect(config=config)

    def provide_arrow(self, name: str, data: Any) -> None:
        """Fill relation ``name`` from an Arrow table or a stream of batches (an ADBC reader), matched by column name."""
        self.connection.register("arrow_in", data)
        try:
            self.provide(name, "SELECT * FROM arrow_in")
        finally:
            self.connection.unregister("arrow_in")

    def provide_adbc(self, name: str, connection: Any, sql: str) -> None:
        """Fill relation ``name`` with a query of an ADBC connection (SQLite, PostgreSQL), streamed, never all in memory."""
        with connection.cursor() as cursor:
            cursor.execute(sql)
            self.provide_arrow(name, cursor.fetch_record_batch())

    def provide_parquet(self, name: str, path: Path | str) -> None:
        """Relation ``name`` reads a Parquet file, or a folder of them, in place: nothing is copied into memory."""
        place = Path(path)
        pattern = str(place / "**" / "*.parquet") if place.is_dir() else str(place)
        columns = self._columns(name)
        typed = ", ".join(f"CAST({column} AS BIGINT) AS {column}" for column in columns)
        self.drop(name)
        self._guard(name, f"CREATE TEMP VIEW {name} AS SELECT {typed} FROM read_parquet({_quoted(pattern)})")
        self._state.tables[name] = columns
        self._state.views.add(name)
        self._state.rows[name] = self._fetch(f"SELECT COUNT(*) FROM {name}")[0][0]

    def arrow(self, sql: str) -> Any:
        """The rows of a SELECT as a stream of Arrow batches, ready for ``adbc_ingest`` or a Parquet writer."""
        return self.connection.sql(sql).to_arrow_reader()

    def to_parquet(self, sql: str, path: Path | str) -> None:
        """Write the rows of a SELECT as zstd Parquet."""
        self._execute(f"COPY ({sql}) TO {_quoted(str(path))} (FORMAT parquet, COMPRESSION zstd)")

    def close(self) -> None:
        self.connection.close()

    def _execute(self, sql: str) -> None:
        self.connection.execute(sql).fetchall()

    def _fetch(self, sql: str) -> list[Row]:
        return [tuple(row) for row in self.connection.execute(sql).fetchall()]

    def _create(self, name: str, columns: Sequence[str]) -> None:
        typed = ", ".join(f"{column} BIGINT NOT NULL" for column in columns)
        self._execute(f"CREATE OR REPLACE TEMP TABLE {name} ({typed})")

    def _settle(self, name: str, indexes: Iterable[Sequence[str]]) -> None:
        """Hash joins need no index."""

    def _errors(self) -> tuple[type[Exception], ...]:
        return (duckdb.Error,)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
