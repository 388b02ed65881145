"""CSV and XLSX of a corpus: one row a finding, one row a file, and the summaries. Cells that spread formulas are defused."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from jingban.checker.output.summary import by_agency, by_rule, by_year
from jingban.checker.result import FINDING_KEYS, FileResult
from jingban.values.i18n import gettext as _

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def columns() -> list[str]:
    """Column names of the findings table, in the reader's language."""
    names = {
        "code": _("规则"),
        "name": _("名称"),
        "severity": _("级别"),
        "message": _("说明"),
        "line": _("行"),
        "page": _("页"),
        "table": _("表"),
        "row": _("行名"),
        "column": _("列名"),
        "quote": _("原文"),
        "stated": _("写作"),
        "expected": _("应为"),
        "difference": _("差额"),
        "related_lines": _("相关行"),
        "fingerprint": _("指纹"),
    }
    return [_("文件"), _("单位"), _("年度"), *(names[key] for key in FINDING_KEYS)]


def rows(results: Iterable[FileResult]) -> Iterator[list[Any]]:
    for one in results:
        for finding in one.findings:
            cells = [finding[key] for key in FINDING_KEYS]
            cells[FINDING_KEYS.index("related_lines")] = " ".join(map(str, finding["related_lines"]))
            yield [
                one.path,
                one.agency or "",
                one.year or "",
                *("" if cell is None else cell for cell in cells),
            ]


def render_csv(results: Iterable[FileResult]) -> str:
    """CSV text with a byte-order mark, as spreadsheet programs here expect."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns())
    for row in rows(results):
        writer.writerow([_defused(cell) for cell in row])
    return "\ufeff" + out.getvalue()


def _defused(cell: Any) -> Any:
    return "'" + cell if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def write_xlsx(results: Iterable[FileResult], path: Path) -> None:
    """A workbook: findings, files, by agency, by year, by rule."""
    import xlsxwriter

    results = list(results)
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True, "bottom": 1})
    files = [
        [
            one.path,
            one.agency or "",
            one.year or "",
            "、".join(one.kinds),
            one.count("error"),
            one.count("warning"),
            one.count("info"),
            one.checkable,
            one.verified,
            one.checkable - one.verified,
            one.unreadable or "",
        ]
        for one in results
    ]
    file_columns = [_("文件"), _("单位"), _("年度"), _("类型"), _("错误"), _("警告"), _("提示")]
    file_columns += [_("可核"), _("已核"), _("未核"), _("不能核对的原因")]
    counted = [_("文件"), _("错误"), _("警告"), _("提示")]
    sheets: list[tuple[str, list[str], list[list[Any]]]] = [
        (_("发现"), columns(), list(rows(results))),
        (_("文件"), file_columns, files),
    ]
    for name, summary in (
        (_("按单位"), by_agency(results)),
        (_("按年度"), by_year(results)),
        (_("按规则"), by_rule(results)),
    ):
        lines = [[row.label, row.files, row.errors, row.warnings, row.infos] for row in summary]
        sheets.append((name, [name, *counted], lines))
    for name, head, lines in sheets:
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, head, bold)
        for number, line in enumerate(lines, start=1):
            sheet.write_row(number, 0, line)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(lines), 1), len(head) - 1)
        sheet.autofit(max_width=420)
    book.close()
