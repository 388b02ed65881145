"""The two forms of yearly interest are one: by entry and months left, or by the balance of every month (R1.5-04)."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jingban.policy.tables import SCALARS
from jingban.rules.relations import RELATIONS
from jingban.values.months import FOREVER
from tests.rules.engines import sqlite_engine
from tests.rules.reference import Person, World, half_up, up_to_tenth
from tests.rules.worlds import account_entries


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(account_entries(1), min_size=1, max_size=3),
    st.integers(1, 60_000),
    st.integers(0, 1),
    st.integers(0, 1),
)
def test_interest_by_entry_equals_interest_by_monthly_product(
    entries: list[list[tuple[int, ...]]], rate: int, delta: int, rounding: int
) -> None:
    world: World = {name: [] for name in RELATIONS if name != "c_month"}
    world["f_run"], world["f_year"] = [(24251,)], [(2020,)]
    world["f_person"] = [(1, 20000, 10)]
    world["f_entry"] = [row for rows in entries for row in rows if row[2] != 5]
    world["p_interest"] = [(10, 2020, rate, rate, delta, delta, rounding)]
    world["p_scalar"] = [(10, SCALARS["interest_true_up"], 0, FOREVER, 0)]
    with sqlite_engine() as engine:
        for name, rows in world.items():
            engine.provide_rows(name, rows)
        engine.build("interest_due")
        found = {row[1]: row[-1] for row in engine.step_rows("interest_due")}
    person = Person(world, 1)
    products = {
        ledger: person.monthly_product(ledger, 2020) for ledger in {row[1] for row in world["f_entry"]}
    }
    total = sum(products.values(), Fraction(0))
    balance = sum(row[5] for row in world["f_entry"] if row[4] < 12 * 2021 and (row[2], row[3]) != (2, 2020))
    if rounding == 1 and total > 0 and balance >= 0:
        assert balance + sum(found.values()) == up_to_tenth(balance + total)
        first = min(ledger for ledger, product in products.items() if product)
        del products[first]
    for ledger, product in products.items():
        assert found.get(ledger, 0) == half_up(product)
