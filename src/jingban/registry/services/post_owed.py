"""Credit to the accounts what is owed and not yet posted: subsidies, government-paid contributions, yearly interest.

Each is owed minus posted: asked again, it posts nothing; after late facts or a late rate it posts the difference.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal, cast

from django.db import connection

from jingban.engine.database import InDatabase
from jingban.registry import live, relations
from jingban.registry.law import tables
from jingban.registry.models import Contribution, Origin
from jingban.registry.origins import Door, entering
from jingban.registry.services.running_interest import true_up_awards
from jingban.registry.sheet import Outcome
from jingban.registry.supersede import supersede
from jingban.values import months

SUBSIDY, GOVERNMENT_PAID, INTEREST = 401, 402, 403
_NOT_BUILT = {SUBSIDY: "daijiao_due", GOVERNMENT_PAID: "subsidy_due"}
"""``account_post`` splits both; whoever posts one leaves the other empty."""


def post_subsidies(region_id: int, year: int, door: Door, *, known_on: dt.date | None = None) -> Outcome:
    """Contribution subsidies of a year by the tier reached (R1.2-07). ENG-101 when tiers or shares are not in the law."""
    return _post(region_id, year, door, known_on, "account_post", SUBSIDY)


def post_interest(region_id: int, year: int, door: Door, *, known_on: dt.date | None = None) -> Outcome:
    """Interest of a year on each sub-ledger (R1.5), and awards whose balance had it at another rate (R1.5-05). ENG-101 when the rate is
    not in the law."""
    return _post(region_id, year, door, known_on, "interest_post", INTEREST)


def post_daijiao(region_id: int, year: int, door: Door, *, known_on: dt.date | None = None) -> Outcome:
    """Government-paid contributions of a year (R1.3): a contribution and its account entry for everyone entitled."""
    return _post(region_id, year, door, known_on, "account_post", GOVERNMENT_PAID)


def _post(region_id: int, year: int, door: Door, known_on: dt.date | None, step: str, item: int) -> Outcome:
    with entering(door) as origin, connection.cursor() as cursor:
        today = origin.day
        engine = InDatabase(cursor, cast(Literal["sqlite", "postgresql"], connection.vendor))
        engine.provide_rows("f_run", [(months.month(year, 12),)])
        engine.provide_rows("f_year", [(year,)])
        people = relations.select("f_person", origin.pk)
        engine.provide("f_person", f"SELECT * FROM ({people}) people WHERE region_id = {int(region_id)}")
        # A step of the other item, owed or posted, would only be read and left out again.
        # The plus: what was posted is one part of all entries, found by reading them once, not person by person.
        engine.provide(
            "f_posted",
            f"{relations.select('f_posted', origin.pk)} AND f.item = {item} AND f.year = {year} "
            "AND +f.person_id IN (SELECT person_id FROM f_person)",
        )
        if item in _NOT_BUILT:
            engine.provide_rows(_NOT_BUILT[item], [])
        wanted = engine.reads(step) - engine.provided()
        for name in relations.names():
            if name in wanted:
                engine.provide(name, relations.select(name, origin.pk, "f_person"))
        if "f_interest_to" in wanted:
            engine.provide_rows("f_interest_to", [])
        for name, rows in tables(region_id, known_on or today).items():
            engine.provide_rows(f"p_{name}", rows)
        engine.build(step)
        if item == GOVERNMENT_PAID:
            _contributions(cursor, origin, today)
        kind = 2 if item == INTEREST else 1
        month = months.month(year, 12) if item == INTEREST else months.of_date(today)
        cursor.execute(
            "INSERT INTO registry_accountentry "
            "(origin_id, retracted, person_id, ledger, kind, item, year, month, amount_fen, cause) "
            f"SELECT %s, %s, person_id, ledger, {kind}, item, year, {month}, amount_fen, 'owed' "
            f"FROM {step} WHERE item = {item} ORDER BY person_id, ledger",
            [origin.pk, False],
        )
        cursor.execute(
            f"SELECT COUNT(DISTINCT person_id), CAST(COALESCE(SUM(amount_fen), 0) AS BIGINT) FROM {step} WHERE item = {item}"
        )
        persons, amount = cursor.fetchone()
        engine.drop()
        if item == INTEREST:
            true_up_awards(region_id, year, origin, known_on or today)
        return Outcome(persons, [], origin.pk, amount_fen=amount)


def _contributions(cursor: Any, origin: Origin, today: dt.date) -> None:
    """The contribution rows behind the entries. A changed or withdrawn one is replaced by what is owed now."""
    rows = f"account_post a WHERE a.item = {GOVERNMENT_PAID}"
    cursor.execute(
        "SELECT c.id FROM registry_contribution c JOIN account_post a ON a.person_id = c.person_id AND a.year = c.year "
        f"WHERE a.item = {GOVERNMENT_PAID} AND c.kind = {int(Contribution.Kind.GOVERNMENT)} "
        f"AND {live.where('registry_contribution', 'c')}"
    )
    supersede(Contribution, origin, {row[0]: {"retracted": True} for row in cursor.fetchall()})
    cursor.execute(
        "INSERT INTO registry_contribution (origin_id, retracted, person_id, year, kind, tier_fen, amount_fen, payer, "
        "reference, paid_on, arrived_on, month) "
        f"SELECT %s, %s, a.person_id, a.year, {int(Contribution.Kind.GOVERNMENT)}, 0, a.owed_fen, '', '', %s, %s, %s "
        f"FROM {rows} AND a.owed_fen > 0 ORDER BY a.person_id",
        [origin.pk, False, today, today, months.of_date(today)],
    )
