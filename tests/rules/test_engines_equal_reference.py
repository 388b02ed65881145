"""Every engine gives the rows of the plain-Python reference, to the fen, over random histories."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from jingban.engine import Engine
from tests.rules.engines import duckdb_engine, postgresql_engine, sqlite_engine
from tests.rules.reference import World, people
from tests.rules.worlds import worlds

Rows = list[tuple[int, ...]]
TARGETS = (
    "owed", "lines", "draw_entries", "payout_entries", "refund_entries", "claims", "interest_due", "interest_post", "subsidy_due",
    "daijiao_due", "account_post", "entitlement", "award_proposal", "account_balance", "paid_statistics",
)  # fmt: skip
QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def computed(engine: Engine, world: World) -> dict[str, Rows]:
    for name, rows in world.items():
        engine.provide_rows(name, rows)
    engine.build(*TARGETS)
    return {name: engine.step_rows(name) for name in TARGETS}


def check(found: dict[str, Rows], world: World) -> None:
    """Compare with the reference, row for row."""
    persons = people(world)
    assert found["owed"] == sorted(
        (person.id, item, month, amount)
        for person in persons
        for (item, month), amount in person.owed().items()
    )
    assert found["lines"] == sorted(row for person in persons for row in person.lines())
    assert found["draw_entries"] == sorted(row for person in persons for row in person.draw_entries())
    assert found["payout_entries"] == sorted(row for person in persons for row in person.payout_entries())
    assert found["refund_entries"] == sorted(row for person in persons for row in person.refund_entries())
    assert [row[:3] + row[-1:] for row in found["interest_due"]] == sorted(
        row for person in persons for row in person.interest(2020)
    )
    assert [(row[0], row[-1]) for row in found["subsidy_due"]] == [
        (person.id, person.subsidy(2020)) for person in persons if person.subsidy(2020)
    ]
    assert [(row[0], row[-1]) for row in found["daijiao_due"]] == [
        (person.id, person.government_paid(2020)) for person in persons if person.government_paid(2020)
    ]
    assert [(row[0], row[1], row[5], row[6]) for row in found["entitlement"]] == [
        (person.id, *start) for person in persons if (start := person.entitlement()) is not None
    ]
    assert [(row[0], row[1], row[7], row[8], row[9]) for row in found["award_proposal"]] == [
        (person.id, *proposed) for person in persons if (proposed := person.proposal()) is not None
    ]
    _claims_add_up(found, world)
    _balances_add_up(found, world)


def _claims_add_up(found: dict[str, Rows], world: World) -> None:
    """Claims by payer are the basic pension owed for the same months, layer by layer (R3.3-01)."""
    claimed: dict[tuple[int, int], int] = defaultdict(int)
    for region, month, _, _, _, _, amount in found["claims"]:
        claimed[region, month] += amount
    region_of = {row[0]: row[2] for row in world["f_person"]}
    owed: dict[tuple[int, int], int] = defaultdict(int)
    for person_id, item, month, amount in found["owed"]:
        if item <= 106:
            owed[region_of[person_id], month] += amount
    assert {key: amount for key, amount in claimed.items() if amount} == dict(owed)


def _balances_add_up(found: dict[str, Rows], world: World) -> None:
    totals: dict[tuple[int, int], int] = defaultdict(int)
    for person_id, ledger, _, _, _, amount in world["f_entry"]:
        totals[person_id, ledger] += amount
    last = {(person_id, ledger): balance for person_id, ledger, _, _, balance in found["account_balance"]}
    assert last == totals


def equal(make: Callable[..., AbstractContextManager[Engine]], examples: int, *arguments: str) -> None:
    @settings(max_examples=examples, deadline=None, suppress_health_check=QUIET, phases=[Phase.generate])
    @given(worlds())
    def run(world: World) -> None:
        with make(*arguments) as engine:
            check(computed(engine, world), world)

    run()


def test_sqlite_equals_the_reference() -> None:
    equal(sqlite_engine, 120)


def test_duckdb_equals_the_reference() -> None:
    equal(duckdb_engine, 15)


@pytest.mark.postgres
def test_postgresql_equals_the_reference(postgres_dsn: str) -> None:
    equal(postgresql_engine, 15, postgres_dsn)
