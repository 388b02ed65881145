"""The tables as a workbook: sums are live formulas with their values stored beside, so that any reader sees figures.

A cell holds the exact amount in the printed unit (42,653.00 元 is 4.2653 万元) and shows two decimals, as each figure is
converted on its own; so the formulas add up exactly while the sheet prints like the published table.
"""

from __future__ import annotations

import datetime as dt
import io
import math
from typing import Any

import xlsxwriter

from jingban.disclosure.formulas import Formulas, Sheet, bindings, number
from jingban.disclosure.grid import Cell, Grid
from jingban.disclosure.model import Report, Table
from jingban.forms.filled import Figure
from jingban.forms.model import Identity
from jingban.values.i18n import document as _

CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - no zone in the file format; the same input gives the same bytes
STRETCH = 1.15
"""Column width of a sheet to that of the grid."""
UPRIGHT_WIDTH = 110
"""Characters across an upright page; a wider sheet would be printed too small to read, and is turned."""
LINE = 14
"""Points of a line of text."""
HEAD_LINES = 3
"""Title, number, owner and unit stand above the grid."""


def xlsx(report: Report, links: tuple[Identity, ...] = ()) -> bytes:
    """One sheet a table and a sheet of identities (勾稽关系), each with both sides as formulas."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"title": "".join(report.title), "author": report.owner, "created": CREATED})
    book.set_calc_mode("auto")
    writer = _Writer(book)
    tables = [table for table in report.tables() if table.own_page or table.grid.filled]
    sheets: dict[str, Sheet] = {}
    names = _names(tables)
    for table, name in zip(tables, names, strict=True):
        if table.grid.filled is not None:
            sheets[table.grid.form] = _places(table, name)
    formulas = Formulas(sheets)
    for table, name in zip(tables, names, strict=True):
        writer.table(table, name, formulas)
    if sheets:
        writer.identities(sheets, formulas, links)
    book.close()
    return out.getvalue()


def _names(tables: list[Table]) -> list[str]:
    """Sheet names of at most 31 characters, each once."""
    names: list[str] = []
    for place, table in enumerate(tables, start=1):
        plain = "".join(mark for mark in table.title if mark not in "[]:*?/\\'“”")
        names.append(f"{place:02d} {plain}"[:31])
    return names


def _places(table: Table, name: str) -> Sheet:
    assert table.grid.filled is not None
    sheet = Sheet(name, table.grid.filled, table.unit)
    for row, cells in enumerate(table.grid.rows):
        for column, cell in enumerate(cells):
            if cell is not None and cell.key is not None:
                sheet.at[cell.key] = (row + HEAD_LINES, column)
    return sheet


class _Writer:
    def __init__(self, book: Any) -> None:
        self.book = book
        base = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
        box = {**base, "border": 1}
        self.title = book.add_format({**base, "font_size": 16, "bold": True, "align": "center"})
        self.left = book.add_format({**base, "align": "left"})
        self.right = book.add_format({**base, "align": "right"})
        self.note = book.add_format({**base, "font_size": 9, "text_wrap": True, "valign": "top"})
        self.kinds = {
            "head": book.add_format(
                {**box, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#EEF2F6"}
            ),
            "number": book.add_format({**box, "align": "center"}),
            "code": book.add_format({**box, "align": "center", "num_format": "@"}),
            "line": book.add_format({**box, "align": "center"}),
            "label": book.add_format({**box, "align": "left", "text_wrap": True}),
            "text": book.add_format({**box, "align": "left", "text_wrap": True}),
            "total": book.add_format({**box, "bold": True, "align": "center"}),
        }
        self.indents = {
            level: book.add_format({**box, "align": "left", "text_wrap": True, "indent": level})
            for level in (1, 2)
        }
        self.plain = book.add_format({**box, "align": "right", "num_format": "0.00"})
        self.comma = book.add_format({**box, "align": "right", "num_format": "#,##0.00"})
        self.whole = book.add_format({**box, "align": "right", "num_format": "0"})
        self.rate = book.add_format({**box, "align": "center", "num_format": "0.00%"})
        self.points = [
            book.add_format({**box, "align": "center", "num_format": form}) for form in ("0", "0.0", "0.00")
        ]

    def table(self, table: Table, name: str, formulas: Formulas) -> None:
        sheet = self.book.add_worksheet(name)
        grid = table.grid
        last = grid.width - 1
        _merge(sheet, 0, 0, 0, last, table.title, self.title)
        sheet.set_row(0, 26)
        sheet.write_string(1, last, table.number, self.right)
        sheet.write_string(
            2, 0, _("部门：%(name)s") % {"name": table.owner} if table.owner else "", self.left
        )
        sheet.write_string(
            2, last, _("金额单位：%(unit)s") % {"unit": table.unit} if table.unit else "", self.right
        )
        for row, cells in enumerate(grid.rows):
            for column, cell in enumerate(cells):
                if cell is not None:
                    self._cell(sheet, row + HEAD_LINES, column, cell, table, formulas)
        height = len(grid.rows) + HEAD_LINES
        for number_, note in enumerate(table.notes):
            _merge(sheet, height + number_, 0, height + number_, last, note, self.note)
            sheet.set_row(height + number_, 15 * (1 + len(note) * 11 // int(sum(grid.widths) * 6)))
        for column, width in enumerate(grid.widths):
            sheet.set_column(column, column, width * STRETCH)
        for row in range(len(grid.rows)):
            least = LINE + 4 if row < grid.head_rows else LINE
            sheet.set_row(HEAD_LINES + row, max(least, LINE * _lines(grid, row)))
        self._print(sheet, table, grid.head_rows)

    def _print(self, sheet: Any, table: Table, heads: int) -> None:
        sheet.set_paper(9)
        if table.landscape or sum(table.grid.widths) * STRETCH > UPRIGHT_WIDTH:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 1 if len(table.grid.rows) <= 45 else 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.center_horizontally()
        sheet.set_footer("&C— &P —")
        if heads:
            sheet.repeat_rows(HEAD_LINES, HEAD_LINES + heads - 1)
            sheet.freeze_panes(HEAD_LINES + heads, 0)

    def _cell(self, sheet: Any, row: int, column: int, cell: Cell, table: Table, formulas: Formulas) -> None:
        numeric = cell.figure is not None and cell.figure.amount is not None and cell.text
        if cell.kind == "amount" or (cell.kind == "line" and cell.key and numeric):
            self._amount(sheet, row, column, cell, table, formulas)
            return
        style = self.indents.get(cell.indent, self.kinds["label"]) if cell.indent else self.kinds[cell.kind]
        if cell.rowspan > 1 or cell.colspan > 1:
            _merge(sheet, row, column, row + cell.rowspan - 1, column + cell.colspan - 1, cell.text, style)
        elif cell.kind in ("line", "number") and cell.text.isdigit():
            sheet.write_number(row, column, int(cell.text), self.kinds["number"])
        else:
            sheet.write_string(row, column, cell.text, style)

    def _amount(
        self, sheet: Any, row: int, column: int, cell: Cell, table: Table, formulas: Formulas
    ) -> None:
        figure = cell.figure
        style = self._style(figure, cell, table)
        if cell.rowspan > 1 or cell.colspan > 1:
            _merge(sheet, row, column, row + cell.rowspan - 1, column + cell.colspan - 1, "", style)
        if figure is None or figure.amount is None:
            sheet.write_string(row, column, cell.text, style)
            return
        value = number(figure, table.unit)
        formula = formulas.of(table.grid.form, *cell.key) if cell.key else None
        if figure.unit == "%":
            value, formula = value / 100, f"({formula})/100" if formula else None
        if formula:
            sheet.write_formula(row, column, f"={formula}", style, float(value))
        else:
            sheet.write_number(row, column, float(value), style)

    def _style(self, figure: Figure | None, cell: Cell, table: Table) -> Any:
        """How the number is shown: as many decimals as the document prints."""
        if figure is None or figure.unit == "fen":
            return self.comma if table.unit == "元" else self.plain
        if figure.unit == "%":
            return self.rate
        places = len(cell.text.rpartition(".")[2]) if "." in cell.text else 0
        return self.whole if cell.kind == "amount" and not places else self.points[min(places, 2)]

    def identities(self, sheets: dict[str, Sheet], formulas: Formulas, links: tuple[Identity, ...]) -> None:
        """勾稽关系: each identity with both sides computed live and their difference."""
        sheet = self.book.add_worksheet(_("勾稽关系"))
        names = (_("关系"), _("表"), _("左边"), _("右边"), _("差"), _("结论"))
        for column, name in enumerate(names):
            sheet.write_string(0, column, name, self.kinds["head"])
        row = 1
        for home, identity in _pairs(sheets, links):
            for at_row, at_column in bindings(identity, home.filled):
                row += self._identity(sheet, row, home, identity, at_row, at_column, formulas)
        for column, width in enumerate((82, 20, 16, 16, 12, 10)):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C— &P —")

    def _identity(
        self, sheet: Any, row: int, home: Sheet, identity: Identity, at_row: str | None, at_column: str | None, formulas: Formulas
    ) -> int:  # fmt: skip
        sides = (identity.left.bind(at_row, at_column), identity.right.bind(at_row, at_column))
        try:
            texts = [formulas.excel(side, home, elsewhere=True)[0] for side in sides]
            values = [formulas.value(side, home) for side in sides]
        except (KeyError, ZeroDivisionError):
            return 0
        place = _place(home, at_row, at_column)
        label = identity.text + (f"（{place}）" if place else "")
        sheet.write_string(row, 0, label, self.kinds["label"])
        sheet.write_string(row, 1, home.filled.form.number, self.kinds["label"])
        for column, (text, value) in enumerate(zip(texts, values, strict=True), start=2):
            sheet.write_formula(row, column, f"={text}", self.comma, float(value))
        gap = values[0] - values[1]
        sheet.write_formula(row, 4, f"=C{row + 1}-D{row + 1}", self.comma, float(gap))
        holds = {"=": "ABS(E{0})<0.000001", "<=": "E{0}<0.000001", ">=": "E{0}>-0.000001"}[identity.operator]
        sheet.write_formula(row, 5, f'=IF({holds.format(row + 1)},"平","不平")', self.kinds["total"], "平")
        return 1


def _place(home: Sheet, at_row: str | None, at_column: str | None) -> str:
    """The row or column an identity is tested at, by the words the table prints."""
    rows = {row.key: f"{row.code} {row.label}".strip() for row in home.filled.rows}
    columns = {column.key: column.label for column in home.filled.form.columns}
    return rows.get(at_row, at_row) if at_row else columns.get(at_column, at_column) if at_column else ""


def _pairs(sheets: dict[str, Sheet], links: tuple[Identity, ...]) -> list[tuple[Sheet, Identity]]:
    found = [
        (sheet, one) for sheet in sheets.values() for one in sheet.filled.form.identities if not one.when
    ]
    for link in links:
        forms = [cell.form for side in (link.left, link.right) for cell in side.cells() if cell.form]
        if forms and all(form in sheets for form in forms) and link.over == "table":
            found.append((sheets[forms[0]], link))
    return [(sheet, one) for sheet, one in found if sheet.filled.year in one.years]


def _lines(grid: Grid, row: int) -> int:
    """Lines of the longest text of a row in its cell: no reader makes a row high enough for merged cells by itself."""
    most = 1
    for column, cell in enumerate(grid.rows[row]):
        if cell is not None and cell.text and cell.rowspan == 1:
            across = sum(grid.widths[column : column + cell.colspan]) * STRETCH - 1
            long = sum(2 if ord(mark) > 0x2E7F else 1 for mark in cell.text)
            most = max(most, math.ceil(long / across))
    return most


def _merge(sheet: Any, row: int, column: int, end_row: int, end_column: int, text: str, style: Any) -> None:
    if (row, column) == (end_row, end_column):
        sheet.write_string(row, column, text, style)
    else:
        sheet.merge_range(row, column, end_row, end_column, text, style)
