"""The English catalogue is whole: every message translated, no placeholder lost, compiled; and English help is English."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo

from jingban.cli.table import COMMANDS
from jingban.registry.lists.register import LISTS
from jingban.store.lists.entry import Defaults
from jingban.store.lists.spec import header_columns
from jingban.values.i18n import activate, document, gettext, spellings
from jingban.values.sheets import Page
from scripts.messages import FOLDER, broken, catalogue, messages, missing

CHINESE = re.compile(r"[\u4e00-\u9fff]")
POSITIONAL = re.compile(r"\{(?::[^{}]*)?\}")
# terms of art and words a file must contain, shown in Chinese with their English beside them
KEPT = re.compile(
    r"“[^”]*”|[\u4e00-\u9fff〔〕\d]+ \([^()]*\)|\[(?:如果|逐个) |\(金保\)| 区间 \(range\)|\[万元\|元\]|\[default: 万元\]"
)

WALK = """
from jingban.values.i18n import activate
activate("en")
import click
from jingban.cli.main import root

def walk(command, context, name):
    print(name, command.get_help(context), sep="\\n", end="\\f")
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            found = command.get_command(context, inner)
            walk(found, click.Context(found, info_name=inner, parent=context), f"{name} {inner}".strip())

walk(root, click.Context(root, info_name="jingban", terminal_width=200, max_content_width=200), "")
"""


def run(folder: Path, *args: str) -> str:
    """What ``jingban`` prints in English."""
    return python(folder, "-m", "jingban.cli.main", "--lang", "en", *args)


def python(folder: Path, *args: str) -> str:
    """What a fresh interpreter prints."""
    environment = {**os.environ, "COLUMNS": "200", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, *args],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout


@pytest.fixture(scope="module")
def known() -> dict[str, str]:
    """Message → translation, as the .po holds them."""
    return {message.id: str(message.string) for message in catalogue() if message.id}


@pytest.fixture(scope="module")
def sources() -> set[str]:
    """The messages in the source."""
    return set(messages())


def test_every_message_is_translated(known: dict[str, str], sources: set[str]) -> None:
    assert missing() == []
    assert set(known) == sources
    assert [text for text in known if not known[text].strip()] == []


def test_no_translation_loses_a_placeholder(known: dict[str, str]) -> None:
    assert broken() == []
    # the script compares named placeholders; these go by position
    assert [text for text in known if POSITIONAL.findall(text) != POSITIONAL.findall(known[text])] == []
    assert [text for text in known if text.count("%%") != known[text].count("%%")] == []


def test_translations_are_english(known: dict[str, str]) -> None:
    assert [text for text in known.values() if CHINESE.search(KEPT.sub("", text))] == []


def test_the_compiled_catalogue_is_that_of_the_text(known: dict[str, str]) -> None:
    compiled = read_mo(BytesIO((FOLDER / "django.mo").read_bytes()))
    assert {message.id: message.string for message in compiled if message.id} == known
    activate("en")
    try:
        assert {text: gettext(text) for text in known} == known
    finally:
        activate("zh")


def test_the_english_overview_is_english(tmp_path: Path) -> None:
    shown = run(tmp_path, "--help")
    assert "Usage:" in shown
    assert set(COMMANDS) <= set(re.findall(r"^  (\w+)", shown, flags=re.M))
    assert not CHINESE.search(shown)


def test_the_help_of_every_command_is_english(tmp_path: Path) -> None:
    """One process walks the whole tree of commands, subcommands included."""
    shown = python(tmp_path, "-c", WALK)
    pages = dict(page.split("\n", 1) for page in shown.split("\f") if page)
    assert set(COMMANDS) <= set(pages)
    assert {name for name, page in pages.items() if not page.startswith("Usage:")} == set()
    assert {name: page for name, page in pages.items() if CHINESE.search(KEPT.sub("", page))} == {}


def test_an_english_standard_has_english_headings(tmp_path: Path) -> None:
    shown = run(tmp_path, "policy", "show", "basic_pension", "--region", "510000", "--month", "2020-07")
    heading = next(line for line in shown.splitlines() if "Layer" in line)
    assert [cell.strip() for cell in heading.strip("┃ ").split("┃")][:7] == [
        "Layer", "Set by", "yuan/month", "From", "Shares", "Source", "Confidence",
    ]  # fmt: skip
    assert not CHINESE.search(heading)
    assert shown.startswith("Basic pension standard")
    assert re.search(r"Central 100%", shown)
    assert re.search(r"│ Total .*105\.00", shown)


def test_a_list_written_in_one_language_is_read_in_the_other() -> None:
    assert set(spellings("姓名")) >= {"姓名", "Name"}
    assert set(spellings("Name")) >= {"姓名", "Name"}
    for entry in LISTS.values():
        spec = entry.describe(Defaults(region="510421"))
        english = [spellings(column.title)[1] for column in spec.columns if len(spellings(column.title)) > 1]
        assert english
        assert len(header_columns(spec, Page("", [english]))) == len(english), entry.name


def test_a_document_is_chinese_on_an_english_screen() -> None:
    activate("en")
    try:
        assert gettext("目录") == "Contents"
        assert document("目录") == "目录"
    finally:
        activate("zh")
