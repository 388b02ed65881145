"""Cut one printed table into sections: form rows (label, value), and grids that each start with their own header."""

from __future__ import annotations

import itertools
from typing import Literal

from msgspec import Struct, field

from jingban.checker.layout.raw import RawCell
from jingban.checker.layout.text import cell_text, is_numeric, is_ordinal
from jingban.checker.layout.words import (
    FUNDS_HEADER,
    LINE_NUMBER_LABEL,
    PAIR_LABEL,
    TOTAL_ROW,
    bare,
    is_column_word,
)
from jingban.values.patterns import lazy

RowKind = Literal["form_header", "header", "line_numbers", "blank", "data"]
Row = list[RawCell]
_YEAR = lazy(r"20\d\d")
HEADER_CELL_CHARS_MAX = 40


class Section(Struct):
    """Consecutive rows under one header; ``header`` is empty for form rows."""

    header: list[Row] = field(default_factory=list)
    body: list[Row] = field(default_factory=list)
    single: bool = False
    """The header is one row by its wording (一级指标 …): nothing may continue it."""

    @property
    def is_grid(self) -> bool:
        return bool(self.header)


def texts(row: Row) -> list[str]:
    return [cell_text(cell.text) for cell in row]


def _line_numbers(filled: list[str]) -> bool:
    """栏次 1 2 3 …, or 1 2 3 … alone, or the rest of such a row on the next line."""
    ordinals = [int(text) for text in filled if is_ordinal(text)]
    others = [text for text in filled if not is_ordinal(text)]
    if any(text not in LINE_NUMBER_LABEL for text in others):
        return False
    rising = all(b > a for a, b in itertools.pairwise(ordinals))
    if others:
        return rising and (bool(ordinals) or "栏次" in others or "行次" in others)
    return len(ordinals) >= 3 and ordinals == list(range(1, len(ordinals) + 1))


def kind_of(row: Row) -> RowKind:
    """What a row is by its own words, without its neighbours."""
    filled = [text for text in texts(row) if text]
    if not filled:
        return "blank"
    if _line_numbers(filled):
        return "line_numbers"
    words = [bare(text) for text in filled]
    plain = [word for word in words if not is_numeric(word)]
    if {"一级指标", "二级指标"} <= set(words) or {"一级指标", "三级指标"} <= set(words):
        return "form_header"
    if any(word.startswith(("预期目标", "年度预期目标")) for word in words) and len(words) <= 4:
        return "form_header"
    if sum(1 for word in words if FUNDS_HEADER.match(word)) >= 2 and len(plain) >= len(words) - 1:
        return "form_header"
    if len(filled) >= 2 and all(
        (not is_numeric(text) or _YEAR.fullmatch(text)) and len(text) <= HEADER_CELL_CHARS_MAX
        for text in filled
    ):
        if len(filled) < 3 and PAIR_LABEL.match(words[0]):
            return "data"
        hits = sum(1 for text in filled if is_column_word(text))
        if hits >= 2 and hits >= 0.6 * len(filled):
            return "header"
    return "data"


def _continues(section: Section, row: Row) -> bool:
    """A further header row: words stand where every header row above is empty, and no figure is in it."""
    found = texts(row)
    if any(is_numeric(text) and not _YEAR.fullmatch(text) for text in found):
        return False
    widths = {len(above) for above in section.header}
    if widths != {len(row)}:
        # Lost merges (dump style C): a wider row under a narrower header row splits its cells.
        return len(row) > max(widths) and not found[0]
    gaps = [all(not cell_text(above[c].text) for above in section.header) for c in range(len(row))]
    return any(text and gap for text, gap in zip(found, gaps, strict=True))


def _is_pair_row(section: Section, row: Row) -> bool:
    """``按收入性质分：``, ``其中：基本支出：225.23`` under a funds header: labels with inline values, no columns."""
    own = [text for text, cell in zip(texts(row), row, strict=True) if not cell.right]
    filled = [text for text in own if text]
    if not section.is_grid or not filled or len(own) >= max(len(head) for head in section.header):
        return False
    if any(is_numeric(text) for text in filled):
        return False
    lone = len(own) == 2 and bool(own[0]) and not TOTAL_ROW.match(own[0]) and len(section.header[0]) > 3
    return lone or any(":" in text for text in filled)


def split(rows: list[Row]) -> list[Section]:
    """Sections of one printed table in order. Rows of ordinals (栏次 1 2 3) and empty rows are dropped here."""
    sections: list[Section] = []
    current = Section()
    after_ordinals = False
    for row in rows:
        kind = kind_of(row)
        if kind == "blank":
            continue
        if after_ordinals and all(is_ordinal(text) for text in texts(row) if text):
            continue  # the rest of a row of ordinals that was broken over two lines
        after_ordinals = kind == "line_numbers"
        in_header = current.is_grid and not current.body
        if kind == "line_numbers":
            if in_header or not current.body or _only_ordinals_so_far(current):
                continue
            kind = "data"
        if kind == "form_header" or (kind == "header" and not (in_header and not current.single)):
            if kind == "header" and current.is_grid and not _restarts(current, row):
                current.body.append(row)
                continue
            current = _open(sections, current, Section(header=[row], single=kind == "form_header"))
        elif in_header and not current.single and (kind == "header" or _continues(current, row)):
            current.header.append(row)
        elif _is_pair_row(current, row) or (not current.is_grid and _is_pair_row(_last_grid(sections), row)):
            if current.is_grid:
                current = _open(sections, current, Section())
            current.body.append(row)
        else:
            current.body.append(row)
    _open(sections, current, Section())
    if len(sections) == 1 and not sections[0].is_grid:
        _take_plain_header(sections[0])
    return sections


def _last_grid(sections: list[Section]) -> Section:
    return sections[-1] if sections else Section()


def _only_ordinals_so_far(section: Section) -> bool:
    return section.is_grid and all(_line_numbers([t for t in texts(row) if t]) for row in section.body)


def _restarts(section: Section, row: Row) -> bool:
    """A header in the middle of a grid: nearly all of its cells are column words and its first cell is filled."""
    filled = [text for text in texts(row) if text]
    hits = sum(1 for text in filled if is_column_word(text))
    return len(filled) >= 3 and hits >= len(filled) - 1 and bool(cell_text(row[0].text))


def _open(sections: list[Section], current: Section, following: Section) -> Section:
    if current.header or current.body:
        sections.append(current)
    return following


def _take_plain_header(section: Section) -> None:
    """A table whose header uses no known word: the first row, when it holds words only and figures stand below it."""
    rows = section.body
    if len(rows) < 2:
        return
    first = texts(rows[0])
    filled = [text for text in first if text]
    if len(filled) < 3 or len(filled) < len(first) - 1 or any(is_numeric(text) for text in filled):
        return
    below = [texts(row) for row in rows[1:] if len(row) == len(first)]
    numeric = any(is_numeric(text) for row in below for text in row[1:])
    if numeric and len(below) >= (len(rows) - 1) / 2:
        section.header.append(rows.pop(0))
