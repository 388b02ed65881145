"""Workbooks (XLSX, XLS, ODS) through python-calamine: each sheet's used range as text and one or more tables."""

from __future__ import annotations

import datetime
from io import BytesIO
from typing import Any

from jingban.checker.layout.raw import RawBlock, RawCell, RawTable, RawText
from jingban.checker.model import Document, Note, Source
from jingban.checker.readers import maxima
from jingban.checker.readers.problems import CannotRead
from jingban.checker.readers.xlsx_formats import Formats, printed
from jingban.values.i18n import gettext as _


def read_xlsx(document: Document, data: bytes) -> list[RawBlock]:
    """Raw blocks of all visible sheets. A row with one filled cell outside a table is a line of text."""
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
    except Exception as error:
        encrypted = "password" in str(error).lower() or "encrypt" in str(error).lower()
        message = _("文件已加密，打不开；请提供未加密的文件") if encrypted else _("工作簿损坏，打不开")
        raise CannotRead("I108", message) from error
    out: list[RawBlock] = []
    cells = 0
    formats = Formats(data)
    for meta in book.sheets_metadata:
        if meta.visible != SheetVisibleEnum.Visible:
            continue
        try:
            sheet = book.get_sheet_by_name(meta.name)
        except Exception:
            document.notes.append(
                Note("I105", _("工作表“{}”读不出").format(meta.name), Source(sheet=meta.name))
            )
            continue
        if sheet.end is None:
            continue
        height, width = sheet.end[0] + 1, min(sheet.end[1] + 1, maxima.TABLE_COLUMNS_MAX)
        if height > maxima.TABLE_ROWS_MAX or cells + height * width > maxima.DOCUMENT_CELLS_MAX:
            document.notes.append(
                Note("I104", _("工作表“{}”超过上限，其后未读").format(meta.name), Source(sheet=meta.name))
            )
            height = min(
                height, maxima.TABLE_ROWS_MAX, max(0, (maxima.DOCUMENT_CELLS_MAX - cells) // max(width, 1))
            )
        if height and width:
            cells += height * width
            out.extend(_sheet(sheet, meta.name, height, width, formats.of(meta.name)))
    return out


def column_letters(column: int) -> str:
    """0 -> A, 26 -> AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def shown(value: object, code: str = "") -> str:
    """A cell as a reader sees it: by its number format ``code``, else whole floats without a point, dates in ISO form."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float) and code:
        text = printed(value, code)
        if text is not None:
            return text
    if isinstance(value, float):
        return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value)


def _sheet(sheet: Any, name: str, height: int, width: int, formats: dict[str, str]) -> list[RawBlock]:
    values = sheet.to_python(skip_empty_area=False, nrows=height)
    merged = _merges(sheet)
    out: list[RawBlock] = []
    rows: list[list[RawCell]] = []

    def flush() -> None:
        if rows:
            out.append(RawTable(_trim(rows), rows[0][0].source))
        rows.clear()

    for r, line in enumerate(values[:height]):
        texts = [
            shown(value, formats.get(f"{column_letters(c)}{r + 1}", ""))
            for c, value in enumerate(line[:width])
        ]
        texts += [""] * (width - len(texts))
        filled = [c for c, text in enumerate(texts) if text.strip()]
        if not filled:
            flush()
            continue
        row = []
        for c, text in enumerate(texts):
            first = merged.get((r, c))
            continued = first is not None and first != (r, c)
            source = Source(sheet=name, cell=f"{column_letters(c)}{r + 1}")
            right = continued and first is not None and first[1] < c
            row.append(RawCell("" if continued else text, source, right=right, down=continued and not right))
        if len(filled) == 1 and (
            not rows or _wide_merge(merged, r, filled[0], width) or (filled[0] == 0 and _is_line(texts[0]))
        ):
            flush()
            out.extend(
                RawText(part, row[filled[0]].source) for part in texts[filled[0]].split("\n") if part.strip()
            )
            continue
        if not rows and len(filled) > 1 and _caption_row(texts):
            out.extend(RawText(texts[c], row[c].source) for c in filled)
            continue
        rows.append(row)
    flush()
    return out


def _is_line(text: str) -> bool:
    """A note under a table (注：…) or a sentence, not a label of a row."""
    return len(text) > 30 or text.startswith(("注", "备注", "说明"))


def _caption_row(texts: list[str]) -> bool:
    """部门：… | 单位：万元 on one row above a table."""
    from jingban.checker.layout.captions import is_caption_line

    return all(is_caption_line(text) for text in texts if text.strip())


def _wide_merge(merged: dict[tuple[int, int], tuple[int, int]], r: int, c: int, width: int) -> bool:
    covered = sum(1 for column in range(width) if merged.get((r, column)) == (r, c))
    return width > 2 and covered == width


def _merges(sheet: Any) -> dict[tuple[int, int], tuple[int, int]]:
    out: dict[tuple[int, int], tuple[int, int]] = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        if (bottom - top + 1) * (right - left + 1) > maxima.DOCUMENT_CELLS_MAX // 4:
            continue
        for r in range(top, bottom + 1):
            for c in range(left, right + 1):
                out[(r, c)] = (top, left)
    return out


def _trim(rows: list[list[RawCell]]) -> list[list[RawCell]]:
    """Without the columns left and right of the table that are empty in all its rows."""
    filled = [c for row in rows for c, cell in enumerate(row) if cell.text.strip() or cell.right]
    first, last = min(filled), max(filled)
    return [row[first : last + 1] for row in rows]
