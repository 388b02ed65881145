"""A copy of a PDF with a highlight and a note at every finding (pypdf)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jingban.checker.output.terminal import title, word
from jingban.checker.rule import CheckFinding
from jingban.checker.run import Report

COLOURS = {"error": "ffb3a1", "warning": "ffe08a", "info": "b9d7ff"}
NOTE_SIZE = 18
"""Side of a note icon in points, for findings known only by page."""


def write(report: Report, source: Path, target: Path) -> int:
    """Write the annotated copy; returns how many findings found a place in it."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.annotations import Highlight, Text
    from pypdf.generic import ArrayObject, FloatObject

    writer = PdfWriter(clone_from=PdfReader(source))
    stacked: dict[int, int] = {}
    placed = 0
    for finding in report.findings:
        where = finding.problem.source
        if not where.page or where.page > len(writer.pages):
            continue
        page = writer.pages[where.page - 1]
        left, _bottom, right, top = (float(edge) for edge in page.mediabox)
        if where.box:
            x0, above, x1, below = where.box
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


def comment(finding: CheckFinding) -> str:
    """What the note says: severity, rule, message, what it should be."""
    problem = finding.problem
    head = f"{word(finding.severity)} {finding.code} {title(finding.code, finding.name)}"
    lines = [head, problem.message, *problem.details, *(other.message for other in finding.merged)]
    return "\n".join(lines)
