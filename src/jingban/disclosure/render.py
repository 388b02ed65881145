"""One document in one format, and its checking: work that needs no database, so that other processes may do it."""

from __future__ import annotations

import datetime as dt
import gc
import time
from pathlib import Path
from typing import TYPE_CHECKING

from jingban.disclosure.model import Report
from jingban.values.i18n import activate

if TYPE_CHECKING:
    from jingban.checker.result import FileResult
    from jingban.disclosure.rows import Rows

FORMATS = ("docx", "pdf", "xlsx", "html", "txt")


def render(report: Report, name: str, rows: Rows | None = None) -> bytes:
    """One document in one format; ``rows`` gives the web page the rows behind its figures."""
    if name == "docx":
        from jingban.disclosure.output.docx import docx

        return docx(report)
    if name == "pdf":
        from jingban.disclosure.output.pdf import pdf

        return pdf(report)
    if name == "xlsx":
        from jingban.disclosure.output.xlsx import xlsx
        from jingban.forms.catalogue import catalogue

        return xlsx(report, catalogue().links)
    if name == "html":
        from jingban.disclosure.output.html import page

        return page(report, rows).encode()
    from jingban.disclosure.output.text import text

    return text(report).encode()


def begin(language: str) -> None:
    """A process that lays out and checks: a document is some hundred thousand objects that all go together at its end, and
    looking through them for garbage every few hundred costs a sixth of the time.
    """
    activate(language)
    gc.set_threshold(100_000, 20, 100)


def lay_out(report: Report) -> tuple[bytes, float]:
    """The PDF of a report and the seconds it took."""
    began = time.perf_counter()
    return render(report, "pdf"), time.perf_counter() - began


def examine(path: Path, day: dt.date) -> tuple[FileResult, float]:
    """What the checker says of a file, as on a day, and the seconds it took."""
    from jingban.checker.project import Project
    from jingban.checker.service import check_file

    began = time.perf_counter()
    _report, result = check_file(path, Project(), day)
    return result, time.perf_counter() - began
