"""What a list looks like: its columns with the names in use, and how cells become typed values.

A room describes each of its lists once (:class:`ListSpec`); the template, the reading, the error report and the help all
come from that description.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, NamedTuple, TypeVar

from jingban.store.lists.cell import BLANK, Column, Kind, blank, nothing, plain, text_of, value
from jingban.store.lists.header import Header, find, known_names, offers
from jingban.store.lists.rows import prepare
from jingban.store.lists.status import check as check_status
from jingban.store.lists.status import is_status
from jingban.values.findings import Finding
from jingban.values.i18n import gettext as _
from jingban.values.i18n import spellings
from jingban.values.sheets import Book, Grid, Page

__all__ = ["Column", "Kind", "ListSpec", "Parsed", "header_columns", "parse_book", "parse_grid", "plain"]
_PERSON = re.compile(r"\d{17}[0-9Xx]")
_NUMBERING = frozenset(["序号", "编号", "no", "no.", "行号"])
"""Columns that only count the rows."""
_OUR_OWN = frozenset(["行号", "错误", "工作表"])
"""Columns of an error workbook made here: it can be mended and brought again as it is."""

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


class SheetRead(NamedTuple):
    """A sheet of this list: its name, the rows of the sheets before it, how many rows of the list it has."""

    name: str
    before: int
    rows: int


@dataclass(slots=True)
class Parsed(Generic[Record]):
    """The records of the rows that could be read, and everything found wrong.

    Rows are counted through all sheets; of a file with one sheet they are those of the file. ``rows``: number → cells in the order
    of ``header``; ``sheets``: what was read, each with the rows that stand before it.
    """

    records: list[Record] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    rows: dict[int, list[Any]] = field(default_factory=dict)
    header: list[str] = field(default_factory=list)
    header_row: int = 1
    places: dict[str, int] = field(default_factory=dict)
    sheets: list[SheetRead] = field(default_factory=list)

    def located(self, finding: Finding) -> Finding:
        """The finding with the sheet and the row there, where there is more than one sheet."""
        if finding.row is None or finding.sheet is not None or len(self.sheets) < 2:
            return finding
        at = max((one for one in self.sheets if one.before < finding.row), key=lambda one: one.before)
        return replace(finding, sheet=at.name, row=finding.row - at.before)

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == "error"]


def parse_grid(spec: ListSpec[Record], grid: Grid) -> Parsed[Record]:
    """One sheet alone. As :func:`parse_book`."""
    return parse_book(spec, Book([Page("", grid)]))


def parse_book(spec: ListSpec[Record], book: Book, mapped: Mapping[str, str] | None = None) -> Parsed[Record]:
    """Every sheet: find the header, match the columns, leave out what is no row, read every row.

    ``mapped``: names of this file → key of our column, or empty for one that shall not be read.
    Codes LST-103 to LST-112, LST-116 to LST-121.
    """
    parsed: Parsed[Record] = Parsed()
    names = known_names(spec.columns, mapped)
    explained = frozenset(plain(name) for name in mapped or {})
    before = 0
    for page in book.pages:
        header = find(page, names) if page.name not in spellings(_("填写说明")) else None
        if header is None or not _ours(spec, header):
            if len(book.pages) > 1 and page.name not in spellings(_("填写说明")):
                parsed.findings += _no_list(page)
        else:
            _parse_page(spec, parsed, page, header, before, explained)
        before += len(page.grid)
    if not parsed.sheets and not parsed.errors:
        needed = "、".join(column.title for column in spec.columns if column.required)
        text = _("找不到表头；至少应有这些列：%(names)s") % {"names": needed}
        parsed.findings.append(Finding("LST-103", text, row=1))
    elif not parsed.rows and not parsed.errors:
        parsed.findings.append(Finding("LST-111", _("表头之下没有数据"), row=parsed.header_row))
    return parsed


def _ours(spec: ListSpec[Any], header: Header) -> bool:
    needed = {column.key for column in spec.columns if column.required}
    # One known word makes no heading of a list that needs nothing, unless it is the whole heading.
    return bool(
        needed & header.places.keys()
        if needed
        else len(header.places) >= min(2, sum(map(bool, header.names)))
    )


def _no_list(page: Page) -> list[Finding]:
    """A sheet that is none of this list: said. One that holds people all the same is refused, not passed over."""
    filled = [cell for row in page.grid for cell in row if not blank(cell)]
    if any(_PERSON.fullmatch(text_of(cell)) for cell in filled):
        text = _("这张工作表里有证件号码，却没有认得出的表头，未读入；补上表头，或用 --sheet 只读一张")
        return [Finding("LST-103", text, row=1, sheet=page.name)]
    text = _("这张工作表不是名册，未读入")
    return [Finding("LST-117", text, "info", sheet=page.name)] if filled else []


def _parse_page(
    spec: ListSpec[Record],
    parsed: Parsed[Record],
    page: Page,
    header: Header,
    before: int,
    explained: frozenset[str],
) -> None:
    places = {key: place for key, place in header.places.items() if key}
    if not parsed.sheets:
        parsed.header, parsed.header_row, parsed.places = header.names, before + header.last + 1, places
    rows, said = prepare(page, header, spec.columns)
    wrong = _check_header(spec, header, places, rows, explained)
    parsed.sheets.append(SheetRead(page.name, before, len(rows)))
    found = [*wrong, *said]
    readers = [_Reader(column, places[column.key]) for column in spec.columns if column.key in places]
    refused = {one.row for one in found if one.severity == "error"}
    for row, cells in rows.items():
        parsed.rows[before + row] = cells if header.names == parsed.header else _as(parsed, readers, cells)
        if row in refused or any(one.code in ("LST-104", "LST-121") for one in wrong):
            continue
        earlier = len(found)
        values = _row(readers, cells, row, found)
        if values is None:
            if shift := _shift(readers, cells, row, len(found) - earlier):
                found.insert(earlier, shift)
            continue
        try:
            parsed.records.append(spec.build(values, before + row))
        except ValueError as not_together:
            code, message = not_together.args
            found.append(Finding(code, message, row=row))
    parsed.findings += [one if one.row is None else replace(one, row=before + one.row) for one in found]


def _as(parsed: Parsed[Any], readers: Sequence[_Reader], cells: Sequence[Any]) -> list[Any]:
    """The cells of a further sheet in the order of the first one's columns."""
    row: list[Any] = [None] * len(parsed.header)
    for reader in readers:
        place = parsed.places.get(reader.column.key)
        if place is not None and reader.index < len(cells):
            row[place] = cells[reader.index]
    return row


def header_columns(spec: ListSpec[Any], page: Page) -> set[str]:
    """Keys of the columns that the heading names; empty when there is no heading for this list."""
    found = find(page, known_names(spec.columns))
    return set(found.places) if found and _ours(spec, found) else set()


def _check_header(
    spec: ListSpec[Any],
    header: Header,
    places: dict[str, int],
    rows: Mapping[int, Sequence[Any]],
    explained: frozenset[str],
) -> list[Finding]:
    """Missing columns, columns given twice, columns that are not known: what they may be, and what they say of a person."""
    at = header.last + 1
    findings = [
        Finding("LST-104", _("缺少列“%(name)s”") % {"name": column.title}, row=at, column=column.title)
        for column in spec.columns
        if column.required and column.key not in places
    ]
    known = set(places.values())
    for index, name in enumerate(header.names):
        if not name.strip() or index in known or plain(name) in explained:
            continue
        cells = [row[index] if index < len(row) else None for row in rows.values()]
        if index in header.doubles:
            findings += _double(spec, header, index, rows)
        elif is_status(name) and any(column.key in ("id_number", "person") for column in spec.columns):
            findings += check_status(spec.name, name, rows.items(), index, places.get("stop_reason"))
        elif plain(name) not in _OUR_OWN and plain(name) not in _NUMBERING:
            findings.append(_unknown(spec, name, cells, places, at))
    return findings


def _double(
    spec: ListSpec[Any], header: Header, index: int, rows: Mapping[int, Sequence[Any]]
) -> list[Finding]:
    """A column that is given twice (身份证号 and 社会保障号): where the two differ, nobody can tell which is meant."""
    first = header.places[header.doubles[index]]
    names = {"first": header.names[first], "second": header.names[index]}
    column = spec.column(header.doubles[index])
    text = _(
        "与「%(first)s」是同一内容，只读入前一列；两列不同的行须改成一致，或用 --column %(second)s= 不读这一列"
    )
    differing = [
        row
        for row, cells in rows.items()
        if index < len(cells) and not nothing(cells[index]) and text_of(cells[index]) != text_of(cells[first])
    ]
    if column.kind == "text" or not differing:
        return [Finding("LST-120", text % names, "warning", header.last + 1, header.names[index])]
    return [Finding("LST-120", text % names, row=row, column=header.names[index]) for row in differing]


def _unknown(
    spec: ListSpec[Any], name: str, cells: Sequence[Any], places: Mapping[str, int], at: int
) -> Finding:
    offered, alike = offers(name, cells, spec.columns, places)
    if not offered or all(nothing(cell) for cell in cells):
        return Finding("LST-105", _("不认识的列“%(name)s”，未读入") % {"name": name}, "warning", at, name)
    text = _(
        "不认识的列“%(name)s”，可能是：%(names)s；用 --column %(name)s=%(first)s 指明，或用 --column %(name)s= 不读这一列"
    )
    told = {"name": name, "names": "、".join(offered), "first": offered[0]}
    return Finding("LST-121" if alike else "LST-105", text % told, "error" if alike else "warning", at, name)


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
