"""The words strangers use for columns and rows of sheets (``data/words``): synonyms beside the statutory forms' own."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from jingban.forms.strict import Reader, data_files, read_yaml
from jingban.values.findings import Findings, Refused


@dataclass(frozen=True, slots=True)
class ColumnWords:
    """Names of one column; ``parts`` are the columns whose figures stand in one cell of it, between strokes."""

    key: str
    names: tuple[str, ...]
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BlockWords:
    """The words of one block: its columns in order, its rows, and which sets of columns make a header of it."""

    key: str
    columns: tuple[ColumnWords, ...] = ()
    rows: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(row key, names)"""
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(group, row keys that enter one sum)"""
    signs: tuple[frozenset[str], ...] = ()
    unless: tuple[str, ...] = ()
    needs_rows: int = 0
    """A header alone does not tell the block: so many of its rows must follow, or a title say one of ``titles``."""
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegularWords:
    """What tables no form describes say over and before their totals, differences and rates."""

    totals: tuple[str, ...]
    not_additive: tuple[str, ...]
    differences: tuple[str, ...]
    rates: tuple[str, ...]


@functools.cache
def regular_words() -> RegularWords:
    """The words of regular tables."""
    return _read()[1]


def sheet_words() -> dict[str, BlockWords]:
    """Every block by key."""
    return _read()[0]


@functools.cache
def _read() -> tuple[dict[str, BlockWords], RegularWords]:
    """Both parts of ``sheets.yaml``; refuses unknown keys with FRM-1xx."""
    findings = Findings()
    found: dict[str, BlockWords] = {}
    regular = RegularWords((), (), (), ())
    for name, text in data_files("words", ".yaml"):
        reader = Reader(read_yaml(name, text), name, findings)
        for item in reader.readers("blocks"):
            block = _block(item)
            found[block.key] = block
        if reader.has("regular"):
            item = Reader(reader.raw("regular"), f"{name}.regular", findings)
            keys = ("totals", "not_additive", "differences", "rates")
            regular = RegularWords(*(item.texts(key) for key in keys))
            item.done()
        reader.done()
    if findings.errors:
        raise Refused(findings.errors)
    return found, regular


def _block(reader: Reader) -> BlockWords:
    columns = Reader(reader.raw("columns", {}), f"{reader.where}.columns", reader.findings)
    rows = reader.mapping("rows", {})
    groups = reader.mapping("groups", {})
    block = BlockWords(
        key=reader.text("key"),
        columns=tuple(_column(columns, key) for key in reader.mapping("columns", {})),
        rows=tuple((key, tuple(map(str, names))) for key, names in rows.items()),
        groups=tuple((key, tuple(map(str, keys))) for key, keys in groups.items()),
        signs=tuple(frozenset(map(str, one)) for one in reader.raw("signs", [])),
        unless=reader.texts("unless"),
        needs_rows=reader.integer("needs_rows", 0),
        titles=reader.texts("titles"),
    )
    reader.done()
    return block


def _column(columns: Reader, key: str) -> ColumnWords:
    item = Reader(columns.raw(key), f"{columns.where}.{key}", columns.findings)
    found = ColumnWords(key, item.texts("names"), item.texts("parts"))
    item.done()
    return found
