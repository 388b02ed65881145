"""The linter that keeps every step inside the portable subset, and every head comment in its form."""

from __future__ import annotations

import re

import pytest
import sqlglot
from sqlglot import exp

from jingban.policy.tables import SCALARS
from jingban.rules.dialects import DIALECTS, render
from jingban.rules.loader import Step, order, parse, steps
from jingban.rules.relations import RELATIONS
from jingban.values.findings import Refused

STEPS = list(steps().values())
ALLOWED_FUNCTIONS = {"SUM", "COUNT", "MIN", "MAX", "COALESCE", "ROW_NUMBER", "CAST"}
MACROS = {"DIV", "HALF_UP", "CEIL_TENTH", "LEAST", "GREATEST"}
SQLGLOT = {"sqlite": "sqlite", "postgresql": "postgres", "duckdb": "duckdb", "spark": "spark"}
BANNED_NODES = (
    exp.Div, exp.Mod, exp.Limit, exp.Pivot, exp.Qualify, exp.Distinct, exp.Like, exp.Collate, exp.Interval,
    exp.IntDiv, exp.Lateral, exp.Star,
)  # fmt: skip


def parsed(sql: str) -> exp.Expression:
    """The tree of a step's own text; the macro DIV is a plain function to the parser (DuckDB has an operator DIV)."""
    return sqlglot.parse_one(re.sub(r"\bDIV\(", "INTEGER_DIV(", sql), read="duckdb")


def violations(sql: str) -> list[str]:
    """What keeps a step's text out of the subset."""
    found = []
    tree = parsed(sql)
    if not isinstance(tree, exp.Query):
        found.append("not a SELECT")
    for node in tree.walk():
        if isinstance(node, BANNED_NODES) and not (
            isinstance(node, exp.Star) and isinstance(node.parent, exp.Count)
        ):
            found.append(f"banned: {type(node).__name__}")
        if isinstance(node, exp.Literal) and (node.is_string or not node.this.isdigit()):
            found.append(f"not an integer: {node.sql()}")
        if isinstance(node, exp.Cast) and node.to.sql() != "BIGINT":
            found.append(f"casts to {node.to.sql()}")
        if isinstance(node, exp.Join) and (node.side == "LEFT") != bool(node.side):
            found.append(f"{node.side} JOIN")
        if isinstance(node, exp.RowNumber) and not (
            isinstance(node.parent, exp.Window) and node.parent.args.get("order")
        ):
            found.append("ROW_NUMBER without ORDER BY")
        if isinstance(node, exp.Sum) and not _sum_is_cast_or_compared(node):
            found.append(f"SUM is not cast to BIGINT: {node.parent.sql() if node.parent else ''}")
    names = set(re.findall(r"\b([A-Z_]+)\(", sql)) - ALLOWED_FUNCTIONS - MACROS
    return found + [f"function {name}" for name in sorted(names)]


def _sum_is_cast_or_compared(node: exp.Expression) -> bool:
    current = node.parent
    while current is not None:
        if isinstance(current, exp.Cast | exp.Having):
            return True
        if isinstance(current, exp.Select):
            return False
        current = current.parent
    return False


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_step_stays_in_the_subset(step: Step) -> None:
    assert violations(step.sql) == []


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        ("SELECT a / b AS c FROM t", "Div"),
        ("SELECT a % 2 AS c FROM t", "Mod"),
        ("SELECT a * 1.5 AS c FROM t", "not an integer"),
        ("SELECT a FROM t ORDER BY a LIMIT 1", "Limit"),
        ("SELECT CAST(a AS DECIMAL(18, 2)) AS c FROM t", "casts to"),
        ("SELECT SUM(a) AS c FROM t", "SUM is not cast"),
        ("SELECT ROUND(a) AS c FROM t", "function ROUND"),
        ("SELECT DATE_DIFF('month', a, b) AS c FROM t", "function DATE_DIFF"),
        ("SELECT a FROM t WHERE b LIKE 'x'", "Like"),
        ("SELECT * FROM t", "Star"),
        ("SELECT a FROM t FULL JOIN u ON t.a = u.a", "JOIN"),
        ("SELECT ROW_NUMBER() OVER (PARTITION BY a) AS c FROM t", "ROW_NUMBER"),
        ("DELETE FROM t", "not a SELECT"),
    ],
)
def test_the_linter_sees(sql: str, why: str) -> None:
    assert any(why in violation for violation in violations(sql))


ALLOWED_NUMBERS = {0, 1, 12, 1_000_000}
"""Nothing, one, the months of a year, the whole in parts per million. Every other number is the law's or a code's, by its name."""


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_no_number_of_the_law_stands_in_a_step(step: Step) -> None:
    assert {int(number) for number in re.findall(r"(?<![\w.])\d+", step.written)} <= ALLOWED_NUMBERS


def test_every_plain_parameter_is_read_by_a_step() -> None:
    assert {key for step in STEPS for key in step.law_keys} >= set(SCALARS) - {"interest_interim"}


def test_a_name_the_law_does_not_have_is_refused() -> None:
    with pytest.raises(Refused, match="RUL-102"):
        parse(GOOD + "WHERE payroll_month > LAW_PENSION_YEARS\n", "one.sql")


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_every_dialect_parses_and_gives_the_named_columns(step: Step, dialect: str) -> None:
    tree = sqlglot.parse_one(render(step.sql, dialect), read=SQLGLOT[dialect])  # type: ignore[arg-type]
    assert tuple(tree.named_selects) == step.gives


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_the_head_names_exactly_what_is_read(step: Step) -> None:
    tree = parsed(step.sql)
    tables = {table.name for table in tree.find_all(exp.Table)}
    assert tables == step.reads.keys()
    known = RELATIONS | {other.name: other.gives for other in STEPS}
    mentioned = {column.name for column in tree.find_all(exp.Column)}
    for name, columns in step.reads.items():
        assert set(columns) <= set(known[name]), name
        assert set(columns) <= mentioned, f"{name}: the head names columns the text never mentions"


def test_every_step_is_reachable_and_has_an_example_with_rows() -> None:
    assert {step.name for step in order(steps())} == set(steps())
    assert [step.name for step in STEPS if not any(example.gives for example in step.examples)] == []


GOOD = """/*
step: one
rule: [R1.7]
law: some law
units: fen
about: About.
reads: {f_run: [payroll_month]}
gives: [month]
example: [{name: a, given: {f_run: [[2020-07]]}, gives: [[2020-07]]}]
*/
SELECT payroll_month AS month FROM f_run
"""


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("/*\n", "", "RUL-101"),
        ("law: some law\n", "", "RUL-102"),
        ("law: some law", "lore: some law", "RUL-102"),
        ("rule: [R1.7]", "rule: [A7]", "RUL-102"),
        ("payroll_month]", "paymonth]", "RUL-102"),
        ("gives: [[2020-07]]", "gives: [[2020-07, 1]]", "RUL-102"),
        ("gives: [[2020-07]]", "gives: [[1.5]]", "RUL-102"),
        ("f_run: [[2020-07]]", "f_year: [[2020]]", "RUL-102"),
        ("gives: [month]", "gives: [month]\nkey: [year]", "RUL-102"),
        ("units: fen", "units: fen\nneeds: [p_basic]", "RUL-102"),
    ],
)
def test_a_head_that_does_not_fit_is_refused(old: str, new: str, code: str) -> None:
    assert parse(GOOD).name == "one"
    with pytest.raises(Refused) as refused:
        parse(GOOD.replace(old, new, 1), "one.sql")
    assert refused.value.findings[0].code == code


def test_unknown_names_and_circles_are_refused() -> None:
    with pytest.raises(Refused, match="RUL-104"):
        order(["no_such_step"])
    a = parse(
        GOOD.replace("reads: {f_run: [payroll_month]}", "reads: {two: [month]}").replace(
            "{f_run: [[2020-07]]}", "{}"
        )
    )
    b = parse(
        GOOD.replace("step: one", "step: two")
        .replace("{f_run: [payroll_month]}", "{one: [month]}")
        .replace("{f_run: [[2020-07]]}", "{}")
    )
    with pytest.raises(Refused, match="RUL-105"):
        order(["one"], {"one": a, "two": b})


@pytest.mark.parametrize(
    ("dialect", "text"),
    [
        ("sqlite", "((2 * (a + MAX(b, 0)) + (139)) / (2 * (139)))"),
        ("postgresql", "((2 * (a + GREATEST(b, 0)) + (139)) / (2 * (139)))"),
        ("duckdb", "((2 * (a + GREATEST(b, 0)) + (139)) // (2 * (139)))"),
        ("spark", "((2 * (a + GREATEST(b, 0)) + (139)) DIV (2 * (139)))"),
    ],
)
def test_macros_spell_one_division_for_each_engine(dialect: str, text: str) -> None:
    assert render("HALF_UP(a + GREATEST(b, 0), 139)", dialect) == text  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["DIV(a, b", "DIV(a)", "CAST(a AS DOUBLE)"])
def test_a_misused_macro_is_an_error(text: str) -> None:
    with pytest.raises(ValueError):
        render(text, "duckdb")


def test_a_step_that_collects_is_kept_as_what_it_collected() -> None:
    """Read again from what a run keeps, it is the same step whatever owes later."""
    for step in steps().values():
        assert parse(step.text, step.source) == step
    owing = {name: step.owes for name, step in steps().items() if step.owes}
    assert set(owing) == set(steps()["accrued"].reads) | set(steps()["owed_rows"].reads) - {"accrued"}
