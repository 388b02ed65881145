"""Tables no form describes, read by their own regularity: totals of rows and columns, differences and rates of columns.

Nothing is known of such a table but what it shows. So a relation counts only when the table itself bears it out in other
places (other columns, other rows); then the place that breaks it is a finding. A relation that holds nowhere, or breaks as
often as it holds, says nothing. Where several ways to add up are plausible, one that holds settles it.
"""

from __future__ import annotations

import itertools
from decimal import Decimal
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from jingban.checker.claims.verdict import Reading, quotient, total
from jingban.checker.figures import Figure, cell_figure
from jingban.checker.model import Table
from jingban.checker.tables import grid, words
from jingban.forms.words import regular_words
from jingban.values.patterns import lazy
from jingban.values.printed import PrintedNumber
from jingban.values.units import PERCENT

Kind = Literal["row", "column", "difference", "rate"]
ROWS_MIN = 2
SUPPORT_MIN = 3
"""Rows in which a relation between columns must hold before a row that breaks it is one."""
BREAKS_SHARE_MAX = 0.34
GAP_SHARE_MAX = Decimal("0.5")
FIRM = 5
"""A sum that misses by more than this share was no sum of these parts, unless so many other places bear the relation out."""
CHILDREN_MAX = 6
COLUMNS_MAX = 40
ROWS_MAX = 400
_CODE = lazy(r"\d{3}(?:\d{2}){0,2}")
_TOP = lazy(r"^[一二三四五六七八九十]{1,3}[、.．]")
_INNER = lazy(r"^(?:其中|#|\d{1,2}[.、．]|[(（])")


class Broken(Struct, frozen=True):
    """One place that breaks a relation the rest of the table bears out."""

    kind: Kind
    stated: Figure
    reading: Reading
    row: str
    column: str
    parts: tuple[Figure, ...]
    support: int
    """How many other places bear the relation out."""
    doubtful: bool = False
    """It would hold if every figure were rounded to the places it shows, although its column shows more."""


class Judged(Struct):
    """What a table's own relations say: how many places hold, and which break."""

    held: int = 0
    broken: list[Broken] = field(default_factory=list)


class View(Struct):
    """Labels, header words and figures of a table's body."""

    table: Table
    labels: dict[int, str]
    codes: dict[int, str]
    heads: dict[int, str]
    cells: dict[tuple[int, int], Figure]
    """Figures with the places of their column: 9 beside 18.5 is 9.0, its nought left out."""
    raw: dict[tuple[int, int], Figure]
    """As printed."""

    def column(self, column: int) -> dict[int, Figure]:
        return {row: figure for (row, at), figure in self.cells.items() if at == column}


def judge(table: Table) -> Judged:
    """Every relation of one table. A table that could not be aligned, or is too large, gives nothing."""
    found = Judged()
    if not table.trusted or not table.header_rows or not 0 < len(table.rows) <= ROWS_MAX:
        return found
    view = _view(table)
    additive = _additive(view)
    if not view.cells or len(view.heads) > COLUMNS_MAX:
        return found
    _total_row(view, additive, found)
    _total_columns(view, additive, found)
    _computed(view, additive, found)
    return found


def _view(table: Table) -> View:
    labels: dict[int, str] = {}
    codes: dict[int, str] = {}
    cells: dict[tuple[int, int], Figure] = {}
    width = grid.width(table)
    heads = {column: "".join(grid.header_path(table, column)) for column in range(width)}
    skipped = {column for column in range(width) if grid.counts_lines(table, column)}
    for index in range(table.header_rows, len(table.rows)):
        if grid.counts_columns(table, index):
            continue
        for column in range(width):
            text = grid.text(table, index, column)
            if not text or column in skipped:
                continue
            if (
                _CODE.fullmatch(text)
                and column <= 2
                and "." not in text
                and index not in codes
                and _coded(heads[column])
            ):
                codes[index] = text
                continue
            cell = table.cell(index, column)
            figure = cell_figure(text, cell.source, table.unit) if cell is not None else None
            if figure is not None and grid.is_number(text.rstrip("分")):
                cells[index, column] = figure
            elif index not in labels and not grid.is_number(text):
                labels[index] = text.replace(" ", "")
    return View(table, labels, codes, heads, _fine(cells), cells)


def _fine(cells: dict[tuple[int, int], Figure]) -> dict[tuple[int, int], Figure]:
    """Every figure with the most places that its column shows."""
    most: dict[int, int] = {}
    for (_row, column), figure in cells.items():
        most[column] = max(most.get(column, 0), figure.number.decimals)
    return {
        (row, column): figure
        if figure.number.decimals == most[column]
        else replace(figure, number=figure.number.at_decimals(most[column]))
        for (row, column), figure in cells.items()
    }


def _coded(head: str) -> bool:
    return "编码" in head or "代码" in head or head in ("类", "款", "项", "科目")


def _additive(view: View) -> list[int]:
    """Columns that may be summed: at least two amounts or counts, no rate, price or order."""
    found: list[int] = []
    for column, head in view.heads.items():
        figures = list(view.column(column).values())
        if len(figures) < ROWS_MIN or any(word in head for word in regular_words().not_additive):
            continue
        if all(figure.dimension not in ("ratio", "points", "price") for figure in figures):
            found.append(column)
    return found


def _is_total(label: str) -> bool:
    return words.bare(label) in regular_words().totals


# -- totals ----------------------------------------------------------------------------------------------------------


def _total_row(view: View, additive: list[int], found: Judged) -> None:
    totals = [row for row, label in view.labels.items() if _is_total(label)]
    rows = sorted({row for row, _column in view.cells})
    if len(totals) != 1 or len(rows) < 3 or totals[0] not in (rows[0], rows[-1]):
        return
    head = totals[0]
    ways = _ways(view, [row for row in rows if row != head])
    sums = {
        column: [one for way in ways if (one := _sum(view, head, [(row, column) for row in way], column))]
        for column in additive
    }
    sums = {column: readings for column, readings in sums.items() if readings}
    holding = {column for column, readings in sums.items() if any(one[0].holds for one in readings)}
    found.held += len(holding)
    breaking = [column for column in sums if column not in holding]
    if not holding or len(breaking) > max(1, len(holding) // 2):
        return
    for column in breaking:
        reading, parts = min(sums[column], key=lambda one: abs(one[0].comparison.difference))
        stated = view.cells[head, column]
        if len(holding) >= FIRM or _near(reading, stated):
            coarse = [_sum(view, head, [(row, column) for row in way], column, view.raw) for way in ways]
            doubtful = any(one is not None and one[0].holds for one in coarse)
            found.broken.append(
                Broken(
                    "row",
                    stated,
                    reading,
                    view.labels[head],
                    view.heads[column],
                    parts,
                    len(holding),
                    doubtful,
                )
            )


def _ways(view: View, rows: list[int]) -> list[list[int]]:
    """Which rows a total may add up: all, the highest codes, the headings 一、二、, or what is no part of another."""
    ways = [rows]
    coded = [row for row in rows if row in view.codes]
    lengths = sorted({len(view.codes[row]) for row in coded})
    ways += [[row for row in coded if len(view.codes[row]) == length] for length in lengths]
    for pattern, wanted in ((_TOP, True), (_INNER, False)):
        ways.append([row for row in rows if bool(pattern.match(view.labels.get(row, ""))) is wanted])
    inner = _inner(view, rows)
    ways.append([row for row in rows if row not in inner])
    return [way for number, way in enumerate(ways) if len(way) >= 2 and way not in ways[:number]]


def _inner(view: View, rows: list[int]) -> set[int]:
    """Rows that the table shows to be parts of the row above them: their sum is that row in all columns but one at most."""
    columns = sorted({column for _row, column in view.cells})
    found: set[int] = set()
    for place, parent in enumerate(rows):
        if parent in found:
            continue
        for end in range(min(len(rows), place + 1 + CHILDREN_MAX), place + 1, -1):
            children = rows[place + 1 : end]
            told = view.labels.get(children[0], "").startswith("其中")
            if len(children) < 2 and not told:
                continue
            fits = [_adds_up(view, parent, children, column) for column in columns]
            known = [fit for fit in fits if fit is not None]
            if known.count(True) >= (1 if told else 2) and known.count(False) <= (1 if len(known) > 2 else 0):
                found.update(children)
                break
    return found


def _adds_up(view: View, parent: int, children: list[int], column: int) -> bool | None:
    stated = view.cells.get((parent, column))
    parts = [view.cells[row, column] for row in children if (row, column) in view.cells]
    if stated is None or not stated.value or not any(part.value for part in parts):
        return None
    return total(stated, parts).holds


def _sum(
    view: View,
    row: int,
    places: list[tuple[int, int]],
    column: int,
    cells: dict[tuple[int, int], Figure] | None = None,
) -> tuple[Reading, tuple[Figure, ...]] | None:
    cells = view.cells if cells is None else cells
    stated = cells.get((row, column))
    parts = tuple(cells[place] for place in places if place in cells)
    if stated is None or not stated.value or sum(bool(part.value) for part in parts) < 2:
        return None
    return total(stated, list(parts)), parts


def _near(reading: Reading, stated: Figure) -> bool:
    """Whether a miss is small enough to be a mistake in one figure."""
    return abs(reading.comparison.difference) <= GAP_SHARE_MAX * abs(stated.value)


def _total_columns(view: View, additive: list[int], found: Judged) -> None:
    for column in additive:
        leaf = grid.header_path(view.table, column)[-1:]
        if not leaf or not _is_total(leaf[0]):
            continue
        right = list(
            itertools.takewhile(lambda at: not _heads_total(view, at), [at for at in additive if at > column])
        )
        left = [at for at in additive if at < column]
        best: tuple[list[int], list[tuple[int, Reading, tuple[Figure, ...]]]] | None = None
        for way in (right, left):
            held: list[int] = []
            broken: list[tuple[int, Reading, tuple[Figure, ...]]] = []
            for row in sorted({row for row, _at in view.cells}):
                made = _sum(view, row, [(row, at) for at in way], column)
                if made is None:
                    continue
                if made[0].holds:
                    held.append(row)
                else:
                    broken.append((row, *made))
            if best is None or len(held) > len(best[0]):
                best = (held, broken)
        if best is not None:
            _report(view, "column", column, best[0], best[1], found)


def _heads_total(view: View, column: int) -> bool:
    leaf = grid.header_path(view.table, column)[-1:]
    return bool(leaf) and _is_total(leaf[0])


def _report(
    view: View,
    kind: Kind,
    column: int,
    held: list[int],
    broken: list[tuple[int, Reading, tuple[Figure, ...]]],
    found: Judged,
    support: int = SUPPORT_MIN,
) -> None:
    """Take over what holds; what breaks only when the relation is borne out often enough."""
    found.held += len(held)
    if len(held) < support or len(broken) > BREAKS_SHARE_MAX * len(held):
        return
    for row, reading, parts in broken:
        stated = view.cells[row, column]
        if kind == "rate" or len(held) >= FIRM or _near(reading, stated):
            label = view.labels.get(row, "")
            found.broken.append(Broken(kind, stated, reading, label, view.heads[column], parts, len(held)))


# -- computed columns ------------------------------------------------------------------------------------------------


def _computed(view: View, additive: list[int], found: Judged) -> None:
    """Columns of differences and rates: the two columns they come from are the pair that fits nearly all rows."""
    known = regular_words()
    for column, head in view.heads.items():
        figures = view.column(column)
        if len(figures) < ROWS_MIN:
            continue
        others = [at for at in additive if at != column]
        ratio = all(figure.dimension == "ratio" for figure in figures.values()) or any(
            head.endswith(word) for word in known.rates
        )
        if not ratio and not any(word in head for word in known.differences):
            continue
        kind: Kind = "rate" if ratio else "difference"
        tried = [
            (_rows(view, column, left, right, way), way)
            for left, right in itertools.permutations(others, 2)
            for way in (("rate", "growth") if ratio else ("difference",))
        ]
        if not tried:
            continue
        (held, broken), _way = max(tried, key=lambda one: (len(one[0][0]), -len(one[0][1])))
        _report(view, kind, column, held, broken, found)


def _rows(
    view: View, column: int, left: int, right: int, way: str
) -> tuple[list[int], list[tuple[int, Reading, tuple[Figure, ...]]]]:
    held: list[int] = []
    broken: list[tuple[int, Reading, tuple[Figure, ...]]] = []
    for row, stated in view.column(column).items():
        a, b = view.cells.get((row, left)), view.cells.get((row, right))
        if a is None or b is None or not a.value or not b.value or a.dimension != b.dimension:
            continue
        reading = _reading(stated, a, b, way)
        if reading is None:
            continue
        if reading.holds:
            held.append(row)
        else:
            broken.append((row, reading, (a, b)))
    return held, broken


def _reading(stated: Figure, a: Figure, b: Figure, way: str) -> Reading | None:
    if way == "difference":
        return total(stated, [a, b], [1, -1])
    percent = stated if stated.dimension == "ratio" else None
    if percent is None:
        number = stated.number
        percent = Figure(
            PrintedNumber(number.value, PERCENT, number.decimals, number.raw),
            stated.start,
            stated.end,
            stated.source,
        )
    part = a.quantity if way == "rate" else a.quantity - b.quantity
    formula = f"{a.text} ÷ {b.text}" if way == "rate" else f"({a.text} − {b.text}) ÷ {b.text}"
    return quotient(percent, part, b.quantity, formula)
