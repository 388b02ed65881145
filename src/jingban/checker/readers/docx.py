"""DOCX: own walker over ``w:p`` and ``w:tc`` (gridSpan, vMerge), headings by style, automatic numbers."""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct, field

from jingban.checker.layout.raw import RawBlock, RawCell, RawTable, RawText
from jingban.checker.model import Document, Note, Source
from jingban.checker.readers import maxima
from jingban.checker.readers.docx_numbering import Numbering, W, read_numbering
from jingban.checker.readers.problems import CannotRead
from jingban.checker.readers.sniff import open_zip, read_part
from jingban.checker.readers.xml import parse
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WRAPPERS = frozenset(
    (
        f"{W}sdt",
        f"{W}sdtContent",
        f"{W}customXml",
        f"{W}ins",
        f"{W}smartTag",
        f"{_MC}AlternateContent",
        f"{_MC}Choice",
    )
)
_SILENT = frozenset(
    (
        f"{W}del",
        f"{W}moveFrom",
        f"{W}instrText",
        f"{W}delText",
        f"{W}pPr",
        f"{W}rPr",
        f"{_MC}Fallback",
        f"{W}tbl",
        f"{W}footnoteReference",
    )
)
_HEADING = lazy(r"^(?:heading|标题)\s*(\d)$", re.I)


class _Styles(Struct):
    """Outline level and list numbering by paragraph style id, inherited through ``basedOn``."""

    levels: dict[str, int] = field(default_factory=dict)
    lists: dict[str, tuple[str, int]] = field(default_factory=dict)


def read_docx(document: Document, data: bytes) -> list[RawBlock]:
    """Raw blocks of the body. Raises :class:`CannotRead` for damaged or hostile files."""
    archive = open_zip(data)
    names = set(archive.namelist())
    main = "word/document.xml"
    if main not in names:
        main = next((name for name in sorted(names) if re.fullmatch(r"word/document\d*\.xml", name)), "")
    if not main:
        raise CannotRead("I108", _("文件损坏：缺正文部分"))
    root = parse(read_part(archive, main))
    styles = (
        _read_styles(parse(read_part(archive, "word/styles.xml")))
        if "word/styles.xml" in names
        else _Styles()
    )
    has_numbers = "word/numbering.xml" in names
    numbering = (
        read_numbering(parse(read_part(archive, "word/numbering.xml"))) if has_numbers else Numbering()
    )
    body = root.find(f"{W}body")
    if body is None:
        raise CannotRead("I108", _("文件损坏：缺正文部分"))
    walker = _Walker(document, body, styles, numbering)
    walker.blocks(body, 0)
    return walker.out


def _read_styles(root: Any) -> _Styles:
    styles = _Styles()
    parents: dict[str, str] = {}
    for style in root.iter(f"{W}style"):
        own = style.get(f"{W}styleId") or ""
        name = style.find(f"{W}name")
        matched = _HEADING.match((name.get(f"{W}val") or "").strip()) if name is not None else None
        outline = style.find(f"{W}pPr/{W}outlineLvl")
        if matched:
            styles.levels[own] = int(matched[1])
        elif (
            outline is not None
            and (outline.get(f"{W}val") or "9").isdigit()
            and int(outline.get(f"{W}val") or "9") < 9
        ):
            styles.levels[own] = int(outline.get(f"{W}val") or "0") + 1
        numbered = _number_of(style.find(f"{W}pPr"))
        if numbered is not None:
            styles.lists[own] = numbered
        based = style.find(f"{W}basedOn")
        if based is not None:
            parents[own] = based.get(f"{W}val") or ""
    for own in list(parents):
        above, steps = parents[own], 0
        while above and steps < 20:
            if own not in styles.levels and above in styles.levels:
                styles.levels[own] = styles.levels[above]
            if own not in styles.lists and above in styles.lists:
                styles.lists[own] = styles.lists[above]
            above, steps = parents.get(above, ""), steps + 1
    return styles


def _number_of(properties: Any) -> tuple[str, int] | None:
    number = properties.find(f"{W}numPr") if properties is not None else None
    if number is None:
        return None
    own, level = number.find(f"{W}numId"), number.find(f"{W}ilvl")
    place = (level.get(f"{W}val") or "0") if level is not None else "0"
    if own is None:
        return None
    return own.get(f"{W}val") or "", int(place) if place.isdigit() else 0


class _Walker:
    """Document order; ``w:p`` ordinals count every paragraph of the body, those in tables too."""

    def __init__(self, document: Document, body: Any, styles: _Styles, numbering: Numbering) -> None:
        self.document = document
        self.styles = styles
        self.numbering = numbering
        self.ordinals = {element: number for number, element in enumerate(body.iter(f"{W}p"), 1)}
        self.out: list[RawBlock] = []
        self.cells = 0
        self.full = False

    def blocks(self, parent: Any, depth: int) -> None:
        if depth > maxima.XML_DEPTH_MAX:
            return
        for child in parent:
            if child.tag == f"{W}p":
                self.paragraph(child)
            elif child.tag == f"{W}tbl":
                self.table(child, depth)
            elif child.tag in _WRAPPERS:
                self.blocks(child, depth + 1)

    def paragraph(self, element: Any) -> None:
        text, level = self.text(element)
        source = Source(paragraph=self.ordinals[element])
        for part in text.split("\n"):
            if part.strip():
                self.out.append(RawText(part, source, level))
        for box in self.boxes(element):
            self.blocks(box, 1)

    def boxes(self, element: Any) -> list[Any]:
        """Text boxes anchored in the paragraph (their VML copies in Fallback are skipped)."""
        return [
            box
            for box in element.iter(f"{W}txbxContent")
            if not any(above.tag == f"{_MC}Fallback" for above in box.iterancestors())
        ]

    def text(self, element: Any) -> tuple[str, int | None]:
        """Shown text with its automatic number, and the heading level of its style."""
        properties = element.find(f"{W}pPr")
        style = properties.find(f"{W}pStyle") if properties is not None else None
        style_id = (style.get(f"{W}val") or "") if style is not None else ""
        level = self.styles.levels.get(style_id)
        outline = properties.find(f"{W}outlineLvl") if properties is not None else None
        if outline is not None and (outline.get(f"{W}val") or "").isdigit():
            place = int(outline.get(f"{W}val"))
            level = place + 1 if place < 9 else None
        parts: list[str] = []
        _collect(element, parts)
        text = "".join(parts)
        numbered = _number_of(properties) or self.styles.lists.get(style_id)
        if numbered is not None and text.strip():
            text = self.numbering.label(*numbered) + text
        return text, level

    def table(self, element: Any, depth: int) -> None:
        if self.full:
            return
        rows = list(element.iter(f"{W}tr"))
        own = [row for row in rows if _nearest(row, f"{W}tbl") is element]
        if len(own) == 1 and len(_cells_of(own[0])) == 1:
            self.blocks(_cells_of(own[0])[0], depth + 1)  # a frame around text, not a table
            return
        grid: list[list[RawCell]] = []
        nested: list[Any] = []
        for row in own[: maxima.TABLE_ROWS_MAX]:
            grid.append(self.row(row, nested))
            self.cells += len(grid[-1])
            if self.cells > maxima.DOCUMENT_CELLS_MAX:
                self.full = True
                break
        if self.full or len(own) > maxima.TABLE_ROWS_MAX:
            self.document.notes.append(
                Note("I104", _("表格超过上限，其后未读"), grid[0][0].source if grid[0] else Source())
            )
        width = max((len(row) for row in grid), default=0)
        for line in grid:
            if line:
                line.extend(RawCell("", line[-1].source, right=True) for _n in range(width - len(line)))
        grid = [row for row in grid if row]
        if grid:
            self.out.append(RawTable(grid, grid[0][0].source))
        for inner in nested:
            self.table(inner, depth + 1)

    def row(self, element: Any, nested: list[Any]) -> list[RawCell]:
        out: list[RawCell] = []
        before = element.find(f"{W}trPr/{W}gridBefore")
        cells = _cells_of(element)
        for cell in cells:
            source = self.place(cell)
            if before is not None and not out:
                out.extend(RawCell("", source, right=True) for _n in range(_number(before, 0)))
            properties = cell.find(f"{W}tcPr")
            span = _number(properties.find(f"{W}gridSpan"), 1) if properties is not None else 1
            merge = properties.find(f"{W}vMerge") if properties is not None else None
            down = merge is not None and merge.get(f"{W}val") != "restart"
            text = "\n".join(self.text(paragraph)[0] for paragraph in _own_paragraphs(cell))
            nested.extend(table for table in cell.iter(f"{W}tbl") if _nearest(table, f"{W}tc") is cell)
            room = maxima.TABLE_COLUMNS_MAX - len(out)
            span = max(1, min(span, room))
            if room <= 0:
                break
            out.append(RawCell("" if down else text.strip("\n"), source, down=down, colspan=span))
            out.extend(RawCell("", source, right=True, down=down) for _n in range(span - 1))
        return out

    def place(self, cell: Any) -> Source:
        first = next(cell.iter(f"{W}p"), None)
        return Source(paragraph=self.ordinals.get(first)) if first is not None else Source()


def _number(element: Any, default: int) -> int:
    value = element.get(f"{W}val") if element is not None else None
    return min(int(value), maxima.SPAN_MAX) if value and value.isdigit() else default


def _nearest(element: Any, tag: str) -> Any:
    return next(element.iterancestors(tag), None)


def _cells_of(row: Any) -> list[Any]:
    return [cell for cell in row.iter(f"{W}tc") if _nearest(cell, f"{W}tr") is row]


def _own_paragraphs(cell: Any) -> list[Any]:
    return [paragraph for paragraph in cell.iter(f"{W}p") if _nearest(paragraph, f"{W}tc") is cell]


def _collect(element: Any, parts: list[str]) -> None:
    """Text of runs in order; deleted text, field codes, fallbacks and nested boxes are not shown."""
    for child in element:
        tag = child.tag
        if tag == f"{W}t":
            parts.append(child.text or "")
        elif tag == f"{W}tab":
            parts.append(" ")
        elif tag in (f"{W}br", f"{W}cr"):
            parts.append("\n")
        elif tag == f"{W}noBreakHyphen":
            parts.append("-")
        elif tag == f"{W}sym" or tag in _SILENT or tag == f"{W}txbxContent":
            continue
        elif isinstance(tag, str):
            _collect(child, parts)
