"""Questions several services ask about many persons at once."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.registry.models import AccountEntry, Award, Death, Relation
from jingban.store import bulk, live


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
