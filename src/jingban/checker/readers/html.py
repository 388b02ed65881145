"""HTML pages (and MHT): blocks in reading order, tables with spans expanded."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any

from jingban.checker.layout.raw import RawBlock, RawCell, RawTable, RawText
from jingban.checker.layout.text import squeeze
from jingban.checker.model import Document, Note, Source
from jingban.checker.readers import maxima
from jingban.checker.readers.encoding import decode
from jingban.checker.readers.problems import CannotRead
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

_BLOCK = frozenset(
    [
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "table",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "aside",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "center",
        "form",
        "fieldset",
        "figure",
        "figcaption",
        "address",
        "tr",
        "td",
        "th",
        "hr",
    ]
)
_SKIP = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "svg",
        "nav",
        "button",
        "select",
        "option",
        "input",
        "iframe",
        "object",
    ]
)
_META = lazy(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.I)
_HIDDEN = lazy(r"display\s*:\s*none", re.I)


def read_html(document: Document, data: bytes) -> list[RawBlock]:
    """Raw blocks of a page. Text outside of any block element is kept too."""
    from lxml import html as lxml_html

    data = _unwrap_mime(data)
    text = _decode(document, data)
    if not text.strip():
        return []
    try:
        root = lxml_html.document_fromstring(_undeclared(text), parser=_parser())
    except Exception as error:
        raise CannotRead("I108", _("网页损坏，解析不了")) from error
    walker = _Walker(document)
    walker.block(root, 0)
    walker.flush()
    return walker.out


def _undeclared(text: str) -> str:
    """Without an XML declaration, which would be taken for the encoding; every line keeps its number."""
    found = re.match(r"\s*<\?xml[^>]*\?>", text)
    return "\n" * found[0].count("\n") + text[found.end() :] if found else text


def _parser() -> Any:
    from lxml import html as lxml_html

    return lxml_html.HTMLParser(encoding=None, no_network=True, remove_comments=True, huge_tree=False)


def _unwrap_mime(data: bytes) -> bytes:
    """The HTML part of an MHT file; anything else as it is."""
    if b"multipart/related" not in data[:2048].lower() and data[:13].lower() != b"mime-version:":
        return data
    import email

    for part in email.message_from_bytes(data).walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            return payload if isinstance(payload, bytes) else data
    return data


def _decode(document: Document, data: bytes) -> str:
    declared = _META.search(data[:4096])
    if declared and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        name = declared[1].decode("ascii", "replace").lower()
        name = "gb18030" if name in ("gb2312", "gbk", "gb18030", "x-gbk") else name
        try:
            return data[: maxima.TEXT_BYTES_MAX].decode(name)
        except (LookupError, UnicodeDecodeError):
            pass
    text, notes = decode(data)
    document.notes.extend(notes)
    return text


class _Walker:
    """Collects inline text until a block element begins or ends."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.out: list[RawBlock] = []
        self.text: list[tuple[str, int | None]] = []
        self.level: int | None = None
        self.ordinal = 0
        self.cells = 0

    def flush(self) -> None:
        pieces, self.text = self.text, []
        for is_break, group in groupby(pieces, key=lambda piece: piece[0] == "\n"):
            if is_break:
                continue
            part = list(group)
            shown = squeeze("".join(text for text, _line in part))
            if shown:
                self.ordinal += 1
                line = next(line for text, line in part if text.strip())
                self.out.append(RawText(shown, Source(line=line, paragraph=self.ordinal), self.level))

    def add(self, text: str | None, element: Any) -> None:
        """Inline text that stands after the tag of ``element``, with the line it begins on."""
        if text:
            before = text[: len(text) - len(text.lstrip())]
            self.text.append((_inline(text), _line(element, before)))

    def block(self, element: Any, depth: int) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _SKIP or depth > maxima.XML_DEPTH_MAX or _HIDDEN.search(element.get("style") or ""):
            return
        if tag == "br":
            self.text.append(("\n", None))
            return
        if tag == "table" and _is_data_table(element):
            self.flush()
            self.table(element)
            return
        is_block = tag in _BLOCK
        if is_block:
            self.flush()
        outer = self.level
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.level = int(tag[1])
        self.add(element.text, element)
        for child in element:
            self.block(child, depth + 1)
            self.add(child.tail, child)
        if is_block:
            self.flush()
        self.level = outer

    def table(self, element: Any) -> None:
        self.ordinal += 1
        caption = element.find("caption")
        if caption is not None and caption.text_content().strip():
            source = Source(line=_line(caption), paragraph=self.ordinal)
            self.out.append(RawText(squeeze(caption.text_content()), source))
        rows = _grid(element, self.ordinal)
        self.cells += sum(len(row) for row in rows)
        if self.cells > maxima.DOCUMENT_CELLS_MAX or len(rows) > maxima.TABLE_ROWS_MAX:
            self.document.notes.append(
                Note("I104", _("表格超过上限，其后未读"), Source(line=_line(element), paragraph=self.ordinal))
            )
            rows = rows[: maxima.TABLE_ROWS_MAX] if self.cells <= maxima.DOCUMENT_CELLS_MAX else []
        if rows:
            self.out.append(RawTable(rows, Source(line=_line(element), paragraph=self.ordinal)))
        for inner in element.iter("table"):
            if inner is not element and _outer_table(inner) is element and _is_data_table(inner):
                self.table(inner)


def _line(element: Any, before: str = "") -> int | None:
    """The line of the file an element's tag stands on, and ``before`` further down; None where the parser does not know."""
    return element.sourceline + before.count("\n") if element.sourceline else None


def _inline(text: str | None) -> str:
    return re.sub(r"\s+", " ", text) if text else ""


def _outer_table(element: Any) -> Any:
    found = element.getparent()
    while found is not None and found.tag != "table":
        found = found.getparent()
    return found


def _own_rows(table: Any) -> list[Any]:
    return [row for row in table.iter("tr") if _outer_table(row) is table]


def _is_data_table(table: Any) -> bool:
    """False for layout tables: one cell only, or cells that hold tables and nothing but."""
    rows = _own_rows(table)
    counts = [sum(1 for cell in row if cell.tag in ("td", "th")) for row in rows]
    return sum(counts) > 1 and not (max(counts, default=0) == 1 and table.find(".//table") is not None)


def _span(cell: Any, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(max(int(value), 1), maxima.SPAN_MAX) if value.isdigit() else 1


def _cell_text(cell: Any) -> str:
    parts: list[str] = []

    def walk(element: Any) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _SKIP or (tag == "table" and element is not cell):
            return
        if tag == "br" or (tag in _BLOCK and element is not cell and "".join(parts).strip()):
            parts.append("\n")
        parts.append(_inline(element.text))
        for child in element:
            walk(child)
            parts.append(_inline(child.tail))

    walk(cell)
    return "\n".join(line.strip() for line in "".join(parts).split("\n")).strip("\n")


def _grid(table: Any, ordinal: int) -> list[list[RawCell]]:
    """Rows with spans expanded: continuation cells are empty and marked ``right`` or ``down``."""
    rows: list[list[RawCell]] = []
    pending: dict[int, tuple[int, int]] = {}
    """column -> (rows still covered, first column of the span)"""
    for number, element in enumerate(_own_rows(table)[: maxima.TABLE_ROWS_MAX + 1], 1):
        row: list[RawCell] = []

        def covered(row: list[RawCell] = row, number: int = number, element: Any = element) -> None:
            while (held := pending.get(len(row))) is not None:
                c = len(row)
                left, first = held
                row.append(RawCell("", _place(element, ordinal, number, c), right=c > first, down=True))
                if left > 1:
                    pending[c] = (left - 1, first)
                else:
                    del pending[c]

        for cell in element:
            if cell.tag not in ("td", "th"):
                continue
            covered()
            if len(row) >= maxima.TABLE_COLUMNS_MAX:
                break
            across, downward = _span(cell, "colspan"), _span(cell, "rowspan")
            across = min(across, maxima.TABLE_COLUMNS_MAX - len(row))
            first = len(row)
            row.append(
                RawCell(
                    _cell_text(cell), _place(cell, ordinal, number, first), rowspan=downward, colspan=across
                )
            )
            row.extend(
                RawCell("", _place(cell, ordinal, number, first + k), right=True) for k in range(1, across)
            )
            if downward > 1:
                pending.update(dict.fromkeys(range(first, first + across), (downward - 1, first)))
        covered()
        if row:
            rows.append(row)
    width = max((len(row) for row in rows), default=0)
    for row in rows:
        row.extend(RawCell("", row[-1].source, right=True) for _k in range(width - len(row)))
    return rows


def tables_in(text: str, first_line: int) -> list[RawBlock]:
    """Tables of an HTML fragment inside a text; sources are the text's lines. Words around the tables are kept."""
    from lxml import html as lxml_html

    root = lxml_html.fragment_fromstring(text, create_parent="div", parser=_parser())
    out: list[RawBlock] = []

    def words(piece: str | None, line: int) -> None:
        out.extend(
            RawText(part.strip(), Source(line=line)) for part in (piece or "").split("\n") if part.strip()
        )

    words(root.text, first_line)
    for child in root:
        line = first_line + max((child.sourceline or 1) - 1, 0)
        if child.tag == "table":
            rows = _grid(child, 0)
            tags = _own_rows(child)
            for row, tag in zip(rows, tags, strict=False):
                for cell in row:
                    cell.source = Source(line=first_line + max((tag.sourceline or 1) - 1, 0))
            if rows:
                out.append(RawTable(rows, Source(line=line)))
        else:
            words(child.text_content(), line)
        words(child.tail, line)
    return out


def _place(element: Any, ordinal: int, row: int, column: int) -> Source:
    return Source(line=_line(element), paragraph=ordinal, cell=f"R{row}C{column + 1}")
