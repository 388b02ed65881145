"""A copy of a DOCX with a comment at every finding (python-docx)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jingban.checker.output.annotate_pdf import comment
from jingban.checker.output.quote import span
from jingban.checker.run import Report

AUTHOR = "jingban check"


def write(report: Report, source: Path, target: Path) -> int:
    """Write the annotated copy; returns how many findings found a paragraph in it."""
    import docx
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph

    document = docx.Document(str(source))
    paragraphs = list(document.element.body.iter(qn("w:p")))
    placed = 0
    for finding in report.findings:
        number = finding.problem.source.paragraph
        if not number or number > len(paragraphs):
            continue
        paragraph = Paragraph(paragraphs[number - 1], document._body)
        runs = _runs(paragraph, finding.problem.stated) or [paragraph.add_run()]
        document.add_comment(runs, text=comment(finding), author=AUTHOR, initials="JB")
        placed += 1
    document.save(str(target))
    return placed


def _runs(paragraph: Any, stated: str | None) -> list[Any]:
    """The runs that hold the stated figure, else all of the paragraph."""
    runs = [run for run in paragraph.runs if run.text]
    found = span("".join(run.text for run in runs), stated)
    if found is None:
        return runs
    chosen = []
    at = 0
    for run in runs:
        if at < found[1] and found[0] < at + len(run.text):
            chosen.append(run)
        at += len(run.text)
    return chosen or runs
