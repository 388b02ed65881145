"""What a reader hands to layout: lines of text and grids of cells in reading order, nothing interpreted yet."""

from __future__ import annotations

from msgspec import Struct

from jingban.checker.model import Source


class RawCell(Struct):
    """One printed cell. ``right``/``down``: it only continues a cell merged from the left / from above."""

    text: str
    source: Source
    right: bool = False
    down: bool = False
    rowspan: int = 1
    colspan: int = 1


class RawTable(Struct):
    """Rows of cells. ``ragged``: horizontal merges were lost, so a row may have fewer cells than the grid (dump style C)."""

    rows: list[list[RawCell]]
    source: Source
    ragged: bool = False
    cut: bool = False
    """The page end cut the last row (no closing rule was printed)."""


class RawText(Struct):
    """One printed line or paragraph. ``level``: heading level told by the format's own styles."""

    text: str
    source: Source
    level: int | None = None
    continues: bool | None = None
    """Told by the format's geometry: the next line carries the sentence on (True), does not (False), unknown (None)."""


RawBlock = RawText | RawTable
