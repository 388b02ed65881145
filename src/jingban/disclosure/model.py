"""The one model every output prints: headings, running text with bound figures, tables, charts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from jingban.disclosure.grid import Grid
from jingban.forms.filled import Figure

Align = Literal["body", "center", "right", "left"]


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure as it stands in running text: ``text`` without its unit word; ``name`` is the slot it came from."""

    text: str
    figure: Figure
    name: str = ""


Run = str | Printed


@dataclass(frozen=True, slots=True)
class Heading:
    """``level`` 1 opens a part on a new page; 2 to 4 are sections."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph."""

    runs: tuple[Run, ...]
    align: Align = "body"

    @property
    def plain(self) -> str:
        return "".join(run if isinstance(run, str) else run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Table:
    """A printed table: title, number (公开01表), owner, unit line, the grid and the lines under it."""

    title: str
    grid: Grid
    number: str = ""
    owner: str = ""
    unit: str = ""
    notes: tuple[str, ...] = ()
    landscape: bool = False
    own_page: bool = True
    large: bool = False
    """On an A3 page."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: label, one value a series in 万元, and the same as printed."""

    label: str
    values: tuple[Decimal, ...]
    printed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A bar chart drawn from figures. ``summary`` says in words what it shows, for those who cannot see it."""

    title: str
    series: tuple[str, ...]
    bars: tuple[Bar, ...]
    unit: str
    summary: str


Block = Heading | Text | Table | Chart


@dataclass(slots=True)
class Report:
    """One document of the package. ``name`` is its file name without suffix."""

    name: str
    title: tuple[str, ...]
    """Lines of the cover."""
    owner: str
    year: int
    blocks: list[Block] = field(default_factory=list)
    contents: bool = True
    """Print a table of contents."""
    folder: str = ""
    """Folder of the package it stands in; the main document stands at the top."""

    @property
    def file_name(self) -> str:
        """The name without what a file system refuses, short enough for any of them."""
        return re.sub(r'[\\/:*?"<>|\s]+', "_", self.name)[:70]

    def tables(self) -> Iterator[Table]:
        return (block for block in self.blocks if isinstance(block, Table))

    def figures(self) -> Iterator[tuple[str, Figure]]:
        """Every printed figure with its text, in order."""
        for block in self.blocks:
            if isinstance(block, Text):
                yield from ((run.text, run.figure) for run in block.runs if isinstance(run, Printed))
            elif isinstance(block, Table):
                yield from (
                    (cell.text, cell.figure)
                    for row in block.grid.rows
                    for cell in row
                    if cell and cell.figure
                )
