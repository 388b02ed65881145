"""Dump style C: one cell per line, a leading TAB opens a cell (checker-rules 0.3).

Grammar: a TAB at the line start (spaces may stand before it) opens a cell; an untabbed line continues the cell above;
an empty line ends the row; a TAB alone is an empty or merged cell. The one ambiguity, an empty line *inside* a cell,
is settled by counting: fragments are joined only when together they are exactly as wide as the row before.
"""

from __future__ import annotations

import re

from msgspec import Struct, field

from jingban.checker.layout.raw import RawBlock, RawCell, RawTable, RawText
from jingban.checker.model import Source
from jingban.values.patterns import lazy

CELL = lazy(r"^[ \u3000\u00a0]*\t+(.*)$", re.S)
_TITLE = lazy(
    r"(表|框架(（参考）|\(参考\))?|情况)$|^[(（]?\s*20\d\d\s*年度?\s*[)）]?$|^(附件|附表|公开)\s*\d"
)
_NOT_CONTINUATION = lazy(
    r"^(注|备注|说明|附件|附表|第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、|填表人)|表$"
)
JOIN_MAX = 12
"""Most fragments tried when one row is put together again."""
TITLE_CHARS_MAX = 60
TITLE_ROWS_MAX = 8
"""One-cell rows that may open a table as its titles."""


class Fragment(Struct):
    """A run of non-empty lines: untabbed lines first (``lead``), then cells."""

    gap: int
    lead: list[tuple[int, str]] = field(default_factory=list)
    cells: list[RawCell] = field(default_factory=list)


def fragments(lines: list[str], first_line: int = 1) -> list[Fragment]:
    """Cut the lines at empty lines."""
    found: list[Fragment] = []
    gap = 0
    current: Fragment | None = None
    for number, line in enumerate(lines, first_line):
        matched = CELL.match(line)
        if matched is None and not line.strip():
            # A line of ideographic spaces inside a cell is content that shows nothing; it does not end the row.
            if not (line and "\u3000" in line and current is not None and current.cells):
                gap, current = gap + 1, None
            continue
        if current is None:
            current = Fragment(gap)
            found.append(current)
            gap = 0
        if matched is not None:
            current.cells.append(RawCell(matched[1].rstrip("\r\n"), Source(line=number)))
        elif current.cells:
            current.cells[-1].text += "\n" + line
        else:
            current.lead.append((number, line))
    return found


def _is_title(cells: list[RawCell]) -> bool:
    text = cells[0].text.strip()
    return (
        len(cells) == 1
        and 0 < len(text) <= TITLE_CHARS_MAX
        and any(_TITLE.search(part.strip()) for part in text.split("\n"))
    )


def _joinable(parts: list[Fragment], start: int, row: list[RawCell], target: int) -> int:
    """How many fragments from ``start`` complete ``row`` to exactly ``target`` cells; 0 when none do."""
    if not 0 < len(row) < target or target < 3 or not row[-1].text.strip():
        return 0
    width = len(row)
    for count, part in enumerate(parts[start : start + JOIN_MAX], 1):
        lead = " ".join(text.strip() for _line, text in part.lead)
        if lead and (_NOT_CONTINUATION.search(lead) or len(part.lead) > 3):
            return 0
        if not part.lead and part.cells and not part.cells[0].text.strip(" \t"):
            return 0
        if not part.cells and part.gap > 1:
            return 0
        width += len(part.cells)
        if width == target:
            return count
        if width > target:
            return 0
    return 0


def _append(row: list[RawCell], part: Fragment) -> None:
    for _line, text in part.lead:
        row[-1].text += "\n" + text
    row.extend(part.cells)


def _flush(rows: list[list[RawCell]], out: list[RawBlock]) -> None:
    """Leading one-cell rows are titles or paragraphs, the rest is the table."""
    first = 0
    while first < len(rows) and len(rows[first]) == 1:
        last = first + 1 == len(rows)
        if not (last or len(rows[first + 1]) != 1 or _is_title(rows[first])):
            break
        cell = rows[first][0]
        first += 1
        line = cell.source.line or 1
        out.extend(
            RawText(part, Source(line=line + offset))
            for offset, part in enumerate(cell.text.split("\n"))
            if part.strip()
        )
    del rows[:first]
    if rows:
        out.append(RawTable([list(row) for row in rows], rows[0][0].source, ragged=True))
    rows.clear()


def parse(lines: list[str], first_line: int = 1) -> list[RawBlock]:
    """Blocks of a text whose tables are dumped one cell a line."""
    parts = fragments(lines, first_line)
    out: list[RawBlock] = []
    rows: list[list[RawCell]] = []
    position = 0
    while position < len(parts):
        part = parts[position]
        joined = _joinable(parts, position, rows[-1], len(rows[-2])) if len(rows) > 1 else 0
        if joined:
            for piece in parts[position : position + joined]:
                _append(rows[-1], piece)
            position += joined
            continue
        position += 1
        if part.lead:
            _flush(rows, out)
            out.extend(RawText(text, Source(line=line)) for line, text in part.lead)
        if part.cells:
            only_titles = len(rows) <= TITLE_ROWS_MAX and all(len(row) == 1 for row in rows)
            starts_anew = part.gap > 1 and part.cells[0].text.strip(" ") != ""
            if rows and not only_titles and (_is_title(part.cells) or starts_anew):
                _flush(rows, out)
            rows.append(part.cells)
    _flush(rows, out)
    return out
