"""The same generated document as DOCX, HTML, XLSX and PDF, so that all five formats can be held against one another."""

from __future__ import annotations

import html
from pathlib import Path

from benchmarks.checker.page import Doc, Grid, Para, render_text, text_of

FORMATS = ("txt", "md", "html", "docx", "xlsx", "pdf")


def write(doc: Doc, path: Path) -> Path:
    """Write ``doc`` in the format of the path's suffix; returns the path."""
    {"txt": _txt, "md": _md, "html": _html, "docx": _docx, "xlsx": _xlsx, "pdf": _pdf}[path.suffix[1:]](
        doc, path
    )
    return path


def _txt(doc: Doc, path: Path) -> None:
    path.write_text(render_text(doc), encoding="utf-8")


def _md(doc: Doc, path: Path) -> None:
    marked = doc.copy()
    marked.style = "M"
    path.write_text(render_text(marked), encoding="utf-8")


def _covered(grid: Grid) -> set[tuple[int, int]]:
    """Cells hidden under a merged cell."""
    return {
        (row + down, column + right)
        for row, column, rows, columns in grid.merges
        for down in range(rows)
        for right in range(columns)
        if (down, right) != (0, 0)
    }


def markup(doc: Doc) -> str:
    """The document as one HTML page."""
    parts = [
        "<!doctype html><html lang='zh'><head><meta charset='utf-8'><title>",
        html.escape(doc.name),
        "</title>",
    ]
    parts.append(
        "<style>@page{size:A4 landscape;margin:12mm}body{font:9pt 'Noto Sans CJK SC'}"
        "table{border-collapse:collapse;width:100%;font-size:7pt}td{border:.5pt solid #000;padding:1pt 2pt}</style></head><body>"
    )
    for element in doc.elements:
        if isinstance(element, Para):
            tag = f"h{element.level}" if element.level else "p"
            parts.append(f"<{tag}>{html.escape(element.text())}</{tag}>")
            continue
        parts.append(f"<h4>{html.escape(element.title)}</h4>")
        parts += [f"<p>{html.escape(text_of(piece))}</p>" for piece in element.above]
        spans = {(row, column): (rows, columns) for row, column, rows, columns in element.merges}
        covered = _covered(element)
        parts.append("<table>")
        for row, cells in enumerate(element.rows):
            parts.append("<tr>")
            for column, cell in enumerate(cells):
                if (row, column) in covered:
                    continue
                rows, columns = spans.get((row, column), (1, 1))
                extent = (f" rowspan='{rows}'" if rows > 1 else "") + (
                    f" colspan='{columns}'" if columns > 1 else ""
                )
                parts.append(f"<td{extent}>{html.escape(text_of(cell))}</td>")
            parts.append("</tr>")
        parts.append("</table>")
        parts += [f"<p>{html.escape(text_of(piece))}</p>" for piece in element.below]
    parts.append("</body></html>")
    return "".join(parts)


def _html(doc: Doc, path: Path) -> None:
    path.write_text(markup(doc), encoding="utf-8")


def _pdf(doc: Doc, path: Path) -> None:
    from weasyprint import HTML

    HTML(string=markup(doc)).write_pdf(path)


def _docx(doc: Doc, path: Path) -> None:
    import docx

    out = docx.Document()
    for element in doc.elements:
        if isinstance(element, Para):
            if element.level:
                out.add_heading(element.text(), element.level)
            else:
                out.add_paragraph(element.text())
            continue
        out.add_paragraph(element.title)
        for piece in element.above:
            out.add_paragraph(text_of(piece))
        table = out.add_table(len(element.rows), len(element.rows[0]))
        cells = [list(row.cells) for row in table.rows]
        for row, texts in enumerate(element.rows):
            for column, cell in enumerate(texts):
                cells[row][column].text = text_of(cell)
        for row, column, rows, columns in element.merges:
            text = text_of(element.rows[row][column])
            merged = table.cell(row, column).merge(table.cell(row + rows - 1, column + columns - 1))
            merged.text = text
        for piece in element.below:
            out.add_paragraph(text_of(piece))
    out.save(str(path))


def _xlsx(doc: Doc, path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("公开材料")
    plain = book.add_format({"text_wrap": True})
    at = 0
    for element in doc.elements:
        if isinstance(element, Para):
            sheet.write_string(at, 0, element.text())
            at += 2
            continue
        sheet.write_string(at, 0, element.title)
        at += 1
        for piece in element.above:
            sheet.write_string(at, 0, text_of(piece))
            at += 1
        covered = _covered(element)
        for row, cells in enumerate(element.rows):
            for column, cell in enumerate(cells):
                if (row, column) not in covered and text_of(cell):
                    sheet.write_string(at + row, column, text_of(cell))
        for row, column, rows, columns in element.merges:
            text = text_of(element.rows[row][column])
            sheet.merge_range(at + row, column, at + row + rows - 1, column + columns - 1, text, plain)
        at += len(element.rows)
        for piece in element.below:
            sheet.write_string(at, 0, text_of(piece))
            at += 1
        at += 1
    book.close()
