"""Every engine, made and thrown away: SQLite in memory, DuckDB in process, PostgreSQL in a transaction rolled back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg

from jingban.engine import DuckDB, Engine, InDatabase


@contextmanager
def sqlite_engine(**options: object) -> Iterator[Engine]:
    with closing(sqlite3.connect(":memory:")) as connection:
        yield InDatabase(connection.cursor(), "sqlite", **options)


@contextmanager
def duckdb_engine(**options: object) -> Iterator[Engine]:
    engine = DuckDB(threads=1, memory_limit="512MB", **options)
    try:
        yield engine
    finally:
        engine.close()


@contextmanager
def postgresql_engine(dsn: str, **options: object) -> Iterator[Engine]:
    with psycopg.connect(dsn) as connection, connection.cursor() as cursor:
        yield InDatabase(cursor, "postgresql", **options)
        connection.rollback()
