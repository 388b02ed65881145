"""Death logic: the benefit was stopped, or the relation ended, later than the month after the death."""

from __future__ import annotations

from jingban.registry import relations
from jingban.safeguards.checks._facts import alive
from jingban.safeguards.services.find import Found
from jingban.store import bulk

NAME, TITLE = "death_order", "死亡与停发、终止时间不符"


def run(region: int, month: int) -> list[Found]:
    rows = bulk.fetch(
        f"SELECT d.person_id, d.death_month, r.valid_to, s.from_month FROM ({relations.select('f_death')}) d "
        f"JOIN registry_relation r ON r.person_id = d.person_id AND {alive('registry_relation', 'r')} AND r.region_id = %s "
        f"LEFT JOIN (SELECT person_id, MIN(from_month) AS from_month FROM ({relations.select('f_stop')}) t GROUP BY person_id) s "
        "ON s.person_id = d.person_id WHERE r.valid_to > d.death_month + 1 OR s.from_month > d.death_month + 1 "
        "ORDER BY d.person_id, r.id",
        [region],
    )
    return [
        Found(
            kind=NAME,
            person_id=person,
            fingerprint=f"{died}-{ended}-{stopped or 0}",
            method="check",
            detail={"死亡月": died, "终止月": ended},
        )
        for person, died, ended, stopped in rows
    ]
