"""Reading a list file into its sheets of cells, in a child process with bounds (``values.confined``)."""

from __future__ import annotations

from pathlib import Path

from jingban.values import confined, sheets
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _
from jingban.values.sheets import Book, Grid


def read_book(path: Path, sheet: str | None = None) -> Book:
    """Every visible sheet, or the one that is named. Refuses as :func:`jingban.values.sheets.book` does, and with VAL-401 … 405."""
    return confined.call(sheets.book, _content(path), sheet)


def read_grid(path: Path, sheet: str | None = None) -> Grid:
    """Cells of the first sheet by row. Refuses as :func:`read_book`."""
    return confined.call(sheets.cells, _content(path), sheet)


def _content(path: Path) -> bytes:
    if not path.is_file():
        raise refuse("LST-101", _("没有文件“%(name)s”") % {"name": path.name})
    return confined.content(path)
