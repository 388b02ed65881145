"""Binding rows: fixed forms by their labels, classification forms by their codes."""

from __future__ import annotations

import re

from jingban.checker.tables import grid, words
from jingban.checker.tables.bound import BoundCell, BoundRow, BoundTable
from jingban.forms.model import Edition, FormColumn, FormRow
from jingban.values.patterns import lazy

LIKENESS_MIN = 0.88
LIKENESS_WITH_LINE_MIN = 0.6
_CODE = lazy(r"\d{3}|\d{5}|\d{7}")
_PIECE = lazy(r"\d{2,8}")
_TOTAL = lazy(r"合计|总计")


def put(bound: BoundTable, row: str, key: str, at: tuple[int, int], header: str, label: str) -> None:
    """Bind one cell; the first binding of a key stays."""
    if (row, key) in bound.cells:
        return
    text = grid.text(bound.table, *at)
    state, number = grid.number(text, bound.unit)
    cell = bound.table.cell(*at)
    source = cell.source if cell is not None else bound.table.source
    bound.cells[(row, key)] = BoundCell(bound.form.id, row, key, state, number, source, label, header, text)


def _printed_header(bound: BoundTable, column: int) -> str:
    path = bound.table.columns[column].path if column < len(bound.table.columns) else ()
    return next((part for part in reversed(path) if part), "")


# -- fixed forms -----------------------------------------------------------------------------------------------------


def bind_fixed(bound: BoundTable, edition: Edition) -> bool:
    """01 and 04: two halves side by side (or one under the other). False when the labels cannot be found."""
    sides = list(dict.fromkeys(row.side for row in edition.rows if row.side))
    places = _label_columns(bound, edition, sides)
    if places is None:
        return False
    regions = _regions(bound, places)
    if "*" in regions:
        return _bind_stacked(bound, edition, *regions["*"])
    for side, (label_column, columns) in regions.items():
        rows = [row for row in edition.rows if row.side == side]
        wanted = [column for column in bound.form.columns if column.side == side]
        if not _bind_half(bound, rows, wanted, label_column, columns):
            return False
    return bool(bound.cells)


def _label_columns(bound: BoundTable, edition: Edition, sides: list[str]) -> dict[str, int] | None:
    table = bound.table
    places: dict[str, int] = {}
    after = -1
    for side in sides:
        names = {name for row in edition.rows if row.side == side for name in _names(row)}
        hits = [
            (
                sum(words.label(grid.text(table, row, column)) in names for row in range(len(table.rows))),
                -column,
            )
            for column in range(grid.width(table))
        ]
        count, minus = max(hits, default=(0, 0))
        if count < 3:
            return None
        if -minus <= after:
            if -minus == after:
                return {"*": -minus}
            return None
        places[side] = after = -minus
    return places


def _regions(bound: BoundTable, places: dict[str, int]) -> dict[str, tuple[int, list[int]]]:
    ordered = sorted(places.items(), key=lambda item: item[1])
    found: dict[str, tuple[int, list[int]]] = {}
    for index, (side, start) in enumerate(ordered):
        end = ordered[index + 1][1] if index + 1 < len(ordered) else grid.width(bound.table)
        columns = [column for column in range(start + 1, end) if not grid.counts_lines(bound.table, column)]
        found[side] = (start, columns)
    return found


def _names(row: FormRow) -> set[str]:
    return {words.label(name) for name in (row.label, *row.aliases)}


def _bind_half(
    bound: BoundTable, rows: list[FormRow], wanted: list[FormColumn], label_column: int, columns: list[int]
) -> bool:
    table = bound.table
    filled = [
        column
        for column in columns
        if any(
            grid.is_number(grid.text(table, row, column)) for row in range(table.header_rows, len(table.rows))
        )
    ]
    single = len(wanted) == 1
    if single:
        place = _one_column(bound, wanted[0], filled)
        if place is None and filled:
            return False
        mapping = {wanted[0].key: place if place is not None else (columns[-1] if columns else -1)}
    else:
        matched = grid.match_columns(table, wanted, columns)
        if matched is None:
            return False
        mapping = dict(matched)
        bound.spare += sum(column not in mapping.values() for column in filled)
    for key, column in mapping.items():
        bound.columns[key] = _printed_header(bound, column)
    unused = list(rows)
    for index in range(len(table.rows)):
        text = grid.text(table, index, label_column)
        if (
            not text
            or grid.is_number(text)
            or (index < table.header_rows and words.label(text) in _HEADER_WORDS)
        ):
            continue
        row = _match(text, _line(bound, index, label_column, columns), unused)
        if row is None:
            _loose(bound, index, text, mapping)
            continue
        unused.remove(row)
        bound.rows[row.key] = BoundRow(row.key, text, index, row.code, row.side)
        for key, column in mapping.items():
            at = _filled_place(bound, index, column, filled) if single else (index, column)
            put(bound, row.key, key, at, bound.columns.get(key, ""), text)
    return True


def _bind_stacked(bound: BoundTable, edition: Edition, label_column: int, columns: list[int]) -> bool:
    """Income above expenditure in one amount column; only where each side has a single column."""
    table = bound.table
    sides = {column.side: column.key for column in bound.form.columns}
    body = range(table.header_rows, len(table.rows))
    filled = [
        column for column in columns if any(grid.is_number(grid.text(table, row, column)) for row in body)
    ]
    if len(sides) != len(bound.form.columns) or len(filled) != 1:
        return False
    bound.columns.update({key: _printed_header(bound, filled[0]) for key in sides.values()})
    unused = list(edition.rows)
    for index in body:
        text = grid.text(table, index, label_column)
        row = _match(text, _line(bound, index, label_column, columns), unused) if text else None
        if row is None:
            if text:
                _loose(bound, index, text, {"": filled[0]})
            continue
        unused.remove(row)
        bound.rows[row.key] = BoundRow(row.key, text, index, row.code, row.side)
        key = sides[row.side]
        put(bound, row.key, key, (index, filled[0]), bound.columns[key], text)
    return bool(bound.cells)


_HEADER_WORDS = frozenset({"项目", "收入", "支出", "栏次", "行次", "科目", "项目按功能分类"})


def _one_column(bound: BoundTable, wanted: FormColumn, filled: list[int]) -> int | None:
    """The only amount column of a half. Several filled columns are allowed when no row uses two of them."""
    if len(filled) <= 1:
        return filled[0] if filled else None
    table = bound.table
    clash = any(
        sum(grid.is_number(grid.text(table, row, column)) for column in filled) > 1
        for row in range(table.header_rows, len(table.rows))
        if not grid.counts_columns(table, row)
    )
    if not clash:
        return filled[0]
    matched = grid.match_columns(table, [wanted], filled)
    return matched.get(wanted.key) if matched else None


def _filled_place(bound: BoundTable, row: int, column: int, filled: list[int]) -> tuple[int, int]:
    if grid.text(bound.table, row, column) or len(filled) <= 1:
        return row, column
    return row, next((other for other in reversed(filled) if grid.text(bound.table, row, other)), column)


def _line(bound: BoundTable, row: int, label_column: int, columns: list[int]) -> int | None:
    """The printed 行次, when a line column stands right of the label."""
    column = label_column + 1
    text = grid.text(bound.table, row, column)
    return int(text) if column not in columns and text.isdigit() and len(text) <= 3 else None


def _match(text: str, line: int | None, unused: list[FormRow]) -> FormRow | None:
    name = words.label(text)
    same = [row for row in unused if name in _names(row)]
    if same:
        return next((row for row in same if line is not None and row.line == line), same[0])
    if line is not None:
        for row in unused:
            if row.line == line and _likeness(name, row, LIKENESS_WITH_LINE_MIN):
                return row
    if len(name) < 5:
        return None
    scored = [(_likeness(name, row, LIKENESS_MIN), row) for row in unused]
    best = max(scored, key=lambda item: item[0], default=(0.0, None))
    return best[1] if best[0] else None


def _likeness(name: str, row: FormRow, at_least: float) -> float:
    return max(words.likeness(name, known, at_least) for known in _names(row))


def _loose(bound: BoundTable, index: int, text: str, mapping: dict[str, int]) -> None:
    if any(grid.is_number(grid.text(bound.table, index, column)) for column in mapping.values()):
        bound.loose.append(BoundRow("", text, index))


# -- classification forms --------------------------------------------------------------------------------------------


def bind_codes(bound: BoundTable) -> bool:
    """02, 03, 05, 08, 09: rows by functional code, or the total row. False when no column can be told."""
    table = bound.table
    body = [row for row in range(_body_start(bound), len(table.rows)) if not grid.counts_columns(table, row)]
    name_column = _name_column(bound, body)
    if name_column is None:
        return False
    columns = [
        column
        for column in range(name_column + 1, grid.width(table))
        if grid.header_path(table, column) or any(grid.text(table, row, column) for row in body)
    ]
    mapping = grid.match_columns(table, list(bound.form.columns), columns)
    if mapping is None:
        return False
    bound.columns.update({key: _printed_header(bound, column) for key, column in mapping.items()})
    bound.spare = sum(
        column not in mapping.values() and any(grid.is_number(grid.text(table, row, column)) for row in body)
        for column in columns
    )
    parents = ["", "", ""]
    for index in body:
        _bind_code_row(bound, index, name_column, mapping, parents)
    return True


def _body_start(bound: BoundTable) -> int:
    """First row with an amount or a code: a header row the layout missed must not become data."""
    table = bound.table
    for row in range(len(table.rows)):
        cells = [grid.text(table, row, column) for column in range(grid.width(table))]
        if grid.counts_columns(table, row):
            continue
        if any(_CODE.fullmatch(cell) for cell in cells[:3]) or any(
            "." in c and grid.is_number(c) for c in cells
        ):
            return row
    return max(table.header_rows, 1)


def _name_column(bound: BoundTable, body: list[int]) -> int | None:
    """The column that names the account: most Chinese labels among the first five; 0 when only 合计 is there."""
    table = bound.table
    counts = [
        sum(bool(re.search(r"[^\W\d\x00-\xff]", grid.text(table, row, column))) for row in body)
        for column in range(min(5, grid.width(table)))
    ]
    if not counts:
        return None
    if max(counts) == 0:
        named = [c for c in range(len(counts)) if any("名称" in part for part in grid.header_path(table, c))]
        return named[-1] if named else None
    best = max(range(len(counts)), key=lambda column: (counts[column], column))
    named = [c for c in range(len(counts)) if any("名称" in part for part in grid.header_path(table, c)[-1:])]
    return max([best, *(c for c in named if counts[c] or counts[best] <= 1)])


def _bind_code_row(
    bound: BoundTable, index: int, name_column: int, mapping: dict[str, int], parents: list[str]
) -> None:
    table = bound.table
    labels = [grid.text(table, index, column) for column in range(name_column + 1)]
    name = next((text for text in reversed(labels) if text and not _PIECE.fullmatch(text)), "")
    places = _value_places(bound, index, name_column, mapping)
    filled = any(grid.text(table, *at) for at in places.values())
    pieces = [text for text in labels if _PIECE.fullmatch(text)]
    code = _code(pieces, parents)
    if _TOTAL.fullmatch(words.bare(name)):
        key, code = "total", None
    elif code is not None and _CODE.fullmatch(code):
        key = code
    else:
        if filled and name:
            bound.loose.append(BoundRow("", name, index, None, None, "".join(pieces) or None))
        return
    row = BoundRow(key, name, index, code, None, pieces[-1] if pieces else None)
    if key in bound.rows:
        bound.doubles.append((bound.rows[key], row))
        return
    bound.rows[key] = row
    for column_key, at in places.items():
        put(bound, key, column_key, at, bound.columns.get(column_key, ""), name)


def _value_places(
    bound: BoundTable, index: int, name_column: int, mapping: dict[str, int]
) -> dict[str, tuple[int, int]]:
    """Where the row's amounts stand; a row moved by a column is read in order when it has exactly one cell a column."""
    table = bound.table
    places = {key: (index, column) for key, column in mapping.items()}
    if all(not grid.text(table, *at) or grid.is_number(grid.text(table, *at)) for at in places.values()):
        filled = [
            column
            for column in range(1, grid.width(table))
            if grid.is_number(grid.text(table, index, column))
        ]
        outside = [column for column in filled if column not in mapping.values() and column > name_column]
        if not outside:
            return places
        if len(filled) == len(mapping) and not bound.spare:
            ordered = sorted(mapping, key=lambda key: mapping[key])
            return {key: (index, column) for key, column in zip(ordered, filled, strict=True)}
    return places


def _code(pieces: list[str], parents: list[str]) -> str | None:
    """One code from its printed pieces: whole in one cell, or 类 款 项 in three (208 | 05 | 05)."""
    if not pieces:
        return None
    last = pieces[-1]
    whole = "".join(pieces)
    if len(pieces) > 1 and len(last) in (2, 4) and len(pieces[0]) in (3, 5) and len(whole) in (5, 7):
        code = whole  # 208 | 05, 208 | 0505, 20805 | 05
    elif len(last) != 2:
        code = last
    else:
        joined = "".join(pieces)
        if len(joined) in (3, 5, 7) and joined[:3].isdigit() and len(pieces[0]) == 3:
            code = joined
        elif len(pieces) == 2 and parents[0]:
            code = parents[0] + joined
        elif parents[1]:
            code = parents[1] + last
        else:
            return None
    if len(code) == 3:
        parents[:] = [code, "", ""]
    elif len(code) == 5:
        parents[:] = [code[:3], code, ""]
    return code


# -- one row under a deep header -------------------------------------------------------------------------------------

_COMPONENTS = {
    "total": ("合计", "小计合计", "三公经费合计"),
    "abroad": ("因公出国境费", "因公出国境费用", "因公出国境", "因公出国境支出", "因公出国境经费"),
    "vehicles": (
        "公务用车购置及运行费",
        "公务用车购置及运行维护费",
        "公务用车购置和运行维护费",
        "公务用车购置及运行",
        "公务用车费",
    ),
    "purchase": ("公务用车购置费", "公务用车购置", "公务用车购置支出"),
    "running": ("公务用车运行费", "公务用车运行维护费", "公务用车运行维护", "公务用车运行维护费支出"),
    "reception": ("公务接待费", "公务接待", "公务接待费支出"),
}


def bind_single(bound: BoundTable) -> bool:
    """07: twelve columns and one row, or its turned form with one line a kind of expense."""
    if _bind_turned(bound):
        return True
    table = bound.table
    start = max(table.header_rows, 1)
    columns = [column for column in range(grid.width(table)) if grid.header_path(table, column)]
    mapping = grid.match_columns(table, list(bound.form.columns), columns)
    if mapping is None or len(mapping) < len(bound.form.columns):
        return False
    bound.columns.update({key: "·".join(bound.form.column(key).header) for key in mapping})  # type: ignore[union-attr]
    rows = [row for row in range(start, len(table.rows)) if not grid.counts_columns(table, row)]
    filled = [row for row in rows if any(grid.is_number(grid.text(table, row, c)) for c in mapping.values())]
    if len(filled) > 1:
        totals = [
            row
            for row in filled
            if any(_TOTAL.fullmatch(words.bare(grid.text(table, row, c))) for c in range(3))
        ]
        if len(totals) != 1:
            return False
        filled = totals
    index = filled[0] if filled else (rows[0] if rows else None)
    if index is None:
        return False
    bound.rows["values"] = BoundRow("values", "", index)
    for key, column in mapping.items():
        put(bound, "values", key, (index, column), bound.columns[key], "")
    return True


def _bind_turned(bound: BoundTable) -> bool:
    table = bound.table
    sides: dict[str, int] = {}
    for column in range(grid.width(table)):
        leaf = "".join(grid.header_path(table, column)[-1:])
        if re.fullmatch(r"(全年|调整|年初)?预算数|预算", leaf):
            sides.setdefault("budget", column)
        elif re.fullmatch(r"决算数|支出决算数?|本年决算数?|决算", leaf):
            sides.setdefault("actual", column)
    if len(sides) != 2:
        return False
    names = {words.label(name): part for part, known in _COMPONENTS.items() for name in known}
    found = {
        names[label]: (row, grid.text(table, row, column))
        for row in range(table.header_rows, len(table.rows))
        for column in range(min(sides.values()))
        if (label := words.label(grid.text(table, row, column))) in names
    }
    if len(found) < 4:
        return False
    bound.rows["values"] = BoundRow("values", "", table.header_rows)
    for part, (row, label) in found.items():
        for side, column in sides.items():
            header = "预算数" if side == "budget" else "决算数"
            bound.columns[f"{side}.{part}"] = header
            put(bound, "values", f"{side}.{part}", (row, column), header, label)
    return True
