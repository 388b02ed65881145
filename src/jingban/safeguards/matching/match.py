"""Lists of other bodies against the register: the pairs found, with rule, confidence and score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from jingban.safeguards.matching import tables
from jingban.safeguards.matching.cascade import cascade
from jingban.safeguards.matching.rank import rank
from jingban.store import bulk, live


@dataclass(frozen=True, slots=True)
class Hit:
    """A list row and a person who may be the same. ``score`` orders pairs of one confidence."""

    row_id: int
    person_id: int
    rule: str
    confidence: str
    score: int


def register_table(listed: pa.Table | None = None) -> pa.Table:
    """The live identity and place of everybody whom a row of ``listed`` may mean (None: of everybody).

    A number that passes its check meets only the person with that number or, replaced since, one of the same name
    (``cascade``); while every row has such a number, nobody else need be read.
    """
    near, wanted = "", []
    if listed is not None and all(tables.id_state(n) == "ok" for n in listed.column("id_number").to_pylist()):
        near = f" AND ({bulk.among('i.id_number', text=True)} OR {bulk.among('i.name', text=True)})"
        wanted = [bulk.listed(listed.column(name).to_pylist()) for name in ("id_number", "name")]
    rows = bulk.fetch(
        "SELECT i.person_id, i.id_number, i.name, i.sex, i.birth_date, h.township, h.village FROM registry_identity i "
        f"LEFT JOIN registry_residence h ON h.person_id = i.person_id AND {live.where('registry_residence', 'h')} "
        f"WHERE {live.where('registry_identity', 'i')}{near}",
        wanted,
    )
    return tables.table("person_id", map(_plain, rows))


def list_table(lists: Sequence[int]) -> pa.Table:
    """The rows of these lists as they stood."""
    rows = bulk.fetch(
        "SELECT r.id, r.id_number, r.name, r.sex, r.birth_date, r.township, r.village FROM safeguards_otherrow r "
        f"WHERE {bulk.among('r.list_id')} ORDER BY r.id",
        [bulk.listed(lists)],
    )
    return tables.table("row_id", map(_plain, rows))


def _plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    key, number, name, sex, birth, township, village = row
    return key, number, name, sex, tables.compact(birth), f"{township or ''}{village or ''}"


def match(register: pa.Table, listed: pa.Table, *, ranked: bool = True) -> list[Hit]:
    """Every pair, by list row; ``ranked``: Splink orders the grey ones."""
    with tables.connect() as con:
        tables.prepare(con, register, listed)
        cascade(con)
        if ranked:
            rank(con)
        found = con.execute(
            "SELECT row_id, person_id, rule, confidence, score FROM hit ORDER BY row_id, score DESC, person_id"
        ).fetchall()
    return [Hit(*row) for row in found]
