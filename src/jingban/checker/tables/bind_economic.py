"""Binding 公开06: economic codes in two or three bands side by side, totals at the foot."""

from __future__ import annotations

import itertools
import re

from jingban.checker.model import Table
from jingban.checker.tables import grid, words
from jingban.checker.tables.bind_rows import put
from jingban.checker.tables.bound import BoundRow, BoundTable
from jingban.forms.codes import code_book
from jingban.values.patterns import lazy

_TOTALS = {
    "personnel": ("人员经费合计", "人员经费小计"),
    "operating": ("公用经费合计", "日常公用经费合计", "公用经费小计"),
    "total": ("合计", "总计", "基本支出合计"),
}
_CODE = lazy(r"3\d{2}(\d{2})?")
_ITEM = lazy(r"\d{2}|3\d{4}")


def bind_economic(bound: BoundTable) -> bool:
    """False when no column holds economic codes."""
    table = bound.table
    book = code_book("economic")
    codes = [
        column
        for column in range(grid.width(table))
        if sum(_CODE.fullmatch(grid.text(table, row, column)) is not None for row in range(len(table.rows)))
        >= 2
    ]
    if not codes:
        return False
    codes = [
        column for column in codes if not (column - 1 in codes and _item_column(table, column - 1) == column)
    ]
    edges = [*codes, grid.width(table)]
    if len(codes) == 1 and _bind_list(bound, codes[0]):
        return True
    for start, end in itertools.pairwise(edges):
        value = _value_column(bound, start, end)
        if value is None:
            continue
        bound.columns["amount"] = "决算数"
        item = _item_column(table, start)
        held = ""
        for row in range(len(table.rows)):
            code = grid.text(table, row, start)
            held = code if len(code) == 3 and _CODE.fullmatch(code) else held
            if item is not None:
                code = _joined(code or held, grid.text(table, row, item), bool(code))
            if _CODE.fullmatch(code) and (len(code) == 3 or book.all(code[:3])):
                _bind(bound, code, row, (start if item is None else item) + 1, (row, value))
    _bind_totals(bound, edges)
    return bool(bound.rows)


def _item_column(table: Table, start: int) -> int | None:
    """The column of 款 beside a column of 类, where the code stands in two."""
    below = [text for row in range(len(table.rows)) if (text := grid.text(table, row, start + 1))]
    digits = [text for text in below if _ITEM.fullmatch(text)]
    headed = "".join(grid.header_path(table, start + 1)[-1:]) in ("款", "款级", "款科目")
    return start + 1 if digits and (headed or len(digits) == len(below)) else None


def _joined(group: str, item: str, printed: bool) -> str:
    """301 | 01 and 301 | 30101 are 30101; a class alone stands only where it is printed."""
    if not item:
        return group if printed else ""
    return item if len(item) == 5 else group[:3] + item


def _value_column(bound: BoundTable, start: int, end: int) -> int | None:
    table = bound.table
    named = [
        c
        for c in range(start + 1, end)
        if re.search(r"决算|金额|合计|支出数", "".join(grid.header_path(table, c)[-1:]))
    ]
    filled = [
        c
        for c in range(start + 2, end)
        if any(grid.is_number(grid.text(table, row, c)) for row in range(table.header_rows, len(table.rows)))
    ]
    if len(filled) == 1:
        return filled[0]
    return next(
        (c for c in named if c in filled or not filled),
        filled[-1] if filled else (end - 1 if end - start >= 3 else None),
    )


def _bind(bound: BoundTable, code: str, row: int, name_column: int, at: tuple[int, int]) -> None:
    label = grid.text(bound.table, row, name_column)
    bound_row = BoundRow(code, label, row, code, None, code)
    if code in bound.rows:
        bound.doubles.append((bound.rows[code], bound_row))
        return
    bound.rows[code] = bound_row
    put(bound, code, "amount", at, "决算数", label)


def _bind_list(bound: BoundTable, code_column: int) -> bool:
    """The list form: code, name, 合计, 人员经费, 公用经费."""
    table = bound.table
    heads = {
        "".join(grid.header_path(table, column)[-1:]): column
        for column in range(code_column + 1, grid.width(table))
    }
    personnel, operating = heads.get("人员经费"), heads.get("公用经费", heads.get("日常公用经费"))
    whole = next(
        (heads[name] for name in ("合计", "小计", "本年支出", "基本支出", "决算数") if name in heads), None
    )
    if personnel is None or operating is None or whole is None:
        return False
    bound.columns["amount"] = "合计"
    held = ""
    for row in range(table.header_rows, len(table.rows)):
        item = _item_column(table, code_column)
        code = grid.text(table, row, code_column)
        if item is not None and grid.text(table, row, item):
            code = _joined(code or held, grid.text(table, row, item), bool(code))
        held = code[:3] if _CODE.fullmatch(code) else held
        labels = [words.bare(grid.text(table, row, column)) for column in range(code_column + 2)]
        if _CODE.fullmatch(code):
            _bind(bound, code, row, (code_column if item is None else item) + 1, (row, whole))
        elif any(label in ("合计", "总计") for label in labels):
            for key, column in (("total", whole), ("personnel", personnel), ("operating", operating)):
                bound.rows.setdefault(key, BoundRow(key, "合计", row))
                put(
                    bound,
                    key,
                    "amount",
                    (row, column),
                    "合计",
                    {"personnel": "人员经费合计", "operating": "公用经费合计"}.get(key, "合计"),
                )
    return bool(bound.rows)


def _bind_totals(bound: BoundTable, edges: list[int]) -> None:
    """人员经费合计 and 公用经费合计: the figure stands in the same row, or in the row below under the same band."""
    table = bound.table
    for row in range(len(table.rows)):
        labels = [(column, words.bare(grid.text(table, row, column))) for column in range(grid.width(table))]
        marks = [
            (column, key)
            for column, label in labels
            for key, names in _TOTALS.items()
            if label in {words.bare(name) for name in names}
        ]
        if row < table.header_rows:
            continue
        for index, (column, key) in enumerate(marks):
            end = marks[index + 1][0] if index + 1 < len(marks) else edges[-1]
            at = _first_number(bound, row, column + 1, end)
            if (
                at is None
                and row + 1 < len(table.rows)
                and not any(
                    re.search(r"[^\W\d\x00-\xff]", grid.text(table, row + 1, c)) for c in range(column, end)
                )
            ):
                at = _first_number(bound, row + 1, column, end)
            if key in bound.rows:
                continue
            label = grid.text(table, row, column)
            bound.rows[key] = BoundRow(key, label, row)
            if at is not None:
                put(bound, key, "amount", at, "决算数", label)


def _first_number(bound: BoundTable, row: int, start: int, end: int) -> tuple[int, int] | None:
    places = [(row, c) for c in range(start, end) if grid.is_number(grid.text(bound.table, row, c))]
    return places[-1] if places else None
