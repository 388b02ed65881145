"""The law as the register and the payments see it: shipped parameters with the centre's overlays, compiled for a county."""

from __future__ import annotations

import datetime as dt
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings

from jingban.policy import Policy
from jingban.policy.tables import COLUMNS

Rows = list[tuple[int, ...]]


@cache
def _policy(overlays: tuple[Path, ...]) -> Policy:
    return Policy.load(overlays)


def policy() -> Policy:
    """The shipped parameters with the centre's overlays; read once per process and choice of overlays."""
    return _policy(tuple(settings.CENTRE.overlays))


def tables(region_id: int, known_on: dt.date) -> dict[str, Rows]:
    """Every ``p_`` relation by short name, for one county as known on a day."""
    return dict(_tables(tuple(settings.CENTRE.overlays), region_id, known_on))


@lru_cache(maxsize=32)
def _tables(overlays: tuple[Path, ...], region_id: int, known_on: dt.date) -> dict[str, Rows]:
    """Compiled once for the many questions of one day; nobody changes the rows."""
    law = _policy(overlays)
    return {name: law.table(f"p_{name}", [f"{region_id:06d}"], known_on) for name in COLUMNS}
