"""The whole package of a unit and year: every document in every format, the data, and what the checker says of each.

:func:`publish` refuses, with the full list, when anything needed is missing; otherwise it writes and then checks.
The final accounts, the self-evaluation report, every self-evaluation form and the basic-data table are files of their
own; the last three are printed behind the final accounts too. Another room brings a document through ``documents``
(annexed and a file of its own) or ``Package.add`` (a file of its own).
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from jingban.budget.figures import YearFigures
from jingban.budget.models import Unit
from jingban.budget.readiness import readiness
from jingban.disclosure.model import Report
from jingban.disclosure.render import FORMATS, begin, examine, lay_out, render
from jingban.disclosure.report import build
from jingban.disclosure.rows import Rows
from jingban.values.findings import Finding, Refused, refuse
from jingban.values.i18n import active
from jingban.values.i18n import gettext as _

if TYPE_CHECKING:
    from jingban.checker.result import FileResult

T = TypeVar("T")
Progress = Callable[[str], None]
PROCESSES = 2


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
    """What was written and what the checker said. ``seconds`` by part, added over all processes."""

    folder: Path
    paths: list[Path] = field(default_factory=list)
    checker_account: list[Checked] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    elapsed: float = 0.0
    """Seconds from the first figure to the last check; less than the parts where two processes worked at once."""

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
        self._pool: ProcessPoolExecutor | None = None
        unknown = [name for name in self.formats if name not in FORMATS]
        if unknown:
            raise refuse(
                "DIS-202",
                _("没有格式“%(name)s”；可用：%(known)s")
                % {"name": unknown[0], "known": _("、").join(FORMATS)},
            )

    def add(self, document: Report, rows: Rows | None = None) -> None:
        """A document of the package; ``rows`` gives the rows behind its figures for the web page."""
        self.documents.append((document, rows))

    def write(self, progress: Progress | None = None) -> None:
        """Write every document in every format, and the data of all of them."""
        with self._working():
            self._write_all(progress)

    def check(self, progress: Progress | None = None) -> None:
        """Run the checker over every document written, in order."""
        with self._working():
            day = dt.date(self.year, 12, 31)
            paths = [path for path in self.out.paths if path.suffix.removeprefix(".") in FORMATS]
            for path, wait in [(path, self._submit(examine, path, day)) for path in paths]:
                if progress:
                    progress(_("核对 %(name)s") % {"name": path.name})
                result, seconds = wait()
                self.out.checker_account.append(Checked(path, result))
                self._spent("check", seconds)

    def _write_all(self, progress: Progress | None) -> None:
        """PDF takes most of the time and needs nothing but the report: other processes lay out pages meanwhile."""
        waiting: list[tuple[Path, Callable[[], tuple[bytes, float]]]] = []
        for report, rows in self.documents:
            target = self.out.folder / report.folder / report.file_name
            for name in self.formats:
                path = target.with_name(f"{target.name}.{name}")
                if name == "xlsx" and not any(True for _table in report.tables()):
                    continue
                if progress:
                    progress(path.name)
                self.out.paths.append(path)
                if name == "pdf":
                    waiting.append((path, self._submit(lay_out, report)))
                    continue
                began = time.perf_counter()
                self._write(path, render(report, name, rows))
                self._spent(name, time.perf_counter() - began)
            self._write_data(report)
        for path, wait in waiting:
            content, seconds = wait()
            self._write(path, content)
            self._spent("pdf", seconds)

    def _write_data(self, report: Report) -> None:
        from jingban.disclosure.output.data import data_package

        began = time.perf_counter()
        for name, content in data_package(report).items():
            path = self.out.folder / "data" / report.file_name / name
            self.out.paths.append(path)
            self._write(path, content)
        self._spent("data", time.perf_counter() - began)

    @contextmanager
    def _working(self) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self.out.elapsed += time.perf_counter() - began

    def __enter__(self) -> Package:
        """Inside ``with``, other processes lay out and check; else all is done in this one."""
        self._pool = ProcessPoolExecutor(
            PROCESSES, mp_context=get_context("spawn"), initializer=begin, initargs=(active(),)
        )
        return self

    def __exit__(self, *_exception: object) -> None:
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(cancel_futures=True)

    def _submit(self, function: Callable[..., Any], *arguments: Any) -> Callable[[], Any]:
        """Begin some work; what is returned waits for its result."""
        if self._pool is not None:
            return self._pool.submit(function, *arguments).result
        return partial(_same, function(*arguments))

    @property
    def year(self) -> int:
        return self.documents[0][0].year if self.documents else 2000

    def _write(self, path: Path, content: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def _spent(self, part: str, seconds: float) -> None:
        self.out.seconds[part] = self.out.seconds.get(part, 0.0) + seconds


def _same(value: Any) -> Any:
    return value


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a year's package is made of, and everything that was found on the way, warnings included."""

    found: list[Finding]
    figures: YearFigures
    report: Report | None
    """The final accounts; None when something keeps them from being made."""
    beside: tuple[Report, ...] = ()
    """What is printed behind them and is a file of its own too."""
    forms: tuple[Report, ...] = ()

    @property
    def missing(self) -> bool:
        return self.report is None or any(one.severity == "error" for one in self.found)


def gather(
    unit: Unit, year: int, style: str, *, documents: Iterable[Report] = (), templates: Path | None = None
) -> Gathered:
    """Fill and word every document of a year. Nothing is refused: all that is missing stands in ``found`` at once.

    Books (BUD-2xx), self-evaluations (DIS-301 to 304), typed cells that the basic-data table does not have (DIS-305), defects
    of the centre's own template and slots that cannot be filled (DIS-1xx).
    """
    from jingban.disclosure.basedata import base_report
    from jingban.disclosure.selfeval import Evaluations, evaluations

    figures = YearFigures(unit, year)
    found = readiness(figures)

    def have(make: Callable[[], T]) -> T | None:
        try:
            return make()
        except Refused as refusal:  # the reader gets the whole list at once
            found.extend(refusal.findings)
            return None

    made = have(lambda: evaluations(unit, year)) or Evaluations((), ())
    if not figures.book.kept:
        return Gathered(found, figures, None)
    base = have(lambda: base_report(figures))
    beside = (*([base] if base else []), *made.annexes, *documents)
    known = any(one.severity == "error" for one in found)
    report = have(lambda: build(figures, style, annexes=[*beside], templates=templates))
    if known:  # a sentence without its figure says again what was said of the books
        found = [one for one in found if one.code != "DIS-105"]
    return Gathered(found, figures, report, beside, made.forms)


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

    Refuses an unknown unit (BUD-101), style (DIS-201) or format (DIS-202), and with everything that :func:`gather` finds
    missing, in one list; nothing is written then.
    """
    began = time.perf_counter()
    unit = Unit.objects.filter(code=unit_code).first()
    if unit is None:
        raise refuse("BUD-101", _("没有预算单位“%(unit)s”") % {"unit": unit_code})
    package = Package(out, formats)
    had = gather(unit, year, style, documents=documents, templates=templates)
    if had.report is None or had.missing:
        raise Refused(had.found)
    package.out.warnings = had.found
    rows = Rows(had.figures.book)
    for one in (had.report, *had.beside, *had.forms):
        package.add(one, rows)
    package.out.seconds["figures"] = package.out.elapsed = time.perf_counter() - began
    if "pdf" in package.formats:  # else the work is done before another process has started
        with package:
            package.write(progress)
            package.check(progress)
    else:
        package.write(progress)
        package.check(progress)
    return package.out
