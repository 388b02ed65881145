"""Certified although it cannot be: after the death, or beyond the oldest age (policy)."""

from __future__ import annotations

from jingban.registry import relations
from jingban.registry.law import policy
from jingban.safeguards.services.find import Found
from jingban.store import bulk

NAME, TITLE = "certified_impossible", "死亡后或超高龄认证"


def run(region: int, month: int) -> list[Found]:
    oldest = policy().value("oldest_age", f"{region:06d}", month)
    rows = bulk.fetch(
        f"SELECT c.person_id, MAX(c.month), d.death_month FROM ({relations.select('f_certified')}) c "
        f"JOIN ({relations.select('f_person')}) p ON p.person_id = c.person_id AND p.region_id = %s "
        f"LEFT JOIN ({relations.select('f_death')}) d ON d.person_id = c.person_id "
        "WHERE c.month > d.death_month OR c.month - p.birth_month > 12 * %s "
        "GROUP BY c.person_id, d.death_month ORDER BY c.person_id",
        [region, oldest],
    )
    return [
        Found(
            kind=NAME,
            person_id=person,
            fingerprint=f"{certified}-{died or 0}",
            method="check",
            detail={"认证月": certified},
        )
        for person, certified, died in rows
    ]
