"""Questions several services ask about many persons at once."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.registry import bulk, live
from jingban.registry.models import AccountEntry, Award, Contribution, Death, OpeningHistory, Relation


def deaths(persons: Iterable[int]) -> dict[int, int]:
    """Person -> month of death."""
    return {person: rows[-1][0] for person, rows in live.by_person(Death, ["month"], persons).items()}


def awards(persons: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Person -> (award row, start month)."""
    return {
        person: rows[-1] for person, rows in live.by_person(Award, ["id", "start_month"], persons).items()
    }


def relations(persons: Iterable[int]) -> dict[int, tuple[int, int, int, int, int]]:
    """Person -> the newest relation: (row, region, valid_from, valid_to, state)."""
    found = live.by_person(Relation, ["id", "region_id", "valid_from", "valid_to", "state"], persons)
    return {person: max(rows, key=lambda row: (row[2], row[0])) for person, rows in found.items()}


def balances(persons: Iterable[int]) -> dict[int, int]:
    """Person -> account balance in fen, all sub-ledgers, principal, interest and payments together."""
    table = AccountEntry._meta.db_table
    return dict(
        bulk.fetch(
            f"SELECT e.person_id, CAST(SUM(e.amount_fen) AS BIGINT) FROM {table} e "
            f"WHERE {bulk.among('e.person_id')} AND {live.where(table, 'e')} GROUP BY e.person_id",
            [bulk.listed(persons)],
        )
    )


def paid_years(persons: Iterable[int]) -> dict[int, int]:
    """Person -> contribution years: brought in, plus one for each later year with money that arrived (R1.2-03).

    Collective aid alone makes no contribution year; catch-up for a year inside the brought-in history adds one, because
    a year that was paid would not be caught up.
    """
    history: dict[int, tuple[int, int]] = {}
    wanted = list(persons)
    for person, rows in live.by_person(OpeningHistory, ["years", "through_year"], wanted).items():
        history[person] = (sum(years for years, _through in rows), max(through for _years, through in rows))
    table = Contribution._meta.db_table
    counted: dict[int, set[int]] = {}
    for person, year, kind in bulk.fetch(
        f"SELECT DISTINCT c.person_id, c.year, c.kind FROM {table} c WHERE {bulk.among('c.person_id')} "
        f"AND c.arrived_on IS NOT NULL AND c.kind <> 4 AND {live.where(table, 'c')}",
        [bulk.listed(wanted)],
    ):
        if kind == Contribution.Kind.CATCH_UP or year > history.get(person, (0, 0))[1]:
            counted.setdefault(person, set()).add(year)
    return {person: history.get(person, (0, 0))[0] + len(counted.get(person, ())) for person in wanted}
