"""Lazy patterns behave as compiled ones; every one of the checker compiles."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import jingban.checker
from jingban.values.patterns import HAN, lazy


def test_behaves_as_the_compiled_pattern() -> None:
    text = "收入 12.50 万元，支出 3 万元"
    pattern, plain = lazy(r"(?P<n>\d+(?:\.\d+)?)"), re.compile(r"(?P<n>\d+(?:\.\d+)?)")
    assert [found["n"] for found in pattern.finditer(text)] == [found["n"] for found in plain.finditer(text)]
    assert pattern.sub("#", text) == plain.sub("#", text)
    assert (pattern.pattern, pattern.flags, pattern.groupindex) == (
        plain.pattern,
        plain.flags,
        plain.groupindex,
    )
    assert lazy(rb"<html", re.IGNORECASE).search(b"<HTML>")


def test_nothing_is_compiled_before_use() -> None:
    pattern = lazy("(")
    with pytest.raises(re.error):
        pattern.search("")


@pytest.mark.parametrize(
    ("mark", "is_han"), [("险", True), ("䶮", True), ("１", False), ("é", False), ("，", False)]
)
def test_han(mark: str, is_han: bool) -> None:
    assert bool(re.fullmatch(HAN, mark)) is is_han


def test_every_lazy_pattern_of_the_checker_compiles() -> None:
    tried = 0
    for found in pkgutil.walk_packages(jingban.checker.__path__, "jingban.checker."):
        for value in vars(importlib.import_module(found.name)).values():
            if type(value) is type(lazy("")):
                assert value.pattern
                tried += 1
    assert tried > 200
