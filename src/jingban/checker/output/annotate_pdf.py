"""A copy of a PDF with a highlight and a note at every finding (pypdf)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jingban.checker.model import Source
from jingban.checker.output.quote import span
from jingban.checker.output.terminal import title, word
from jingban.checker.readers.pdf_lines import group_lines
from jingban.checker.readers.pdf_page import Char, Page, load
from jingban.checker.rule import CheckFinding
from jingban.checker.run import Report

COLOURS = {"error": "ffb3a1", "warning": "ffe08a", "info": "b9d7ff"}
Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points from the page's upper left corner."""
NOTE_SIZE = 18
"""Side of a note icon in points, for findings known only by page."""


def write(report: Report, source: Path, target: Path) -> int:
    """Write the annotated copy; returns how many findings found a place in it."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.annotations import Highlight, Text
    from pypdf.generic import ArrayObject, FloatObject

    writer = PdfWriter(clone_from=PdfReader(source))
    figures = _Figures(source)
    stacked: dict[int, int] = {}
    placed = 0
    for finding in report.findings:
        where = finding.problem.source
        if not where.page or where.page > len(writer.pages):
            continue
        page = writer.pages[where.page - 1]
        left, _bottom, right, top = page.mediabox
        if where.box:
            x0, above, x1, below = figures.box(where, finding.problem.stated) or where.box
            box = (left + x0, top - below, left + x1, top - above)
            corners = (box[0], box[3], box[2], box[3], box[0], box[1], box[2], box[1])
            note: Any = Highlight(
                rect=box,
                quad_points=ArrayObject([FloatObject(value) for value in corners]),
                highlight_color=COLOURS[finding.severity],
            )
            from pypdf.generic import NameObject, TextStringObject

            note[NameObject("/Contents")] = TextStringObject(comment(finding))
        else:
            step = stacked.get(where.page, 0)
            stacked[where.page] = step + 1
            y = top - (step + 2) * NOTE_SIZE
            note = Text(
                rect=(right - 2 * NOTE_SIZE, y, right - NOTE_SIZE, y + NOTE_SIZE), text=comment(finding)
            )
        writer.add_annotation(page_number=where.page - 1, annotation=note)
        placed += 1
    with target.open("wb") as file:
        writer.write(file)
    return placed


class _Figures:
    """Where on a page the doubtful figure stands: within the line or cell that the finding names."""

    def __init__(self, source: Path) -> None:
        self._source = source
        self._pages: dict[int, Page] = {}

    def box(self, where: Source, stated: str | None) -> Box | None:
        """The figure's box as ``where.box`` is given; None where the figure is not found in there."""
        if not stated or not where.page or not where.box:
            return None
        page = self._page(where.page)
        inside = [char for char in page.chars if _within(page.own_box(_box(char)), where.box)]
        chars = [char for line in group_lines(inside) for char in line]
        found = span("".join(char.text for char in chars), stated)
        if found is None:
            return None
        boxes = [page.own_box(_box(char)) for char in chars[slice(*found)]]
        x0, above, x1, below = zip(*boxes, strict=True)
        return min(x0), min(above), max(x1), max(below)

    def _page(self, number: int) -> Page:
        if number not in self._pages:
            import pypdfium2

            with pypdfium2.PdfDocument(self._source) as pdf:
                self._pages[number] = load(pdf[number - 1], number)
        return self._pages[number]


def _box(char: Char) -> Box:
    return char.x0, char.top, char.x1, char.bottom


def _within(inner: Box, outer: Box) -> bool:
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


def comment(finding: CheckFinding) -> str:
    """What the note says: severity, rule, message, what it should be."""
    problem = finding.problem
    head = f"{word(finding.severity)} {finding.code} {title(finding.code, finding.name)}"
    lines = [head, problem.message, *problem.details, *(other.message for other in finding.merged)]
    return "\n".join(lines)
