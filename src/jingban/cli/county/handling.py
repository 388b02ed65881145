"""How long the simulated office takes: the day each matter was received, counted back in working days from its decision.

The days depend on the person and the business alone, so they are the same in every run. Most matters are done within the
service target of three working days; a few are late, because somebody had to ask back.
"""

from __future__ import annotations

import datetime as dt
import zlib
from functools import cache

from jingban.cli.county import schedule
from jingban.values.workdays import is_workday

Spread = tuple[tuple[int, int], ...]
"""(percent, working days): the shares add up to a hundred."""

_QUICK: Spread = ((75, 0), (25, 1))
_USUAL: Spread = ((55, 1), (42, 2), (3, 5))
_SPREADS: dict[str, Spread] = {
    "enrolments": _USUAL, "changes": _USUAL, "contacts": ((96, 2), (4, 5)), "accounts": ((97, 1), (3, 4)),
    "awards": ((60, 4), (40, 9)), "deaths": _QUICK, "terminations": ((60, 3), (40, 8)),
    "transfers": ((70, 10), (30, 14)), "contributions": ((100, 0),), "groups": ((100, 1),),
    "resumptions": ((100, 0),), "life_certification": ((100, 0),),
    "fisher_subsidy": ((40, 3), (60, 5)), "land_lost_subsidy": ((100, 4),),
    "special_matter": ((60, 3), (40, 9)),
}  # fmt: skip


def received(kind: str, number: str, decided: dt.date, floor: dt.date = schedule.OPENED) -> dt.date:
    """The day the matter of this person came in: so many working days before it is decided, never before ``floor``."""
    drawn = zlib.crc32(f"{kind}:{number}".encode()) % 100
    for share, days in _SPREADS.get(kind, _QUICK):
        if drawn < share:
            return max(_back(decided, days), min(floor, decided))
        drawn -= share
    raise AssertionError(f"the shares of {kind} do not add up to a hundred")


def sent_back(number: str) -> bool:
    """Whether the reviewer returns the matter once, because a paper is unreadable or a field is wrong."""
    return zlib.crc32(f"returned:{number}".encode()) % 80 == 0


@cache
def _back(day: dt.date, workdays: int) -> dt.date:
    while workdays or not is_workday(day):
        workdays -= is_workday(day) if workdays else 0
        day -= dt.timedelta(days=1)
    return day
