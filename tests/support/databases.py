"""Fresh, migrated databases on either engine, each copied from a template made once a session.

The fact tables refuse DELETE and TRUNCATE, so a test cannot be cleaned up by flushing: it gets its own copy, and commits
for real.
"""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.postgres import Cluster

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Database:
    """``url`` is what ``JINGBAN_DATABASE`` takes, for tests that start processes."""

    vendor: str
    url: str
    settings: dict[str, Any]


def settings_of(url: str) -> dict[str, Any]:
    """Complete Django settings of a database address."""
    from django.db import connections

    from jingban.conf import database_settings

    chosen = database_settings(url, Path("/"))
    complete = connections.configure_settings({"default": chosen})["default"]
    return dict(complete)


@contextmanager
def pointed_at(settings: dict[str, Any]) -> Iterator[None]:
    """Django's ``default`` connection is this database while the block runs (in this thread and in new ones)."""
    from django.contrib.contenttypes.models import ContentType
    from django.db import connections

    before, before_settings = connections["default"], connections.settings["default"]
    connections.settings["default"] = settings
    wrapper = connections.create_connection("default")
    connections["default"] = wrapper
    ContentType.objects.clear_cache()
    try:
        yield
    finally:
        wrapper.close()
        connections.settings["default"] = before_settings
        connections["default"] = before
        ContentType.objects.clear_cache()


def migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def make_practice() -> None:
    """The database behind ``default`` is a practice centre: commands may name who acts with ``--as``."""
    from django.utils import timezone

    from jingban.casework.services.actors import make_practice as mark

    mark(timezone.now())


def sqlite_template(folder: Path) -> Path:
    path = folder / "template.sqlite3"
    with pointed_at(settings_of(f"sqlite:///{path}")):
        from django.db import connection

        migrate()
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


def sqlite_copy(template: Path, folder: Path) -> Database:
    path = folder / f"jingban-{os.getpid()}-{next(_numbers)}.sqlite3"
    shutil.copyfile(template, path)
    url = f"sqlite:///{path}"
    return Database("sqlite", url, settings_of(url))


def postgres_template(cluster: Cluster) -> str:
    name = "jb_template"
    cluster.execute(f"CREATE DATABASE {name}")
    with pointed_at(settings_of(cluster.url(name))):
        migrate()
    return name


def postgres_copy(cluster: Cluster, template: str) -> Database:
    name = f"jb_{next(_numbers)}"
    cluster.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    url = cluster.url(name)
    return Database("postgresql", url, settings_of(url))


def drop(database: Database, cluster: Cluster | None) -> None:
    if database.vendor == "sqlite":
        for suffix in ("", "-wal", "-shm"):
            Path(str(database.settings["NAME"]) + suffix).unlink(missing_ok=True)
    elif cluster is not None:
        cluster.execute(f"DROP DATABASE IF EXISTS {database.settings['NAME']} WITH (FORCE)")
