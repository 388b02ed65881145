"""Reading a table out of a file as it is: XLSX, XLS, ODS by calamine, CSV in UTF-8 or GB 18030.

Cells stay as the file has them (text, number, date); meaning is given by the columns of a list kind.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import python_calamine

from jingban.values.findings import Refused, refuse
from jingban.values.i18n import gettext as _

ROWS_MAX = 2_000_000
BYTES_MAX = 1 << 30
_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
_TEXTS = frozenset({".csv", ".txt", ".tsv"})


@dataclass(slots=True)
class Table:
    """Rows as they stand in the file. ``rows[0]`` is row ``first_row`` of the file (1-based)."""

    name: str
    rows: list[list[Any]]
    first_row: int = 1
    ragged: bool = False
    """A text file: rows of a different width are suspicious there, in a workbook they are not."""


def read(path: Path, sheet: str | None = None) -> list[Table]:
    """Every sheet of the file (or the one named). Raises ``Refused``:

    REG-601 no such file, REG-602 not a kind of file we read, REG-603 damaged or cut off, REG-604 no such sheet,
    REG-605 empty, REG-606 neither UTF-8 nor GB 18030, REG-607 too large, REG-608 protected by a password.
    """
    suffix = path.suffix.lower()
    if not path.is_file():
        raise refuse("REG-601", _("没有这个文件：{name}").format(name=path.name))
    if path.stat().st_size > BYTES_MAX:
        raise refuse("REG-607", _("文件超过 1 GiB，请按乡镇拆分：{name}").format(name=path.name))
    if suffix in _WORKBOOKS:
        tables = _workbook(path, sheet)
    elif suffix in _TEXTS:
        tables = [_text(path)]
    else:
        raise refuse(
            "REG-602", _("不认识的文件类型 {suffix}，请用 XLSX 或 CSV").format(suffix=suffix or path.name)
        )
    tables = [table for table in tables if table.rows]
    if not tables:
        raise refuse("REG-605", _("文件是空的：{name}").format(name=path.name))
    if any(len(table.rows) > ROWS_MAX for table in tables):
        raise refuse("REG-607", _("超过 {rows} 行，请拆分").format(rows=ROWS_MAX))
    return tables


def _workbook(path: Path, sheet: str | None) -> list[Table]:
    try:
        book = python_calamine.load_workbook(str(path))
        names = book.sheet_names
        if sheet is not None and sheet not in names:
            text = _("没有工作表「{sheet}」；文件中有：{names}").format(sheet=sheet, names="、".join(names))
            raise refuse("REG-604", text)
        return [
            Table(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False))
            for name in ([sheet] if sheet else names)
        ]
    except python_calamine.PasswordError:
        raise refuse("REG-608", _("文件有密码，请先取消密码：{name}").format(name=path.name)) from None
    except Refused:
        raise
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise _damaged(path, error) from None
    except BaseException as error:
        # A workbook cut in half can make the reader's native code panic, which is no ordinary exception.
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged(path, error) from None


def _damaged(path: Path, error: BaseException) -> Refused:
    reason = str(error).splitlines()[0][:80] if str(error) else type(error).__name__
    return refuse(
        "REG-603",
        _("文件损坏或不完整（可能只传了一半），请重新取得：{name}（{reason}）").format(
            name=path.name, reason=reason
        ),
    )


def _text(path: Path) -> Table:
    data = path.read_bytes()
    text = decode(data)
    if text is None:
        raise refuse("REG-606", _("文字编码既不是 UTF-8 也不是 GB 18030：{name}").format(name=path.name))
    if "\0" in text:
        raise refuse(
            "REG-603",
            _("文件损坏或不完整（可能只传了一半），请重新取得：{name}（{reason}）").format(
                name=path.name, reason="NUL"
            ),
        )
    first = text.split("\n", 1)[0]
    delimiter = max(",\t;|", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise _damaged(path, error) from None
    return Table(path.name, _trim(rows), ragged=True)


def decode(data: bytes) -> str | None:
    """UTF-8 (with or without mark), else GB 18030; None when it is neither."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _trim(rows: Iterable[list[Any]]) -> list[list[Any]]:
    """Without the empty lines at the end."""
    kept = list(rows)
    while kept and not any(kept[-1]):
        kept.pop()
    return kept
