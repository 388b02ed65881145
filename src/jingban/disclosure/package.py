"""The whole package of a unit and year: every document in every format, the data, and what the checker says of each.

:func:`publish` refuses, with the full list, when anything needed is missing; otherwise it writes and then checks.
The final accounts, the self-evaluation report, every self-evaluation form and the basic-data table are files of their
own; the last three are printed behind the final accounts too. Another room brings a document through ``documents``
(annexed and a file of its own) or ``Package.add`` (a file of its own).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from jingban.budget.figures import YearFigures
from jingban.budget.models import Unit
from jingban.budget.readiness import require_ready
from jingban.disclosure.model import Report
from jingban.disclosure.report import build
from jingban.disclosure.rows import Rows
from jingban.forms.catalogue import catalogue
from jingban.values.findings import Finding, refuse
from jingban.values.i18n import gettext as _

if TYPE_CHECKING:
    from jingban.checker.result import FileResult

FORMATS = ("docx", "pdf", "xlsx", "html", "txt")
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Checked:
    """The checker's account of one file."""

    path: Path
    result: FileResult

    @property
    def clean(self) -> bool:
        """No error or warning, and every checkable figure verified."""
        return (
            not self.result.count("error")
            and not self.result.count("warning")
            and self.result.verified == self.result.checkable > 0
        )


@dataclass(slots=True)
class Published:
    """What was written and what the checker said. ``seconds`` by part."""

    folder: Path
    paths: list[Path] = field(default_factory=list)
    checker_account: list[Checked] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def clean(self) -> bool:
        return all(one.clean for one in self.checker_account)

    @property
    def checkable(self) -> int:
        return sum(one.result.checkable for one in self.checker_account)

    @property
    def verified(self) -> int:
        return sum(one.result.verified for one in self.checker_account)


class Package:
    """Collects the documents of a year, writes them, checks them."""

    def __init__(self, folder: Path, formats: Iterable[str] = FORMATS) -> None:
        self.out = Published(folder)
        self.formats = tuple(formats)
        self.documents: list[tuple[Report, Rows | None]] = []
        unknown = [name for name in self.formats if name not in FORMATS]
        if unknown:
            raise refuse(
                "DIS-202",
                _("没有格式“%(name)s”；可用：%(known)s") % {"name": unknown[0], "known": "、".join(FORMATS)},
            )

    def add(self, document: Report, rows: Rows | None = None) -> None:
        """A document of the package; ``rows`` gives the rows behind its figures for the web page."""
        self.documents.append((document, rows))

    def write(self, progress: Progress | None = None) -> None:
        """Write every document in every format, and the data of all of them."""
        for report, rows in self.documents:
            folder, stem = self.out.folder / report.folder, report.file_name
            for name in self.formats:
                if progress:
                    progress(f"{stem}.{name}")
                if name == "xlsx" and not any(True for _table in report.tables()):
                    continue
                began = time.perf_counter()
                self._write(folder / f"{stem}.{name}", render(report, name, rows))
                self._spent(name, began)
            began = time.perf_counter()
            from jingban.disclosure.output.data import data_package

            for path, content in data_package(report).items():
                self._write(self.out.folder / "data" / stem / path, content)
            self._spent("data", began)

    def check(self, progress: Progress | None = None) -> None:
        """Run the checker over every document written."""
        import datetime as dt

        from jingban.checker.project import Project
        from jingban.checker.service import check_file

        began = time.perf_counter()
        for path in self.out.paths:
            if path.suffix.removeprefix(".") not in FORMATS:
                continue
            if progress:
                progress(_("核对 %(name)s") % {"name": path.name})
            _report, result = check_file(path, Project(), dt.date(self.year, 12, 31))
            self.out.checker_account.append(Checked(path, result))
        self._spent("check", began)

    @property
    def year(self) -> int:
        return self.documents[0][0].year if self.documents else 2000

    def _write(self, path: Path, content: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        self.out.paths.append(path)

    def _spent(self, part: str, began: float) -> None:
        self.out.seconds[part] = self.out.seconds.get(part, 0.0) + time.perf_counter() - began


def render(report: Report, name: str, rows: Rows | None = None) -> bytes:
    """One document in one format."""
    if name == "docx":
        from jingban.disclosure.output.docx import docx

        return docx(report)
    if name == "pdf":
        from jingban.disclosure.output.pdf import pdf

        return pdf(report)
    if name == "xlsx":
        from jingban.disclosure.output.xlsx import xlsx

        return xlsx(report, catalogue().links)
    if name == "html":
        from jingban.disclosure.output.html import page

        return page(report, rows).encode()
    from jingban.disclosure.output.text import text

    return text(report).encode()


def publish(
    unit_code: str,
    year: int,
    style: str,
    out: Path,
    *,
    documents: Iterable[Report] = (),
    templates: Path | None = None,
    formats: Iterable[str] = FORMATS,
    progress: Progress | None = None,
) -> Published:
    """Make and check the package of a unit and year in ``out``.

    Refuses with everything that is missing (BUD-2xx), every slot that cannot be filled (DIS-1xx), an unknown unit
    (BUD-101), style (DIS-201) or format (DIS-202); nothing is written then.
    """
    from jingban.disclosure.basedata import base_report
    from jingban.disclosure.selfeval import evaluations

    began = time.perf_counter()
    unit = Unit.objects.filter(code=unit_code).first()
    if unit is None:
        raise refuse("BUD-101", _("没有预算单位“%(unit)s”") % {"unit": unit_code})
    package = Package(out, formats)
    figures = YearFigures(unit, year)
    package.out.warnings = require_ready(figures)
    made = evaluations(unit, year)
    beside = [base_report(figures), *made.annexes, *documents]
    rows = Rows(figures.book)
    report = build(figures, style, annexes=beside, templates=templates)
    for one in (report, *beside, *made.forms):
        package.add(one, rows)
    package.out.seconds["figures"] = time.perf_counter() - began
    package.write(progress)
    package.check(progress)
    return package.out
