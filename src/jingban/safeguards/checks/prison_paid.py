"""Paid for months in prison: a stop for serving a sentence covers months that went to the bank account (R1.11)."""

from __future__ import annotations

from jingban.payments.relations import always
from jingban.safeguards.checks._facts import alive, paid
from jingban.safeguards.services.find import Found
from jingban.schemes.loader import RESIDENTS
from jingban.store import bulk

NAME, TITLE = "prison_paid", "服刑期间发放"
_PRISON = RESIDENTS.reason("prison")
_STOPPED = f"SELECT person_id FROM registry_stoppage WHERE reason = '{_PRISON}'"


def run(region: int, month: int) -> list[Found]:
    rows = bulk.fetch(
        "SELECT s.person_id, s.valid_from, CAST(SUM(l.amount_fen) AS BIGINT) FROM registry_stoppage s "
        f"CROSS JOIN ({paid(region, always(_STOPPED))}) l WHERE l.person_id = s.person_id AND l.month >= s.valid_from AND l.month < s.valid_to "
        f"AND s.reason = '{_PRISON}' AND {alive('registry_stoppage', 's')} "
        "GROUP BY s.person_id, s.valid_from HAVING SUM(l.amount_fen) > 0 ORDER BY s.person_id, s.valid_from"
    )
    return [
        Found(kind=NAME, person_id=person, fingerprint=f"{start}", method="check", amount_fen=amount)
        for person, start, amount in rows
    ]
