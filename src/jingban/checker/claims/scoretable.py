"""Summary tables of self-scores (自评得分汇总表): one row an evaluation, columns of points and their total."""

from __future__ import annotations

from msgspec import Struct

from jingban.checker.claims.tables import figure_at
from jingban.checker.context import Context
from jingban.checker.figures import Figure
from jingban.checker.model import Cell, Source, Table
from jingban.values.patterns import lazy

_NAME = lazy(r"^(?:自评|评价)对象$|项目名称|^项目$|^名称$")
_TOTAL = lazy(r"^(?:自评|评价)?总(?:得)?分$")
_PART = lazy(r"得分$")
_OTHER = lazy(r"折算|加权|%")
_WHOLE = lazy(r"整体")
HEADER_ROWS = 3


class ScoreLine(Struct, frozen=True):
    """One evaluation: ``parts`` by the words of their columns, in order."""

    name: str
    parts: tuple[tuple[str, Figure], ...]
    total: Figure
    table: str
    source: Source

    @property
    def whole(self) -> bool:
        """The unit as a whole, not one of its projects."""
        return bool(_WHOLE.search(self.name))

    def part(self, word: str) -> Figure | None:
        return next((figure for name, figure in self.parts if word in name), None)


def score_lines(context: Context) -> list[ScoreLine]:
    """Every row of every such table; kept in the context's cache."""
    if "claims.scores" not in context.cache:
        context.cache["claims.scores"] = [
            line for table in context.document.tables() if table.trusted for line in _read(table)
        ]
    found: list[ScoreLine] = context.cache["claims.scores"]
    return found


def _read(table: Table) -> list[ScoreLine]:
    for index, row in enumerate(table.rows[:HEADER_ROWS]):
        heads = {cell.column: cell.text.replace(" ", "") for cell in row if cell and cell.text}
        name = next((column for column, text in heads.items() if _NAME.search(text)), None)
        total = next((column for column, text in heads.items() if _TOTAL.search(text)), None)
        parts = [column for column, text in heads.items() if _PART.search(text) and column != total]
        if name is None or total is None or any(_OTHER.search(text) for text in heads.values()):
            continue
        made = (_line(table, one, heads, (name, total), parts) for one in table.rows[index + 1 :])
        return [line for line in made if line is not None]
    return []


def _line(
    table: Table, row: list[Cell | None], heads: dict[int, str], at: tuple[int, int], parts: list[int]
) -> ScoreLine | None:
    label, total = (row[at[0]] if at[0] < len(row) else None), figure_at(row, at[1])
    if label is None or not label.text or total is None:
        return None
    points = tuple((heads[column], one) for column in parts if (one := figure_at(row, column)) is not None)
    return ScoreLine(label.text.replace(" ", ""), points, total, table.title, label.source)
