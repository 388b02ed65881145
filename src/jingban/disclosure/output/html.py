"""The report as one self-contained web page: a click on a figure opens its formula, its source and the masked rows.

No request leaves the page: styles, script and data are inside. The same body is laid out on paper by :mod:`.pdf`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jingban.disclosure.grid import Cell
from jingban.disclosure.model import Block, Chart, Heading, Printed, Report, Run, Table, Text
from jingban.disclosure.output.chart import svg
from jingban.forms.filled import Figure
from jingban.values.i18n import document as _

if TYPE_CHECKING:
    from jingban.disclosure.rows import Rows

ROOMY_ROWS = 15
"""A form of so few lines is printed larger."""
DENSE_ROWS, FULL_PAGE, NOTE_LINE = 30, 24, 60
"""More rows than the first are set small; lines of a turned page in the usual size, and characters of a line of its notes."""
ROWS_SHOWN_MAX = 60
"""Rows shown for one figure; beyond that the count is told."""


def asset(name: str) -> str:
    """A packaged style sheet or script."""
    return (files("jingban.disclosure") / "assets" / name).read_text("utf-8")


@dataclass
class Body:
    """Builds the page body; ``live`` makes figures into links and collects their traces."""

    report: Report
    live: bool = True
    traces: list[dict[str, Any]] = field(default_factory=list)
    known: dict[tuple[Any, ...], int] = field(default_factory=dict)
    rows: Rows | None = None
    sections: int = 0

    def html(self) -> str:
        parts = [
            self._cover(),
            self._contents() if self.report.contents else "",
            '<main id="main" tabindex="-1">',
        ]
        parts += [self._block(block) for block in self.report.blocks]
        return "\n".join([*(part for part in parts if part), "</main>"])

    def _cover(self) -> str:
        lines = "".join(f"<span>{escape(line)}</span>" for line in self.report.title)
        return f'<header class="cover"><h1>{lines}</h1></header>'

    @cached_property
    def top(self) -> int:
        """The highest level of heading used under the title: 2 where the report has no parts."""
        return min((block.level for block in self.report.blocks if isinstance(block, Heading)), default=2)

    def _tag(self, level: int) -> str:
        """The element of a heading level, without a step left out below the title."""
        return f"h{min(level - self.top + 2, 6)}"

    def _contents(self) -> str:
        entries = []
        for number, (level, text) in enumerate(contents(self.report)):
            entries.append(f'<li class="l{level}"><a href="#s{number}">{escape(text)}</a></li>')
        title = escape(_("目录"))
        return f'<nav class="contents" aria-label="{title}"><p class="name">{title}</p><ol>{"".join(entries)}</ol></nav>'

    def _anchor(self) -> str:
        self.sections += 1
        return f"s{self.sections - 1}"

    def _block(self, block: Block) -> str:
        if isinstance(block, Heading):
            anchor = f' id="{self._anchor()}"' if block.level <= 2 else ""
            lines = part_lines(block.text) if block.level == 1 else [block.text]
            tag = self._tag(block.level)
            return f'<{tag} class="l{block.level}"{anchor}>{"<br>".join(map(escape, lines))}</{tag}>'
        if isinstance(block, Text):
            return f'<p class="{block.align}">{self._runs(block.runs)}</p>'
        if isinstance(block, Chart):
            caption = f"<figcaption>{escape(block.title)}</figcaption>"
            return f"<figure>{svg(block)}{caption}</figure>"
        return self._table(block)

    def _runs(self, runs: tuple[Run, ...]) -> str:
        return "".join(
            self._figure(run.text, run.figure) if isinstance(run, Printed) else escape(run) for run in runs
        )

    def _figure(self, text: str, figure: Figure) -> str:
        if not self.live or not text:
            return escape(text)
        trace = figure.trace
        key = (
            figure.amount,
            figure.unit,
            trace.formula,
            trace.relation,
            trace.where,
            trace.typed_by,
            trace.evidence,
        )
        if key not in self.known:
            self.known[key] = len(self.traces)
            self.traces.append(self._trace(figure))
        return f'<a class="f" href="#t{self.known[key]}">{escape(text)}</a>'

    def _trace(self, figure: Figure) -> dict[str, Any]:
        trace = figure.trace
        found: dict[str, Any] = {"f": trace.formula, "x": exact(figure)}
        if trace.typed:
            found |= {"by": trace.typed_by, "e": trace.evidence}
        if self.rows is not None and trace.relation:
            relation, numbers = self.rows.of(trace)
            found |= {
                "s": self.rows.title(relation),
                "r": relation,
                "n": len(numbers),
                "i": numbers[:ROWS_SHOWN_MAX],
            }
        return found

    def _table(self, table: Table) -> str:
        number = f'<span class="number">{escape(table.number)}</span>' if table.number else ""
        owner = f"<span>{escape(_('部门：%(name)s') % {'name': table.owner})}</span>" if table.owner else ""
        unit = (
            f'<span class="unit">{escape(_("金额单位：%(unit)s") % {"unit": table.unit})}</span>'
            if table.unit
            else ""
        )
        kind = (
            "landscape large"
            if table.large
            else "landscape"
            if table.landscape
            else "tall"
            if table.own_page
            else "inline"
        )
        size = _size(table)
        notes = "".join(f'<p class="note">{escape(note)}</p>' for note in table.notes)
        anchor = f' id="{self._anchor()}"' if table.own_page else ""
        tag = self._tag(2 if table.own_page else 3)
        return (
            f'<section class="sheet {kind}{size}"><{tag} class="title"{anchor}>{escape(table.title)}</{tag}>'
            f'<div class="meta">{number}{owner}{unit}</div>'
            f'<div class="scroll">{self._grid(table)}</div>{notes}</section>'
        )

    def _grid(self, table: Table) -> str:
        whole = sum(table.grid.widths)
        cols = "".join(f'<col style="width:{width / whole * 100:.2f}%">' for width in table.grid.widths)
        heads = table.grid.head_rows
        rows = [
            "<tr>" + "".join(self._cells(row, heading=at < heads)) + "</tr>"
            for at, row in enumerate(table.grid.rows)
        ]
        label = escape(table.title, quote=True)
        head = "".join(rows[:heads])
        return (
            f'<table aria-label="{label}"><colgroup>{cols}</colgroup>'
            + (f"<thead>{head}</thead>" if heads else "")
            + f"<tbody>{''.join(rows[heads:])}</tbody></table>"
        )

    def _cells(self, row: list[Cell | None], *, heading: bool) -> Iterator[str]:
        for at, cell in enumerate(row):
            if cell is None:
                continue
            span = (f' colspan="{cell.colspan}"' if cell.colspan > 1 else "") + (
                f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
            )
            text = self._figure(cell.text, cell.figure) if cell.figure else escape(cell.text)
            if cell.kind == "head":
                scope = _scope(cell, at, heading=heading)
                yield f'<th scope="{scope}"{span}>{text}</th>' if text else f"<td{span}></td>"
            elif cell.kind in ("label", "total") and cell.text:
                mark = "total" if cell.kind == "total" else f"row i{cell.indent}" if cell.indent else "row"
                yield f'<th scope="row" class="{mark}"{span}>{text}</th>'
            else:
                yield f'<td class="{cell.kind}"{span}>{text}</td>'


def _size(table: Table) -> str:
    """How a table is set so that it fits its page: small, a little closer, larger, or as usual."""
    rows = len(table.grid.rows)
    if rows > DENSE_ROWS:
        return " dense"
    if table.landscape and rows + sum(len(note) for note in table.notes) / NOTE_LINE > FULL_PAGE:
        return " close"
    return " roomy" if not table.grid.head_rows and rows <= ROOMY_ROWS else ""


def _scope(cell: Cell, column: int, *, heading: bool) -> str:
    """What a head cell is the head of: columns above, rows beside (the left side of a form)."""
    if heading:
        return "colgroup" if cell.colspan > 1 else "col"
    return "row" if column == 0 else "col"


def part_lines(text: str) -> list[str]:
    """A part's title on two lines: 第一部分 / 概况; an annex's number over its title."""
    first, space, rest = text.partition(" ")
    return [first, rest] if space and (first.endswith("部分") or first.startswith("附件")) else [text]


def contents(report: Report) -> Iterator[tuple[int, str]]:
    """(level, text) of every line of the table of contents."""
    for block in report.blocks:
        if isinstance(block, Heading) and block.level <= 2:
            yield block.level, block.text
        elif isinstance(block, Table) and block.own_page:
            yield 2, block.title


def exact(figure: Figure) -> str:
    """The exact value with its unit, as the trace shows it."""
    from jingban.values.money import format_yuan

    if figure.amount is None:
        return ""
    if figure.unit == "fen" and isinstance(figure.amount, int):
        return f"{format_yuan(figure.amount)} {_('元')}"
    return f"{figure.amount}{figure.unit}"


def page(report: Report, rows: Rows | None = None) -> str:
    """The whole page."""
    body = Body(report, live=True, rows=rows)
    main = body.html()
    used = sorted({trace["r"] for trace in body.traces if trace.get("r")})
    data = {
        "traces": body.traces,
        "rows": {name: rows.table(name) for name in used} if rows else {},
        "words": {
            "formula": _("算法"), "exact": _("精确值"), "source": _("来源"), "rows": _("明细"), "typed": _("填报人"),
            "evidence": _("依据"), "close": _("关闭"), "more": _("共%(n)s条，显示前%(m)s条"), "title": _("这个数从哪里来"),
        },
    }  # fmt: skip
    packed = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True).replace("</", "<\\/")
    title = escape("".join(report.title))
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<style>\n{asset('report.css')}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#main">{escape(_("跳到正文"))}</a>\n{main}\n'
        f'<noscript><p class="hint">{escape(_("启用脚本后，点击数字可以查看算法、来源和明细。"))}</p></noscript>\n'
        f'<script type="application/json" id="data">{packed}</script>\n<script>\n{asset("trace.js")}</script>\n</body>\n</html>\n'
    )
