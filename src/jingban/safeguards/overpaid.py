"""What was paid for months in which nothing was due any more: the amount a suspicion is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from jingban.payments.relations import always, settlements
from jingban.rules.codes import BANK, PENSION_ITEMS
from jingban.store import bulk
from jingban.values.months import of_date


def not_due_from(kind: str, event_on: dt.date) -> int:
    """First month not due any more: that of another benefit's beginning (R1.16-05), else the month after (death, prison: R1.11)."""
    return of_date(event_on) + (0 if kind == "dual_receipt" else 1)


WENT_OUT = f"s.channel = {BANK} AND s.item IN {PENSION_ITEMS} AND NOT (s.amount_fen < 0 AND s.owed_fen = 0)"
"""SQL condition on settlements ``s``: pension that went to the bank, corrections netted, but not what was taken back since (a
line that undoes months not due stands in the same order as a balance paid out): what has come back is told when a suspicion
is closed, it does not make the payment undone."""


def overpaid(since: Mapping[int, int]) -> dict[int, int]:
    """Person -> fen of pension that went to the bank for months from ``since[person]`` on, taken back or not. Never negative."""
    totals: dict[int, int] = {}
    listed = bulk.listed(since)
    asked = always(f"SELECT id AS person_id FROM registry_person WHERE {bulk.among('id')}")
    for person, month, amount in bulk.fetch(
        f"SELECT s.person_id, s.month, s.amount_fen FROM ({settlements(scope=asked)}) s WHERE {WENT_OUT}",
        [listed, listed],  # lines and set-offs each ask for the persons
    ):
        if month >= since[person]:
            totals[person] = totals.get(person, 0) + amount
    return {person: max(0, totals.get(person, 0)) for person in since}
