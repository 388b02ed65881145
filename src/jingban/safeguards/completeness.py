"""Which villages and which bodies have reported for a month."""

from __future__ import annotations

from dataclasses import dataclass

from jingban.safeguards.models import OtherList
from jingban.safeguards.sources import SOURCES
from jingban.store import bulk, live


@dataclass(frozen=True, slots=True)
class Reported:
    """A village and how many rows it reported; None: nothing came, not even a nil return."""

    township: str
    village: str
    count: int | None


def villages(region_id: int, month: int, source: str = "death_village") -> list[Reported]:
    """Every village where somebody with a live relation lives, in order of township and village."""
    reported: dict[tuple[str, str], int] = {}
    for township, village, count in bulk.fetch(
        "SELECT v.township, v.village, v.count FROM safeguards_villagereturn v "
        "JOIN safeguards_otherlist l ON l.id = v.list_id WHERE l.source = %s AND l.month = %s",
        [source, month],
    ):
        reported[township, village] = reported.get((township, village), 0) + count
    known = bulk.fetch(
        "SELECT DISTINCT h.township, h.village FROM registry_residence h "
        f"JOIN registry_relation r ON r.person_id = h.person_id AND {live.where('registry_relation', 'r')} "
        f"WHERE {live.where('registry_residence', 'h')} AND h.village <> '' AND r.region_id = %s "
        "AND r.valid_from <= %s AND %s < r.valid_to ORDER BY h.township, h.village",
        [region_id, month, month],
    )
    return [Reported(township, village, reported.get((township, village))) for township, village in known]


def sources(month: int) -> dict[str, int]:
    """Source -> rows received for the month; sources that sent nothing are there with -1."""
    found = dict.fromkeys(SOURCES, -1)
    for source, count in OtherList.objects.filter(month=month).values_list("source", "count"):
        found[source] = max(found[source], 0) + count
    return found
