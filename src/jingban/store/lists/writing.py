"""Writing lists: templates with instructions and checks in the sheet, error reports beside the rows, exports.

Cells that a spreadsheet would take for a formula are written as text (XLSX) or with a leading apostrophe (CSV).
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from jingban.store.lists.spec import Column, ListSpec, Parsed
from jingban.values.i18n import gettext as _
from jingban.values.sheets import MARK

_TEXT_KINDS = ("text", "digits", "choice", "flag", "month", "date")
_FORMULA = frozenset("=+-@\t\r")
TEMPLATE_ROWS = 5000
"""Rows of a template that carry number formats and drop-down lists."""


def _defused(value: Any) -> Any:
    return "'" + value if isinstance(value, str) and value[0] in _FORMULA else value


def write_template(spec: ListSpec[Any], path: Path) -> None:
    """A workbook to fill in: header, formats, drop-down lists, and a sheet that explains each column."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        _mark(book, spec.name)
        sheet = book.add_worksheet(spec.title[:31])
        must = book.add_format(
            {"bold": True, "bg_color": "#F8D7DA", "border": 1, "text_wrap": True, "align": "center"}
        )
        may = book.add_format(
            {"bold": True, "bg_color": "#EEF3F9", "border": 1, "text_wrap": True, "align": "center"}
        )
        text, money = book.add_format({"num_format": "@"}), book.add_format({"num_format": "#,##0.00"})
        sheet.freeze_panes(1, 0)
        for index, column in enumerate(spec.columns):
            width = max(12, 2 * len(column.title) + 4, len(column.example) + 3)
            shape = text if column.kind in _TEXT_KINDS else money if column.kind in ("yuan", "wan") else None
            sheet.set_column(index, index, width, shape)
            sheet.write_string(0, index, column.title, must if column.required else may)
            allowed = (
                list(column.choices or ())
                if column.kind == "choice"
                else ["是", "否"] * (column.kind == "flag")
            )
            if allowed and sum(len(name) + 1 for name in allowed) <= 255:
                sheet.data_validation(1, index, TEMPLATE_ROWS, index, {"validate": "list", "source": allowed})
        _explain(book, spec)


def _mark(book: Any, name: str) -> None:
    """The hidden name by which the reader knows the list, whatever becomes of its title and columns."""
    book.define_name(MARK, f'="{name}"')
    book.defined_names[-1][3] = True


def _explain(book: Any, spec: ListSpec[Any]) -> None:
    sheet = book.add_worksheet(_("填写说明"))
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    for index, width in enumerate((18, 8, 44, 26, 40)):
        sheet.set_column(index, index, width, wrap)
    sheet.write_string(0, 0, spec.title, bold)
    sheet.write_string(1, 0, spec.help)
    for index, title in enumerate((_("列名"), _("必填"), _("说明"), _("示例"), _("也认识的列名"))):
        sheet.write_string(3, index, title, bold)
    for row, column in enumerate(spec.columns, start=4):
        for index, value in enumerate(_explained(column)):
            sheet.write_string(row, index, value)


def _explained(column: Column) -> tuple[str, ...]:
    kinds = {
        "date": _("日期"), "month": _("月份"), "yuan": _("金额，元"), "wan": _("金额，万元"), "integer": _("整数"),
        "flag": _("是或否"), "digits": _("号码（文本格式）"), "choice": "、".join(column.choices or ()), "text": "",
    }  # fmt: skip
    remark = "；".join(part for part in (column.help, kinds[column.kind]) if part)
    return column.title, _("是") if column.required else "", remark, column.example, "、".join(column.aliases)


def write_error_report(parsed: Parsed[Any], path: Path) -> None:
    """The rows with findings, as they stood, with one column more that says what is wrong."""
    by_row: dict[int, list[str]] = {}
    for finding in parsed.findings:
        if finding.row is not None:
            where = f"「{finding.column}」" if finding.column else ""
            by_row.setdefault(finding.row, []).append(f"[{finding.code}]{where}{finding.message}")
    width = len(parsed.header)
    rows = [
        [number, *(list(parsed.rows.get(number, [])) + [None] * width)[:width], "；".join(messages)]
        for number, messages in sorted(by_row.items())
    ]
    write_list(path, [_("行号"), *parsed.header, _("错误")], rows, title=_("错误报告"))


def write_list(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str = "Sheet1"
) -> int:
    """Write a list by the suffix of ``path`` (``.xlsx`` or ``.csv``, UTF-8 with BOM). Returns the number of rows."""
    if path.suffix.lower() == ".csv":
        return _write_csv(path, header, rows)
    import xlsxwriter

    count = 0
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet(title[:31])
        bold = book.add_format({"bold": True, "bg_color": "#EEF3F9", "border": 1})
        money = book.add_format({"num_format": "#,##0.00"})
        sheet.freeze_panes(1, 0)
        for index, name in enumerate(header):
            sheet.set_column(index, index, max(10, 2 * len(name) + 4))
            sheet.write_string(0, index, name, bold)
        for count, row in enumerate(rows, start=1):
            for index, value in enumerate(row):
                _write_cell(sheet, count, index, value, money)
    return count


def _write_cell(sheet: Any, row: int, column: int, value: Any, money: Any) -> None:
    if value is None:
        return
    if isinstance(value, Decimal):
        sheet.write_number(row, column, value, money)
    elif isinstance(value, bool):
        sheet.write_string(row, column, _("是") if value else _("否"))
    elif isinstance(value, int):
        sheet.write_number(row, column, value)
    elif isinstance(value, dt.date):
        sheet.write_string(row, column, value.isoformat()[:10])
    else:
        sheet.write_string(row, column, str(value))


def _write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for row in rows:
            writer.writerow([value if value is None or value == "" else _defused(value) for value in row])
            count += 1
    return count
