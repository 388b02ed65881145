"""Pieces of SQL the checks share."""

from __future__ import annotations

from jingban.payments.relations import counting
from jingban.registry import live, relations


def alive(table: str, alias: str) -> str:
    """The row is live now."""
    return live.where(table, alias)


def recipients(region: int) -> str:
    """SELECT person_id of everybody in receipt in the county: awarded, not dead, no other pension."""
    # By the award's person: reading everybody's relation first would take three times as long.
    return (
        f"SELECT a.person_id FROM ({relations.select('f_award')}) a WHERE EXISTS (SELECT 1 FROM registry_relation r "
        f"WHERE r.person_id = a.person_id AND r.region_id = {int(region)} AND {live.where('registry_relation', 'r')}) "
        f"AND NOT EXISTS (SELECT 1 FROM ({relations.select('f_death')}) d WHERE d.person_id = a.person_id) "
        f"AND NOT EXISTS (SELECT 1 FROM ({relations.select('f_other_pension')}) o WHERE o.person_id = a.person_id)"
    )


def paid(region: int, persons: str = "") -> str:
    """SELECT person_id, month, amount_fen of what went to bank accounts and counts as settled, in the county's runs;
    ``persons``: a SELECT of the only persons asked for."""
    those = f"AND l.person_id IN ({persons}) " if persons else ""
    return (
        "SELECT l.person_id, l.month, l.amount_fen FROM payments_line l JOIN payments_run r ON r.id = l.run_id "
        f"WHERE r.region_id = {int(region)} {those}AND l.channel = 1 AND {counting('l', 'r')}"
    )
