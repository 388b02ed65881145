"""Every parameter of the law has a reader, and another value gives another result.

``IN_RULES``: every value of the parameter is changed, everywhere it is set, and the steps are computed again for a fixed handful of
people. ``IN_SERVICES``: the parameter is asked by a service; the named test sets another value and sees another outcome.
"""

from __future__ import annotations

import ast
import copy
import dataclasses
import importlib
import inspect
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jingban.policy import Policy
from jingban.policy.catalogue import CATALOGUE, PAYERS, Kind
from jingban.policy.model import Dated, Grant, TierScale
from jingban.policy.tables import COLUMNS
from jingban.rules.loader import steps
from jingban.rules.relations import RELATIONS
from jingban.values.findings import Refused
from jingban.values.months import FOREVER, month
from tests.rules.engines import sqlite_engine

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src/jingban"
REGION = 510421
TARGETS = (
    "lines", "draw_entries", "payout_entries", "claims", "interest_post", "account_post", "entitlement", "award_proposal", "daijiao_due", "required_years",
)  # fmt: skip

IN_RULES = {
    "basic_pension", "age_supplement", "years_supplement", "city_share_of_local_part", "contribution_tiers", "catch_up_subsidy",
    "catch_up_back_pay", "join_age", "daijiao_amount", "daijiao_priority", "daijiao_test", "account_divisor", "draw_order",
    "interest_rate", "interest_delta_in", "interest_delta_out", "interest_current_rate", "demand_deposit_rate", "interest_rounding",
    "interest_true_up", "pension_age", "required_years", "age_rounding", "scheme_launch", "certification_cycle",
    "certification_waiver", "funeral_grant", "heirs_include_subsidy",
}  # fmt: skip

IN_SERVICES = {
    "tier_change_in_year": "registry.test_law_of_services:test_a_tier_is_raised_to_a_tier",
    "collective_aid_within_top_tier": "registry.test_law_of_services:test_aid_stays_within_the_highest_tier_only_where_the_law_says_so",
    "catch_up_over_60": "registry.test_law_of_services:test_a_rule_of_the_county_admits_catch_up",
    "catch_up_top_up_at_60": "registry.test_law_of_services:test_a_rule_of_the_county_refuses_catch_up",
    "catch_up_interrupted": "registry.test_law_of_services:test_a_rule_of_the_county_refuses_catch_up",
    "catch_up_total_years": "registry.test_law_of_services:test_late_joiners_catch_up_to_fifteen_years_in_all",
    "poverty_admission": "registry.test_law_of_services:test_a_special_award_needs_the_rule_and_the_group",
    "recalculation_divisor": "registry.test_law_of_services:test_the_divisor_is_the_laws",
    "divisor_by_age": "registry.test_law_of_services:test_the_divisor_is_the_laws",
    "fisher_subsidy": "casework.test_law_of_cases:test_a_fishers_subsidy_has_a_yearly_amount_and_years",
    "fisher_subsidy_years": "casework.test_law_of_cases:test_a_fishers_subsidy_has_a_yearly_amount_and_years",
    "stop_rules": "casework.test_law_of_cases:test_the_stop_rule_decides_what_accrues",
    "transfer_moves_cash_inside_province": "casework.test_law_of_cases:test_whether_money_moves_is_the_laws",
    "transfer_moves_cash_between_provinces": "casework.test_law_of_cases:test_whether_money_moves_is_the_laws",
    "transfer_after_60_stays": "casework.test_law_of_cases:test_who_is_past_the_age_stays_where_the_law_says_so",
    "dual_receipt_reclaims": "money.test_second_pension_and_late_enrolment:test_what_the_fund_bore_is_claimed_back_only_where_the_region_does",
    "late_enrolment_back_pay": "money.test_second_pension_and_late_enrolment:test_a_county_may_pay_back_to_the_beginning",
    "interest_interim": "money.test_interest_to_the_event:test_a_county_may_wait_for_the_rate",
    "dual_receipt_keeps": "casework.test_law_of_cases:test_which_of_two_pensions_is_kept",
    "archive_personal_registration": "casework.test_law_of_cases:test_how_long_papers_are_kept_is_the_laws",
    "archive_account": "casework.test_law_of_cases:test_how_long_papers_are_kept_is_the_laws",
    "archive_card": "casework.test_law_of_cases:test_how_long_papers_are_kept_is_the_laws",
    "archive_certification": "casework.test_law_of_cases:test_how_long_papers_are_kept_is_the_laws",
    "archive_certificate": "casework.test_law_of_cases:test_how_long_papers_are_kept_is_the_laws",
    "reminder_lead": "casework.test_law_of_cases:test_lists_and_limits_go_by_the_law",
    "oldest_age": "casework.test_law_of_cases:test_lists_and_limits_go_by_the_law",
    "bridging_needs_employee_years": "casework.test_law_of_cases:test_lists_and_limits_go_by_the_law",
    "bridging_step_days": "casework.test_law_of_cases:test_lists_and_limits_go_by_the_law",
    "target_registration": "casework.test_law_of_cases:test_lists_and_limits_go_by_the_law",
    "target_change": "casework.test_law_of_cases:test_lists_and_limits_go_by_the_law",
    "limit_registration": "casework.test_law_of_cases:test_lists_and_limits_go_by_the_law",
    "limit_change": "casework.test_law_of_cases:test_lists_and_limits_go_by_the_law",
    "limit_pension_claim": "casework.test_law_of_cases:test_lists_and_limits_go_by_the_law",
}
BASE = {
    "contribution": {"catch_up_back_pay": False},
    "basic_pension": {"city_share_of_local_part": "40%"},
    "account": {"interest_current_rate": "demand", "demand_deposit_rate": "0.35%"},
}
"""What the county of the test does not say itself, plain parameters by subject."""


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    """The shipped law, the sample county's, and a value for everything else that steps read."""
    folder = tmp_path_factory.mktemp("law")
    place = folder / str(REGION)
    place.mkdir()
    (folder / "overlay.yaml").write_text("name: 测试\ntitle: 测试\ndemonstration: true\n", "utf-8")
    (folder / "sources.yaml").write_text("TEST: 测试\n", "utf-8")
    cited = ", document: 测试, source: TEST, confidence: L}"
    for subject, values in BASE.items():
        lines = [f'subject: {subject}\nregion: "{REGION}"\ntitle: 测试\nparameters:\n']
        for name, value in values.items():
            word = str(value).lower() if isinstance(value, bool) else f'"{value}"'
            lines.append(f"  {name}:\n    values:\n      2014-07-01: {{value: {word}{cited}\n")
        if subject == "basic_pension":
            layer = f"number: 9901, title: 测试, item: years_supplement, base_years: 15, values: {{2014-07-01: {{value: 1{cited}}}"
            lines.append(f"  years_supplement:\n    layers:\n      test_years: {{{layer}}}\n")
            lines.append(f"sharing:\n  test_years:\n    2014-07-01: {{value: {{city_county: 1}}{cited}\n")
        (place / f"{subject}.yaml").write_text("".join(lines), "utf-8")
    return Policy.load([Path("demo/miyi-2020"), folder])


def _other(name: str, value: Any) -> Any:
    """Another value of the same kind."""
    spec = CATALOGUE[name]
    if value is None:
        return None
    if spec.kind is Kind.FLAG:
        return 1 - value
    if spec.kind is Kind.CHOICE:
        return value - 1 if value == len(spec.choices) - 1 else value + 1
    if spec.kind is Kind.GROUP_COUNT:
        return 10 - value
    if isinstance(value, TierScale):
        return dataclasses.replace(value, tiers=tuple((tier, subsidy + 100) for tier, subsidy in value.tiers))
    if isinstance(value, Grant):
        return Grant(value.fixed_fen + 100, value.basic_months)
    return (
        1 - value
        if name.startswith("interest_delta")
        else value + (10_000 if spec.kind in (Kind.RATE, Kind.RATE_BY_YEAR) else 1)
    )


def changed(law: Policy, name: str) -> Policy:
    """The law with every value of one parameter replaced by another one."""
    store = copy.copy(law.store)

    def line(dated: tuple[Dated, ...]) -> tuple[Dated, ...]:
        return tuple(dataclasses.replace(one, value=_other(name, one.value)) for one in dated)

    store.values = {key: line(old) if key[0] == name else old for key, old in store.values.items()}
    store.keyed = {key: line(old) if key[0] == name else old for key, old in store.keyed.items()}
    store.layers = {
        key: {one: dataclasses.replace(layer, values=line(layer.values)) for one, layer in old.items()} if key[0] == name else old
        for key, old in store.layers.items()
    }  # fmt: skip
    return Policy(store)


def without(law: Policy, name: str) -> Policy:
    """The law with every value of one parameter gone."""
    store = copy.copy(law.store)
    store.values = {key: () if key[0] == name else old for key, old in store.values.items()}
    store.keyed = {key: () if key[0] == name else old for key, old in store.keyed.items()}
    store.layers = {
        key: {one: dataclasses.replace(layer, values=()) for one, layer in old.items()} if key[0] == name else old
        for key, old in store.layers.items()
    }  # fmt: skip
    return Policy(store)


def people() -> dict[str, list[tuple[int, ...]]]:
    """Nine people of Miyi in 2020, each there for what only that person shows."""
    world: dict[str, list[tuple[int, ...]]] = {name: [] for name in RELATIONS if name.startswith("f_")}
    births = {
        1: (1950, 5),
        2: (1960, 3),
        3: (1958, 11),
        4: (2004, 11),
        5: (1975, 1),
        6: (1945, 1),
        7: (1939, 1),
        8: (1960, 3),
        9: (1960, 12),
    }
    world["f_person"] = [(who, month(*born), REGION) for who, born in births.items()]
    world["f_scope"] = [(who, month(2020, 1), FOREVER) for who in births]
    world["f_award"] = [(1, month(2019, 1), 17), (6, month(2012, 1), 15), (7, month(2012, 1), 15)]
    world["f_annuity"] = [(1, month(2019, 1), 300_000, 139), (6, month(2012, 1), 100_000, 139)]
    world["f_certified"] = [(1, month(2019, 11)), (6, month(2019, 6)), (7, month(2019, 5))]
    world["f_death"] = [(6, month(2020, 5))]
    world["f_entry"] = [
        (who, ledger, 1, year, month(year, 6), fen)
        for who in (1, 5, 6, 8)
        for ledger, year, fen in ((1, 2018, 60_000), (3, 2018, 30_000), (6, 2018, 10_000), (1, 2020, 20_000))
    ]
    world["f_entry"] += [
        (1, 1, 3, 2020, month(2020, 3), -1_000),
        (7, 1, 1, 2018, month(2018, 6), 50_000),
        (7, 1, 5, 2019, month(2019, 6), -1_000),
    ]
    world["f_posted"] = [(7, 403, 2020, 1, 100)]
    world["f_history"] = [(2, 9, 2018), (3, 7, 2018), (8, 9, 2018), (9, 11, 2018)]
    world["f_contribution"] = [
        (2, 2015, month(2020, 6), 20_000, 2), (2, 2019, month(2019, 6), 20_000, 1), (5, 2020, month(2020, 3), 30_000, 1),
        (5, 2018, month(2020, 3), 30_000, 2), (3, 2020, month(2020, 3), 20_000, 2), (8, 2017, month(2020, 11), 20_000, 2),
    ]  # fmt: skip
    world["f_group"] = [
        (4, 2, month(2020, 3), FOREVER),
        (5, 2, month(2020, 3), FOREVER),
        (5, 3, month(2019, 3), FOREVER),
    ]
    return world


PAYROLLS = (month(2020, 8), month(2020, 12))


def rows_of(law: Policy, payroll: int, *targets: str) -> dict[str, Any]:
    """The rows of some targets with this law. Raises ``Refused`` where it has a hole."""
    with sqlite_engine() as engine:
        for name, rows in people().items():
            engine.provide_rows(name, rows)
        engine.provide_rows("f_run", [(payroll,)])
        engine.provide_rows("f_year", [(2020,)])
        for name in COLUMNS:
            engine.provide_rows(f"p_{name}", law.table(name, [REGION]))
        engine.law = law
        engine.build(*targets)
        return {f"{name} {payroll}": engine.step_rows(name) for name in targets}


def results(law: Policy) -> dict[str, Any]:
    """The rows of every target for two payroll months, with this law."""
    return {key: rows for payroll in PAYROLLS for key, rows in rows_of(law, payroll, *TARGETS).items()}


@pytest.fixture(scope="module")
def before(law: Policy) -> dict[str, Any]:
    return results(law)


def test_every_parameter_has_a_reader() -> None:
    named = IN_RULES | IN_SERVICES.keys()
    assert named == set(CATALOGUE)
    assert not IN_RULES & IN_SERVICES.keys()


@pytest.mark.parametrize("name", sorted(IN_RULES))
def test_another_value_gives_another_result(name: str, law: Policy, before: dict[str, Any]) -> None:
    assert results(changed(law, name)) != before


NOT_DEMANDED = {
    "certification_waiver": "a waiver that nobody declared is none: who did not certify is held, with that reason",
    "city_share_of_local_part": "the share of city and county stays with both together (payer 5)",
}


@pytest.mark.parametrize("name", sorted(IN_RULES - NOT_DEMANDED.keys()))
def test_without_its_value_every_result_is_the_same_or_is_refused_by_name(
    name: str, law: Policy, before: dict[str, Any]
) -> None:
    gone, refusals = without(law, name), 0
    for payroll in PAYROLLS:
        for target in TARGETS:
            try:
                found = rows_of(gone, payroll, target)
            except Refused as refused:
                refusals += 1
                told = {one.code: one.message for one in refused.findings}
                assert "ENG-101" in told
                assert CATALOGUE[name].title in told["ENG-101"], (target, told)
            else:
                assert found == {key: before[key] for key in found}, target
    assert refusals


def test_a_share_that_is_not_divided_stays_whole(law: Policy, before: dict[str, Any]) -> None:
    gone = without(law, "city_share_of_local_part")

    def totals(rows: list[tuple[int, ...]]) -> Counter[tuple[int, ...]]:
        return sum((Counter({row[:4]: row[-1]}) for row in rows), Counter())

    for payroll in PAYROLLS:
        found = rows_of(gone, payroll, "claims")[f"claims {payroll}"]
        assert totals(found) == totals(before[f"claims {payroll}"])
        assert {row[4] for row in found} >= {PAYERS["city_county"]}


@pytest.mark.parametrize("name", sorted(IN_SERVICES))
def test_the_service_that_asks_is_tested_with_another_value(name: str) -> None:
    """The test is there and names the parameter, or the place whose law has another value of it."""
    module, _, function = IN_SERVICES[name].partition(":")
    text = inspect.getsource(getattr(importlib.import_module(f"tests.{module}"), function))
    assert name in text or name in BY_PLACE


BY_PLACE = {"catch_up_interrupted", "poverty_admission", "recalculation_divisor", "divisor_by_age"}
"""Parameters whose other value is that of another county, or stands in the parameters of the test."""


def test_every_column_of_the_law_is_read() -> None:
    """A relation that no step reads is asked by name in a service."""
    read = {name for step in steps().values() for name in step.reads if name.startswith("p_")}
    by_services = {"p_redivisor"}
    assert {f"p_{name}" for name in COLUMNS} == read | by_services


# --- numbers of the law in services and commands ------------------------------------------------------------------------

ROOMS = ("store", "registry", "payments", "safeguards", "casework", "cli", "console", "api")
SAMPLE = "cli/county"
"""The sample county is calibrated to a published year; a test compares its numbers with the law."""
OTHERS = {
    "store/lists/cell.py": "digits of a float",
    "payments/claims_sheet.py": "width of a column",
    "payments/replay.py": "length of a batch number",
    "payments/services/explain.py": "length of an ID number of old",
    "casework/services/sessions.py": "seconds of a minute",
    "console/views/plans.py": "rows of a form",
}
LENGTHS = {"range", "token_hex", "ljust"}
LAW_SQL = re.compile(r"(?<![\w.:-])(?:60|15|139|720|721|192|180)(?![\w.:-])")


def numbers_of_the_law() -> set[int]:
    """Ages and years that the shipped law gives, in years and in months, and the divisor of an award."""
    shipped = Policy.load()
    found: set[int] = set()
    for name in ("pension_age", "join_age", "required_years", "oldest_age", "account_divisor"):
        for (one, _region), line in shipped.store.values.items():
            if one == name:
                found |= {dated.value for dated in line if isinstance(dated.value, int)}
    return {number for number in found | {12 * number for number in found if number <= 100} if number > 12}


def test_no_number_of_the_law_stands_in_a_service_or_command() -> None:
    """No constant of Python and no number in SQL text; what is another number is listed with what it is."""
    law = numbers_of_the_law()
    assert law >= {60, 15, 16, 139, 720}
    found, others = [], set()
    for room in ROOMS:
        for path in sorted((SRC / room).rglob("*.py")):
            name = path.relative_to(SRC).as_posix()
            if name.startswith(SAMPLE) or {"migrations", "models", "models.py"} & set(path.parts):
                continue
            text = path.read_text("utf-8")
            for node in _constants(ast.parse(text)):
                sql = isinstance(node.value, str) and "SELECT" in node.value and LAW_SQL.search(node.value)
                if sql or (isinstance(node.value, int) and node.value in law):
                    others.add(name)
                    if name not in OTHERS:
                        found.append(f"{name}:{node.lineno}: {text.splitlines()[node.lineno - 1].strip()}")
    assert found == []
    assert set(OTHERS) == others


def _constants(node: ast.AST) -> Iterator[ast.Constant]:
    """Every constant that is not the length of a text: no bound of a slice, no argument of what only counts places."""
    if isinstance(node, ast.Constant):
        yield node
        return
    call = node.func if isinstance(node, ast.Call) else None
    if isinstance(node, ast.Slice) or getattr(call, "attr", getattr(call, "id", "")) in LENGTHS:
        return
    for inner in ast.iter_child_nodes(node):
        yield from _constants(inner)
