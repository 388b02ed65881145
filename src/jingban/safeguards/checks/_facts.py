"""Pieces of SQL the checks share."""

from __future__ import annotations

from jingban.payments.relations import settlements
from jingban.registry import relations
from jingban.safeguards.overpaid import WENT_OUT
from jingban.store import live


def alive(table: str, alias: str) -> str:
    """The row is live now."""
    return live.where(table, alias)


def recipients(region: int, horizon: int | None = None) -> str:
    """SELECT person_id of everybody in receipt in the county: awarded, not dead, no other pension. ``horizon``: as known then."""
    # By the award's person: reading everybody's relation first would take three times as long.
    return (
        f"SELECT a.person_id FROM ({relations.select('f_award', horizon)}) a WHERE EXISTS (SELECT 1 FROM registry_relation r "
        f"WHERE r.person_id = a.person_id AND r.region_id = {int(region)} AND {live.where('registry_relation', 'r', horizon)}) "
        f"AND NOT EXISTS (SELECT 1 FROM ({relations.select('f_death', horizon)}) d WHERE d.person_id = a.person_id) "
        f"AND NOT EXISTS (SELECT 1 FROM ({relations.select('f_other_pension', horizon)}) o WHERE o.person_id = a.person_id)"
    )


def paid(region: int, scope: str | None = None, horizon: int | None = None) -> str:
    """SELECT person_id, month, amount_fen of the pension that went to bank accounts and counts as settled, in the county's
    runs; ``scope``: a table of the only persons and months asked for (one row a person), so that nothing else is read."""
    return (
        f"SELECT s.person_id, s.month, s.amount_fen FROM ({settlements(horizon, scope)}) s "
        f"WHERE s.region_id = {int(region)} AND {WENT_OUT}"
    )
