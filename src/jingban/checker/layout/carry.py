"""Group headers inherited downward: an empty cell under 一级指标 or 二级指标 means the one above."""

from __future__ import annotations

from jingban.checker.layout.words import TOTAL_ROW, bare
from jingban.checker.model import Cell, Column
from jingban.values.patterns import lazy

_GROUP = lazy(
    r"^([一二]级指标|三级指标|绩效指标|绩效指标完成情况|指标类型|一级|二级|类别|大类|分类|险种|维度|绩效内容|指标)$"
)
KEY_SHARE_MIN = 0.8


def group_columns(columns: list[Column], body: list[list[Cell | None]]) -> list[int]:
    """Columns whose empty cells inherit: worded as a group and left of the first column that is (nearly) always filled."""
    labels = [c for c, column in enumerate(columns) if column.role in ("label", "text") and column.path]
    rows = [row for row in body if not _is_total(row)]
    if not rows or not labels:
        return []
    key = next((c for c in labels if bare(columns[c].path[-1]) in ("三级指标", "三级")), None)
    for c in labels if key is None else []:
        filled = sum(1 for row in rows if (cell := row[c]) is not None and cell.text)
        if filled >= KEY_SHARE_MIN * len(rows):
            key = c
            break
    if key is None:
        return []
    return [c for c in labels if c < key and _GROUP.match(bare(columns[c].path[-1]))]


def _is_total(row: list[Cell | None]) -> bool:
    first = next((cell.text for cell in row if cell is not None and cell.text), "")
    return TOTAL_ROW.match(first.replace(" ", "")) is not None


def carry_down(columns: list[Column], body: list[list[Cell | None]]) -> None:
    """Fill empty group cells in place (``inherited=True``). A new upper group ends every group to its right."""
    for row in body:  # a damaged file may hold rows shorter than its header
        row.extend([None] * (len(columns) - len(row)))
    groups = group_columns(columns, body)
    held: dict[int, Cell | None] = dict.fromkeys(groups)
    for row in body:
        if _is_total(row):
            continue
        words = [
            c
            for c, cell in enumerate(row)
            if cell is not None and cell.text and c < len(columns) and columns[c].role in ("label", "text")
        ]
        if not words:
            continue  # figures only: a total without a label
        for position, c in enumerate(groups):
            cell = row[c]
            if cell is not None and cell.text:
                above = held[c]
                held[c] = cell
                if above is None or above.text != cell.text:
                    for lower in groups[position + 1 :]:
                        held[lower] = None
            elif (above := held[c]) is not None and cell is not None and words[-1] > c:
                row[c] = Cell(above.text, cell.raw, cell.row, cell.column, cell.source, inherited=True)
