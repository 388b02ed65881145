"""Reading a list file into a grid of cells, in a child process with bounds (``values.confined``)."""

from __future__ import annotations

from pathlib import Path

from jingban.values import confined, sheets
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _
from jingban.values.sheets import Grid


def read_grid(path: Path, sheet: str | None = None) -> Grid:
    """Cells by row. Refuses as :func:`jingban.values.sheets.cells` does, and with VAL-401 … 405 beyond the limits."""
    if not path.is_file():
        raise refuse("LST-101", _("没有文件“%(name)s”") % {"name": path.name})
    return confined.call(sheets.cells, confined.content(path), sheet)
