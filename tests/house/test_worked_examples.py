"""The list of worked examples is whole, and each of its amounts stands in the test that it names."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reference" / "worked-examples.md"
WANTED = [*(str(n) for n in range(1, 26)), *(f"W{n}" for n in range(1, 15))]
ROW = re.compile(r"^\| (W?\d+) \| (.*) \| (.*) \| `(tests/[\w/]+\.py)::(\w+)` \|$", re.M)
AMOUNT = re.compile(r"([\d,]+)\.(\d\d) 元")
ROWS = ROW.findall(PAGE.read_text("utf-8"))


def _source(path: str, name: str) -> str:
    text = (ROOT / path).read_text("utf-8")
    found = [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef) and node.name == name]
    assert found, f"{path} has no {name}"
    first = min(node.lineno for node in (*found[0].decorator_list, found[0]))
    return "\n".join(text.splitlines()[first - 1 : found[0].end_lineno])


def test_none_is_missing() -> None:
    assert [row[0] for row in ROWS] == WANTED


@pytest.mark.parametrize(("number", "_title", "due", "path", "name"), ROWS, ids=[row[0] for row in ROWS])
def test_the_amounts_stand_in_the_test(number: str, _title: str, due: str, path: str, name: str) -> None:
    """In yuan, or in fen as the code writes it."""
    source = _source(path, name).replace("_", "").replace(",", "")
    for yuan, fen in AMOUNT.findall(due):
        yuan = yuan.replace(",", "")
        whole = re.compile(
            rf"(?<![\d.]){re.escape(yuan)}(?:\.{fen})?(?![\d.]*\d)|(?<!\d){int(yuan + fen)}(?!\d)"
        )
        assert whole.search(source), f"{number}: {yuan}.{fen} is not in {name}"
