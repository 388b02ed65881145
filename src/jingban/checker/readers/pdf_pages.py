"""Pages of characters and rules (PDF, OFD, recognised pictures) to raw blocks: tables, lines around them, page order."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from jingban.checker.layout.raw import RawBlock, RawCell, RawTable, RawText
from jingban.checker.layout.sections import texts
from jingban.checker.layout.text import is_numeric
from jingban.checker.model import Document, Note, Source
from jingban.checker.readers.pdf_lines import (
    Line,
    drop_furniture,
    looks_gapped,
    looks_tabular,
    make_lines,
    mark_continuations,
)
from jingban.checker.readers.pdf_page import Page
from jingban.checker.readers.pdf_tables import FoundTable, find_tables, inside
from jingban.checker.readers.problems import CannotRead
from jingban.values.i18n import gettext as _

UNRULED_LINES_MIN = 2
SCAN_CHARS_MAX = 8
"""A page with an image and fewer characters than this is a picture of a page."""


def is_scan(page: Page) -> bool:
    return page.images > 0 and len(page.chars) <= SCAN_CHARS_MAX


def blocks_of(document: Document, shown: Iterable[Page | None]) -> list[RawBlock]:
    """Raw blocks of all pages (None: a damaged one). Raises :class:`CannotRead` (I101) when every page is a picture."""
    pages: list[Page] = []
    tables: list[list[FoundTable]] = []
    lines: list[list[Line]] = []
    scans: list[int] = []
    for number, page in enumerate(shown, 1):
        if page is None:
            document.notes.append(Note("I105", _("第 {} 页损坏，未读").format(number), Source(page=number)))
            continue
        if is_scan(page):
            scans.append(number)
        found = find_tables(page)
        pages.append(page)
        tables.append(found)
        lines.append(make_lines(number, [char for char in page.chars if not inside(char, found)]))
    if scans and len(scans) >= max(1, sum(1 for page in pages if page.chars or page.images)):
        raise CannotRead("I101", _("无文字层（扫描件），未核；请提供可复制文字的文件"))
    document.notes.extend(
        Note("I101", _("第 {} 页无文字层（扫描），该页未核").format(number), Source(page=number))
        for number in scans
    )
    kept = drop_furniture([(page.height, own) for page, own in zip(pages, lines, strict=True)])
    mark_continuations([line for own in kept for line in own])
    blocks: list[RawBlock] = []
    for page, found, own in zip(pages, tables, kept, strict=True):
        _add_page(blocks, page, found, _without_unruled(document, own))
    return blocks


def _without_unruled(document: Document, lines: list[Line]) -> list[Line]:
    """Without the rows of tables that have no rules: taken for sentences they would be nonsense. Noted as not verified."""
    kept: list[Line] = []
    for is_row, own in groupby(lines, key=looks_gapped):
        group = list(own)
        if is_row and sum(1 for line in group if looks_tabular(line)) >= UNRULED_LINES_MIN:
            source = Source(page=group[0].page)
            message = _("第 {} 页有无框线的表格，未能识别，未核").format(group[0].page)
            document.notes.append(Note("I105", message, source))
        else:
            kept.extend(group)
    return kept


def _add_page(blocks: list[RawBlock], page: Page, found: list[FoundTable], lines: list[Line]) -> None:
    """Text and tables of a page in the order of their upper edges; a row cut by the page end is joined."""
    items: list[tuple[float, float, Line | FoundTable]] = [(line.top, line.x0, line) for line in lines]
    items.extend((one.bbox[1], one.bbox[0], one) for one in found)
    items.sort(key=lambda item: item[:2])
    for _top, _left, item in items:
        if isinstance(item, Line):
            source = Source(page=item.page, box=page.own_box(item.box))
            blocks.append(RawText(item.text, source, continues=item.continues))
            continue
        above = blocks[-1] if blocks else None
        if isinstance(above, RawTable) and above.cut and item.table.rows:
            _join_cut_row(above, item.table)
        item.table.cut = item.open_end
        blocks.append(item.table)


def _join_cut_row(above: RawTable, table: RawTable) -> None:
    """The first row of the page completes the last row of the page before: no key, no figure, nothing new begun."""
    if not above.rows or len(above.rows[-1]) != len(table.rows[0]):
        return
    last, first = texts(above.rows[-1]), texts(table.rows[0])
    filled = [c for c, text in enumerate(first) if text]
    if (
        not filled
        or first[0]
        or not all(last[c] for c in filled)
        or any(is_numeric(first[c]) for c in filled)
    ):
        return
    for c in filled:
        cell = above.rows[-1][c]
        above.rows[-1][c] = RawCell(
            f"{cell.text}\n{table.rows[0][c].text}", cell.source, cell.right, cell.down
        )
    del table.rows[0]
