"""Many recipients at one address: a sign of invented persons. Care homes are verified once and then known."""

from __future__ import annotations

import hashlib

from jingban.safeguards.checks._facts import alive, recipients
from jingban.safeguards.services.find import Found
from jingban.store import bulk

NAME, TITLE = "address_cluster", "同一地址领取人员聚集"
CLUSTER = 8
"""Recipients at one address from which it is looked at: more than a large household has over 60."""


def run(region: int, month: int) -> list[Found]:
    base = (
        "FROM registry_residence h WHERE h.address <> '' AND "
        f"{alive('registry_residence', 'h')} AND h.person_id IN ({recipients(region)})"
    )
    rows = bulk.fetch(
        f"SELECT h.person_id, h.township, h.village, h.address {base} AND EXISTS (SELECT 1 FROM (SELECT h.township, h.village, "
        f"h.address {base} GROUP BY h.township, h.village, h.address HAVING COUNT(*) >= {CLUSTER}) c WHERE "
        "c.township = h.township AND c.village = h.village AND c.address = h.address) ORDER BY h.person_id"
    )
    return [
        Found(
            kind=NAME,
            person_id=person,
            fingerprint=hashlib.sha256("|".join(place).encode()).hexdigest()[:16],
            method="check",
            detail={"村": f"{place[0]}{place[1]}"},
        )
        for person, *place in rows
    ]
