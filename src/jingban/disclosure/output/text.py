"""The report as plain text, as web sites publish it: one paragraph a line, table cells parted by tabs."""

from __future__ import annotations

from collections.abc import Iterator

from jingban.disclosure.model import Heading, Report, Table, Text
from jingban.disclosure.output.html import contents, part_lines
from jingban.values.i18n import document as _


def text(report: Report) -> str:
    """The whole document, blocks parted by an empty line."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield from report.title
    yield ""
    if report.contents:
        yield _("目录")
        yield ""
        yield from (line for _level, line in contents(report))
        yield ""
    for block in report.blocks:
        if isinstance(block, Heading):
            yield from part_lines(block.text) if block.level == 1 else [block.text]
            yield ""
        elif isinstance(block, Text):
            yield block.plain
            yield ""
        elif isinstance(block, Table):
            yield from _table(block)


def _table(table: Table) -> Iterator[str]:
    yield table.title
    yield ""
    if table.number:
        yield table.number
    if table.unit:
        yield _("金额单位：%(unit)s") % {"unit": table.unit}
    if table.owner:
        yield _("部门：%(name)s") % {"name": table.owner}
    yield ""
    for row in table.grid.rows:
        yield "\t".join("" if cell is None else cell.text for cell in row)
    yield ""
    for note in table.notes:
        yield note
        yield ""
