"""What the rules say of a claim to the pension: years required and paid, first month, what is missing (R1.6).

The list of those about to reach 60, the check at the counter and the award itself all ask here, so they cannot disagree.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal, cast

from django.db import connection, transaction

from jingban.engine.database import InDatabase
from jingban.registry import relations
from jingban.registry.law import policy, tables
from jingban.store import bulk
from jingban.values.months import of_date

_FACTS = (
    "f_award",
    "f_death",
    "f_other_pension",
    "f_entry",
    "f_contribution",
    "f_covered",
    "f_history",
    "f_group",
)
STRICT_LAUNCH = 0
"""A launch before everybody's birth: nobody had an age then, so the full years are required of all."""


@dataclass(frozen=True, slots=True)
class Standing:
    """``start_month`` 0: a condition is missing. ``launch_known``: the county's launch month is in the law; without it the
    full years are required of everybody (the transitional rule R1.6-02 cannot be applied). ``minimum``: the years the law asks
    of who joined young; ``launch_age``: completed years of age at the launch."""

    required: int
    paid: int
    start_month: int
    launch_known: bool
    minimum: int
    pension_age: int
    reached_month: int
    launch_age: int


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
            for person, required, paid, start, *age in engine.rows(
                "SELECT q.person_id, q.required, q.paid, COALESCE(e.start_month, 0), q.minimum, q.pension_age, q.reached_month, "
                "q.launch_age FROM required_years q LEFT JOIN entitlement e ON e.person_id = q.person_id"
            ):
                found[person] = Standing(required, paid, start, known, *age)
    return found


def paid_years(persons: Iterable[int]) -> dict[int, int]:
    """Person → contribution years so far (R1.2-03)."""
    return {person: standing.paid for person, standing in standings(persons, dt.date.max).items()}


def reached(births: Mapping[int, tuple[int, int]], known_on: dt.date) -> dict[int, tuple[int, int]]:
    """Key → (birth month, region) of anybody, in the register or not; gives key → (pension age, month it is reached)."""
    if not births:
        return {}
    with transaction.atomic(), connection.cursor() as cursor:
        engine = InDatabase(cursor, cast(Literal["sqlite", "postgresql"], connection.vendor))
        engine.provide_rows("f_person", ((key, born, region) for key, (born, region) in births.items()))
        everywhere = {region for _born, region in births.values()}
        engine.provide_rows(
            "p_scalar", [row for region in everywhere for row in tables(region, known_on)["scalar"]]
        )
        engine.build("age_reached")
        found = engine.rows("SELECT person_id, pension_age, reached_month FROM age_reached")
        engine.drop()
    return {key: (age, month) for key, age, month in found}


def divisor(table: str, region: int, age: int, month: int, known_on: dt.date) -> int:
    """The divisor of an award (``divisor``) or a recalculation (``redivisor``) at an age in a month (R1.8-01, R1.18).

    Raises ``Refused`` POL-201 where the law has none.
    """
    for _region, first, last, at, months in tables(region, known_on)[table]:
        if first <= month < last and at == age:
            return months
    return int(policy().value("account_divisor", f"{region:06d}", month, known_on))


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
