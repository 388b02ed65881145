"""Plain text to raw blocks: dump style C, dump style T (tab-separated rows), pipe tables, and running text."""

from __future__ import annotations

import re

from jingban.checker.layout.raw import RawBlock, RawCell, RawTable, RawText
from jingban.checker.model import Source
from jingban.checker.readers import cells_dump

_PIPE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")
_C_LINE = re.compile(r"^[ \u3000\u00a0]*\t+[^\t]*$")


def is_cells_dump(lines: list[str]) -> bool:
    """True when tabs mostly open lines (one cell a line), False when they separate the cells of a row."""
    leading = sum(1 for line in lines if _C_LINE.match(line))
    inner = sum(1 for line in lines if "\t" in line) - leading
    return leading > 2 * inner


def _pipes(line: str) -> list[str] | None:
    """Cells of ``| a | b |``; None when the line is no pipe row. ``\\|`` is a pipe inside a cell."""
    stripped = line.strip()
    if stripped.count("|") < 2 and not (stripped.startswith("|") or stripped.endswith("|")):
        return None
    if not (stripped.startswith("|") or stripped.count("|") >= 2):
        return None
    body = stripped.removeprefix("|").removesuffix("|") if stripped.startswith("|") else stripped
    return [cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", body)]


def _row(line: str, number: int) -> list[RawCell] | None:
    """Cells of a tab-separated or piped line; None for running text."""
    if "\t" in line.strip(" \r\n") and line.strip():
        cells = line.rstrip("\r\n").split("\t")
        return [RawCell(cell, Source(line=number)) for cell in cells]
    piped = _pipes(line)
    if piped is None:
        return None
    return [RawCell(re.sub(r"<br\s*/?>", "\n", cell), Source(line=number)) for cell in piped]


def _rows(lines: list[str], first_line: int) -> list[RawBlock]:
    out: list[RawBlock] = []
    rows: list[list[RawCell]] = []

    def flush() -> None:
        if len(rows) == 1 and len([cell for cell in rows[0] if cell.text.strip()]) < 2:
            out.extend(RawText(cell.text, cell.source) for cell in rows[0] if cell.text.strip())
        elif rows:
            out.append(RawTable([list(row) for row in rows], rows[0][0].source))
        rows.clear()

    for number, line in enumerate(lines, first_line):
        if rows and _PIPE_RULE.match(line) and "-" in line:
            continue
        row = _row(line, number)
        if row is not None:
            rows.append(row)
            continue
        flush()
        if line.strip():
            out.append(RawText(line, Source(line=number)))
    flush()
    return out


def parse_lines(lines: list[str], first_line: int = 1) -> list[RawBlock]:
    """Raw blocks of a text's physical lines, in order."""
    if is_cells_dump(lines):
        return cells_dump.parse(lines, first_line)
    return _rows(lines, first_line)
