"""Rows that move: the database allows the arrows of each machine and nothing else, on both engines."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from jingban.console.models import Job
from jingban.payments.models import Credit, Run
from jingban.store.machine import Machine, machines, unguarded
from tests.support.any_row import made_up, put
from tests.support.databases import Database

MODELS = {
    model._meta.db_table: model
    for model in apps.get_models()
    if isinstance(getattr(model, "machine", None), Machine)
}


def _states(model: type[models.Model]) -> list[str]:
    return [str(value) for value, _label in model._meta.get_field("state").choices or ()]


def _arrows(model: type[models.Model]) -> set[tuple[str, str]]:
    """What the services can do: the transitions of django-fsm; a job ends once."""
    if model is Job:
        return {("running", end) for end in _states(Job) if end != "running"}
    transitions = model._meta.get_field("state").get_all_transitions(model)  # type: ignore[union-attr]
    return {(str(one.source), str(one.target)) for one in transitions}


def _set(model: type[models.Model], pk: int, **values: Any) -> str:
    """Raw UPDATE; the code with which it was refused, or nothing."""
    columns = ", ".join(f"{column} = %s" for column in values)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {model._meta.db_table} SET {columns} WHERE id = %s", [*values.values(), pk]
            )
    except DatabaseError as error:
        return str(error)[:7]
    return ""


def test_the_machines_are_these(database: Database) -> None:
    assert set(machines()) == {"payments_run", "payments_credit", "console_job"}
    assert {model._meta.db_table for model in (Run, Credit, Job)} == set(machines())
    assert unguarded(connection) == []
    for table, one in machines().items():
        columns = {field.column for field in MODELS[table]._meta.concrete_fields}
        assert set(one.columns) | {"id", "state"} == columns
        assert {move for move in one.moves if move[0] != move[1]} == {
            (a, b) for a, b in _arrows(MODELS[table]) if a != b
        }
    with connection.cursor() as cursor:
        on = " ON console_job" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER console_job_machine_moves{on}")
    assert unguarded(connection) == ["console_job"]


@pytest.mark.parametrize("table", sorted(MODELS))
def test_only_the_arrows(database: Database, table: str) -> None:
    """Every pair of states, and every column in every state, with every check but the machine's taken away."""
    model, one = MODELS[table], machines()[table]
    arrows = _arrows(model)
    code = one.message[:7]
    for start in _states(model):
        for target in _states(model):
            pk = put(model, state=start)
            refused = _set(model, pk, state=target)
            may = start == target or (start, target) in arrows
            # a release needs its clearance as well
            assert refused in (("" if may else code), "PAY-207"), (start, target, refused)
            assert refused != "PAY-207" or target not in ("draft", "reviewed", "cancelled", start)
        pk = put(model, state=start)
        for field in model._meta.concrete_fields:
            if field.column != "state":
                assert _set(model, pk, **{field.column: made_up(field, 30_000)}) == code, (
                    start,
                    field.column,
                )
    for word in ("DELETE FROM", *(["TRUNCATE"] if database.vendor == "postgresql" else [])):
        with pytest.raises(DatabaseError, match=code), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"{word} {table}{' CASCADE' if word == 'TRUNCATE' else ''}")
    for state in _states(model)[1:]:
        with pytest.raises(DatabaseError, match=rf"{code}|PAY-207"), transaction.atomic():
            put(model, guarded=True, state=state)


@pytest.mark.parametrize("table", ["payments_run", "payments_credit"])
def test_a_preview_is_written_once(database: Database, table: str) -> None:
    model = MODELS[table]
    pk = put(model, state="draft", report="{}")
    assert _set(model, pk, report='{"a": 1}', amount_fen=5, person_count=1) == ""
    for column, value in (("report", "{}"), ("amount_fen", 6), ("person_count", 2)):
        assert _set(model, pk, **{column: value}) == machines()[table].message[:7]


def test_a_job_has_one_folder(database: Database) -> None:
    pk = put(Job, state="running", folder="")
    assert _set(Job, pk, folder="a") == ""
    assert _set(Job, pk, folder="b") == "CON-330"
    assert _set(Job, pk, state="failed", folder="") == ""
