"""I103 shifted or lost cells: a note on the input, never a finding."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.claims.quality import bridged
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule


class ShiftedCells(Rule):
    """问题：表格有单元格移位、丢失，列与表头对不上；能唯一复位的已复位，其余标为未核。
    依据：对不上表头的数不参加求和与比较。
    反例：一行的数据比表头少一格，后面各格左移。
    正例：各行格数与表头一致。
    例外：合并单元格按版式还原，不算移位。
    怎么改：提供带表格线的原文件（DOCX、XLSX）。

    English: Cells of a table are shifted or lost; what depends on them is not verified.

    Not reported: Merged cells are restored and no shift.
    """

    code = "I103"
    name = "shifted-cells"
    title = "单元格移位或丢失"
    title_en = "Shifted or lost cells"
    severity = "info"

    def check(self, context: Context) -> Iterable[Answer]:
        yield from bridged(context, self.code)
