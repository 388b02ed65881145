"""Dual receipt: months since another old-age benefit began, the first one included, went to the bank account (R1.16-05)."""

from __future__ import annotations

from jingban.registry import relations
from jingban.safeguards.checks._facts import paid
from jingban.safeguards.services.find import Found
from jingban.store import bulk
from jingban.values.months import FOREVER

NAME, TITLE = "dual_paid", "重复领取待遇"


def run(region: int, month: int) -> list[Found]:
    others = relations.select("f_other_pension")
    since = f"(SELECT person_id, from_month, {FOREVER} AS to_month FROM ({others}) x)"
    rows = bulk.fetch(
        f"SELECT o.person_id, o.from_month, CAST(SUM(l.amount_fen) AS BIGINT) FROM ({others}) o "
        f"JOIN ({paid(region, since)}) l ON l.person_id = o.person_id AND l.month >= o.from_month "
        "GROUP BY o.person_id, o.from_month HAVING SUM(l.amount_fen) > 0 ORDER BY o.person_id"
    )
    return [
        Found(kind=NAME, person_id=person, fingerprint=f"{start}", method="check", amount_fen=amount)
        for person, start, amount in rows
    ]
