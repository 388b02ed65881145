"""What a list looks like: its columns with the names in use, and how cells become typed values.

A room describes each of its lists once (:class:`ListSpec`); the template, the reading, the error report and the help all
come from that description.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from jingban.registry.lists.cell import BLANK, Column, Kind, blank, nothing, plain, text_of, value
from jingban.values.findings import Finding
from jingban.values.i18n import gettext as _
from jingban.values.i18n import spellings
from jingban.values.sheets import Grid

__all__ = ["Column", "Kind", "ListSpec", "Parsed", "header_columns", "parse_grid", "plain"]
HEADER_SEARCH_ROWS = 10
"""A title and notes may stand above the header; it is looked for in the first rows."""


Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class ListSpec(Generic[Record]):
    """A list: ``build`` turns the typed values of one row (missing ones absent) and its row number into a record.

    ``build`` may refuse the row with ``ValueError(code, message)`` when its cells do not go together.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    build: Callable[[dict[str, Any], int], Record]
    help: str = ""

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)


@dataclass(slots=True)
class Parsed(Generic[Record]):
    """The records of the rows that could be read, and everything found wrong. Row numbers are those of the file."""

    records: list[Record] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    rows: dict[int, list[Any]] = field(default_factory=dict)
    header: list[str] = field(default_factory=list)
    header_row: int = 1

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == "error"]


def parse_grid(spec: ListSpec[Record], grid: Grid) -> Parsed[Record]:
    """Find the header, match the columns, read every row. Codes LST-103 to LST-112, LST-116 (a row moved by one column)."""
    parsed: Parsed[Record] = Parsed()
    found = _header(spec, grid)
    if found is None:
        names = "、".join(column.title for column in spec.columns if column.required)
        parsed.findings.append(
            Finding("LST-103", _("找不到表头；至少应有这些列：%(names)s") % {"names": names}, row=1)
        )
        return parsed
    position, places = found
    parsed.header = [str(cell if cell is not None else "") for cell in grid[position]]
    parsed.header_row = position + 1
    _check_header(spec, parsed, places)
    if parsed.errors:
        return parsed
    readers = [_Reader(column, places[column.key]) for column in spec.columns if column.key in places]
    for number, cells in enumerate(grid[position + 1 :], start=position + 2):
        if all(blank(cell) for cell in cells):
            continue
        parsed.rows[number] = cells
        before = len(parsed.findings)
        values = _row(readers, cells, number, parsed.findings)
        if values is None:
            if shift := _shift(readers, cells, number, len(parsed.findings) - before):
                parsed.findings.insert(before, shift)
            continue
        try:
            parsed.records.append(spec.build(values, number))
        except ValueError as wrong:
            code, message = wrong.args
            parsed.findings.append(Finding(code, message, row=number))
    if not parsed.rows:
        parsed.findings.append(Finding("LST-111", _("表头之下没有数据"), row=position + 1))
    return parsed


def _header(spec: ListSpec[Any], grid: Grid) -> tuple[int, dict[str, int]] | None:
    names = {
        plain(name): column.key
        for column in spec.columns
        for name in (column.title, column.key, *column.aliases)
    }
    for column in spec.columns:
        for name in spellings(column.title):
            names.setdefault(plain(name), column.key)
    best: tuple[int, dict[str, int]] | None = None
    for position, cells in enumerate(grid[:HEADER_SEARCH_ROWS]):
        places: dict[str, int] = {}
        for index, cell in enumerate(cells):
            key = names.get(plain(cell))
            if key is not None:
                places.setdefault(key, index)
        if places and (best is None or len(places) > len(best[1])):
            best = position, places
    needed = {column.key for column in spec.columns if column.required}
    if best is None or not (needed & best[1].keys() or not needed):
        return None
    return best


def header_columns(spec: ListSpec[Any], grid: Grid) -> set[str]:
    """Keys of the columns that the heading names; empty when there is no heading for this list."""
    found = _header(spec, grid)
    return set(found[1]) if found else set()


def _check_header(spec: ListSpec[Any], parsed: Parsed[Any], places: dict[str, int]) -> None:
    for column in spec.columns:
        if column.required and column.key not in places:
            parsed.findings.append(
                Finding(
                    "LST-104",
                    _("缺少列“%(name)s”") % {"name": column.title},
                    row=parsed.header_row,
                    column=column.title,
                )
            )
    known = set(places.values())
    for index, name in enumerate(parsed.header):
        if name.strip() and index not in known:
            parsed.findings.append(
                Finding(
                    "LST-105",
                    _("不认识的列“%(name)s”，未读入") % {"name": name},
                    "warning",
                    parsed.header_row,
                    name,
                )
            )


class _Reader:
    """One column at its place. What a text cell means is ``known`` afterwards: townships, months, amounts come again and again."""

    __slots__ = ("column", "index", "known")
    REMEMBERED_MAX = 20_000

    def __init__(self, column: Column, index: int) -> None:
        self.column, self.index = column, index
        self.known: dict[str, Any] = {}

    def read(self, raw: Any) -> Any:
        read = value(self.column, raw)
        if type(raw) is str and self.column.kind != "digits" and len(self.known) < self.REMEMBERED_MAX:
            self.known[raw] = read
        return read


def _row(
    readers: Sequence[_Reader], cells: Sequence[Any], number: int, findings: list[Finding]
) -> dict[str, Any] | None:
    values: dict[str, Any] = {}
    good = True
    width = len(cells)
    for reader in readers:
        raw = cells[reader.index] if reader.index < width else None
        column = reader.column
        if raw != "" and type(raw) is str and raw in reader.known:
            read = reader.known[raw]
        elif raw == "" or blank(raw):
            read = BLANK
        else:
            try:
                read = reader.read(raw)
            except ValueError as wrong:
                code, message = wrong.args
                findings.append(Finding(code, message, row=number, column=column.title))
                good = False
                continue
        if read is not BLANK:
            values[column.key] = read
        elif column.required:
            findings.append(Finding("LST-106", _missing(raw), row=number, column=column.title))
            good = False
    return values if good else None


def _missing(raw: Any) -> str:
    return _("没有填写") if blank(raw) else _("填的是“%(mark)s”，等于没有填写") % {"mark": text_of(raw)}


def _shift(readers: Sequence[_Reader], cells: Sequence[Any], number: int, errors: int) -> Finding | None:
    """A row whose cells moved by one column: with one cell put in or taken out, nothing else is wrong with it.

    Columns of free text take anything, so several places may do: numbers must stand where numbers belong, and of those that are
    left the last place moves the fewest cells. One error alone is a moved row only if the numbers stand better afterwards.
    """
    titles = {reader.index: reader.column.title for reader in readers}
    best: tuple[int, int, bool] | None = None
    for place in range(len(cells)):
        for missing in (True, False):
            moved = (
                [*cells[:place], None, *cells[place:]] if missing else [*cells[:place], *cells[place + 1 :]]
            )
            wrong: list[Finding] = []
            _row(readers, moved, number, wrong)
            hole = [
                one for one in wrong if missing and one.code == "LST-106" and one.column == titles.get(place)
            ]
            if len(wrong) == len(hole):
                best = max(
                    best or (-len(cells), 0, False), (_numbers_in_place(readers, moved), place, missing)
                )
    if best is None or (errors == 1 and best[0] <= _numbers_in_place(readers, cells)):
        return None
    _score, place, missing = best
    text = _("从这一列起错开了一列：少一格") if missing else _("从这一列起错开了一列：多一格")
    return Finding("LST-116", text, row=number, column=titles.get(place))


_NUMBER = re.compile(r"\d{6}|\d[Ee]\+\d")
"""A long number, or what a spreadsheet made of one: it stands in its place even so."""


def _numbers_in_place(readers: Sequence[_Reader], cells: Sequence[Any]) -> int:
    """How many columns of numbers hold one, less those that hold words and the columns of words that hold a number."""
    count = 0
    for reader in readers:
        raw = cells[reader.index] if reader.index < len(cells) else None
        if nothing(raw):
            continue
        if reader.column.kind == "digits":
            count += 1 if _NUMBER.search(text_of(raw)) else -1
        elif reader.column.kind == "text" and re.search(r"\d{12}", text_of(raw)):
            count -= 1
    return count
