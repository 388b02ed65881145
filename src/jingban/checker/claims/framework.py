"""Indicator frameworks with printed scoring rules (评分及标准) and self-scores: levels carry their points in brackets."""

from __future__ import annotations

import re
from decimal import Decimal

from msgspec import Struct, field

from jingban.checker.claims.evaluation import points_of
from jingban.checker.claims.tables import roles_of
from jingban.checker.context import Context
from jingban.checker.figures import Figure, cell_figure
from jingban.checker.model import Cell, Source, Table
from jingban.values.patterns import lazy


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
    columns: dict[str, int] = {}
    start = 0
    for index, row in enumerate(table.rows[:4]):
        columns = roles_of(row, _HEADS)
        if {"level3", "criteria", "score"} <= set(columns):
            start = index + 1
            break
    else:
        return None
    form = Framework(table.title, table.source, trusted=table.trusted)
    for row in table.rows[start:]:
        _row(form, row, columns)
    return form if form.items else None


_HEADS = tuple(
    (role, lazy(pattern))
    for role, pattern in (
        ("level1", r"^一级指标"), ("level2", r"^二级指标"), ("level3", r"^三级指标"),
        ("criteria", r"评分.{0,3}标准|评价标准|评分办法|计分"), ("explanation", r"指标(?:说明|解释)|评价要点"),
        ("points", r"^(?:分值|权重|标准分|满分)"), ("score", r"^(?:自评|实际)?(?:得分|自评分|评分)$|^自评"),
    )
)  # fmt: skip


def _row(form: Framework, row: list[Cell | None], columns: dict[str, int]) -> None:
    def text(role: str) -> tuple[str, Source, bool]:
        column = columns.get(role, 99)
        cell = row[column] if column < len(row) else None
        return (cell.text, cell.source, cell.inherited) if cell else ("", Source(), True)

    name, source, carried = text("level3")
    criteria, criteria_source, _carried = text("criteria")
    score_text, score_source, _carried = text("score")
    score = cell_figure(score_text, score_source) if score_text else None
    if (not name or carried) and not criteria:
        if score is not None:
            form.printed_total = score
        return
    if re.match(r"^(?:合计|总分|总计|总得分)", name.replace(" ", "")):
        form.printed_total = score
        return
    points = points_of(name.replace(" ", ""))
    if points is None:
        printed, where, _carried = text("points")
        figure = cell_figure(printed, where) if printed else None
        points = figure.number.value if figure else None
    form.items.append(
        Item(
            text("level1")[0].replace(" ", ""),
            text("level2")[0].replace(" ", ""),
            name.replace(" ", ""),
            points,
            criteria,
            text("explanation")[0],
            score,
            source,
            criteria_source,
        )
    )
