"""The county centre's own books, loaded through the import lists."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from jingban.store.origins import Door
from tests.support.databases import Database

BOOKS = Path(__file__).parents[2] / "src" / "jingban" / "cli" / "county" / "accounts"


@pytest.fixture
def miyi_books(database: Database) -> Database:
    """The published accounts of the demonstration county."""
    from jingban.budget.loading import load_folder

    load_folder(BOOKS, Door(actor="会计甲", at=dt.datetime(2020, 12, 31, 4, tzinfo=dt.UTC)))
    return database
