"""A list on offer: its description and the service that takes its records. Every room may offer some (``LISTS``)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from jingban.store.lists.spec import ListSpec
from jingban.store.origins import Door
from jingban.store.rows import Mode, Outcome

Take = Callable[[Iterable[Any], Door, Mode, bool], Outcome]
"""``take(records, door, mode, dry_run)``"""


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a list need not say in every row."""

    region: str = ""
    cutover: int = 0
    """The month a row is meant for when it names none; for opening lists the first month computed here."""
    today: dt.date = dt.date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class ListEntry:
    """``describe(defaults)`` gives the description, ``take`` the service."""

    name: str
    title: str
    describe: Callable[[Defaults], ListSpec[Any]]
    take: Take
    table: type[Any] | None = None
    """The table its rows go to one by one, where there is such a table."""
