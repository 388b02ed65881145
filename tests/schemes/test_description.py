"""A scheme's description: nonsense is refused with file, line and remedy, and nobody writes its numbers a second time."""

from __future__ import annotations

import ast
import re
from importlib.resources import files
from pathlib import Path

import pytest

from jingban.policy.catalogue import GROUPS, ITEMS
from jingban.rules import codes
from jingban.schemes.loader import FILE, RESIDENTS, load, parse, shipped
from jingban.values.findings import Refused

SOURCE = Path(__file__).parents[2] / "src" / "jingban"
TEXT = (files("jingban.schemes") / "residents" / FILE).read_text("utf-8")


def test_what_is_shipped_is_read_by_name() -> None:
    assert shipped() == {"residents": RESIDENTS}
    assert (
        RESIDENTS.numbers(kind="pension")
        == codes.PENSION_ITEMS
        == (*codes.BASIC_ITEMS, codes.ACCOUNT_PENSION)
    )
    assert set(ITEMS.values()) == set(codes.BASIC_ITEMS)
    assert set(RESIDENTS.among("poor")) < set(RESIDENTS.among("hardship")) < set(GROUPS.values())
    assert not set(RESIDENTS.answering()) & set(codes.GOVERNMENT_LEDGERS)
    assert RESIDENTS.spoken("end") == RESIDENTS.spoken("end", "receipt") | RESIDENTS.spoken(
        "end", "contributing"
    )


@pytest.mark.parametrize(
    ("old", "new", "code", "entry"),
    [
        ("class: grant, ", "", "SCH-102", "funeral"),
        ("class: grant", "class: present", "SCH-102", "funeral"),
        ("number: 301", "number: 三百", "SCH-102", "funeral"),
        ("class: grant", "clas: grant", "SCH-102", "funeral"),
        ("number: 302", "number: 301", "SCH-103", "heirs"),
        ('code: "1202"', 'code: "1201"', "SCH-103", "prison"),
        ("number: 8,", "number: 9,", "SCH-103", "settled_household"),
        ("poor: [registered_poor", "poor: [nobody", "SCH-104", "poor"),
        ("groups:\n", "groups: 3\nothers:\n", "SCH-102", "groups"),
        ("scheme: residents\n", "", "SCH-102", ""),
        ("title: 丧葬补助金", "title: 丧葬补助金, title: 别的", "SCH-101", "funeral"),
        ("groups:\n", "groups: [\n", "SCH-101", None),
    ],
)
def test_nonsense_is_refused_where_it_stands(old: str, new: str, code: str, entry: str | None) -> None:
    text = TEXT.replace(old, new, 1)
    assert text != TEXT
    with pytest.raises(Refused) as caught:
        parse(text, "residents/scheme.yaml")
    (finding,) = caught.value.findings
    assert finding.code == code
    assert "residents/scheme.yaml" in finding.message
    if entry:
        assert finding.row is not None
        assert re.match(rf"\s*{entry}\b", text.splitlines()[finding.row - 1])


def test_a_folder_without_a_description(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="SCH-101"):
        load(tmp_path)


# --- nobody writes the numbers a second time -------------------------------------------------------------------------

ITEM_IN_SQL = re.compile(r"\bitem\b\s*(?:=|<>|<=|>=|<|>|IN\s*\()\s*\(?\d{3}", re.IGNORECASE)
REASONS = {reason.code for reason in RESIDENTS.reasons.values()}


def _literals(path: Path) -> list[str]:
    """Item numbers in SQL text and codes of reasons that a file spells out."""
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        body = text.partition("*/")[2] if path.suffix == ".sql" else text
        quoted = {code for code in REASONS if re.search(rf"""["']{code}["']""", body)}
        return [*ITEM_IN_SQL.findall(body), *sorted(quoted)]
    found: list[str] = []
    tree = ast.parse(text)
    documents = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents:
            found += [node.value] if node.value in REASONS else ITEM_IN_SQL.findall(node.value)
            found += [code for code in REASONS if f"'{code}'" in node.value]
    return found


def test_no_item_and_no_reason_stands_outside_the_schemes() -> None:
    rooms = [
        SOURCE / name
        for name in (
            "rules",
            "registry",
            "payments",
            "casework",
            "safeguards",
            "performance",
            "cli",
            "console",
        )
    ]
    paths = [
        path
        for room in rooms
        for path in room.rglob("*")
        if path.suffix in (".py", ".sql", ".yaml") and "migrations" not in path.parts
    ]
    assert len(paths) > 300
    found = {str(path.relative_to(SOURCE)): numbers for path in paths if (numbers := _literals(path))}
    assert not found, found
