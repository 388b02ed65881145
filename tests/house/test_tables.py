"""Every table of the product is of one kind: it only grows, it moves along its arrows, or it is the framework's and named here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from jingban.store import append_only
from jingban.store.machine import machines
from tests.console.conftest import web
from tests.support import databases
from tests.support.any_row import put
from tests.support.databases import Database

FRAMEWORK = {
    "django_migrations": "which migrations were made",
    "django_content_type": "names of models",
    "auth_permission": "not used: rights are duties",
    "auth_group": "names of roles and duties; those of the three administrators are fixed by triggers",
    "auth_group_permissions": "not used",
    "auth_user": "accounts and password digests; who opened, closed or reset one is on the audit chain",
    "auth_user_groups": "who holds which role and duty; nobody two of the three administrators, by trigger; on the audit chain",
    "auth_user_user_permissions": "not used",
    "django_session": "who is signed in",
    "usersessions_usersession": "where somebody is signed in",
    "account_emailaddress": "not used: nobody signs up",
    "account_emailconfirmation": "not used",
    "mfa_authenticator": "second factors; two persons take one away",
    "axes_accessattempt": "lock-out",
    "axes_accessattemptexpiration": "lock-out",
    "axes_accessfailurelog": "lock-out",
    "axes_accesslog": "lock-out",
}
"""Nothing of money and nobody's facts stand in them."""


@pytest.fixture
def whole(database: Database) -> Iterator[Database]:
    """With the tables of the pages."""
    with web():
        databases.migrate()
        yield database


GUARDS = ("REG-001", "PAY-216", *(one.message[:7] for one in machines().values()))


def _refused(statement: str) -> str:
    """The message with which the database refuses it; nothing when it lets it pass."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        return str(error)
    return ""


def test_every_table_is_of_one_kind_and_guarded_as_such(whole: Database) -> None:
    """With a row in each: UPDATE of every column, DELETE, TRUNCATE and INSERT OR REPLACE."""
    grow, move = set(append_only.tables()), set(machines())
    there = set(connection.introspection.table_names())
    assert there == grow | move | set(FRAMEWORK)
    assert not (grow & move)
    assert not ((grow | move) & set(FRAMEWORK))
    models_ = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    passed: list[str] = []
    for table in sorted(grow | move):
        model = models_[table]
        pk = put(model, **({} if table in grow else {"state": machines()[table].first}))
        code = "REG-001" if table in grow else machines()[table].message[:7]
        attacks = [f"DELETE FROM {table}", f"UPDATE {table} SET id = id + 1000"]
        if table in grow:
            attacks += [
                f'UPDATE {table} SET "{field.column}" = "{field.column}"'
                for field in model._meta.concrete_fields
            ]
        if whole.vendor == "postgresql":
            attacks.append(f"TRUNCATE {table} CASCADE")
        else:
            attacks.append(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
        for attack in attacks:
            # a cascade and an insert may meet another guard first
            codes = GUARDS if attack.startswith(("TRUNCATE", "INSERT")) else (code,)
            told = _refused(attack)
            if not any(one in told for one in codes):
                passed.append(f"{attack}: {told}")
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM {table} WHERE {model._meta.pk.column} = %s", [pk])  # type: ignore[union-attr]
            assert cursor.fetchone() == (1,), table
    assert passed == []
