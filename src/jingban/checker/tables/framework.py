"""Indicator frameworks with printed scoring rules (评分及标准) and self-scores: levels carry their points in brackets."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct, field

from jingban.checker.figures import Figure
from jingban.checker.model import Source, Table
from jingban.checker.tables.evaluation import points_of
from jingban.checker.tables.sheets import SheetRow, read_sheet

if TYPE_CHECKING:
    from jingban.checker.context import Context


class Item(Struct):
    """One third-level indicator."""

    level1: str
    level2: str
    name: str
    points: Decimal | None
    criteria: str
    explanation: str
    score: Figure | None
    source: Source
    criteria_source: Source


class Framework(Struct):
    """One framework. ``printed_total`` is the last self-score without an indicator."""

    title: str
    source: Source
    table: Table
    items: list[Item] = field(default_factory=list)
    printed_total: Figure | None = None
    trusted: bool = True

    def groups(self, level: int) -> list[tuple[str, Decimal, list[Item]]]:
        """(label, printed points, items) of a level; groups that continue over a page are one."""
        found: list[tuple[str, Decimal, list[Item]]] = []
        last: tuple[str, str] | None = None
        for one in self.items:
            label = one.level1 if level == 1 else one.level2
            points = points_of(label)
            mark = (one.level1, label)
            if points is None:
                last = None
                continue
            if mark != last:
                found.append((label, points, []))
            found[-1][2].append(one)
            last = mark
        return found


def frameworks(context: Context) -> list[Framework]:
    """Tables with levels, a criteria column and a self-score column."""
    return [one for one in map(_read, context.document.tables()) if one is not None]


def _read(table: Table) -> Framework | None:
    part = read_sheet(table).part("framework")
    if part is None:
        return None
    form = Framework(table.title, table.source, table, trusted=table.trusted)
    for row in part.rows:
        _row(form, row)
    return form if form.items else None


def _row(form: Framework, row: SheetRow) -> None:
    name, source = row.text("level3")
    cell = row.cell("level3")
    criteria, criteria_source = row.text("criteria")
    score = row.figure("score")
    if (not name or cell is None or cell.inherited) and not criteria:
        if score is not None:
            form.printed_total = score
        return
    if row.key == "all":
        form.printed_total = score
        return
    points = points_of(name.replace(" ", ""))
    if points is None:
        figure = row.figure("points")
        points = figure.number.value if figure else None
    form.items.append(
        Item(
            row.text("level1")[0].replace(" ", ""),
            row.text("level2")[0].replace(" ", ""),
            name.replace(" ", ""),
            points,
            criteria,
            row.text("explanation")[0],
            score,
            source,
            criteria_source,
        )
    )
