"""The database itself refuses UPDATE and DELETE on every fact table, on both engines."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from jingban.budget.models import Reception, Unit
from jingban.registry.models import BankAccount, Identity, Person
from jingban.store import append_only, bulk
from jingban.store.origins import entering
from jingban.store.supersede import supersede
from tests.support.databases import Database
from tests.support.people import door, record, register


def _refused(statement: str) -> None:
    with pytest.raises(DatabaseError, match="REG-001"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_every_fact_table_is_protected(database: Database) -> None:
    assert len(append_only.tables()) >= 20
    assert append_only.unprotected(connection) == []


def test_raw_update_and_delete_are_refused(database: Database) -> None:
    register(record(1))
    for table in ("registry_identity", "registry_person", "registry_origin", "registry_accountentry"):
        _refused(f"UPDATE {table} SET id = id + 100")
        _refused(f"DELETE FROM {table}")
    assert Identity.objects.count() == 1


def test_queryset_update_and_delete_are_refused(database: Database) -> None:
    register(record(1))
    with pytest.raises(DatabaseError, match="REG-001"), transaction.atomic():
        BankAccount.objects.update(account="999")
    with pytest.raises(DatabaseError, match="REG-001"), transaction.atomic():
        BankAccount.objects.all().delete()
    assert BankAccount.objects.get().account != "999"


def test_truncate_is_refused(postgres_database: Database) -> None:
    register(record(1))
    _refused("TRUNCATE registry_person CASCADE")
    assert Person.objects.count() == 1


def test_replace_is_refused(sqlite_database: Database) -> None:
    """SQLite's INSERT OR REPLACE deletes first; recursive triggers make the refusal see it."""
    register(record(1))
    _refused(
        "INSERT OR REPLACE INTO registry_person (id, number, origin_id) SELECT id, 'X', origin_id FROM registry_person"
    )


def test_a_lost_trigger_is_noticed(sqlite_database: Database) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER registry_death_no_delete")
    assert append_only.unprotected(connection) == ["registry_death"]


def test_a_fact_is_superseded_once(database: Database) -> None:
    (person,) = register(record(1))
    old = BankAccount.objects.get(person_id=person)
    BankAccount.objects.create(
        origin=old.origin, person_id=person, bank="NH", account="1", holder="a", valid_from=1, supersedes=old
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        BankAccount.objects.create(
            origin=old.origin,
            person_id=person,
            bank="NH",
            account="2",
            holder="a",
            valid_from=1,
            supersedes=old,
        )


def test_a_column_may_be_called_like_a_word_of_sql(database: Database) -> None:
    """``foreign`` of a reception: appended in bulk, corrected and withdrawn like any other column."""
    with entering(door()) as origin:
        unit = Unit.objects.create(code="U1", origin=origin)
        fields = ["origin_id", "unit", "year", "day", "foreign", "guests", "matter", "amount_fen", "voucher"]
        row = (origin.pk, unit.pk, 2020, "2020-05-06", False, 8, "调研", 960_00, "P1")
        assert bulk.insert(Reception, fields, [row]) == 1
    for change in ({"foreign": True}, {"retracted": True}):
        with entering(door()) as origin:
            newest = Reception.objects.latest("pk")
            assert supersede(Reception, origin, {newest.pk: change}) == 1
    told = Reception.objects.order_by("pk").values_list("foreign", "retracted", "guests", "day")
    day = dt.date(2020, 5, 6)
    assert list(told) == [(False, False, 8, day), (True, False, 8, day), (True, True, 8, day)]
