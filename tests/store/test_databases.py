"""The fixtures themselves: the same test really runs on both engines."""

from __future__ import annotations

from django.db import connection

from tests.support.databases import Database


def test_default_points_at_the_database(database: Database) -> None:
    from django.contrib.auth.models import User

    assert connection.vendor == database.vendor
    User.objects.create(username="maker")
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM auth_user")
        assert cursor.fetchone() == (1,)


def test_each_test_starts_empty(database: Database) -> None:
    from django.contrib.auth.models import User

    assert not User.objects.exists()
