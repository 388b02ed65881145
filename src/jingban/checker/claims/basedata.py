"""Basic-data tables (部门整体支出绩效评价基础数据表): staff, three years of spending lines, control rates."""

from __future__ import annotations

import re

from msgspec import Struct, field

from jingban.checker.claims.tables import figure_at
from jingban.checker.context import Context
from jingban.checker.figures import Figure
from jingban.checker.model import Cell, Heading, Source, Table
from jingban.values.patterns import lazy

_STAFF = lazy(r"编制(?:人?数)")
_BUDGET = lazy(r"预算数?$")
_ACTUAL = lazy(r"决算数?$")
_NUMBERED = lazy(r"^(\d+)[、.]")


class Line(Struct):
    """One row: last year's final, this year's budget and final; None: nothing (or a dash) printed."""

    label: str
    prior: Figure | None
    budget: Figure | None
    actual: Figure | None
    source: Source
    row: int
    parent: str = ""
    inner: bool = False
    """Below a numbered item (其中: …): not a direct part of the heading line."""


class BaseData(Struct):
    """One basic-data form."""

    title: str
    source: Source
    posts: Figure | None = None
    staff: Figure | None = None
    staff_rate: Figure | None = None
    lines: list[Line] = field(default_factory=list)
    trusted: bool = True

    def line(self, *words: str) -> Line | None:
        """The first line whose label has one of the words."""
        return next((one for one in self.lines if any(word in one.label for word in words)), None)


def base_data(context: Context) -> list[BaseData]:
    """Forms in order; the staff part and the spending part of one title belong together."""
    found: list[BaseData] = []
    open_form = False
    for block in context.document.blocks:
        if isinstance(block, Heading):
            open_form = False
        if not isinstance(block, Table):
            continue
        staff, spending = _staff_columns(block), _spending_columns(block)
        if not staff and not spending:
            continue
        if not open_form or (staff and found[-1].staff is not None) or (spending and found[-1].lines):
            found.append(BaseData(block.title, block.source))
            open_form = True
        form = found[-1]
        form.trusted = form.trusted and block.trusted
        if staff:
            _read_staff(form, block, staff)
        if spending:
            form.lines.extend(_lines(block, spending))
    return found


def _header(table: Table) -> tuple[int, list[Cell | None]]:
    for index, row in enumerate(table.rows[:4]):
        if sum(1 for cell in row if cell and cell.text) >= 3:
            return index, row
    return 0, []


def _staff_columns(table: Table) -> dict[str, int]:
    _index, row = _header(table)
    columns: dict[str, int] = {}
    for cell in row:
        if cell is None:
            continue
        if _STAFF.match(cell.text):
            columns["posts"] = cell.column
        elif re.search(r"实际?在(?:职|编|岗)人数|实有(?:在职)?人数", cell.text):
            columns["staff"] = cell.column
        elif cell.text == "控制率":
            columns["rate"] = cell.column
    return columns if {"posts", "staff"} <= set(columns) else {}


def _spending_columns(table: Table) -> dict[str, int]:
    _index, row = _header(table)
    columns: dict[str, int] = {}
    for cell in row:
        text = cell.text.replace(" ", "") if cell else ""
        if cell is None or not text:
            continue
        if _BUDGET.search(text):
            columns.setdefault("budget", cell.column)
        elif _ACTUAL.search(text):
            columns["actual" if "prior" in columns else "prior"] = cell.column
    full = {"prior", "budget", "actual"} <= set(columns)
    known = any(cell and re.search(r"三公", cell.text) for line in table.rows for cell in line[:1])
    return columns if full and known else {}


def _read_staff(form: BaseData, table: Table, columns: dict[str, int]) -> None:
    index, _row = _header(table)
    for row in table.rows[index + 1 : index + 2]:
        form.posts = figure_at(row, columns["posts"])
        form.staff = figure_at(row, columns["staff"])
        form.staff_rate = figure_at(row, columns.get("rate"))


def _lines(table: Table, columns: dict[str, int]) -> list[Line]:
    index, _row = _header(table)
    found: list[Line] = []
    parent, under = "", False
    for row in table.rows[index + 1 :]:
        head = next((cell for cell in row if cell and cell.text), None)
        if head is None or head.column >= min(columns.values()):
            continue
        label = head.text.replace(" ", "").rstrip(":")
        unit = table.unit or "万元"
        line = Line(
            label,
            figure_at(row, columns["prior"], unit),
            figure_at(row, columns["budget"], unit),
            figure_at(row, columns["actual"], unit),
            head.source,
            head.row,
        )
        if _NUMBERED.match(label):
            line.parent, under = parent, True
        elif label.startswith("其中"):
            line.parent, line.inner = parent, under
        elif re.match(r"三公|“三公”|项目支出|公用经费|政府采购|部门|楼堂馆所|厉行节约", label):
            parent, under = label, False
        else:
            line.parent, line.inner = parent, under
        found.append(line)
    return found
