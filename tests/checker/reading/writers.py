"""One document model written in every format the reader knows: what reads back must be the same each time.

Tables are grids of cells with spans; a span's continuation is ``None``.
"""

from __future__ import annotations

import html
import io
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Span:
    """A cell text with its row and column span."""

    text: str
    rows: int = 1
    columns: int = 1


Grid = list[list["str | Span | None"]]


@dataclass(frozen=True)
class Head:
    text: str
    level: int = 2


@dataclass(frozen=True)
class Text:
    text: str


@dataclass(frozen=True)
class Form:
    """A table. ``above``: caption lines, ``below``: note lines. Every row has the same length."""

    grid: Grid
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = field(default=())


Item = Head | Text | Form


def _of(cell: str | Span) -> Span:
    return cell if isinstance(cell, Span) else Span(cell)


def _lines(items: list[Item], table: object) -> str:
    out: list[str] = []
    for item in items:
        if isinstance(item, Form):
            for line in item.above:
                out += [line, ""]
            out += [*table(item.grid), ""]  # type: ignore[operator]
            for line in item.below:
                out += [line, ""]
        else:
            out += [item.text, ""]
    return "\n".join(out)


def write_c(items: list[Item]) -> bytes:
    """Dump style C: a TAB opens a cell, column spans are lost, row spans leave an empty cell."""

    def table(grid: Grid) -> list[str]:
        lines: list[str] = []
        for r, row in enumerate(grid):
            for c, cell in enumerate(row):
                if cell is not None:
                    lines.append("\t" + _of(cell).text)
                elif _covered_from_above(grid, r, c) and not _covered_from_left(grid, r, c):
                    lines.append("\t")
            lines.append("")
        return lines

    return _lines(items, table).encode()


def _owner(grid: Grid, r: int, c: int) -> tuple[int, int]:
    for top in range(r, -1, -1):
        for left in range(c, -1, -1):
            cell = grid[top][left]
            if isinstance(cell, Span) and top + cell.rows > r and left + cell.columns > c:
                return top, left
    return r, c


def _covered_from_above(grid: Grid, r: int, c: int) -> bool:
    return _owner(grid, r, c)[0] < r


def _covered_from_left(grid: Grid, r: int, c: int) -> bool:
    return _owner(grid, r, c)[1] < c


def write_t(items: list[Item]) -> bytes:
    """Dump style T: tab-separated rows, continuations of spans are empty."""
    return _lines(
        items, lambda grid: ["\t".join(_of(cell or "").text for cell in row) for row in grid]
    ).encode()


def write_md(items: list[Item]) -> bytes:
    """Markdown: pipe tables with the rule after the first row."""

    def table(grid: Grid) -> list[str]:
        rows = ["| " + " | ".join(_of(cell or "").text for cell in row) + " |" for row in grid]
        return [rows[0], "|" + " --- |" * len(grid[0]), *rows[1:]]

    return _lines(items, table).encode()


def write_html(items: list[Item], *, style: str = "") -> bytes:
    out = [f"<!DOCTYPE html><html><head><meta charset='utf-8'><style>{style}</style></head><body>"]
    for item in items:
        if isinstance(item, Head):
            out.append(f"<h{item.level}>{html.escape(item.text)}</h{item.level}>")
        elif isinstance(item, Text):
            out.append(f"<p>{html.escape(item.text)}</p>")
        else:
            out += [f"<p class='caption'>{html.escape(line)}</p>" for line in item.above]
            out.append("<table>")
            for row in item.grid:
                cells = [_of(cell) for cell in row if cell is not None]
                tags = [
                    f"<td rowspan='{cell.rows}' colspan='{cell.columns}'>{html.escape(cell.text)}</td>"
                    for cell in cells
                ]
                out.append("<tr>" + "".join(tags) + "</tr>")
            out.append("</table>")
            out += [f"<p>{html.escape(line)}</p>" for line in item.below]
    return "\n".join([*out, "</body></html>"]).encode()


PDF_STYLE = """
@page { size: A4 landscape; margin: 18mm }
body { font-family: 'Noto Serif CJK SC', 'Noto Sans CJK SC', sans-serif; font-size: 11pt; line-height: 1.5 }
p { margin: 0; text-indent: 2em; text-align: justify }
p.caption { text-indent: 0 }
table { border-collapse: collapse; width: 100% }
td { border: 0.6pt solid #000; font-size: 8pt; padding: 1pt 2pt }
"""


def write_pdf(items: list[Item], *, style: str = "") -> bytes:
    """PDF through WeasyPrint from the same HTML."""
    import weasyprint

    return weasyprint.HTML(string=write_html(items, style=PDF_STYLE + style).decode()).write_pdf()  # type: ignore[no-any-return]


def write_docx(items: list[Item]) -> bytes:
    import docx

    document = docx.Document()
    for item in items:
        if isinstance(item, Head):
            document.add_heading(item.text, item.level)
        elif isinstance(item, Text):
            document.add_paragraph(item.text)
        else:
            for line in item.above:
                document.add_paragraph(line)
            table = document.add_table(len(item.grid), len(item.grid[0]), style="Table Grid")
            for r, row in enumerate(item.grid):
                for c, cell in enumerate(row):
                    if cell is None:
                        continue
                    span = _of(cell)
                    target = table.cell(r, c)
                    if span.rows > 1 or span.columns > 1:
                        target = target.merge(table.cell(r + span.rows - 1, c + span.columns - 1))
                    target.text = span.text
            for line in item.below:
                document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def write_xlsx(items: list[Item]) -> bytes:
    """A workbook with all items on one sheet; figures are stored as numbers with the printed decimals as format."""
    import re

    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("公开表")
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    ruled = book.add_format({"border": 1, "text_wrap": True})
    sheet.set_column(0, 12, 14)
    formats: dict[str, object] = {}

    def put(r: int, c: int, text: str) -> None:
        if re.fullmatch(r"-?(\d{1,3}(,\d{3})+|\d{1,12})\.\d{1,4}", text):
            code = ("#,##0." if "," in text else "0.") + "0" * len(text.split(".")[1])
            form = formats.setdefault(code, book.add_format({"num_format": code, "border": 1}))
            sheet.write_number(r, c, float(text.replace(",", "")), form)
        else:
            sheet.write_string(r, c, text, ruled)

    r = 0
    for item in items:
        if not isinstance(item, Form):
            sheet.write_string(r, 0, item.text)
            r += 2
            continue
        for line in item.above:
            sheet.write_string(r, 0, line)
            r += 2
        for row_number, row in enumerate(item.grid):
            for c, cell in enumerate(row):
                if cell is None:
                    continue
                span = _of(cell)
                if span.rows > 1 or span.columns > 1:
                    top = r + row_number
                    sheet.merge_range(top, c, top + span.rows - 1, c + span.columns - 1, "", ruled)
                put(r + row_number, c, span.text)
        r += len(item.grid) + 1
        for line in item.below:
            sheet.write_string(r, 0, line)
            r += 2
    book.close()
    return buffer.getvalue()


WRITERS = {
    "txt-c": write_c,
    "txt-t": write_t,
    "md": write_md,
    "html": write_html,
    "docx": write_docx,
    "xlsx": write_xlsx,
    "pdf": write_pdf,
}
