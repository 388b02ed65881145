"""The claims of a year as a workbook: one sheet a table, amounts as numbers in yuan."""

from __future__ import annotations

from pathlib import Path

from jingban.payments.claims import Claims, tables
from jingban.values.money import yuan

_FORBIDDEN = str.maketrans("", "", "[]:*?/\\")


def write_claims(found: Claims, path: Path) -> int:
    """Write the workbook; returns the number of sheets."""
    import xlsxwriter

    count = 0
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True, "bg_color": "#EEF3F9", "border": 1, "text_wrap": True})
        money, number = book.add_format({"num_format": "#,##0.00"}), book.add_format({"num_format": "#,##0"})
        for count, table in enumerate(tables(found), start=1):  # noqa: B007 - the last number is the count
            sheet = book.add_worksheet(table.title.translate(_FORBIDDEN)[:31])
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, len(table.labels) - 1, 28)
            sheet.set_column(len(table.labels), len(table.columns), 16)
            sheet.write_row(0, 0, table.columns, bold)
            for line, (labels, persons, by) in enumerate((*table.rows, table.total), start=1):
                for place, label in enumerate(labels):
                    sheet.write_string(line, place, label)
                place = len(table.labels)
                sheet.write_number(line, place, persons, number)
                for column, fen in enumerate(
                    (*(by.get(p, 0) for p in table.payers), sum(by.values())), place + 1
                ):
                    sheet.write_number(line, column, yuan(fen), money)
    return count
