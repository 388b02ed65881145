"""Interest up to an event: award, death, transfer, settlement (R1.5-05, R1.12-03).

It is interest owed less interest credited by the same steps as the yearly settlement, only to the month of the event and, for years
whose rate is not published yet, at the last published one. What is found is credited to the account, so that whatever is awarded,
inherited, moved or refunded contains it; the settlement of the year posts the rest.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, cast

from django.db import connection

from jingban.engine.database import InDatabase
from jingban.policy.tables import COLUMNS, SCALARS
from jingban.registry import relations
from jingban.registry.law import Rows, tables
from jingban.registry.models import AccountEntry, Annuity, Award, OpenedBooks
from jingban.store import bulk, live
from jingban.store.models import Origin
from jingban.store.supersede import supersede
from jingban.values import months

INTEREST = 403
CAUSE = "interest-to-event"
_YEAR = COLUMNS["interest"].index("year")
_FACTS = ("f_death", "f_moved", "f_entry", "f_posted")


@dataclass(slots=True)
class Running:
    """What the events bring. ``fen``: person → interest credited or to credit; ``unknown``: persons for whom no rate was ever
    published, so that nothing could be computed for some year."""

    fen: dict[int, int] = field(default_factory=dict)
    unknown: set[int] = field(default_factory=set)
    rows: list[tuple[int, int, int, int]] = field(default_factory=list)
    """(person, sub-ledger, year, fen)"""


def owed_until(events: Mapping[int, int], known_on: dt.date, horizon: int | None = None) -> Running:
    """Interest owed less credited of each person up to a month, by the entries known at ``horizon``; writes nothing."""
    found = Running()
    for region, persons in _by_region(events, horizon).items():
        law = tables(region, known_on)
        first = _first_years(persons, horizon)
        for year in range(min(first.values()), max(months.year_of(events[p]) for p in persons) + 1):
            asked = {p: events[p] for p in persons if first[p] <= year <= months.year_of(events[p])}
            rate = _rate(law, year)
            if not rate:
                found.unknown |= asked.keys()
            elif asked:
                found.rows += _of_year(region, asked, year, {**law, "interest": rate}, horizon, found.rows)
    for person, _ledger, _year, fen in found.rows:
        found.fen[person] = found.fen.get(person, 0) + fen
    return found


def credit_until(events: Mapping[int, int], origin: Origin) -> Running:
    """The same, credited to the accounts under ``origin``. The caller has written the fact that ends the account."""
    found = owed_until(events, origin.day)
    bulk.insert(
        AccountEntry,
        ["origin_id", "person_id", "ledger", "kind", "item", "year", "month", "amount_fen", "cause"],
        (
            (origin.pk, person, ledger, int(AccountEntry.Kind.INTEREST), INTEREST, year,
             min(events[person], months.month(year, 12)), fen, CAUSE)
            for person, ledger, year, fen in found.rows
        ),
    )  # fmt: skip
    return found


def true_up_awards(region_id: int, year: int, origin: Origin, known_on: dt.date) -> int:
    """The rate of a year is known: account pensions whose balance contains its interest at another rate are put right.

    The corrected balance supersedes the old one from the same month; the next run pays the difference. Returns persons.
    """
    decided = {
        person: (pk, day, balance)
        for person, pk, day, balance in live.rows(Award, ["person_id", "id", "decided_on", "balance_fen"])
        if year <= day.year <= year + 1
    }
    parts = {
        person: (pk, balance, counted)
        for person, pk, balance, counted in live.rows(
            Annuity, ["person_id", "id", "balance_fen", "interest_fen"], decided
        )
        if counted is not None
    }
    made = dict(
        bulk.fetch(
            f"SELECT person_id, MIN(origin_id) FROM registry_award WHERE {bulk.among('person_id')} GROUP BY person_id",
            [bulk.listed(parts)],
        )
    )
    changed_parts: dict[int, dict[str, object]] = {}
    changed_awards: dict[int, dict[str, object]] = {}
    for person in _of_region(region_id, parts):
        (part, counted_in, counted), (award, day, balance) = parts[person], decided[person]
        owed = owed_until({person: months.of_date(day)}, known_on, made[person] - 1).fen.get(person, 0)
        if owed != counted:
            changed_parts[part] = {"balance_fen": counted_in + owed - counted, "interest_fen": owed}
            changed_awards[award] = {"balance_fen": balance + owed - counted}
    supersede(Annuity, origin, changed_parts)
    supersede(Award, origin, changed_awards)
    return len(changed_parts)


def _of_region(region_id: int, persons: Iterable[int]) -> list[int]:
    """Those of ``persons`` who belong to a county."""
    return [
        person
        for person, region in bulk.fetch(
            f"SELECT p.person_id, p.region_id FROM ({relations.select('f_person')}) p WHERE {bulk.among('p.person_id')}",
            [bulk.listed(persons)],
        )
        if region == region_id
    ]


def _rate(law: Mapping[str, Rows], year: int) -> Rows:
    """The row of ``p_interest`` of a year, or the last published one in its place where the law says so; none: not known."""
    rows = sorted(row for row in law["interest"] if row[_YEAR] <= year)
    if not rows:
        return []
    if rows[-1][_YEAR] != year:
        key, when = SCALARS["interest_interim"], months.month(year, 1)
        if not any(
            k == key and start <= when < end and value == 0 for _r, k, start, end, value in law["scalar"]
        ):
            return []
    return [tuple(year if place == _YEAR else cell for place, cell in enumerate(rows[-1]))]


def _of_year(
    region: int,
    asked: Mapping[int, int],
    year: int,
    law: Mapping[str, Rows],
    horizon: int | None,
    before: list[tuple[int, int, int, int]],
) -> list[tuple[int, int, int, int]]:
    with connection.cursor() as cursor:
        engine = InDatabase(cursor, cast(Literal["sqlite", "postgresql"], connection.vendor))
        engine.provide_rows("f_run", [(months.month(year, 12),)])
        engine.provide_rows("f_year", [(year,)])
        engine.provide_rows("f_person", [(person, 0, region) for person in asked])
        engine.provide_rows("f_interest_to", asked.items())
        for name in _FACTS:
            engine.provide(name, relations.select(name, horizon, "f_person"))
        earlier = [
            (person, ledger, int(AccountEntry.Kind.INTEREST), of_year, months.month(of_year, 12), fen)
            for person, ledger, of_year, fen in before
            if person in asked
        ]
        if earlier:
            rows = engine.rows("SELECT person_id, ledger, kind, year, month, amount_fen FROM f_entry")
            engine.provide_rows("f_entry", [*rows, *earlier])
        engine.provide_rows("p_interest", law["interest"])
        engine.provide_rows("p_scalar", law["scalar"])
        engine.build("interest_post")
        rows = engine.rows("SELECT person_id, ledger, year, amount_fen FROM interest_post ORDER BY 1, 2")
        engine.drop()
    return [(person, ledger, of_year, fen) for person, ledger, of_year, fen in rows]


def _by_region(events: Mapping[int, int], horizon: int | None) -> dict[int, list[int]]:
    groups: dict[int, list[int]] = {}
    rows = bulk.fetch(
        f"SELECT p.person_id, p.region_id FROM ({relations.select('f_person', horizon)}) p WHERE {bulk.among('p.person_id')}",
        [bulk.listed(events)],
    )
    for person, region in rows:
        groups.setdefault(region, []).append(person)
    return groups


def _first_years(persons: Iterable[int], horizon: int | None) -> dict[int, int]:
    """The first year whose interest is reckoned here: of the opening of the books, else of the first entry."""
    wanted = list(persons)
    opened = {
        p: rows[-1][0] for p, rows in live.by_person(OpenedBooks, ["month"], wanted, horizon=horizon).items()
    }
    entered = live.by_person(AccountEntry, ["month"], wanted, horizon=horizon)
    return {
        p: months.year_of(
            opened[p] if p in opened else min(m for (m,) in entered.get(p, [(months.FOREVER,)]))
        )
        for p in wanted
    }
