"""One self-contained HTML report: the document on the left, findings on the right, a click jumps and highlights."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from jingban.checker.model import Block, Document, Heading, Paragraph, Source, Table
from jingban.checker.output.quote import span
from jingban.checker.output.terminal import title, why, word
from jingban.checker.result import FileResult
from jingban.checker.run import Report
from jingban.values.i18n import active
from jingban.values.i18n import gettext as _

TEMPLATE = Path(__file__).with_name("report.html")
ROWS_SHOWN_MAX = 3000
"""Rows of one table shown; a longer table is cut with a note, so a report stays openable."""


def render(report: Report, flat: FileResult) -> str:
    """The HTML text of one checked file."""
    import jinja2

    environment = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(TEMPLATE.read_text("utf-8"))
    page = _Page(report.document)
    findings = [
        {
            **finding,
            "word": word(finding["severity"]),
            "title": title(finding["code"], finding["name"]),
            "why": why(finding["code"]),
            "anchor": page.mark(number, source.problem.source, finding),
            "number": number,
        }
        for number, (finding, source) in enumerate(zip(flat.findings, report.findings, strict=True), start=1)
    ]
    return template.render(
        lang="zh-CN" if active() == "zh" else "en",
        flat=flat,
        name=Path(flat.path).name,
        blocks=page.blocks(),
        findings=findings,
        missed=flat.checkable - flat.verified,
        reasons=flat.reasons().most_common(),
        counts=[(key, word(key), flat.count(key)) for key in ("error", "warning", "info")],
        words={
            "report": _("核对报告"),
            "checkable": _("可核"),
            "verified": _("已核"),
            "unverified": _("未核"),
            "document": _("文件"),
            "findings": _("发现"),
            "stated": _("写作"),
            "expected": _("应为"),
            "why": _("为什么"),
            "suggestion": _("改为："),
            "none": _("没有发现。"),
            "line": _("行"),
            "page": _("页"),
            "related": _("相关行"),
            "turn_off": _("不同意？在 jingban-check.toml 里加一条 suppress（指纹如下），或用 --ignore。"),
            "cut": _("（表过长，只显示前 {} 行）").format(ROWS_SHOWN_MAX),
            "untrusted": _("此表未能可靠还原"),
        },
    )


def _key(source: Source) -> tuple[Any, ...]:
    return (source.line, source.page, source.box, source.sheet, source.cell, source.paragraph)


class _Page:
    """The document as displayable elements, each with the marks that findings put on it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.exact: dict[tuple[Any, ...], str] = {}
        self.lines: dict[int, str] = {}
        self.pages: dict[int, str] = {}
        self.texts: dict[str, str] = {}
        self.marks: dict[str, list[tuple[int, str, str | None]]] = {}
        for number, block in enumerate(document.blocks):
            self._index(f"b{number}", block)

    def _index(self, anchor: str, block: Block) -> None:
        if isinstance(block, Table):
            for row_number, row in enumerate(block.rows):
                for column, cell in enumerate(row):
                    if cell is not None and not cell.inherited:
                        self._note(f"{anchor}r{row_number}c{column}", cell.source, cell.text)
            self._note(anchor, block.source, block.title)
            return
        self._note(anchor, block.source, block.text)
        if isinstance(block, Paragraph):
            for _offset, source in block.offsets:
                self._note(anchor, source, block.text)

    def _note(self, anchor: str, source: Source, text: str) -> None:
        self.exact.setdefault(_key(source), anchor)
        self.texts[anchor] = text
        if source.line:
            self.lines.setdefault(source.line, anchor)
        if source.page:
            self.pages.setdefault(source.page, anchor)

    def mark(self, number: int, source: Source, finding: dict[str, Any]) -> str | None:
        """Remember a finding's place; returns the anchor to jump to."""
        anchor = self.exact.get(_key(source))
        if anchor is None and source.line:
            before = [line for line in self.lines if line <= source.line]
            anchor = self.lines[max(before)] if before else None
        if anchor is None and source.page:
            anchor = self.pages.get(source.page)
        if anchor is not None:
            self.marks.setdefault(anchor, []).append((number, finding["severity"], finding["stated"]))
        return f"f{number}" if anchor else None

    def pieces(self, anchor: str, text: str) -> list[tuple[str, list[tuple[int, str]]]]:
        """The text cut into plain and marked pieces; a finding whose figure is not in the text marks all of it."""
        spans: list[tuple[int, int, int, str]] = []
        whole: list[tuple[int, str]] = []
        for number, severity, stated in self.marks.get(anchor, []):
            found = span(text, stated)
            if found and not any(found[0] < end and start < found[1] for start, end, *_rest in spans):
                spans.append((*found, number, severity))
            else:
                whole.append((number, severity))
        if whole and not spans:
            return [(text, whole)]
        pieces: list[tuple[str, list[tuple[int, str]]]] = []
        at = 0
        for start, end, number, severity in sorted(spans):
            pieces.append((text[at:start], []))
            pieces.append((text[start:end], [(number, severity), *whole]))
            whole = []
            at = end
        pieces.append((text[at:], []))
        return [piece for piece in pieces if piece[0]]

    def blocks(self) -> list[dict[str, Any]]:
        shown = []
        for number, block in enumerate(self.document.blocks):
            anchor = f"b{number}"
            line = block.source.line
            if isinstance(block, Table):
                shown.append(self._table(anchor, block))
            elif isinstance(block, Heading):
                level = min(max(block.level, 1), 4) + 1
                shown.append(
                    {"kind": "h", "level": level, "line": line, "pieces": self.pieces(anchor, block.text)}
                )
            else:
                shown.append({"kind": "p", "line": line, "pieces": self.pieces(anchor, block.text)})
        return shown

    def _table(self, anchor: str, table: Table) -> dict[str, Any]:
        rows = []
        for row_number, row in enumerate(table.rows[:ROWS_SHOWN_MAX]):
            cells = []
            for column, cell in enumerate(row):
                text = "" if cell is None or cell.inherited else cell.text
                cells.append(
                    {
                        "pieces": self.pieces(f"{anchor}r{row_number}c{column}", text) if text else [],
                        "number": bool(re.fullmatch(r"-?[\d,.]+%?", text)),
                        "head": row_number < table.header_rows,
                    }
                )
            rows.append(cells)
        return {
            "kind": "t",
            "line": table.source.line,
            "caption": self.pieces(anchor, table.title) if table.title else [],
            "rows": rows,
            "cut": len(table.rows) > ROWS_SHOWN_MAX,
            "trusted": table.trusted,
            "notes": table.notes,
        }
