"""The lists of the agency's own books, for ``jingban template`` and ``jingban import``."""

from __future__ import annotations

from jingban.budget.lists.matters import MATTER_LISTS
from jingban.budget.lists.money import MONEY_LISTS
from jingban.store.lists.entry import ListEntry

LISTS: dict[str, ListEntry] = {entry.name: entry for entry in (*MONEY_LISTS, *MATTER_LISTS)}
"""Name → list, in the order in which a file is tried against them."""

__all__ = ["LISTS"]
