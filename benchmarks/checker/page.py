"""A generated document as data: paragraphs and grids of text and labelled slots, so that one slot can be spoiled.

``render_text`` writes the two dump styles of published TXT files (C: one cell a line behind a tab; T: tab-separated rows)
and Markdown, and says on which line every slot landed.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Slot:
    """A figure or word that an injector may spoil. ``tag`` says what it is: ``rate:total``, ``t01:r:c``."""

    text: str
    tag: str
    line: int = 0


Piece = str | Slot


@dataclass
class Para:
    pieces: list[Piece]
    level: int = 0
    """0: running text, 1..: heading."""
    tag: str = ""

    def text(self) -> str:
        return "".join(piece if isinstance(piece, str) else piece.text for piece in self.pieces)


@dataclass
class Grid:
    """A table: title, lines above (form number, unit, agency), rows of cells, lines below. Rows are rectangular."""

    title: str
    above: list[Piece]
    rows: list[list[Piece]]
    below: list[Piece] = field(default_factory=list)
    head: int = 1
    tag: str = ""
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    """(row, column, rowspan, colspan) of merged cells, for DOCX, HTML and XLSX."""


Element = Para | Grid


@dataclass
class Doc:
    """One document. ``facts`` holds what injectors need to know beside the slots."""

    name: str
    profile: str
    elements: list[Element]
    style: str = "T"
    facts: dict[str, object] = field(default_factory=dict)

    def copy(self) -> Doc:
        found: Doc = pickle.loads(pickle.dumps(self))  # several times faster than deepcopy
        return found

    def slots(self, prefix: str = "") -> list[Slot]:
        return [slot for slot in self._slots() if slot.tag.startswith(prefix)]

    def _slots(self) -> Iterator[Slot]:
        for element in self.elements:
            if isinstance(element, Para):
                yield from (piece for piece in element.pieces if isinstance(piece, Slot))
            else:
                lists = [element.above, *element.rows, element.below]
                yield from (piece for row in lists for piece in row if isinstance(piece, Slot))

    def grids(self, tag: str = "") -> list[Grid]:
        return [one for one in self.elements if isinstance(one, Grid) and one.tag.startswith(tag)]

    def paras(self, tag: str = "") -> list[Para]:
        return [one for one in self.elements if isinstance(one, Para) and one.tag.startswith(tag)]


def text_of(piece: Piece) -> str:
    return piece if isinstance(piece, str) else piece.text


def render_text(doc: Doc) -> str:
    """The document as TXT or Markdown (``doc.style`` C, T or M); sets every slot's 1-based line."""
    lines: list[str] = []

    def put(text: str, pieces: list[Piece]) -> None:
        for piece in pieces:
            if isinstance(piece, Slot):
                piece.line = len(lines) + 1
        lines.extend(text.split("\n"))

    for element in doc.elements:
        if isinstance(element, Para):
            mark = "#" * element.level + " " if element.level and doc.style == "M" else ""
            put(mark + element.text(), element.pieces)
            if doc.style != "C" or element.level:
                lines.append("")
            continue
        put(("#### " if doc.style == "M" else "") + element.title, [])
        lines.append("")
        for piece in element.above:
            put(text_of(piece), [piece])
        lines.append("")
        _RENDER[doc.style](element, lines, put)
        lines.append("")
        for piece in element.below:
            put(text_of(piece), [piece])
        if element.below:
            lines.append("")
    return "\n".join(lines) + "\n"


def _tabs(grid: Grid, lines: list[str], put: object) -> None:
    for row in grid.rows:
        put("\t".join(text_of(cell) for cell in row), row)  # type: ignore[operator]


def _cells(grid: Grid, lines: list[str], put: object) -> None:
    for row in grid.rows:
        for cell in row:
            put("\t" + text_of(cell), [cell])  # type: ignore[operator]
        lines.append("")


def _markdown(grid: Grid, lines: list[str], put: object) -> None:
    for number, row in enumerate(grid.rows):
        put("| " + " | ".join(text_of(cell) for cell in row) + " |", row)  # type: ignore[operator]
        if number == 0:
            lines.append("|" + "---|" * len(row))


_RENDER = {"T": _tabs, "C": _cells, "M": _markdown}
