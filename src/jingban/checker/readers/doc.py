"""Word 97-2003 (.doc) without Word or LibreOffice: piece table, paragraph properties, table definitions.

Structures after [MS-DOC] 2.4-2.9: FIB, Clx, PlcfBtePapx, PapxFkp, sprmPFTtp (row end), sprmTDefTable (cells), sprmPHugePapx
(long rows keep their properties in the stream ``Data``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from io import BytesIO
from struct import error as StructError
from struct import unpack_from

from msgspec import Struct, field

from jingban.checker.layout.raw import RawBlock, RawCell, RawTable, RawText
from jingban.checker.model import Document, Source
from jingban.checker.readers import maxima
from jingban.checker.readers.problems import CannotRead
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

_FIELD_CODE = lazy("\x13[^\x13\x14\x15]*\x14|\x13[^\x13\x14\x15]*\x15")
_MARKS = lazy("[\x00-\x06\x08\x0e-\x1d\x1f]")
_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
P_IN_TABLE, P_ROW_END, P_OUTLINE, P_HUGE, P_HUGE_OLD, T_DEFINITION, P_TABS = (
    0x2416,
    0x2417,
    0x2640,
    0x6646,
    0x6645,
    0xD608,
    0xC615,
)
EDGE_TWIPS = 12
BODY_OUTLINE = 9


class _Properties(Struct):
    style: int = 0
    in_table: bool = False
    row_end: bool = False
    outline: int = BODY_OUTLINE
    edges: tuple[int, ...] = ()
    flags: tuple[int, ...] = ()


class _Row(Struct):
    cells: list[tuple[str, int]] = field(default_factory=list)
    edges: tuple[int, ...] = ()
    flags: tuple[int, ...] = ()


class _Word:
    """The streams of one file, read once."""

    def __init__(self, main: bytes, table: bytes, data: bytes) -> None:
        self.main, self.table, self.data = main, table, data
        self.starts: list[int] = []
        self.runs: list[tuple[int, int, bytes]] = []
        self._load_runs()

    def text(self) -> tuple[str, list[int]]:
        """Characters of the main text and the file offset of each."""
        characters: list[str] = []
        offsets: list[int] = []
        (length,) = unpack_from("<i", self.main, 0x4C)
        for start, stop, offset, narrow in self._pieces():
            stop = min(stop, length)
            if stop <= start:
                continue
            size = 1 if narrow else 2
            raw = self.main[offset : offset + (stop - start) * size]
            text = raw.decode("cp1252", "replace") if narrow else raw.decode("utf-16-le", "surrogatepass")
            if not narrow and len(text) != stop - start:  # a character beyond the BMP takes two positions
                text = "".join(char if ord(char) < 0x10000 else char + "\x00" for char in text)
            characters.append(text[: stop - start])
            offsets.extend(range(offset, offset + len(text[: stop - start]) * size, size))
            if len(offsets) > maxima.DOC_STREAM_BYTES_MAX // 4:
                break
        return "".join(characters), offsets

    def _pieces(self) -> list[tuple[int, int, int, bool]]:
        place, size = unpack_from("<II", self.main, 0x1A2)
        clx = self.table[place : place + size]
        at = 0
        while at < len(clx) and clx[at] == 1:
            at += 3 + unpack_from("<H", clx, at + 1)[0]
        if at >= len(clx) or clx[at] != 2:
            raise CannotRead("I108", _("文件损坏：正文索引读不出"))
        (total,) = unpack_from("<I", clx, at + 1)
        plc = clx[at + 5 : at + 5 + total]
        count = (len(plc) - 4) // 12
        bounds = unpack_from(f"<{count + 1}I", plc, 0)
        out = []
        for index in range(count):
            (offset,) = unpack_from("<I", plc, 4 * (count + 1) + 8 * index + 2)
            narrow = bool(offset & 0x40000000)
            offset &= 0x3FFFFFFF
            out.append((bounds[index], bounds[index + 1], offset // 2 if narrow else offset, narrow))
        return out

    def _load_runs(self) -> None:
        place, size = unpack_from("<II", self.main, 0x102)
        plc = self.table[place : place + size]
        count = (len(plc) - 4) // 8
        if count <= 0:
            return
        for (page,) in (unpack_from("<I", plc, 4 * (count + 1) + 4 * index) for index in range(count)):
            sheet = self.main[(page & 0x3FFFFF) * 512 : (page & 0x3FFFFF) * 512 + 512]
            if len(sheet) < 512:
                continue
            runs = sheet[511]
            bounds = unpack_from(f"<{runs + 1}I", sheet, 0)
            for index in range(runs):
                self.runs.append((bounds[index], *_grpprl(sheet, 4 * (runs + 1) + 13 * index)))
        self.runs.sort(key=lambda run: run[0])
        self.starts = [run[0] for run in self.runs]

    def properties(self, offset: int) -> _Properties:
        """Paragraph properties in force at a file offset."""
        index = bisect_right(self.starts, offset) - 1
        if index < 0:
            return _Properties()
        _start, style, modifiers = self.runs[index]
        found = _Properties(style)
        self._apply(found, modifiers, 0)
        return found

    def _apply(self, found: _Properties, modifiers: bytes, depth: int) -> None:
        at = 0
        while at + 2 <= len(modifiers):
            (code,) = unpack_from("<H", modifiers, at)
            at += 2
            size, head = _operand(code, modifiers, at)
            operand = modifiers[at + head : at + head + size]
            at += head + size
            if code == P_IN_TABLE and operand:
                found.in_table = operand[0] != 0
            elif code == P_ROW_END and operand:
                found.row_end = operand[0] != 0
            elif code == P_OUTLINE and operand:
                found.outline = operand[0]
            elif code == T_DEFINITION and operand:
                _define(found, operand)
            elif code in (P_HUGE, P_HUGE_OLD) and len(operand) == 4 and depth == 0:
                (place,) = unpack_from("<I", operand, 0)
                if place + 2 <= len(self.data):
                    (length,) = unpack_from("<H", self.data, place)
                    self._apply(found, self.data[place + 2 : place + 2 + length], 1)


def _grpprl(sheet: bytes, entry: int) -> tuple[int, bytes]:
    """(style, modifiers) of one paragraph run of a formatting page."""
    at = sheet[entry] * 2
    if not at:
        return 0, b""
    words = sheet[at]
    start, size = (at + 2, 2 * sheet[at + 1]) if words == 0 else (at + 1, 2 * words - 1)
    piece = sheet[start : start + size]
    return (unpack_from("<H", piece, 0)[0], piece[2:]) if len(piece) >= 2 else (0, b"")


def _operand(code: int, modifiers: bytes, at: int) -> tuple[int, int]:
    """(operand size, bytes of its length prefix)."""
    kind = code >> 13
    if kind != 6:
        return _SIZES[kind], 0
    if code == T_DEFINITION and at + 2 <= len(modifiers):
        return max(unpack_from("<H", modifiers, at)[0] - 1, 0), 2
    if at >= len(modifiers):
        return 0, 1
    return modifiers[at], 1


def _define(found: _Properties, operand: bytes) -> None:
    count = operand[0]
    if len(operand) < 1 + 2 * (count + 1):
        return
    found.edges = unpack_from(f"<{count + 1}h", operand, 1)
    records = operand[1 + 2 * (count + 1) :]
    found.flags = tuple(
        unpack_from("<H", records, 20 * index)[0] if 20 * index + 2 <= len(records) else 0
        for index in range(count)
    )


def read_doc(document: Document, data: bytes) -> list[RawBlock]:
    """Raw blocks of the main text. Falls back to LibreOffice, when it is there, for files this reader cannot parse."""
    document.format = "doc"
    try:
        return _read(data)
    except CannotRead as problem:
        if problem.note.message == _encrypted():
            raise
        reason = problem
    except (StructError, IndexError, ValueError, KeyError, OSError):
        reason = CannotRead("I108", _("文件损坏或不是 Word 97-2003 格式，打不开"))
    from jingban.checker.readers.office import available, read_office

    if not available():
        raise reason
    return read_office(document, data)


def _encrypted() -> str:
    return _("文件已加密，打不开；请提供未加密的文件")


def _read(data: bytes) -> list[RawBlock]:
    import olefile

    with olefile.OleFileIO(BytesIO(data)) as file:
        main = _stream(file, "WordDocument")
        if len(main) < 0x1AA or unpack_from("<H", main, 0)[0] != 0xA5EC:
            raise CannotRead("I108", _("不是 Word 97-2003 格式，打不开"))
        (flags,) = unpack_from("<H", main, 0x0A)
        if flags & 0x100:
            raise CannotRead("I108", _encrypted())
        table = _stream(file, "1Table" if flags & 0x200 else "0Table")
        extra = _stream(file, "Data") if file.exists("Data") else b""
    return _blocks(_Word(main, table, extra))


def _stream(file: object, name: str) -> bytes:
    size = file.get_size(name)  # type: ignore[attr-defined]
    if size > maxima.DOC_STREAM_BYTES_MAX:
        raise CannotRead("I107", _("解开后的内容超过上限，未读"))
    return bytes(file.openstream(name).read())  # type: ignore[attr-defined]


def _clean(text: str) -> str:
    """Shown text: field codes, pictures and notes out, line breaks kept."""
    previous = None
    while previous != text:
        previous, text = text, _FIELD_CODE.sub("", text)
    return _MARKS.sub("", text.replace("\x1e", "-").replace("\x0b", "\n").replace("\r", "\n")).strip("\n")


def _blocks(word: _Word) -> list[RawBlock]:
    text, offsets = word.text()
    out: list[RawBlock] = []
    rows: list[_Row] = []
    row = _Row()
    cell_from: int | None = None
    at = 0
    for ordinal, matched in enumerate(re.finditer("[\r\x07\x0c]", text), 1):
        stop = matched.start()
        properties = word.properties(offsets[stop])
        begin, at = at, stop + 1
        if properties.row_end and matched[0] == "\x07":
            row.edges, row.flags = properties.edges, properties.flags
            rows.append(row)
            row, cell_from = _Row(), None
        elif properties.in_table or matched[0] == "\x07":
            cell_from = begin if cell_from is None else cell_from
            if matched[0] == "\x07":
                row.cells.append((_clean(text[cell_from:stop]), ordinal))
                cell_from = None
        else:
            _flush(rows, out)
            level = properties.style if 1 <= properties.style <= 9 else None
            level = properties.outline + 1 if properties.outline < BODY_OUTLINE else level
            lines = _clean(text[begin:stop]).split("\n")
            out.extend(RawText(line, Source(paragraph=ordinal), level) for line in lines if line.strip())
    _flush(rows, out)
    return out


def _flush(rows: list[_Row], out: list[RawBlock]) -> None:
    """Rows so far to one table on the common grid of all their cell edges."""
    found = [row for row in rows if row.cells][: maxima.TABLE_ROWS_MAX]
    rows.clear()
    if not found:
        return
    grid: list[int] = []
    for value in sorted(edge for row in found for edge in row.edges):
        if not grid or value - grid[-1] > EDGE_TWIPS:
            grid.append(value)
    regular = len(grid) - 1 <= maxima.TABLE_COLUMNS_MAX and all(
        len(row.edges) == len(row.cells) + 1 for row in found
    )
    cells = [_on_grid(row, grid) if regular else _plain(row) for row in found]
    first = cells[0][0].source if cells and cells[0] else Source()
    out.append(RawTable(cells, first, ragged=not regular))


def _plain(row: _Row) -> list[RawCell]:
    return [RawCell(text, Source(paragraph=place)) for text, place in row.cells]


def _on_grid(row: _Row, grid: list[int]) -> list[RawCell]:
    out: list[RawCell] = []
    for index, (text, place) in enumerate(row.cells):
        flags = row.flags[index] if index < len(row.flags) else 0
        left, right = _column(grid, row.edges[index]), _column(grid, row.edges[index + 1])
        source = Source(paragraph=place)
        if index == 0:
            out.extend(RawCell("", source, right=True) for _n in range(left))
        into_left = bool(flags & 0x0002) and index > 0
        down = bool(flags & 0x0020) and not flags & 0x0040
        out.append(
            RawCell(
                "" if into_left or down else text,
                source,
                right=into_left,
                down=down,
                colspan=max(right - left, 1),
            )
        )
        out.extend(RawCell("", source, right=True, down=down) for _n in range(right - left - 1))
    out.extend(RawCell("", out[-1].source, right=True) for _n in range(len(grid) - 1 - len(out)))
    return out


def _column(grid: list[int], edge: int) -> int:
    return min(range(len(grid)), key=lambda index: abs(grid[index] - edge))
