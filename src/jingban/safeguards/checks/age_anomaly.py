"""Ages that cannot be right: in receipt beyond the oldest age (policy), or from before the age of award."""

from __future__ import annotations

from jingban.registry import relations
from jingban.registry.law import policy
from jingban.safeguards.checks._facts import recipients
from jingban.safeguards.services.find import Found
from jingban.store import bulk

NAME, TITLE = "age_anomaly", "年龄异常"


def run(region: int, month: int) -> list[Found]:
    oldest = policy().value("oldest_age", f"{region:06d}", month)
    pension = policy().value("pension_age", f"{region:06d}", month)
    rows = bulk.fetch(
        f"SELECT p.person_id, p.birth_month, a.start_month FROM ({relations.select('f_award')}) a "
        f"CROSS JOIN ({relations.select('f_person')}) p WHERE p.person_id = a.person_id AND a.person_id IN ({recipients(region)}) "
        "AND (%s - p.birth_month > 12 * %s OR a.start_month - p.birth_month < 12 * %s) ORDER BY p.person_id",
        [month, oldest, pension],
    )
    return [
        Found(
            kind=NAME,
            person_id=person,
            fingerprint=f"{birth}-{start}",
            method="check",
            detail={"周岁": (month - birth) // 12, "领取时周岁": (start - birth) // 12},
        )
        for person, birth, start in rows
    ]
