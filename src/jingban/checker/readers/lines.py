"""Plain text to raw blocks: dump style C, dump style T (tab-separated rows), pipe tables, and running text."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Literal

from jingban.checker.layout.raw import RawBlock, RawCell, RawTable, RawText
from jingban.checker.model import Source
from jingban.checker.readers import cells_dump, maxima
from jingban.values.patterns import lazy

_PIPE_RULE = lazy(r"^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")
_TABLE_OPEN = lazy(r"<table\b", re.I)
_TABLE_CLOSE = lazy(r"</table\s*>", re.I)
HTML_LINES_MAX = 20_000
_C_LINE = lazy(r"^[ \u3000\u00a0]*\t+[^\t]*$")


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
        cells = line.rstrip("\r\n").split("\t", maxima.TABLE_COLUMNS_MAX)[: maxima.TABLE_COLUMNS_MAX]
        return [RawCell(cell, Source(line=number)) for cell in cells]
    piped = _pipes(line)
    if piped is None:
        return None
    return [
        RawCell(re.sub(r"<br\s*/?>", "\n", cell), Source(line=number))
        for cell in piped[: maxima.TABLE_COLUMNS_MAX]
    ]


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


Kind = Literal["html", "rows", "text"]


def _kinds(lines: list[str], dump_c: bool) -> list[Kind]:
    """For each line whether it belongs to an HTML table, to rows of pipes or tabs, or to the rest."""
    kinds: list[Kind] = ["text"] * len(lines)
    number = 0
    while number < len(lines):
        if _TABLE_OPEN.search(lines[number]):
            stop = number
            while (
                stop < len(lines) and not _TABLE_CLOSE.search(lines[stop]) and stop - number < HTML_LINES_MAX
            ):
                stop += 1
            if stop < len(lines) and _TABLE_CLOSE.search(lines[stop]):
                kinds[number : stop + 1] = ["html"] * (stop + 1 - number)
                number = stop + 1
                continue
        number += 1
    if dump_c:
        rows = [kinds[n] == "text" and _is_row_in_dump(line) for n, line in enumerate(lines)]
        for n, is_row in enumerate(rows):
            if is_row and ((n and rows[n - 1]) or (n + 1 < len(rows) and rows[n + 1])):
                kinds[n] = "rows"
    return kinds


def _is_row_in_dump(line: str) -> bool:
    """A whole row on one line amid a cells dump: tabs between several filled cells, or pipes at both ends."""
    stripped = line.strip()
    if stripped.startswith("|") and stripped.endswith("|") and stripped.count("|") > 2:
        return True
    filled = sum(1 for cell in line.split("\t") if cell.strip())
    return line.count("\t") >= 2 and filled >= 2


def _html_table(lines: list[str], first_line: int) -> list[RawBlock]:
    """Tables written as HTML inside a text, each cell with the line it begins on."""
    from jingban.checker.readers.html import tables_in

    return tables_in("\n".join(lines), first_line)


def parse_lines(lines: list[str], first_line: int = 1) -> list[RawBlock]:
    """Raw blocks of a text's physical lines, in order. Style C is decided for the whole text, other tables by line."""
    dump_c = is_cells_dump(lines)
    out: list[RawBlock] = []
    number = 0
    for kind, group in groupby(_kinds(lines, dump_c)):
        count = len(list(group))
        part, start = lines[number : number + count], first_line + number
        number += count
        if kind == "html":
            out.extend(_html_table(part, start))
        elif kind == "text" and dump_c:
            out.extend(cells_dump.parse(part, start))
        else:
            out.extend(_rows(part, start))
    return out
