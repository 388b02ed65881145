"""Fixtures of the whole suite. ``database`` runs a test on SQLite and on PostgreSQL; ``sqlite_database`` only on SQLite."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support import databases
from tests.support.databases import Database
from tests.support.law import Overlay
from tests.support.postgres import Cluster

# A gate must answer the same twice: CI draws the same examples every time, a developer's run draws new ones.
settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("dev", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


@pytest.fixture(autouse=True, scope="session")
def law_of_the_tests() -> None:
    """Nobody sourced the local part of any county: the tests' counties say that theirs is nothing, and so is their interest."""
    from django.conf import settings as django_settings

    support = Path(__file__).parent / "support"
    django_settings.CENTRE.overlays = [support / "nothing_local", support / "no_interest"]


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[Cluster]:
    """A running PostgreSQL server of our own."""
    cluster = Cluster.start()
    try:
        yield cluster
    finally:
        cluster.stop()


@pytest.fixture(scope="session")
def postgres_dsn(postgres_cluster: Cluster) -> str:
    """libpq address of the maintenance database; make your own database in it."""
    return postgres_cluster.dsn()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: object) -> Path:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        return databases.sqlite_template(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def postgres_template(postgres_cluster: Cluster, django_db_blocker: object) -> str:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        return databases.postgres_template(postgres_cluster)


def _opened(
    database: Database, blocker: object, cluster: Cluster | None, *, practice: bool = True
) -> Iterator[Database]:
    with blocker.unblock():  # type: ignore[attr-defined]
        with databases.pointed_at(database.settings):
            if practice:
                databases.make_practice()
            yield database
        databases.drop(database, cluster)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path, django_db_blocker: object) -> Iterator[Database]:
    """A fresh migrated database behind Django's ``default``; transactions commit for real. Runs on both engines."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        yield from _opened(databases.sqlite_copy(template, tmp_path), django_db_blocker, None)
    else:
        cluster: Cluster = request.getfixturevalue("postgres_cluster")
        name: str = request.getfixturevalue("postgres_template")
        yield from _opened(databases.postgres_copy(cluster, name), django_db_blocker, cluster)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def real_database(
    request: pytest.FixtureRequest, tmp_path: Path, django_db_blocker: object
) -> Iterator[Database]:
    """Like ``database``, of a real centre: nobody acts by a name somebody types. Every other fixture is a practice centre."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        yield from _opened(databases.sqlite_copy(template, tmp_path), django_db_blocker, None, practice=False)
    else:
        cluster: Cluster = request.getfixturevalue("postgres_cluster")
        name: str = request.getfixturevalue("postgres_template")
        copy = databases.postgres_copy(cluster, name)
        yield from _opened(copy, django_db_blocker, cluster, practice=False)


@pytest.fixture
def sqlite_database(sqlite_template: Path, tmp_path: Path, django_db_blocker: object) -> Iterator[Database]:
    """Like ``database``, on SQLite only."""
    yield from _opened(databases.sqlite_copy(sqlite_template, tmp_path), django_db_blocker, None)


@pytest.fixture
def postgres_database(
    postgres_cluster: Cluster, postgres_template: str, django_db_blocker: object
) -> Iterator[Database]:
    """Like ``database``, on PostgreSQL only."""
    yield from _opened(
        databases.postgres_copy(postgres_cluster, postgres_template), django_db_blocker, postgres_cluster
    )


@pytest.fixture
def overlay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Overlay:
    """Write values of plain parameters over the shipped law of a region."""
    return Overlay(tmp_path, monkeypatch)
