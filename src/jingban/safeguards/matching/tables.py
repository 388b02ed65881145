"""What matching reads: the register and a list as Arrow tables, prepared inside DuckDB.

Register columns: person_id, id_number, name, sex, birth (``YYYYMMDD`` or empty), place (township and village).
List columns: row_id, and the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import duckdb
import pyarrow as pa

from jingban.safeguards.matching.names import pinyin
from jingban.values import citizen_id
from jingban.values.citizen_id import IdStatus

_TEXT = ("id_number", "name", "sex", "birth", "place")
MEMORY = "2GB"

State = str
"""``ok`` a number that may be somebody's; ``legacy`` 15 digits; ``none``; ``bad``: everything that fails its check."""


def table(key: str, rows: Iterable[tuple[Any, ...]]) -> pa.Table:
    """An Arrow table from (key, id_number, name, sex, birth, place) rows."""
    columns = list(zip(*rows, strict=True)) or [()] * (1 + len(_TEXT))
    arrays = [pa.array(columns[0], pa.int64())]
    arrays += [pa.array(column, pa.string()) for column in columns[1:]]
    return pa.table(arrays, names=[key, *_TEXT])


def compact(day: dt.date | str | None) -> str:
    """``YYYYMMDD``, or empty."""
    return "" if not day else str(day)[:10].replace("-", "")


def id_state(number: str) -> State:
    """What the number of a list row is worth."""
    if not number:
        return "none"
    status = citizen_id.parse(number).status
    return {IdStatus.OK: "ok", IdStatus.LEGACY_15: "legacy"}.get(status, "bad")


def connect(threads: int = 2) -> duckdb.DuckDBPyConnection:
    """A private DuckDB in memory."""
    return duckdb.connect(config={"threads": threads, "memory_limit": MEMORY})


def prepare(con: duckdb.DuckDBPyConnection, register: pa.Table, listed: pa.Table) -> None:
    """Tables ``reg`` and ``lst`` with pinyin; ``lst`` with the state of its number and the birth date it speaks of."""
    con.register("register_in", register)
    con.register("listed_in", listed)
    names = [
        row[0]
        for row in con.execute("SELECT name FROM register_in UNION SELECT name FROM listed_in").fetchall()
    ]
    read = pinyin(names)
    con.register("pinyin_in", pa.table({"name": list(read), "py": list(read.values())}))
    numbers = listed.column("id_number").to_pylist()
    states = pa.table({"row_id": listed.column("row_id"), "state": pa.array(map(id_state, numbers))})
    con.register("states_in", states)
    con.execute(
        "CREATE OR REPLACE TABLE reg AS SELECT r.person_id, r.id_number AS id, r.name, p.py, r.sex, r.birth, r.place "
        "FROM register_in r LEFT JOIN pinyin_in p ON p.name = r.name"
    )
    con.execute(
        "CREATE OR REPLACE TABLE lst AS SELECT l.row_id, l.id_number AS id, l.name, p.py, s.state, l.sex, "
        "CASE WHEN l.birth <> '' THEN l.birth WHEN s.state = 'legacy' THEN '19' || l.id_number[7:12] "
        "WHEN length(l.id_number) = 18 THEN l.id_number[7:14] ELSE '' END AS birth, l.place "
        "FROM listed_in l JOIN states_in s ON s.row_id = l.row_id LEFT JOIN pinyin_in p ON p.name = l.name"
    )
    for view in ("register_in", "listed_in", "pinyin_in", "states_in"):
        con.unregister(view)
