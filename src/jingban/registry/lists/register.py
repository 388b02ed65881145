"""The lists of the register, one kind per file in ``kinds``."""

from __future__ import annotations

from jingban.registry.lists.kinds import (
    accounts,
    arrivals,
    awards,
    certifications,
    changes,
    contacts,
    contributions,
    deaths,
    enrolments,
    entries,
    groups,
    people,
    recalculations,
    resumptions,
    stops,
    terminations,
    transfers,
)
from jingban.store.lists.entry import Defaults, ListEntry, Take

LISTS: dict[str, ListEntry] = {
    module.ENTRY.name: module.ENTRY
    for module in (
        people,
        enrolments,
        contributions,
        arrivals,
        accounts,
        groups,
        awards,
        certifications,
        deaths,
        stops,
        resumptions,
        terminations,
        transfers,
        changes,
        contacts,
        entries,
        recalculations,
    )
}
"""Name -> list, in the order in which a file is tried against them."""

__all__ = ["LISTS", "Defaults", "ListEntry", "Take"]
