"""The words of sheets made comparable: which column of which block a header cell names, which row a label names."""

from __future__ import annotations

import functools
from fnmatch import fnmatchcase

from msgspec import Struct

from jingban.checker.layout.text import normalise
from jingban.checker.model import Cell
from jingban.checker.tables import words
from jingban.forms.words import BlockWords, sheet_words
from jingban.values.patterns import lazy

Row = list[Cell | None]
_BRACKETS = lazy(r"[(（][^()（）]*[)）]")
_YEAR = lazy(r"20\d\d年?度?")
_MONEY = lazy(r"(?!20\d\d$)[-−]?[\d,]+(?:\.\d+)?%?")
_TRAILING = lazy(r"^(?P<label>\D*?[^\W\d][^\d]*?)(?P<number>-?\d[\d,]*(?:\.\d+)?)$")
"""``其中：本年财政拨款 2,860``: a label and its figure in one cell."""
COLUMNS_MIN = 2
HEADER_CHARS_MAX = 40


@functools.lru_cache(maxsize=8_000)
def head(text: str) -> tuple[str, str]:
    """A header word without year, blanks and punctuation: with what stands in brackets, and without it."""
    plain = _YEAR.sub("", normalise(text).replace(" ", ""))
    return words.bare(plain), words.bare(_BRACKETS.sub("", plain))


@functools.lru_cache(maxsize=8_000)
def label(text: str) -> str:
    """A row label without its enumeration mark, brackets and year."""
    return words.label(_BRACKETS.sub("", _YEAR.sub("", normalise(text).replace(" ", "").rstrip(":：*★▲"))))


def split_figure(text: str) -> tuple[str, str] | None:
    """(label, figure) of a cell that holds both."""
    matched = _TRAILING.match(normalise(text).replace(" ", ""))
    return (matched["label"], matched["number"]) if matched else None


class Names(Struct, frozen=True):
    """Exact names and patterns, both in the order of the description."""

    exact: tuple[tuple[str, str], ...]
    patterns: tuple[tuple[str, str], ...]

    def named(self, *forms: str) -> list[str]:
        """Keys of which one of the spellings is a name."""
        return [key for name, key in self.exact if name in forms]

    def alike(self, *forms: str) -> list[str]:
        """Keys of which one of the spellings fits a pattern."""
        return [
            key for pattern, key in self.patterns if any(fnmatchcase(one, pattern) for one in forms if one)
        ]

    def keys(self, *forms: str) -> list[str]:
        """By an exact name if there is any, else by patterns."""
        return self.named(*forms) or self.alike(*forms)


def _names(pairs: list[tuple[str, str]]) -> Names:
    exact, patterns = [], []
    for name, key in pairs:
        if "*" in name:
            patterns.append(("*".join(words.bare(part) for part in name.split("*")), key))
        else:
            exact.append((head(name)[0], key))
    return Names(tuple(exact), tuple(patterns))


class Block(Struct, frozen=True):
    """One block of words, ready to be asked."""

    words: BlockWords
    columns: Names
    rows: Names
    parts: dict[str, tuple[str, ...]]
    refused: Names

    @property
    def key(self) -> str:
        return self.words.key

    def header(self, row: Row) -> dict[str, int]:
        """Column key → place when the row is a header of this block, else empty."""
        found: dict[str, int] = {}
        cells = [
            (cell.column, head(cell.text))
            for cell in row
            if cell is not None and not cell.inherited and cell.text and len(cell.text) <= HEADER_CHARS_MAX
        ]
        if any(self.refused.keys(*forms) for _place, forms in cells):
            return {}
        for ask in (
            self.columns.named,
            self.columns.alike,
        ):  # names first: a pattern also fits titles beside the columns
            for place, forms in cells:
                key = next((one for one in ask(*forms) if one not in found), None)
                if key is not None and place not in found.values():
                    found[key] = place
        covered = set(found) | {part for key in found for part in self.parts.get(key, ())}
        signs = any(sign <= covered for sign in self.words.signs)
        return found if signs and len(found) >= COLUMNS_MIN else {}

    def row_key(self, text: str) -> str:
        """The row a label names; '' for none."""
        return next(iter(self.rows.keys(label(text), head(text)[0])), "")

    def group(self, name: str) -> tuple[str, ...]:
        """Row keys of a group."""
        return dict(self.words.groups).get(name, ())


@functools.cache
def blocks() -> dict[str, Block]:
    """Every block of ``forms/data/words`` by key."""
    made: dict[str, Block] = {}
    for key, block in sheet_words().items():
        made[key] = Block(
            block,
            _names([(name, column.key) for column in block.columns for name in column.names]),
            _names([(name, row) for row, names in block.rows for name in names]),
            {column.key: column.parts for column in block.columns if column.parts},
            _names([(name, "unless") for name in block.unless]),
        )
    return made


def best_header(row: Row) -> tuple[Block, dict[str, int]] | None:
    """The block whose header the row is: the one with most columns in it."""
    own = [cell.text for cell in row if cell is not None and cell.text and not cell.inherited]
    if len(own) < COLUMNS_MIN or any(_MONEY.fullmatch(text) for text in own):
        return None
    found = [(block, columns) for block in blocks().values() if (columns := block.header(row))]
    return max(found, key=lambda one: len(one[1]), default=None)
