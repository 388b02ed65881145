"""Dead but still paid: months after the month of death went to the bank account."""

from __future__ import annotations

from jingban.registry import relations
from jingban.safeguards.checks._facts import paid
from jingban.safeguards.services.find import Found
from jingban.store import bulk
from jingban.values.months import FOREVER

NAME, TITLE = "dead_but_paid", "死亡后仍发放"


def run(region: int, month: int) -> list[Found]:
    deaths = relations.select("f_death")
    after = f"(SELECT person_id, death_month + 1 AS from_month, {FOREVER} AS to_month FROM ({deaths}) x)"
    rows = bulk.fetch(
        f"SELECT d.person_id, d.death_month, CAST(SUM(l.amount_fen) AS BIGINT) FROM ({deaths}) d "
        f"JOIN ({paid(region, after)}) l ON l.person_id = d.person_id AND l.month > d.death_month "
        "GROUP BY d.person_id, d.death_month HAVING SUM(l.amount_fen) > 0 ORDER BY d.person_id"
    )
    return [
        Found(kind=NAME, person_id=person, fingerprint=f"{died}", method="check", amount_fen=amount)
        for person, died, amount in rows
    ]
