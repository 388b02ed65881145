"""Every worked example of every step gives its rows, on every engine."""

from __future__ import annotations

import pytest

from jingban.engine import Engine
from jingban.rules.loader import Example, Step, steps
from tests.rules.engines import duckdb_engine, postgresql_engine, sqlite_engine

CASES = [
    pytest.param(step, example, id=f"{name}-{number}")
    for name, step in steps().items()
    for number, example in enumerate(step.examples)
]


def _run(engine: Engine, step: Step, example: Example) -> list[tuple[int, ...]]:
    """What the step gives on exactly the columns its head names, other steps' results being given as they stand."""
    for name, rows in example.given.items():
        engine.provide_rows(name, rows, step.reads[name])
    engine.build(step.name)
    return engine.step_rows(step.name)


@pytest.mark.parametrize(("step", "example"), CASES)
def test_example_on_sqlite(step: Step, example: Example) -> None:
    with sqlite_engine(check_law=False) as engine:
        assert _run(engine, step, example) == sorted(example.gives)


@pytest.mark.parametrize(("step", "example"), CASES)
def test_example_on_duckdb(step: Step, example: Example) -> None:
    with duckdb_engine(check_law=False) as engine:
        assert _run(engine, step, example) == sorted(example.gives)


@pytest.mark.postgres
@pytest.mark.parametrize(("step", "example"), CASES)
def test_example_on_postgresql(step: Step, example: Example, postgres_dsn: str) -> None:
    with postgresql_engine(postgres_dsn, check_law=False) as engine:
        assert _run(engine, step, example) == sorted(example.gives)
