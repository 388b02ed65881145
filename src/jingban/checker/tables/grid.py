"""Reading a table's grid: texts, numbers, header paths, columns that only count lines."""

from __future__ import annotations

import itertools
from functools import lru_cache

from jingban.checker.model import Table
from jingban.checker.tables import words
from jingban.checker.tables.bound import State
from jingban.forms.model import FormColumn
from jingban.values import units
from jingban.values.patterns import lazy
from jingban.values.printed import PrintedNumber, parse, read_cell

_LINE_HEADER = lazy(r"行次|栏次|序号|行号")
_MONEY_UNIT = lazy(r"(亿元|百万元|万元|千元|元)")
_INTEGER = lazy(r"\d{1,3}")


def text(table: Table, row: int, column: int) -> str:
    """The cell's text, empty for no cell and for a cell that only continues a merged one."""
    cell = table.cell(row, column)
    return cell.text if cell is not None and not cell.inherited else ""


def any_text(table: Table, row: int, column: int) -> str:
    """The cell's text, merged continuations included (headers)."""
    cell = table.cell(row, column)
    return cell.text if cell is not None else ""


@lru_cache(maxsize=4_000)
def money_unit(text_of: str | None) -> str | None:
    """元, 万元 … from ``单位：万元``; None when there is none or two differ."""
    found = set(_MONEY_UNIT.findall(text_of or ""))
    return found.pop() if len(found) == 1 else None


def number(text_of: str, unit: str | None) -> tuple[State, PrintedNumber | None]:
    """State and value of a cell; ``unit`` is the table's."""
    read = read_cell(text_of, units.unit(unit) if unit else None)
    if isinstance(read, PrintedNumber):
        return "number", read
    return read, None


@lru_cache(maxsize=20_000)
def is_number(text_of: str) -> bool:
    return bool(text_of) and parse(text_of) is not None


def width(table: Table) -> int:
    return max((len(row) for row in table.rows), default=0)


def header_path(table: Table, column: int) -> tuple[str, ...]:
    """Bare header texts over a column, top down, doubles left out."""
    printed = table.columns[column].path if column < len(table.columns) else ()
    raw = printed or tuple(any_text(table, row, column) for row in range(table.header_rows))
    path = [words.bare(part) for part in raw]
    return tuple(dict.fromkeys(part for part in path if part))


def counts_lines(table: Table, column: int) -> bool:
    """True for 行次, 栏次 and 序号 columns: by header, by role, or because the cells count 1, 2, 3 …"""
    if column < len(table.columns) and table.columns[column].role == "line_number":
        return True
    if any(_LINE_HEADER.search(part) for part in header_path(table, column)[-1:]):
        return True
    cells = [text(table, row, column) for row in range(table.header_rows, len(table.rows))]
    filled = [cell for cell in cells if cell]
    if len(filled) < 4 or not all(_INTEGER.fullmatch(cell) for cell in filled):
        return False
    steps = [int(b) - int(a) for a, b in itertools.pairwise(filled)]
    return steps.count(1) >= 0.8 * len(steps)


def counts_columns(table: Table, row: int) -> bool:
    """True for the row 栏次 1 2 3 … (or only the numbers, ascending)."""
    cells = [text(table, row, column) for column in range(width(table))]
    filled = [cell for cell in cells if cell]
    labels = [cell for cell in filled if not _INTEGER.fullmatch(cell)]
    numbers = [int(cell) for cell in filled if _INTEGER.fullmatch(cell)]
    if any(words.bare(cell) not in ("栏次", "行次") for cell in labels):
        return False
    if labels:
        return True
    return len(numbers) >= 3 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def match_columns(table: Table, wanted: list[FormColumn], candidates: list[int]) -> dict[str, int] | None:
    """Form column key → table column, by header text; by order when only the order can tell; None when neither."""
    scored: list[tuple[float, str, int]] = []
    for column in candidates:
        path = header_path(table, column)
        for form_column in wanted:
            score = _header_score(path, form_column)
            if score > 0:
                scored.append((score, form_column.key, column))
    found: dict[str, int] = {}
    for _score, key, column in sorted(scored, key=lambda item: (-item[0], item[2])):
        if key not in found and column not in found.values():
            found[key] = column
    required = [column for column in wanted if not column.optional]
    if all(column.key in found for column in required):
        return found
    if len(candidates) in (len(required), len(wanted)) and len(found) * 2 < len(wanted):
        chosen = required if len(candidates) == len(required) else wanted
        return {column.key: place for column, place in zip(chosen, candidates, strict=True)}
    return found or None


def _header_score(path: tuple[str, ...], column: FormColumn) -> float:
    if not path:
        return 0
    names = {words.bare(name) for name in (column.label, *column.aliases)}
    parents = [words.bare(part) for part in column.header[:-1]]
    leaf = path[-1]
    joined = "".join(path)
    if leaf in names:
        score = 3.0
    elif any(name in path for name in names):
        score = 1.5
    elif any(len(name) >= 4 and words.likeness(leaf, name, 0.85) for name in names):
        score = 2.0
    else:
        return 0
    return score + sum(1.0 if parent in joined else -0.5 for parent in parents)
