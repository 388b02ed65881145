"""Ruled tables of a PDF page: missing outer rules and rows cut by the page end repaired, spans told from the grid."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from jingban.checker.layout.raw import RawCell, RawTable
from jingban.checker.model import Source
from jingban.checker.readers import maxima
from jingban.checker.readers.pdf_page import Char, Edge, Page, edge

SAME_POINTS = 3.0
"""Rules closer than this are one rule."""
ROW_POINTS_MAX = 320.0
"""A row taller than this is the space between two tables."""


class FoundTable(Struct):
    table: RawTable
    bbox: tuple[float, float, float, float]
    open_end: bool = False
    """No closing rule: the page end cut a row."""


def find_tables(page: Page) -> list[FoundTable]:
    """Tables of at least two cells, from the top down."""
    if len(page.edges) < 3:
        return []
    from pdfplumber.table import TableFinder

    closing, added = _repaired(page)
    found = []
    bare: Any = _PageForFinder(page, [*page.edges, *added])
    finder = TableFinder(bare, {"snap_tolerance": SAME_POINTS})
    for table in sorted(finder.tables, key=lambda one: one.bbox[1]):
        if len(table.cells) < 2:
            continue
        raw = _grid(page, table.cells)
        if raw is not None:
            open_end = any(abs(table.bbox[3] - y) < SAME_POINTS for y in closing)
            found.append(FoundTable(raw, table.bbox, open_end))
    return _without_inner(found)


class _PageForFinder:
    """The little of a pdfplumber page that its line-based table finder reads."""

    def __init__(self, page: Page, edges: list[Edge]) -> None:
        self.edges = edges
        self.bbox = page.bbox
        self.chars: list[Edge] = []


def _without_inner(found: list[FoundTable]) -> list[FoundTable]:
    def inside(a: FoundTable, b: FoundTable) -> bool:
        return a is not b and all(
            (
                a.bbox[0] >= b.bbox[0] - 1,
                a.bbox[1] >= b.bbox[1] - 1,
                a.bbox[2] <= b.bbox[2] + 1,
                a.bbox[3] <= b.bbox[3] + 1,
            )
        )

    return [one for one in found if not any(inside(one, other) for other in found)]


def _levels(values: list[float]) -> list[float]:
    """Sorted positions, those within :data:`SAME_POINTS` taken together."""
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > SAME_POINTS:
            out.append(value)
    return out


class _Block(Struct):
    """The horizontal rules of one table: their extent."""

    left: float
    right: float
    top: float
    bottom: float


def _blocks(horizontal: list[Edge], vertical: list[Edge]) -> list[_Block]:
    """Horizontal rules of one table each: neighbours in height that some upright rule connects."""
    blocks: list[_Block] = []
    for line in sorted(horizontal, key=lambda e: e["top"]):
        y, x0, x1 = line["top"], line["x0"], line["x1"]
        for block in reversed(blocks):
            if (
                y - block.bottom > ROW_POINTS_MAX
                or x0 > block.right + SAME_POINTS
                or x1 < block.left - SAME_POINTS
            ):
                continue
            if y - block.bottom <= SAME_POINTS or _crossed(
                vertical, block.bottom, y, block.left, block.right
            ):
                block.left, block.right = min(block.left, x0), max(block.right, x1)
                block.bottom = max(block.bottom, y)
                break
        else:
            blocks.append(_Block(x0, x1, y, y))
    return blocks


def _crossed(vertical: list[Edge], top: float, bottom: float, left: float, right: float) -> bool:
    return any(
        e["top"] <= top + SAME_POINTS
        and e["bottom"] >= bottom - SAME_POINTS
        and left - SAME_POINTS <= e["x0"] <= right + SAME_POINTS
        for e in vertical
    )


def _merged(vertical: list[Edge]) -> list[Edge]:
    """Upright rules drawn cell by cell, joined to runs."""
    out: list[Edge] = []
    for line in sorted(vertical, key=lambda e: (round(e["x0"]), e["top"])):
        if out and abs(out[-1]["x0"] - line["x0"]) <= 1.5 and line["top"] - out[-1]["bottom"] <= SAME_POINTS:
            bottom = max(out[-1]["bottom"], line["bottom"])
            out[-1] = edge(out[-1]["x0"], out[-1]["top"], out[-1]["x0"], bottom)
        else:
            out.append(line)
    return out


def _repaired(page: Page) -> tuple[list[float], list[Edge]]:
    """Heights of closing rules that had to be drawn, and all rules drawn: outer sides, open row at the page end."""
    horizontal = [e for e in page.edges if e["orientation"] == "h" and e["width"] > 5]
    vertical = _merged([e for e in page.edges if e["orientation"] == "v" and e["height"] > 2])
    closing: list[float] = []
    added: list[Edge] = []
    for block in _blocks(horizontal, vertical):
        left, right, top, bottom = block.left, block.right, block.top, block.bottom
        own = [e for e in vertical if left - SAME_POINTS <= e["x0"] <= right + SAME_POINTS]
        own = [e for e in own if e["bottom"] > top - 40 and e["top"] < bottom + 40]
        if not own:
            continue
        lowest, highest = max(e["bottom"] for e in own), min(e["top"] for e in own)
        if lowest > bottom + SAME_POINTS:
            added.append(edge(left, lowest, right, lowest))
            closing.append(lowest)
            bottom = lowest
        if highest < top - SAME_POINTS:
            added.append(edge(left, highest, right, highest))
            top = highest
        if bottom - top > SAME_POINTS:
            added.extend(
                edge(x, top, x, bottom)
                for x in (left, right)
                if not any(abs(e["x0"] - x) <= SAME_POINTS for e in own)
            )
    return closing, added


def _grid(page: Page, cells: list[tuple[float, float, float, float]]) -> RawTable | None:
    """Cells of the finder on a common grid; the characters inside each."""
    xs = _levels([value for cell in cells for value in (cell[0], cell[2])])
    ys = _levels([value for cell in cells for value in (cell[1], cell[3])])
    columns, rows = len(xs) - 1, len(ys) - 1
    if columns < 1 or rows < 1 or columns * rows < 2:
        return None
    if columns > maxima.TABLE_COLUMNS_MAX or rows > maxima.TABLE_ROWS_MAX:
        return None
    grid: list[list[RawCell | None]] = [[None] * columns for _n in range(rows)]
    held: dict[tuple[int, int], list[Char]] = {}
    place: dict[tuple[int, int], tuple[int, int]] = {}
    boxes: dict[tuple[int, int], tuple[float, float, float, float]] = {}
    for cell in cells:
        c0, c1 = _index(xs, cell[0]), _index(xs, cell[2])
        r0, r1 = _index(ys, cell[1]), _index(ys, cell[3])
        for r in range(r0, min(r1, rows)):
            for c in range(c0, min(c1, columns)):
                place[(r, c)] = (r0, c0)
        boxes[(r0, c0)] = cell
        held[(r0, c0)] = []
    for char, (x, y) in _anchored(page.chars, xs, ys):
        key = (
            min(max(bisect_left(ys, y) - 1, 0), rows - 1),
            min(max(bisect_left(xs, x) - 1, 0), columns - 1),
        )
        first = place.get(key)
        if first is not None:
            held[first].append(char)
    for r in range(rows):
        for c in range(columns):
            first = place.get((r, c))
            source = Source(page=page.number, box=page.own_box(boxes[first]) if first else None)
            if first == (r, c):
                grid[r][c] = RawCell(cell_lines(held[first]), source)
            else:
                right = first is not None and first[1] < c
                grid[r][c] = RawCell(
                    "", source, right=right or first is None, down=first is not None and first[0] < r
                )
    filled = [[cell for cell in row if cell is not None] for row in grid]
    return RawTable(filled, Source(page=page.number, box=page.own_box((xs[0], ys[0], xs[-1], ys[-1]))))


def _anchored(
    chars: list[Char], xs: list[float], ys: list[float]
) -> Iterator[tuple[Char, tuple[float, float]]]:
    """The table's characters with the point that decides their cell: the middle, but for a character that a rule cuts
    (text too long for its cell) the middle of its neighbour in the same word.
    """
    for index, char in enumerate(chars):
        x, y = char.middle
        if not (xs[0] <= x <= xs[-1] and ys[0] <= y <= ys[-1]):
            continue
        place = bisect_left(xs, char.x0 + 0.15 * (char.x1 - char.x0))
        if place < len(xs) and place > 0 and xs[place] < char.x1 - 0.15 * (char.x1 - char.x0):
            near = [
                other
                for other in (*chars[max(index - 1, 0) : index], *chars[index + 1 : index + 2])
                if abs(other.middle[1] - y) < 2
                and min(abs(char.x0 - other.x1), abs(other.x0 - char.x1)) < 0.3 * char.height
            ]
            if near:
                x = near[0].middle[0]
        yield char, (x, y)


def _index(levels: list[float], value: float) -> int:
    place = bisect_left(levels, value - SAME_POINTS - 0.01)
    return min(place, len(levels) - 1)


def cell_lines(chars: list[Char]) -> str:
    """Text of one cell: characters sorted into lines; a wide gap becomes one space."""
    from jingban.checker.readers.pdf_lines import group_lines, line_text

    return "\n".join(line_text(line) for line in group_lines(chars))


def inside(char: Char, tables: list[FoundTable]) -> bool:
    """True for a character that belongs to a table."""
    x, y = char.middle
    return any(t.bbox[0] <= x <= t.bbox[2] and t.bbox[1] <= y <= t.bbox[3] for t in tables)
