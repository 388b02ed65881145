"""What the house promises of itself: every name has its Chinese term, every fact table is guarded, every command is written down."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.db import connection

from jingban.cli.table import COMMANDS
from jingban.store.append_only import tables, unprotected
from scripts.reference import sections
from tests.support.databases import Database

ROOT = Path(__file__).resolve().parents[2]
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("section", sections())
def test_every_name_in_the_code_has_its_chinese_term_in_the_glossary(section: str) -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    rows = sections()[section]
    assert rows
    assert not {name for name, term in rows.items() if not CHINESE.search(term)}
    assert not {name for name in rows if f"| {name} |" not in glossary}


def test_no_fact_table_lost_its_guard(database: Database) -> None:
    assert len(tables()) > 30
    assert unprotected(connection) == []


def test_every_command_is_described() -> None:
    page = (ROOT / "docs" / "reference" / "commands.md").read_text("utf-8")
    assert not {name for name in COMMANDS if f"`jingban {name}`" not in page}
