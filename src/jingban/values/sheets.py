"""The cells of a list file, whatever its format and encoding: XLSX, XLS, ODS, CSV, TSV."""

from __future__ import annotations

import csv
import io
from typing import Any

from jingban.values.findings import Refused, refuse
from jingban.values.i18n import gettext as _

Grid = list[list[Any]]
ROWS_MAX = 2_000_000
COLUMNS_MAX = 400


def cells(data: bytes, sheet: str | None = None) -> Grid:
    """Rows of one sheet (the first visible one by default), empty cells None. Run it through ``confined.call``.

    Refuses with LST-101 (no list, no such sheet), LST-102 (damaged), LST-110 (too large), LST-111 (empty), LST-113
    (encoding unknown).
    """
    if not data:
        raise refuse("LST-111", _("文件是空的"))
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        grid = _workbook(data, sheet)
    elif data.startswith((b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff")):
        raise refuse("LST-101", _("这不是表格文件；请用模板填写后另存为 xlsx 或 csv"))
    else:
        grid = _text(data)
    if len(grid) > ROWS_MAX or any(len(row) > COLUMNS_MAX for row in grid[:1000]):
        raise refuse(
            "LST-110", _("超过%(rows)s行或%(columns)s列") % {"rows": ROWS_MAX, "columns": COLUMNS_MAX}
        )
    return grid


def _damaged() -> Refused:
    return refuse("LST-102", _("文件不完整或已损坏，请重新导出或传送"))


def _workbook(data: bytes, sheet: str | None) -> Grid:
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except (python_calamine.CalamineError, OSError, ValueError):
        raise _damaged() from None
    names = [
        meta.name for meta in book.sheets_metadata if str(meta.visible).endswith("Visible")
    ] or book.sheet_names
    if sheet is not None and sheet not in book.sheet_names:
        raise refuse("LST-101", _("没有工作表“%(name)s”") % {"name": sheet})
    try:
        rows = book.get_sheet_by_name(sheet or names[0]).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, IndexError):
        raise _damaged() from None
    return [[None if cell == "" else cell for cell in row] for row in rows]


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
