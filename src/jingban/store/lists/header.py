"""The heading of a list: where it stands, in how many rows, which of its names are ours, and what the others may mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from jingban.store.lists.cell import BLANK, Column, blank, plain, text_of, value
from jingban.values.i18n import spellings
from jingban.values.sheets import Page

SEARCH_ROWS = 20
"""A title and notes may stand above the header; it is looked for in the first rows."""
LEVELS_MAX = 3
ALIKE_MIN = 75
"""From this likeness on (0 to 100) a name is offered for another."""
SAMPLE_ROWS = 50
OFFERED_MAX = 3


@dataclass(frozen=True, slots=True)
class Header:
    """``first`` and ``last`` row (from 0), the printed name of every column, the places of ours, further places of the same."""

    first: int
    last: int
    names: list[str]
    places: dict[str, int]
    doubles: dict[int, str]
    """Place → key of a column that an earlier place already gives."""


def known_names(columns: Iterable[Column], mapped: Mapping[str, str] | None = None) -> dict[str, str]:
    """Every name in use → key; ``mapped``: names of this file that somebody explained, → key or empty (not to be read)."""
    columns = tuple(columns)
    names = {
        plain(name): column.key for column in columns for name in (column.title, column.key, *column.aliases)
    }
    for column in columns:
        for name in spellings(column.title):
            names.setdefault(plain(name), column.key)
    names.update({plain(name): key for name, key in (mapped or {}).items()})
    return names


def find(page: Page, names: Mapping[str, str]) -> Header | None:
    """The heading that names most of our columns; of equal ones that with fewer rows, and the upper."""
    best: Header | None = None
    for levels in range(LEVELS_MAX):
        for first in range(min(SEARCH_ROWS, len(page.grid) - levels)):
            found = _read(page, first, first + levels, names)
            if found.places and (best is None or len(found.places) > len(best.places)):
                best = found
    return best


def _read(page: Page, first: int, last: int, names: Mapping[str, str]) -> Header:
    rows = [_levelled(page, row, row < last) for row in range(first, last + 1)]
    width = max((len(row) for row in rows), default=0)
    printed, places, doubles = [], dict[str, int](), dict[int, str]()
    for index in range(width):
        parts = [row[index] for row in rows if index < len(row) and row[index]]
        told = list(dict.fromkeys(parts))
        # The lowest name speaks, then the levels together (待遇 + 起始年月), then the highest where nothing stands below.
        spellings_ = ["".join(told), *(["".join(told[-2:])] if len(told) > 2 else []), *told[-1:]]
        name = next((one for one in spellings_ if plain(one) in names), "/".join(told))
        printed.append(name)
        key = names.get(plain(name)) if name else None
        if key and key in places:
            doubles[index] = key
        elif key:
            places[key] = index
    return Header(first, last, printed, places, doubles)


def _levelled(page: Page, row: int, upper: bool) -> list[str]:
    """One row of a heading as text; an upper name stands above all columns of its merged area."""
    told = ["" if blank(cell) else text_of(cell) for cell in page.grid[row]]
    if upper:
        for (top, left), (bottom, right) in page.merged:
            if top <= row <= bottom and right > left and left < len(told):
                for column in range(left, min(right, len(told) - 1) + 1):
                    told[column] = text_of(page.grid[top][left] or "")
    return told


def offers(
    name: str, cells: Sequence[Any], columns: Iterable[Column], taken: Mapping[str, int]
) -> tuple[list[str], bool]:
    """Titles of our columns that an unknown one may be, likeliest first; whether the name itself is as good as one of ours.

    A column is offered for its name, or because all that stands in the unknown one could stand in it (a month in 领待时间).
    """
    filled = [cell for cell in cells if not blank(cell)][:SAMPLE_ROWS]
    ranked = []
    for column in columns:
        if column.key in taken:
            continue
        alike = max(fuzz.ratio(plain(name), plain(known)) for known in (column.title, *column.aliases))
        fits = column.kind in ("month", "date", "choice", "digits") and bool(filled) and _fits(column, filled)
        shares = bool(set(plain(name)) & set(plain(column.title)))
        if alike >= ALIKE_MIN or (fits and shares):
            ranked.append((-alike, column.title))
    ranked.sort()
    return [title for _alike, title in ranked[:OFFERED_MAX]], bool(ranked) and -ranked[0][0] >= ALIKE_MIN


def _fits(column: Column, cells: Sequence[Any]) -> bool:
    try:
        return any(value(column, cell) is not BLANK for cell in cells)
    except ValueError:
        return False
