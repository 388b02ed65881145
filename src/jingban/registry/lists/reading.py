"""Reading a list file into a grid of cells, whatever its encoding, with bounds on size. XLSX, XLS, ODS, CSV, TSV."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

from jingban.registry.lists.spec import Grid
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Limits:
    """Named maxima: a list beyond them is refused, not half-read."""

    file_bytes: int = 200 * 1024 * 1024
    unpacked_bytes: int = 2 * 1024**3
    rows: int = 2_000_000
    columns: int = 400


def read_grid(path: Path, sheet: str | None = None, limits: Limits = Limits()) -> Grid:
    """Cells by row. Refuses with LST-101 (not a list), LST-102 (damaged), LST-110 (too large), LST-113 (encoding)."""
    if not path.is_file():
        raise refuse("LST-101", _("没有文件“%(name)s”") % {"name": path.name})
    if path.stat().st_size > limits.file_bytes:
        raise refuse("LST-110", _("文件太大"))
    if path.stat().st_size == 0:
        raise refuse("LST-111", _("文件是空的"))
    head = path.open("rb").read(8)
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        grid = _workbook(path, sheet, limits, zipped=head.startswith(b"PK"))
    elif head.startswith((b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff")):
        raise refuse("LST-101", _("这不是表格文件；请用模板填写后另存为 xlsx 或 csv"))
    else:
        grid = _text(path)
    if len(grid) > limits.rows or any(len(row) > limits.columns for row in grid[:1000]):
        raise refuse(
            "LST-110", _("超过%(rows)s行或%(columns)s列") % {"rows": limits.rows, "columns": limits.columns}
        )
    return grid


def _workbook(path: Path, sheet: str | None, limits: Limits, *, zipped: bool) -> Grid:
    import python_calamine

    if zipped:
        try:
            with zipfile.ZipFile(path) as archive:
                if sum(entry.file_size for entry in archive.infolist()) > limits.unpacked_bytes:
                    raise refuse("LST-110", _("解压后太大"))
        except zipfile.BadZipFile:
            raise refuse("LST-102", _("文件不完整或已损坏，请重新导出或传送")) from None
    try:
        book = python_calamine.load_workbook(path)
    except python_calamine.CalamineError:
        raise refuse("LST-102", _("文件不完整或已损坏，请重新导出或传送")) from None
    names = [
        meta.name for meta in book.sheets_metadata if str(meta.visible).endswith("Visible")
    ] or book.sheet_names
    if sheet is not None and sheet not in book.sheet_names:
        raise refuse("LST-101", _("没有工作表“%(name)s”") % {"name": sheet})
    try:
        rows = book.get_sheet_by_name(sheet or names[0]).to_python(skip_empty_area=False)
    except python_calamine.CalamineError:
        raise refuse("LST-102", _("文件不完整或已损坏，请重新导出或传送")) from None
    return [[None if cell == "" else cell for cell in row] for row in rows]


def _text(path: Path) -> Grid:
    from charset_normalizer import from_bytes

    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        best = from_bytes(data[:1_000_000]).best()
        if best is None:
            raise refuse("LST-113", _("认不出文件的编码"))
        text = data.decode(best.encoding, errors="strict")
    if "\x00" in text:
        raise refuse("LST-101", _("这不是表格文件；请用模板填写后另存为 xlsx 或 csv"))
    first = text.split("\n", 1)[0]
    delimiter = "\t" if first.count("\t") > first.count(",") else ","
    try:
        grid = list(
            csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter, strict=True)
        )
    except csv.Error:
        raise refuse("LST-102", _("文件不完整或已损坏，请重新导出或传送")) from None
    # A file cut off ends in the middle of a row; one that is whole ends with a line or at least with a whole row.
    if grid and not text.endswith(("\n", "\r")) and len(grid[-1]) < len(grid[0]):
        raise refuse("LST-102", _("文件不完整或已损坏，请重新导出或传送"))
    return grid
