"""The cells of a list file, whatever its format and encoding: XLSX, XLS, ODS, CSV, TSV."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import Any

from jingban.values.findings import Refused, refuse
from jingban.values.i18n import gettext as _

Grid = list[list[Any]]
ROWS_MAX = 2_000_000
COLUMNS_MAX = 400


MARK = "_jingban_kind"
"""The defined name by which a workbook written here says what list it is."""
Range = tuple[tuple[int, int], tuple[int, int]]
"""First and last cell of a merged area, each (row, column) from 0."""


@dataclass(slots=True)
class Page:
    """One sheet: its name (empty for a text file), its cells (empty ones None), the merged areas."""

    name: str
    grid: Grid
    merged: list[Range] = field(default_factory=list)


@dataclass(slots=True)
class Book:
    """A list file as it is: its visible sheets in their order, the names of the hidden ones, the mark of a template."""

    pages: list[Page]
    hidden: list[str] = field(default_factory=list)
    mark: str = ""


def cells(data: bytes, sheet: str | None = None) -> Grid:
    """Rows of one sheet (the first visible one by default). As :func:`book`."""
    return book(data, sheet, first=True).pages[0].grid


def book(data: bytes, sheet: str | None = None, *, first: bool = False) -> Book:
    """The visible sheets, or the one that is named. Run it through ``confined.call``.

    Refuses with LST-101 (no list, no such sheet), LST-102 (damaged), LST-110 (too large), LST-111 (empty), LST-113
    (encoding unknown).
    """
    if not data:
        raise refuse("LST-111", _("文件是空的"))
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        found = _workbook(data, sheet, first)
    elif data.startswith((b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff")):
        raise refuse("LST-101", _("这不是表格文件；请用模板填写后另存为 xlsx 或 csv"))
    else:
        found = Book([Page("", _text(data))])
    for page in found.pages:
        if len(page.grid) > ROWS_MAX or any(len(row) > COLUMNS_MAX for row in page.grid[:1000]):
            raise refuse(
                "LST-110", _("超过%(rows)s行或%(columns)s列") % {"rows": ROWS_MAX, "columns": COLUMNS_MAX}
            )
    return found


def _damaged() -> Refused:
    return refuse("LST-102", _("文件不完整或已损坏，请重新导出或传送"))


def _workbook(data: bytes, sheet: str | None, first: bool) -> Book:
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except (python_calamine.CalamineError, OSError, ValueError):
        raise _damaged() from None
    visible = [meta.name for meta in book.sheets_metadata if str(meta.visible).endswith("Visible")]
    names = visible or book.sheet_names
    if sheet is not None and sheet not in book.sheet_names:
        raise refuse("LST-101", _("没有工作表“%(name)s”") % {"name": sheet})
    if sheet is not None or first:
        names = [sheet or names[0]]
    pages = []
    try:
        for name in names:
            one = book.get_sheet_by_name(name)
            rows = one.to_python(skip_empty_area=False)
            grid = [[None if cell == "" else cell for cell in row] for row in rows]
            pages.append(Page(name, grid, list(one.merged_cell_ranges or ())))
    except (python_calamine.CalamineError, IndexError):
        raise _damaged() from None
    hidden = [] if sheet is not None else [name for name in book.sheet_names if name not in names]
    return Book(pages, hidden, _mark(data))


def _mark(data: bytes) -> str:
    """What the defined name :data:`MARK` says; empty in a workbook that was not made here, and in formats without names."""
    if not data.startswith(b"PK"):
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            text = archive.read("xl/workbook.xml").decode("utf-8", "replace")
    except (KeyError, OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return ""
    found = re.search(rf'<(?:\w+:)?definedName[^>]*\bname="{MARK}"[^>]*>\s*(?:"|&quot;)(\w+)', text)
    return found[1] if found else ""


def _text(data: bytes) -> Grid:
    text = _decoded(data)
    if "\x00" in text:
        raise refuse("LST-101", _("这不是表格文件；请用模板填写后另存为 xlsx 或 csv"))
    first = text.split("\n", 1)[0]
    delimiter = "\t" if first.count("\t") > first.count(",") else ","
    try:
        grid = list(
            csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter, strict=True)
        )
    except csv.Error:
        raise _damaged() from None
    # A file cut off ends in the middle of a row; one that is whole ends with a line or at least with a whole row.
    if grid and not text.endswith(("\n", "\r")) and len(grid[-1]) < len(grid[0]):
        raise _damaged()
    return grid


def _decoded(data: bytes) -> str:
    from charset_normalizer import from_bytes

    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    best = from_bytes(data[:1_000_000]).best()
    if best is None:
        raise refuse("LST-113", _("认不出文件的编码"))
    try:
        return data.decode(best.encoding)
    except UnicodeDecodeError:
        raise refuse("LST-113", _("认不出文件的编码")) from None
