"""Credit one item owed to the accounts, by number: the door of :mod:`jingban.registry.services.post_owed` for yearly work."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from jingban.registry.origins import Door
from jingban.registry.services.post_owed import (
    GOVERNMENT_PAID,
    INTEREST,
    SUBSIDY,
    post_daijiao,
    post_interest,
    post_subsidies,
)

_POSTING = {SUBSIDY: post_subsidies, GOVERNMENT_PAID: post_daijiao, INTEREST: post_interest}


@dataclass(frozen=True, slots=True)
class Credited:
    """What was credited of one item: persons and fen, taken back amounts included with their sign."""

    item: int
    year: int
    persons: int
    amount_fen: int
    origin_id: int


def credit(region_id: int, year: int, item: int, door: Door, *, known_on: dt.date | None = None) -> Credited:
    """Credit one item (401, 402 or 403) for a year to everybody in the county who has it coming, in one transaction.

    ``known_on``: law published by that day (default: the day the door opens). Raises ``Refused`` ENG-101 when the law has a
    hole (no interest rate for the year, for instance).
    """
    outcome = _POSTING[item](region_id, year, door, known_on=known_on)
    assert outcome.origin_id is not None
    return Credited(item, year, outcome.accepted, outcome.amount_fen, outcome.origin_id)
