"""What the accounts of a county have coming for a year, computed where the register is: owed less posted, and who gets nothing.

The preview, the posting and the replay of a credit all ask here, so they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal, cast

from django.db import connection

from jingban.engine.base import Told
from jingban.engine.database import InDatabase
from jingban.payments.models import Credit
from jingban.registry import relations
from jingban.registry.law import Rows, policy
from jingban.rules.loader import Step
from jingban.values.months import month


@dataclass(frozen=True, slots=True)
class Computation:
    """The steps of one item: what is owed, what is still to be posted, who is missed."""

    due: str
    post: str
    missed: str
    not_built: str = ""
    """``account_post`` splits subsidies and government-paid contributions; whoever asks for one leaves the other empty."""

    @property
    def targets(self) -> tuple[str, ...]:
        return (self.due, self.post, self.missed)


COMPUTATIONS = {
    Credit.Item.SUBSIDIES.value: Computation("subsidy_due", "account_post", "subsidy_missed", "daijiao_due"),
    Credit.Item.GOVERNMENT_PAID.value: Computation(
        "daijiao_due", "account_post", "daijiao_missed", "subsidy_due"
    ),
    Credit.Item.INTEREST.value: Computation("interest_due", "interest_post", "interest_missed"),
}


@contextmanager
def computed(
    region_id: int,
    item: int,
    year: int,
    horizon: int,
    law: Mapping[str, Rows],
    *,
    known: Mapping[str, Step] | None = None,
    told: Told | None = None,
) -> Iterator[InDatabase]:
    """An engine with the three steps built from the facts known at ``horizon``, inside the caller's transaction.

    ``known``: the rules to use (default: today's). Raises ``Refused`` ENG-101 when the law has a hole.
    """
    one = COMPUTATIONS[item]
    with connection.cursor() as cursor:
        engine = InDatabase(cursor, cast(Literal["sqlite", "postgresql"], connection.vendor), known)
        engine.law = policy()
        engine.provide_rows("f_run", [(month(year, 12),)])
        engine.provide_rows("f_year", [(year,)])
        people = relations.select("f_person", horizon)
        engine.provide("f_person", f"SELECT * FROM ({people}) people WHERE region_id = {int(region_id)}")
        # The plus: what was posted is one part of all entries, found by reading them once, not person by person.
        engine.provide(
            "f_posted",
            f"{relations.select('f_posted', horizon)} AND f.item = {int(item)} AND f.year = {int(year)} "
            "AND +f.person_id IN (SELECT person_id FROM f_person)",
        )
        if one.not_built:
            engine.provide_rows(one.not_built, [])
        wanted = engine.reads(*one.targets) - engine.provided()
        for name in relations.names():
            if name in wanted:
                engine.provide(name, relations.select(name, horizon, "f_person"))
        if "f_interest_to" in wanted:  # the whole year
            engine.provide_rows("f_interest_to", [])
        for name, rows in law.items():
            if f"p_{name}" in wanted:
                engine.provide_rows(f"p_{name}", rows)
        engine.build(*one.targets, told=told)
        yield engine
        engine.drop()


def differing(engine: InDatabase, one: Credit) -> list[tuple[int, int, int, int]]:
    """Person, sub-ledger, fen kept in the lines of a credit, fen computed now: where they are not the same."""
    rows = engine.rows(
        "SELECT person_id, ledger, CAST(SUM(kept) AS BIGINT) AS kept, CAST(SUM(now) AS BIGINT) AS now FROM ("
        f"SELECT person_id, ledger, owed_fen, amount_fen AS kept, 0 AS now FROM payments_creditline WHERE credit_id = {int(one.pk)} "
        "UNION ALL SELECT person_id, ledger, owed_fen, 0 AS kept, amount_fen AS now "
        f"FROM {COMPUTATIONS[one.item].post}) u "
        "GROUP BY person_id, ledger, owed_fen HAVING SUM(kept) <> SUM(now) ORDER BY person_id, ledger"
    )
    return [(int(person), int(ledger), int(kept), int(now)) for person, ledger, kept, now in rows]
