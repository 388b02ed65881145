"""What the rules say of a claim to the pension: years required and paid, first month, what is missing (R1.6).

The list of those about to reach 60, the check at the counter and the award itself all ask here, so they cannot disagree.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal, cast

from django.db import connection, transaction

from jingban.engine.database import InDatabase
from jingban.registry import bulk, relations
from jingban.registry.law import policy, tables
from jingban.values.months import of_date

_FACTS = ("f_award", "f_death", "f_other_pension", "f_entry", "f_contribution", "f_covered", "f_history")
STRICT_LAUNCH = 0
"""A launch before everybody's birth: nobody had an age then, so the full years are required of all."""


@dataclass(frozen=True, slots=True)
class Standing:
    """``start_month`` 0: a condition is missing. ``launch_known``: the county's launch month is in the law; without it the
    full years are required of everybody (the transitional rule R1.6-02 cannot be applied)."""

    required: int
    paid: int
    start_month: int
    launch_known: bool


@contextmanager
def provided(region: int, month: int, known_on: dt.date, people: str) -> Iterator[InDatabase]:
    """An engine with the facts of the people of a county (SQL condition ``people`` over ``p``) and its law, payroll ``month``."""
    with transaction.atomic(), connection.cursor() as cursor:
        engine = InDatabase(cursor, cast(Literal["sqlite", "postgresql"], connection.vendor))
        engine.law = policy()
        engine.provide_rows("f_run", [(month,)])
        everybody = relations.select("f_person")
        engine.provide(
            "f_person", f"SELECT * FROM ({everybody}) p WHERE p.region_id = {int(region)} AND {people}"
        )
        for name in _FACTS:
            engine.provide(name, relations.select(name, None, "f_person"))
        for name, rows in tables(region, known_on).items():
            engine.provide_rows(f"p_{name}", rows)
        yield engine
        engine.drop()


def standings(persons: Iterable[int], known_on: dt.date) -> dict[int, Standing]:
    """Person → what the rules say now, by the law known on a day. People without a relation are absent."""
    found: dict[int, Standing] = {}
    for region, group in _by_region(persons).items():
        known = bool(tables(region, known_on)["launch"])
        with provided(region, of_date(known_on), known_on, _among(group)) as engine:
            if not known:
                engine.provide_rows("p_launch", [(region, STRICT_LAUNCH)])
            engine.build("required_years", "entitlement")
            for person, required, paid, start in engine.rows(
                "SELECT q.person_id, q.required, q.paid, COALESCE(e.start_month, 0) FROM required_years q "
                "LEFT JOIN entitlement e ON e.person_id = q.person_id"
            ):
                found[person] = Standing(required, paid, start, known)
    return found


def paid_years(persons: Iterable[int]) -> dict[int, int]:
    """Person → contribution years so far (R1.2-03)."""
    return {person: standing.paid for person, standing in standings(persons, dt.date.max).items()}


def _among(persons: Iterable[int]) -> str:
    return f"p.person_id IN ({', '.join(str(int(person)) for person in persons)})"


def _by_region(persons: Iterable[int]) -> dict[int, list[int]]:
    groups: dict[int, list[int]] = {}
    rows = bulk.fetch(
        f"SELECT p.person_id, p.region_id FROM ({relations.select('f_person')}) p WHERE {bulk.among('p.person_id')}",
        [bulk.listed(persons)],
    )
    for person, region in rows:
        groups.setdefault(region, []).append(person)
    return groups
