"""One document model for every input format: headings, paragraphs, tables with cells, each with its source position.

Readers (``checker.readers``) produce it, layout reconstruction (``checker.layout``) completes it, rules only read it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct, field

InputFormat = Literal["txt", "docx", "pdf", "html", "xlsx", "md", "doc", "wps", "ofd", "image"]
ColumnRole = Literal["label", "code", "line_number", "amount", "ratio", "count", "score", "weight", "text"]


class Source(Struct, frozen=True):
    """Where something stands in the reader's own file. Lines, pages and paragraphs count from 1."""

    line: int | None = None
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    """x0, top, x1, bottom in PDF points on ``page``."""
    sheet: str | None = None
    cell: str | None = None
    paragraph: int | None = None
    """Ordinal of the w:p / element in DOCX and HTML, for comments and anchors."""


class Cell(Struct, frozen=True):
    """One cell after span expansion; ``text`` is NFKC-normalised without line breaks, ``raw`` is what was read."""

    text: str
    raw: str
    row: int
    column: int
    source: Source
    rowspan: int = 1
    colspan: int = 1
    inherited: bool = False
    """True when the text was carried down or right from a merged or group cell."""


class Column(Struct):
    """One leaf column: the header path from the top level down, and what its cells hold."""

    path: tuple[str, ...]
    role: ColumnRole = "text"
    unit: str | None = None


class Table(Struct):
    """A reconstructed table: ``rows[r][c]`` (None: no cell there), the first ``header_rows`` rows are headers."""

    rows: list[list[Cell | None]]
    source: Source
    title: str = ""
    unit: str | None = None
    """As printed: 元, 万元, 亿元 …; None when the document prints none."""
    header_rows: int = 0
    columns: list[Column] = field(default_factory=list)
    caption: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """Lines printed under the table (注：…)."""
    section: str = ""
    """Text of the nearest heading above."""
    trusted: bool = True
    """False when rows could not be aligned with the header: rules answer 'not verified' or warn at most."""
    part: Literal["grid", "form"] = "grid"
    """``grid``: header and body. ``form``: rows of label and value without a header (read it by ``layout.pairs``)."""
    form: int = 0
    """Ordinal (from 1) of the printed table this is a part of: a printed form with several headers (funds, targets,
    indicators) becomes several tables with one ``form``, one ``title`` and rising ``section_index``."""
    section_index: int = 0
    title_source: Source | None = None
    number: str = ""
    """Printed table number without spaces: 公开01表, 附表3; empty when none is printed."""
    year: int | None = None
    """Year printed in the title or caption: (2020年度)."""

    def body(self) -> list[list[Cell | None]]:
        return self.rows[self.header_rows :]

    def cell(self, row: int, column: int) -> Cell | None:
        return (
            self.rows[row][column]
            if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row])
            else None
        )


class Heading(Struct):
    text: str
    level: int
    source: Source


class Paragraph(Struct):
    """Running text, joined over broken lines. ``offsets`` maps a character offset to where it stands."""

    text: str
    source: Source
    offsets: list[tuple[int, Source]] = field(default_factory=list)
    section: str = ""

    def at(self, offset: int) -> Source:
        """Source of the character at ``offset``."""
        found = self.source
        for start, source in self.offsets:
            if start > offset:
                break
            found = source
        return found


Block = Heading | Paragraph | Table


class Note(Struct, frozen=True):
    """An input-quality note (I1 rules): never an error finding."""

    code: str
    message: str
    source: Source = Source()


class Document(Struct):
    """What was read from one file."""

    path: str
    format: InputFormat
    blocks: list[Block] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    """Text inputs: the physical lines, so that findings can quote ``lines[line - 1]``."""
    pages: int = 0
    recognised: bool = False
    """Some of the text was read off a picture: findings are warnings at most."""

    def tables(self) -> Iterator[Table]:
        return (block for block in self.blocks if isinstance(block, Table))

    def paragraphs(self) -> Iterator[Paragraph]:
        return (block for block in self.blocks if isinstance(block, Paragraph))

    def headings(self) -> Iterator[Heading]:
        return (block for block in self.blocks if isinstance(block, Heading))
