"""CSV and XLSX of a corpus: one row a finding, one row a file, and the summaries. Cells that spread formulas are defused."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from jingban.checker.output.summary import by_agency, by_rule, by_year, document_of
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
    """A workbook: by agency, year and kind with links to the findings, the findings, the files, and further counts."""
    import xlsxwriter

    results = sorted(results, key=document_of)  # findings of one row of the first sheet stand together
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
    formats = (book.add_format({"bold": True, "bottom": 1}), book.get_default_url_format())
    finding_rows = list(rows(results))
    first_row = dict[tuple[str, ...], int]()
    number = 1
    for one in results:
        if one.findings:
            first_row.setdefault(document_of(one), number + 1)
        number += len(one.findings)
    counted = [_("文件"), _("错误"), _("警告"), _("提示")]
    by_document = _by_document(results)
    documents = [
        [
            *document_of(group[0]),
            len(group),
            *_counts(group),
            sum(one.checkable for one in group),
            sum(one.verified for one in group),
        ]
        for group in by_document
    ]
    links = {
        (row, 0): (f"internal:'{_('发现')}'!A{first_row[document_of(group[0])]}", document_of(group[0])[0])
        for row, group in enumerate(by_document, start=1)
        if document_of(group[0]) in first_row
    }
    head = [_("单位"), _("年度"), _("文种"), *counted, _("可核"), _("已核")]
    _sheet(book, _("汇总"), head, documents, links, formats)
    places = [one.path for one in results for _finding in one.findings]
    _sheet(book, _("发现"), columns(), finding_rows, _file_links(places, path), formats)
    file_columns = [_("文件"), _("单位"), _("年度"), _("文种"), *counted[1:]]
    file_columns += [_("可核"), _("已核"), _("未核"), _("不能核对的原因")]
    files = [
        [one.path, one.agency or "", one.year or "", document_of(one)[2], *_counts([one]),
         one.checkable, one.verified, one.checkable - one.verified, one.unreadable or ""]
        for one in results
    ]  # fmt: skip
    _sheet(book, _("文件"), file_columns, files, _file_links([one.path for one in results], path), formats)
    for name, summary in (
        (_("按单位"), by_agency(results)),
        (_("按年度"), by_year(results)),
        (_("按规则"), by_rule(results)),
    ):
        lines = [[row.label, row.files, row.errors, row.warnings, row.infos] for row in summary]
        _sheet(book, name, [name, *counted], lines, {}, formats)
    book.close()


def _counts(group: Iterable[FileResult]) -> list[int]:
    found = list(group)
    return [sum(one.count(severity) for one in found) for severity in ("error", "warning", "info")]


def _by_document(results: list[FileResult]) -> list[list[FileResult]]:
    """Files of one agency, year and kind together, the most errors first."""
    groups: dict[tuple[str, str, str], list[FileResult]] = {}
    for one in results:
        groups.setdefault(document_of(one), []).append(one)
    return sorted(groups.values(), key=lambda group: [-count for count in _counts(group)])


def _file_links(places: list[str], book: Path) -> dict[tuple[int, int], tuple[str, str]]:
    """Links from the first column to the checked files, relative to the workbook's folder."""
    here = book.resolve().parent
    return {
        (row, 0): ("external:" + os.path.relpath(Path(place).resolve(), here), place)
        for row, place in enumerate(places[:LINKS_MAX], start=1)
    }


LINKS_MAX = 30_000
"""Spreadsheet programs refuse a sheet with more than 65,530 links."""


def _sheet(
    book: Any,
    name: str,
    head: list[str],
    lines: list[list[Any]],
    links: dict[tuple[int, int], tuple[str, str]],
    formats: tuple[Any, Any],
) -> None:
    sheet = book.add_worksheet(name)
    sheet.write_row(0, 0, head, formats[0])
    for number, line in enumerate(lines, start=1):
        sheet.write_row(number, 0, line)
    for (row, column), (target, shown) in links.items():
        if sheet.write_url(row, column, target, formats[1], shown) < 0:  # too long for a link
            sheet.write_string(row, column, shown)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(lines), 1), len(head) - 1)
    sheet.autofit(max_width=420)
