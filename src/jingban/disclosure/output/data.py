"""The open-data side of the package: one CSV a table, every figure in long form, and a schema (datapackage.json).

Amounts are exact yuan; the printed text stands beside. The same report gives the same bytes.
"""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

from jingban.disclosure.model import Printed, Report, Table, Text
from jingban.forms.filled import Figure
from jingban.values.i18n import document as _

FIGURES = ("form", "title", "row", "row_label", "column", "column_label", "amount", "unit", "printed", "printed_unit", "formula", "source")  # fmt: skip
TEXTS = ("paragraph", "slot", "amount", "unit", "printed", "formula", "source")
DESCRIPTIONS = {
    "form": _("表式编号"), "title": _("表名"), "row": _("行键"), "row_label": _("行名"), "column": _("列键"),
    "column_label": _("列名"), "amount": _("精确值（金额为元）"), "unit": _("精确值的单位"), "printed": _("印出的数"),
    "printed_unit": _("印出的单位"), "formula": _("算法"), "source": _("来源"), "paragraph": _("段落序号"), "slot": _("名称"),
}  # fmt: skip


def data_package(report: Report) -> dict[str, bytes]:
    """File name → content: ``tables/*.csv``, ``figures.csv``, ``texts.csv``, ``datapackage.json``."""
    files: dict[str, bytes] = {}
    resources = []
    for table in report.tables():
        if table.grid.filled is None:
            continue
        name = f"tables/{table.grid.form}.csv"
        files[name] = _printed(table)
        resources.append(_resource(name, table.title, _columns(table), kinds={}))
    files["figures.csv"] = _csv(FIGURES, _figures(report))
    resources.append(_resource("figures.csv", _("各表每一个数"), list(FIGURES), kinds={"amount": "number"}))
    files["texts.csv"] = _csv(TEXTS, _texts(report))
    resources.append(
        _resource(
            "texts.csv",
            _("说明文字中的每一个数"),
            list(TEXTS),
            kinds={"amount": "number", "paragraph": "integer"},
        )
    )
    package = {
        "profile": "tabular-data-package",
        "name": "jingban-final-accounts",
        "title": "".join(report.title),
        "created": "2000-01-01T00:00:00Z",
        "year": report.year,
        "resources": resources,
    }
    text = json.dumps(package, ensure_ascii=False, indent=1, sort_keys=True)
    files["datapackage.json"] = text.encode()
    return files


def _resource(path: str, title: str, columns: list[str], kinds: dict[str, str]) -> dict[str, object]:
    fields = [
        {
            "name": name,
            "type": kinds.get(name, "string"),
            **({"title": DESCRIPTIONS[name]} if name in DESCRIPTIONS else {}),
        }
        for name in columns
    ]
    name = path.rsplit("/", 1)[-1].removesuffix(".csv")
    return {
        "name": name, "path": path, "title": title, "profile": "tabular-data-resource", "encoding": "utf-8",
        "format": "csv", "mediatype": "text/csv", "schema": {"fields": fields, "missingValues": [""]},
    }  # fmt: skip


def _csv(header: tuple[str, ...] | list[str], rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([[_safe(cell) for cell in row] for row in rows])
    return out.getvalue().encode()


def _safe(text: str) -> str:
    """A cell that a spreadsheet would run as a formula is quoted; numbers stay."""
    if text[:1] in "=+@\t\r" or (
        text[:1] == "-" and not text[1:].replace(",", "").replace(".", "").isdigit()
    ):
        return "'" + text
    return text


def _columns(table: Table) -> list[str]:
    """One name a column: the lowest header over it, made unique."""
    names: list[str] = []
    for column in range(table.grid.width):
        found = ""
        for row in table.grid.rows[: table.grid.head_rows]:
            cell = row[column]
            if cell is not None and cell.kind == "head" and cell.colspan == 1 and cell.text:
                found = cell.text
        found = found or f"c{column + 1}"
        names.append(found if found not in names else f"{found}{names.count(found) + column + 1}")
    return names


def _printed(table: Table) -> bytes:
    rows = [
        ["" if cell is None else cell.text for cell in row] for row in table.grid.rows[table.grid.head_rows :]
    ]
    return _csv(_columns(table), rows)


def _exact(figure: Figure) -> tuple[str, str]:
    if figure.amount is None:
        return "", ""
    if figure.unit == "fen":
        return f"{Decimal(figure.amount).scaleb(-2):.2f}", "元"
    return str(figure.amount), figure.unit


def _source(figure: Figure) -> str:
    trace = figure.trace
    if trace.typed:
        return f"{trace.typed_by}：{trace.evidence}"
    where = "&".join(f"{name}={value}" for name, value in trace.where)
    return f"{trace.relation}?{where}" if trace.relation else ""


def _figures(report: Report) -> list[list[str]]:
    found = []
    for table in report.tables():
        filled = table.grid.filled
        if filled is None:
            continue
        labels = {row.key: row.label for row in filled.rows}
        for cells in table.grid.rows:
            for cell in cells:
                if cell is None or cell.figure is None or cell.key is None:
                    continue
                column = filled.form.column(cell.key[1])
                found.append(
                    [
                        filled.form.id, table.title, cell.key[0], labels.get(cell.key[0], ""), cell.key[1],
                        "·".join(column.header) if column else "", *_exact(cell.figure), cell.text, table.unit,
                        cell.figure.trace.formula, _source(cell.figure),
                    ]
                )  # fmt: skip
    return found


def _texts(report: Report) -> list[list[str]]:
    found = []
    texts = (block for block in report.blocks if isinstance(block, Text))
    for number, block in enumerate(texts, start=1):
        for run in block.runs:
            if isinstance(run, Printed):
                trace = run.figure.trace
                found.append(
                    [str(number), run.name, *_exact(run.figure), run.text, trace.formula, _source(run.figure)]
                )
    return found
