"""One measured run of Jingban's rules, in a process of its own: prints one JSON line.

Cases: ``items`` (three formulas, one month: basic pension, years supplement, account pension), ``month`` (one month's run,
to payment lines), ``backpay`` (six months recomputed after a raise against everything paid, to payment lines).
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import psycopg

from benchmarks.engine.facts import FIRST_MONTH, MONTHS, law
from jingban.engine import DuckDB, Engine, InDatabase
from jingban.rules.relations import RELATIONS

FORMULAS = ("basic_due", "years_due", "annuity_due")
FACTS = ("f_person", "f_award", "f_annuity", "f_certified", "f_settled")


def frame(engine: Engine, case: str) -> None:
    """Run, scope, law and the relations that are empty here."""
    last = FIRST_MONTH + (MONTHS - 1 if case == "backpay" else 0)
    engine.provide_rows("f_run", [(last,)])
    regions = [row[0] for row in engine.rows("SELECT region_id FROM f_person GROUP BY region_id")]
    given = law(sorted(regions))
    engine.provide(
        "f_scope", f"SELECT person_id, {FIRST_MONTH} AS from_month, {last + 1} AS to_month FROM f_person"
    )
    for name in RELATIONS:
        if name not in engine.provided() and name != "c_month":
            engine.provide_rows(name, given.get(name, []))


def totals(engine: Engine, case: str) -> tuple[int, int]:
    """Rows and fen of the result."""
    names = FORMULAS if case == "items" else ("lines",)
    found = [
        engine.rows(f"SELECT COUNT(*) AS n, CAST(COALESCE(SUM(amount_fen), 0) AS BIGINT) AS fen FROM {name}")[
            0
        ]
        for name in names
    ]
    return sum(n for n, _ in found), sum(fen for _, fen in found)


def targets(case: str) -> tuple[str, ...]:
    return FORMULAS if case == "items" else ("lines",)


def in_duckdb(slices: list[Path], case: str, memory: str) -> dict[str, Any]:
    """Parquet to Parquet, one slice after the other."""
    rows = fen = 0
    building = 0.0
    with tempfile.TemporaryDirectory() as scratch:
        for place in slices:
            engine = DuckDB(memory_limit=memory, temp_directory=Path(scratch))
            for name in FACTS:
                if name != "f_settled" or case == "backpay":
                    engine.provide_parquet(name, place / f"{name}.parquet")
            frame(engine, case)
            started = time.perf_counter()
            engine.build(*targets(case))
            building += time.perf_counter() - started
            n, money = totals(engine, case)
            rows, fen = rows + n, fen + money
            for name in targets(case):
                engine.to_parquet(f"SELECT * FROM {name}", Path(scratch) / f"{place.name}-{name}.parquet")
            engine.close()
    return {"rows": rows, "fen": fen, "building": building}


def in_sqlite(slices: list[Path], case: str, scratch: Path) -> dict[str, Any]:
    path = scratch / "register.sqlite3"
    fresh = not path.exists()
    with closing(sqlite3.connect(path)) as connection:
        if fresh:
            _fill_sqlite(connection, slices)
        engine = InDatabase(connection.cursor(), "sqlite")
        return _in_database(engine, case)


def _fill_sqlite(connection: sqlite3.Connection, slices: list[Path]) -> None:
    for name in FACTS:
        columns = ", ".join(RELATIONS[name])
        connection.execute(f"CREATE TABLE r_{name} ({columns})")
        marks = ", ".join("?" * len(RELATIONS[name]))
        for place in slices:
            reader = duckdb.connect().execute(f"SELECT {columns} FROM '{place / name}.parquet'")
            while batch := reader.fetchmany(50_000):
                connection.executemany(f"INSERT INTO r_{name} VALUES ({marks})", batch)
        connection.commit()


def in_postgresql(slices: list[Path], case: str, dsn: str) -> dict[str, Any]:
    with psycopg.connect(dsn) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('r_f_settled')")
        if cursor.fetchone() == (None,):
            _fill_postgresql(cursor, slices)
            connection.commit()
        engine = InDatabase(cursor, "postgresql")
        result = _in_database(engine, case)
        connection.rollback()
        return result


def _fill_postgresql(cursor: psycopg.Cursor[Any], slices: list[Path]) -> None:
    for name in FACTS:
        columns = ", ".join(RELATIONS[name])
        cursor.execute(f"CREATE TABLE r_{name} ({', '.join(f'{c} BIGINT' for c in RELATIONS[name])})")
        for place in slices:
            reader = duckdb.connect().execute(f"SELECT {columns} FROM '{place / name}.parquet'")
            with cursor.copy(f"COPY r_{name} FROM STDIN") as copy:
                while batch := reader.fetchmany(50_000):
                    for row in batch:
                        copy.write_row(row)
        cursor.execute(f"ANALYZE r_{name}")


def _in_database(engine: InDatabase, case: str) -> dict[str, Any]:
    started = time.perf_counter()
    for name in FACTS:
        if name == "f_settled" and case != "backpay":
            continue
        engine.provide(name, f"SELECT * FROM r_{name}")
    frame(engine, case)
    provided = time.perf_counter()
    engine.build(*targets(case))
    rows, fen = totals(engine, case)
    done = time.perf_counter()
    return {"rows": rows, "fen": fen, "building": done - provided, "seconds": done - started}


def peak_mib() -> float:
    """Highest resident set of this process since it was started (not of the one it was forked from)."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("engine", choices=["duckdb", "sqlite", "postgresql"])
    parser.add_argument("case", choices=["items", "month", "backpay"])
    parser.add_argument("--facts", type=Path, required=True)
    parser.add_argument("--memory", default="4GB")
    parser.add_argument("--dsn", default="")
    chosen = parser.parse_args()
    slices = sorted(chosen.facts.glob("slice=*"))
    started = time.perf_counter()
    if chosen.engine == "duckdb":
        result = in_duckdb(slices, chosen.case, chosen.memory)
    elif chosen.engine == "sqlite":
        result = in_sqlite(slices, chosen.case, chosen.facts)
    else:
        result = in_postgresql(slices, chosen.case, chosen.dsn)
    result.setdefault("seconds", time.perf_counter() - started)
    result["peak_mib"] = peak_mib()
    result["cpu"] = time.process_time() if chosen.engine != "postgresql" else 0
    if chosen.engine == "postgresql":
        result["peak_mib"] = 0
    print(json.dumps(result))


if __name__ == "__main__":
    main()
