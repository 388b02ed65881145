"""Forms without columns read by adjacency: ``预算数:`` and the cell after it, ``其中：基本支出：225.23`` inside one cell."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from jingban.checker.layout.text import is_numeric
from jingban.checker.layout.words import PAIR_LABEL
from jingban.checker.model import Cell, Table
from jingban.values.patterns import lazy

_INLINE = lazy(r"^(?P<label>[^:]{1,30}(?::[^:\d]{1,20})*):(?P<value>[^:]*)$")
_LABEL_END = lazy(r"[:：]$")


class Pair(Struct, frozen=True):
    """A label and what is printed for it. ``value`` is the cell that holds the text (the label's own cell for inline
    pairs), ``text`` is the value alone; empty text means printed empty."""

    label: str
    text: str
    label_cell: Cell
    value: Cell | None
    row: int


def _is_label(text: str) -> bool:
    return bool(
        _LABEL_END.search(text) or text.startswith("其中:") or PAIR_LABEL.match(text.replace(" ", ""))
    )


def _inline(text: str) -> tuple[str, str] | None:
    """(label, value) of ``项目支出:46.85``; an empty value does not count: the value is then the next cell."""
    matched = _INLINE.match(text)
    if (
        matched is None
        or not matched["value"].strip()
        or len(matched["value"]) > 60
        or matched["label"] == "其中"
    ):
        return None
    return matched["label"].strip(), matched["value"].strip()


def pairs(table: Table) -> Iterator[Pair]:
    """Labels and values of a table's rows (of a form part: all rows; of a grid: its body).

    A label is a cell that ends with a colon, a known form label (项目名称, 主管部门 …), or in a row of exactly two cells
    the first one. Its value is the next cell, when that is not a label itself.
    """
    for row in table.body():
        cells = [cell for cell in row if cell is not None]
        filled = [cell for cell in cells if cell.text]
        two = len(filled) == 2 or len(cells) == 2
        position = 0
        while position < len(cells):
            cell = cells[position]
            position += 1
            if not cell.text:
                continue
            inline = _inline(cell.text)
            if inline is not None and not is_numeric(cell.text):
                yield Pair(inline[0], inline[1], cell, cell, cell.row)
                continue
            if not (_is_label(cell.text) or (two and cell is filled[0] and not is_numeric(cell.text))):
                continue
            following = position
            while following < len(cells) and not cells[following].text and following + 1 < len(cells):
                following += 1
            value = cells[following] if following < len(cells) else None
            if value is not None and (_is_label(value.text) or _inline(value.text)):
                value = cells[position] if position < following else None
            label = _LABEL_END.sub("", cell.text)
            yield Pair(label, value.text if value is not None else "", cell, value, cell.row)
            if value is not None and value.text:
                position = following + 1
