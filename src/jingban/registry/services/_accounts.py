"""Account balances by sub-ledger."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.registry.models import AccountEntry
from jingban.store import bulk, live


def ledger_balances(persons: Iterable[int]) -> dict[int, dict[int, int]]:
    """Person -> sub-ledger -> fen."""
    table = AccountEntry._meta.db_table
    found: dict[int, dict[int, int]] = {}
    for person, ledger, amount in bulk.fetch(
        f"SELECT e.person_id, e.ledger, CAST(SUM(e.amount_fen) AS BIGINT) FROM {table} e "
        f"WHERE {bulk.among('e.person_id')} AND {live.where(table, 'e')} GROUP BY e.person_id, e.ledger",
        [bulk.listed(persons)],
    ):
        found.setdefault(person, {})[ledger] = amount
    return found
