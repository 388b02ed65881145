"""The law as a run sees it: compiled for one county as known on a day, kept with the run, compared with the run before."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

from django.conf import settings

from jingban.policy import Policy
from jingban.policy.tables import COLUMNS

Rows = list[tuple[int, ...]]
OWED = ("basic", "age", "years", "funeral", "scalar")
"""Tables on which the amounts owed depend. The others decide only whether somebody can be paid now."""


@cache
def _policy(overlays: tuple[Path, ...]) -> Policy:
    return Policy.load(overlays)


def policy() -> Policy:
    """The shipped parameters with the centre's overlays."""
    return _policy(tuple(settings.CENTRE.overlays))


def tables(region_id: int, known_on: dt.date) -> dict[str, Rows]:
    """Every ``p_`` relation by short name, for one county as known on a day."""
    law = policy()
    return {name: law.table(f"p_{name}", [f"{region_id:06d}"], known_on) for name in COLUMNS}


def kept(law: dict[str, Rows]) -> dict[str, list[list[int]]]:
    """What a run keeps of its law."""
    return {name: [list(row) for row in law[name]] for name in OWED}


def changed_from(before: dict[str, list[list[int]]], now: dict[str, Rows]) -> int | None:
    """The first month for which another amount may be owed than the law ``before`` said; None when nothing changed."""
    months = []
    for name in OWED:
        first = COLUMNS[name].index("from_month")
        difference = {tuple(row) for row in before.get(name, [])} ^ set(now[name])
        months += [row[first] for row in difference]
    return min(months, default=None)
