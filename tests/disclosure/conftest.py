"""Two agencies with their books loaded through the import lists, once a session each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from jingban.budget.models import Unit
from jingban.store.origins import Door
from tests.disclosure import evaluated
from tests.support import databases

HERE = Path(__file__).parent
MIYI = Path(__file__).parents[2] / "src" / "jingban" / "cli" / "county" / "accounts"
DOOR = Door(actor="会计甲", at=dt.datetime(2021, 1, 5, tzinfo=dt.UTC))


def _books(folder: Path, template: Path, where: Path, blocker: object) -> Iterator[databases.Database]:
    with blocker.unblock():  # type: ignore[attr-defined]
        made = databases.sqlite_copy(template, where)
        with databases.pointed_at(made.settings):
            from jingban.budget.loading import load_folder

            databases.make_practice()
            load_folder(folder, DOOR)
        with databases.pointed_at(made.settings):
            yield made


@pytest.fixture
def shifeng(sqlite_template: Path, tmp_path: Path, django_db_blocker: object) -> Iterator[databases.Database]:
    """The district agency of `data/shifeng`."""
    yield from _books(HERE / "data" / "shifeng", sqlite_template, tmp_path, django_db_blocker)


@pytest.fixture
def miyi(sqlite_template: Path, tmp_path: Path, django_db_blocker: object) -> Iterator[databases.Database]:
    """The county centre of the demonstration."""
    yield from _books(MIYI, sqlite_template, tmp_path, django_db_blocker)


@pytest.fixture
def scored(sqlite_database: databases.Database) -> Unit:
    """The county centre with its goals measured and explained, but not final."""
    return evaluated.enter()


@pytest.fixture
def reviewed(scored: Unit) -> Unit:
    """The same, final and reviewed."""
    evaluated.finish()
    return scored
