"""What was paid for months in which nothing was due any more: the amount a suspicion is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from jingban.payments.relations import counting
from jingban.registry import bulk
from jingban.values.months import of_date


def not_due_from(kind: str, event_on: dt.date) -> int:
    """First month not due any more: that of another benefit's beginning (R1.16-05), else the month after (death, prison: R1.11)."""
    return of_date(event_on) + (0 if kind == "dual_receipt" else 1)


def overpaid(since: Mapping[int, int]) -> dict[int, int]:
    """Person -> fen settled for benefit months from ``since[person]`` on. Never negative."""
    totals: dict[int, int] = {}
    for person, month, amount in bulk.fetch(
        "SELECT l.person_id, l.month, l.amount_fen FROM payments_line l JOIN payments_run r ON r.id = l.run_id "
        f"WHERE {bulk.among('l.person_id')} AND l.channel = 1 AND {counting('l', 'r')}",
        [bulk.listed(since)],
    ):
        if month >= since[person]:
            totals[person] = totals.get(person, 0) + amount
    return {person: max(0, totals.get(person, 0)) for person in since}
