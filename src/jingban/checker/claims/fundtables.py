"""Social-insurance fund tables: item rows, one column per scheme; line-number columns and rows are not money."""

from __future__ import annotations

import re

from msgspec import Struct

from jingban.checker.context import Context
from jingban.checker.figures import Figure
from jingban.checker.model import Table
from jingban.values.patterns import lazy

_FUND = lazy(r"基金")
_ITEM = lazy(r"保险费收入|养老保险待遇支出|待遇支出|基金收入|收支结余|滚存结余|财政补贴收入|利息收入")
_INCOME = lazy(
    r"^(?:[一二三四五六七八九十]+、)?(?:基金|本年|年度)?(?:收入|总收入|收入合计|本年收入合计|收入小计|收入总计)(?:\(.*\))?$"
)
_SPENDING = lazy(
    r"^(?:[一二三四五六七八九十]+、)?(?:基金|本年|年度)?(?:支出|总支出|支出合计|本年支出合计|支出小计|支出总计)(?:\(.*\))?$"
)
LEAST = 2
_INNER = lazy(r"^其中|^\d+[.、]|^\(\d+\)|^#")


class FundTable(Struct):
    """``labels``: row -> item; ``columns``: amount columns."""

    table: Table
    labels: dict[int, str]
    columns: list[int]
    cells: dict[tuple[int, int], Figure]

    def find(self, pattern: re.Pattern[str], column: int) -> list[tuple[str, Figure]]:
        return [
            (label, self.cells[row, column])
            for row, label in self.labels.items()
            if pattern.search(label) and (row, column) in self.cells
        ]

    def incomes(self, column: int) -> list[Figure]:
        return [figure for _label, figure in self.find(_INCOME, column)]

    def spendings(self, column: int) -> list[Figure]:
        return [figure for _label, figure in self.find(_SPENDING, column)]

    def heading(self, column: int) -> str:
        """The column's own words."""
        if column < len(self.table.columns):
            return "/".join(self.table.columns[column].path)
        return str(column + 1)

    def parts(self, whole: re.Pattern[str], stop: re.Pattern[str]) -> tuple[int, list[int]] | None:
        """Row of a heading item and the rows of its direct parts: '其中：' and numbered lines until the next heading."""
        rows = sorted(self.labels)
        head = next((row for row in rows if whole.search(self.labels[row])), None)
        if head is None:
            return None
        parts: list[int] = []
        for row in rows[rows.index(head) + 1 :]:
            label = self.labels[row]
            if stop.search(label) or re.match(r"^[一二三四五六七八九十]+、", label):
                break
            parts.append(row)
        return head, parts


def fund_tables(context: Context) -> list[FundTable]:
    """Tables whose title or rows are those of an insurance fund, and which no form describes."""
    found: list[FundTable] = []
    for table in context.bound_tables.other:
        labels: dict[int, str] = {}
        for row in table.body():
            cell = next(
                (one for one in row if one and one.text and not re.fullmatch(r"\d{1,3}", one.text)), None
            )
            if cell is not None:
                labels[cell.row] = cell.text.replace(" ", "").rstrip(":")
        if not _FUND.search(table.title + table.section) or not any(
            _ITEM.search(one) for one in labels.values()
        ):
            continue
        if sum(1 for one in labels.values() if _ITEM.search(one)) < 2:
            continue
        cells = {
            (row, column): figure
            for row in labels
            for column in range(1, max(map(len, table.rows)))
            if (figure := context.figures.cell(id(table), row, column)) is not None
            and figure.dimension in ("money", "plain")
        }
        money = [column for column in range(1, max(map(len, table.rows))) if _is_money(table, column, cells)]
        if money:
            found.append(FundTable(table, labels, money, cells))
    return found


def _is_money(table: Table, column: int, cells: dict[tuple[int, int], Figure]) -> bool:
    """At least two figures, and not a column of line numbers or rates."""
    role = table.columns[column].role if column < len(table.columns) else "text"
    return (
        role not in ("line_number", "code", "ratio") and sum(1 for _row, at in cells if at == column) >= LEAST
    )


INCOME, SPENDING, INNER = _INCOME, _SPENDING, _INNER
