"""Classification codes printed in tables and prose, with the level the text gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from jingban.checker.model import Source, Table
from jingban.checker.tables import grid
from jingban.checker.texts import Line, lines_of
from jingban.values.patterns import lazy

if TYPE_CHECKING:
    from jingban.checker.context import Context

Level = Literal["类", "款", "项"]
LENGTHS: dict[Level, int] = {"类": 3, "款": 5, "项": 7}
_RUN = lazy(r"(?P<codes>\d{2,9}(?:\s*[、,，和]\s*\d{2,9})*)\s*[、,，]?\s*[（(](?P<level>类|款|项)[)）]")
MAJORITY = 0.8
_CODE_HEADER = lazy(r"科目编码|科目代码|功能分类|经济分类")


class PrintedCode(Struct, frozen=True):
    """One code; ``level`` is what the text calls it (None in tables)."""

    code: str
    source: Source
    quote: str
    level: Level | None = None
    label: str = ""
    economic: bool = False
    run: int = 0
    """Codes of one sentence share a run number."""


def prose_codes(context: Context) -> Iterator[PrintedCode]:
    """``208（类）20801（款）2080109、2080505（项）`` and the like, two-digit pieces left out."""
    run = 0
    for line in lines_of(context.document, cells=False):
        last = len(LENGTHS)
        for found in _RUN.finditer(line.text):
            level: Level = "类" if found["level"] == "类" else "款" if found["level"] == "款" else "项"
            rank = list(LENGTHS).index(level)
            if rank <= last:
                run += 1
            last = rank
            yield from _pieces(line, found, level, run)


def _pieces(line: Line, found: re.Match[str], level: Level, run: int) -> Iterator[PrintedCode]:
    for piece in re.finditer(r"\d+", found["codes"]):
        start = found.start("codes") + piece.start()
        yield PrintedCode(
            piece[0], line.at(start), line.around(start, start + len(piece[0])), level, "", False, run
        )


def table_codes(context: Context) -> Iterator[PrintedCode]:
    """Codes standing in a code column, with the name beside them."""
    for table in context.document.tables():
        for column in range(min(grid.width(table), 12)):
            path = "".join(grid.header_path(table, column))
            if not _CODE_HEADER.search(path) or "名称" in path:
                continue
            yield from _column(table, column)


def _column(table: Table, column: int) -> Iterator[PrintedCode]:
    cells = [(row, grid.text(table, row, column)) for row in range(table.header_rows, len(table.rows))]
    codes = [(row, text) for row, text in cells if re.fullmatch(r"\d{2,9}", text)]
    if len(codes) < 2 or any(len(text) == 2 for _row, text in codes):
        return
    first = [text[0] for _row, text in codes]
    economic = first.count("3") >= MAJORITY * len(first)
    if not economic and first.count("2") < MAJORITY * len(first):
        return  # income codes (1…) and the government's own economic codes (5…) are other books
    for row, text in codes:
        cell = table.cell(row, column)
        assert cell is not None
        label = grid.text(table, row, column + 1)
        yield PrintedCode(text, cell.source, f"{text}  {label}", None, label, economic)
