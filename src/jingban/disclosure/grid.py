"""From a filled form to the grid that is printed: header levels, halves side by side, line numbers, merged cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from jingban.disclosure.arrange import gap_rows
from jingban.forms.filled import Figure, FilledForm, FilledRow
from jingban.forms.model import FormColumn
from jingban.values.i18n import document as _
from jingban.values.units import Unit

WIDE_COLUMNS = 12
"""More columns than these share the width by what stands in them."""
CellKind = Literal["head", "number", "code", "label", "total", "line", "amount", "text"]
Key = tuple[str, str]


@dataclass(slots=True)
class Cell:
    """One printed cell; ``key`` is (row, column) of the form when it shows a figure."""

    text: str = ""
    kind: CellKind = "text"
    figure: Figure | None = None
    key: Key | None = None
    rowspan: int = 1
    colspan: int = 1
    indent: int = 0


@dataclass(slots=True)
class Grid:
    """``rows[r][c]`` is None where a merged cell covers; ``widths`` are relative column widths."""

    rows: list[list[Cell | None]]
    head_rows: int
    widths: list[float]
    form: str = ""
    filled: FilledForm | None = None

    @property
    def width(self) -> int:
        return len(self.widths)


@dataclass(frozen=True, slots=True)
class Money:
    """How amounts are printed: unit, decimals."""

    unit: Unit
    places: int = 2
    thousands: bool = False

    def text(self, figure: Figure | None) -> str:
        if figure is None or figure.amount is None:
            return ""
        printed = figure.printed(self.unit, self.places)
        return printed if self.thousands else printed.replace(",", "")


def grid_of(filled: FilledForm, money: Money) -> Grid:
    """The printed grid of any accounts form."""
    sides = list(dict.fromkeys(row.side for row in filled.rows if row.side))
    if filled.form.shape == "sheet":
        grid = _sheet(filled, money)
    elif filled.form.shape == "codes":
        grid = _coded(filled, money)
    elif filled.form.shape == "single":
        grid = _single(filled, money)
    elif len(sides) == 2 and any(column.side for column in filled.form.columns):
        grid = _halves(filled, money, sides)
    else:
        grid = _groups(filled, money)
    grid.form, grid.filled = filled.form.id, filled
    return grid


def _columns(filled: FilledForm) -> list[FormColumn]:
    """Columns that are printed: optional ones only where they hold a figure, or where the form of the year has them."""
    used = {column for (_row, column), figure in filled.cells.items() if figure.amount}
    year = filled.year
    return [
        column
        for column in filled.form.columns
        if year in column.years
        and (
            not column.optional or column.key in used or (column.always is not None and year in column.always)
        )
    ]


def _amount(filled: FilledForm, money: Money, row: str, column: str) -> Cell:
    figure = filled.cells.get((row, column))
    return Cell(money.text(figure), "amount", figure, (row, column))


# -- headers -------------------------------------------------------------------------------------------------------------


def head(paths: list[tuple[str, ...]]) -> list[list[Cell | None]]:
    """Header rows of columns with these header paths: equal neighbours joined, short paths reaching down."""
    depth = max(len(path) for path in paths)
    rows: list[list[Cell | None]] = [[None] * len(paths) for _level in range(depth)]
    for level in range(depth):
        column = 0
        while column < len(paths):
            path = paths[column]
            if level >= len(path):
                column += 1
                continue
            span = 1
            while (
                column + span < len(paths)
                and level < len(path) - 1
                and paths[column + span][: level + 1] == path[: level + 1]
            ):
                span += 1
            last = level == len(path) - 1
            rows[level][column] = Cell(
                path[level], "head", colspan=1 if last else span, rowspan=depth - level if last else 1
            )
            column += 1 if last else span
    return rows


# -- classification forms ------------------------------------------------------------------------------------------------


def _coded(filled: FilledForm, money: Money) -> Grid:
    columns = _columns(filled)
    paths = [
        (_("项目"), _("功能分类科目编码")),
        (_("项目"), _("科目名称")),
        *(column.header for column in columns),
    ]
    rows = head([tuple(path) for path in paths])
    heads = len(rows)
    if any(column.number for column in columns):
        numbers: list[Cell | None] = [Cell(_("栏次"), "head", colspan=2), None]
        numbers += [Cell(str(column.number or ""), "number") for column in columns]
        rows.append(numbers)
        heads += 1
    for row in filled.rows:
        labels: list[Cell | None]
        if row.code:
            labels = [Cell(row.code, "code"), Cell(row.label, "label", indent=max(row.level - 1, 0))]
        else:
            labels = [Cell(row.label, "total", colspan=2), None]
        rows.append([*labels, *(_amount(filled, money, row.key, column.key) for column in columns)])
    if len(columns) <= WIDE_COLUMNS:
        return Grid(rows, heads, [11, 30, *[12.0] * len(columns)])
    longest = [max(len(row[at].text) for row in rows[heads:] if row[at]) for at in range(2, len(columns) + 2)]  # type: ignore[union-attr]
    return Grid(rows, heads, [8, 24, *(max(5.0, 0.9 * length + 1) for length in longest)])


def _sheet(filled: FilledForm, money: Money) -> Grid:
    """Label and value, one row each."""
    rows: list[list[Cell | None]] = [[Cell(_("项目"), "head"), Cell(_("统计数"), "head")]]
    for row in filled.rows:
        cell = _amount(filled, money, row.key, "amount")
        if cell.figure is not None and cell.figure.unit != "fen":
            cell.text = str(cell.figure.amount)
        rows.append([Cell(row.label, "label", indent=max(row.level - 1, 0)), cell])
    return Grid(rows, 1, [40.0, 18.0])


def _single(filled: FilledForm, money: Money) -> Grid:
    columns = _columns(filled)
    rows = head([column.header for column in columns])
    rows.append([Cell(str(column.number or ""), "number") for column in columns])
    heads = len(rows)
    rows += [[_amount(filled, money, row.key, column.key) for column in columns] for row in filled.rows]
    return Grid(rows, heads, [10.0] * len(columns))


# -- two halves side by side ---------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Half:
    columns: list[FormColumn]
    rows: list[FilledRow | int | None] = field(default_factory=list)
    """A row, the number of an empty line, or nothing."""

    @property
    def width(self) -> int:
        return 2 + len(self.columns)


def _halves(filled: FilledForm, money: Money, sides: list[str]) -> Grid:
    lines = {side: [row for row in filled.rows if row.side == side] for side in sides}
    placed = gap_rows([lines[side] for side in sides])
    halves = [
        _Half([column for column in _columns(filled) if column.side == side], rows)
        for side, rows in zip(sides, placed, strict=True)
    ]
    top: list[Cell | None] = []
    names: list[Cell | None] = []
    numbers: list[Cell | None] = []
    for half in halves:
        top += [Cell(half.columns[0].header[0], "head", colspan=half.width), *[None] * (half.width - 1)]
        names += [Cell(_("项目"), "head"), Cell(_("行次"), "head")]
        names += [Cell(column.header[-1], "head") for column in half.columns]
        numbers += [Cell(_("栏次"), "head"), Cell("", "head")]
        numbers += [Cell(str(column.number or ""), "number") for column in half.columns]
    rows: list[list[Cell | None]] = [top, names, numbers]
    for cells in zip(*(half.rows for half in halves), strict=True):
        printed: list[Cell | None] = []
        for half, row in zip(halves, cells, strict=True):
            printed += _half_row(filled, money, half, row)
        rows.append(printed)
    widths = [width for half in halves for width in (26.0, 5.0, *[11.0] * len(half.columns))]
    return Grid(rows, 3, widths)


def _half_row(
    filled: FilledForm, money: Money, half: _Half, row: FilledRow | int | None
) -> list[Cell | None]:
    if not isinstance(row, FilledRow):
        empty = Cell("" if row is None else str(row), "line")
        return [Cell("", "label"), empty, *(Cell("", "amount") for _column in half.columns)]
    line = Cell("" if row.line is None else str(row.line), "line")
    label = Cell(row.label, "total" if row.kind == "total" else "label")
    return [label, line, *(_amount(filled, money, row.key, column.key) for column in half.columns)]


# -- economic categories in three groups ---------------------------------------------------------------------------------


def _groups(filled: FilledForm, money: Money) -> Grid:
    """公开06: 301 and 303 | 302 | the rest; the two sums in the last row. 类 without money that are rarely used are left out."""
    used = {row for (row, _column), figure in filled.cells.items() if figure.amount}
    always = ("301", "302", "303", "307", "310", "399")

    def shown(row: FilledRow) -> bool:
        return row.code[:3] in always or any(key.startswith(row.code[:3]) for key in used if key.isdigit())

    coded = [row for row in filled.rows if row.code and shown(row)]
    groups = [
        [row for row in coded if row.code.startswith(("301", "303"))],
        [row for row in coded if row.code.startswith("302")],
        [row for row in coded if not row.code.startswith(("301", "302", "303"))],
    ]
    top = [
        Cell(_("人员经费"), "head", colspan=3),
        None,
        None,
        Cell(_("公用经费"), "head", colspan=6),
        *[None] * 5,
    ]
    names: list[Cell | None] = []
    for _group in groups:
        names += [Cell(_("科目编码"), "head"), Cell(_("科目名称"), "head"), Cell(_("决算数"), "head")]
    rows: list[list[Cell | None]] = [top, names]
    for index in range(max(map(len, groups))):
        printed: list[Cell | None] = []
        for group in groups:
            if index < len(group):
                row = group[index]
                printed += [
                    Cell(row.code, "code"),
                    Cell(row.label, "label", indent=1 if len(row.code) > 3 else 0),
                    _amount(filled, money, row.key, "amount"),
                ]
            else:
                printed += [Cell("", "code"), Cell("", "label"), Cell("", "amount")]
        rows.append(printed)
    rows.append(
        [
            Cell(_("人员经费合计"), "total", colspan=2), None, _amount(filled, money, "personnel", "amount"),
            Cell(_("公用经费合计"), "total", colspan=5), *[None] * 4, _amount(filled, money, "operating", "amount"),
        ]
    )  # fmt: skip
    return Grid(rows, 2, [8.5, 22, 10, 8.5, 20, 10, 8.5, 23, 10])
