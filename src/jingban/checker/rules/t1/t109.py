"""T109: A negative amount where none can be, or a part larger than its table's total."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from jingban.checker.rule import Answer, Problem, Rule, Severity, Verified
from jingban.checker.tables.bound import BoundCell, BoundTable
from jingban.values.i18n import gettext as _

if TYPE_CHECKING:
    from jingban.checker.context import Context

_MAY_BE_NEGATIVE = ("opening", "closing", "distribution", "surplus", "balance")
"""Balances may be negative."""


class T109(Rule):
    """负数或大于总计的数。

    问题：结转结余以外的收入、支出印成负数，或某一格大于该表同列的合计。

    依据：决算报表以实际收付数填列，收入和支出不应为负；部分不能大于全部（checker-rules T109）。

    反例：“办公费”印 -1.43；或合计150.64，而其中一类印1506.40。

    正例：年末结转和结余为 -2.00（允许为负）；各类支出都不大于合计。

    例外：年初、年末结转和结余及结余分配允许为负；表中另有负数时“大于合计”不报；合计未填时不核。

    怎么改：核对该格的正负号和小数点；冲减以前年度支出的应在说明中写明原因。

    English: Amounts other than balances are not negative, and no part exceeds the total of its column.

    Not reported: Carry-overs and their distribution may be negative; with other negative figures 'more than the
    total' is not reported; without a total nothing is tested.
    """

    code: ClassVar[str] = "T109"
    name: ClassVar[str] = "negative-or-oversized-amount"
    title: ClassVar[str] = "负数或大于总计的数"
    title_en: ClassVar[str] = "A negative amount, or a part larger than its total"
    severity: ClassVar[Severity] = "warning"

    def check(self, context: Context) -> Iterable[Answer]:
        """One answer a table, or one problem a cell."""
        for table in context.bound_tables.tables:
            problems = [_negative(table, cell) for cell in table.numbers() if _is_negative(cell)]
            if not problems:
                problems = [_oversized(table, cell, total) for cell, total in _larger_than_total(table)]
            yield from problems
            if not problems and table.cells:
                yield Verified(_("%(title)s：符号与量级") % {"title": table.title}, table.table.source)


def _is_negative(cell: BoundCell) -> bool:
    keys = (cell.row, cell.column)
    return (
        cell.number is not None
        and cell.number.value < 0
        and not any(word in key for key in keys for word in _MAY_BE_NEGATIVE)
    )


def _larger_than_total(table: BoundTable) -> list[tuple[BoundCell, BoundCell]]:
    found: list[tuple[BoundCell, BoundCell]] = []
    if "total" not in table.rows:
        return found
    for cell in table.numbers():
        total = table.value("total", cell.column)
        if cell.row == "total" or not cell.row.isdigit() or total.number is None or cell.number is None:
            continue
        if cell.number.interval()[0] > total.number.interval()[1]:
            found.append((cell, total))
    return found


def _negative(table: BoundTable, cell: BoundCell) -> Problem:
    return Problem(
        message=_("%(title)s：“%(name)s”为负数%(text)s")
        % {"title": table.title, "name": cell.name, "text": cell.text},
        source=cell.source,
        quote=table.row_text(cell.row),
        key=(table.form.id, cell.row, cell.column, "negative"),
        stated=cell.text,
        table=table.title,
        row=cell.label or None,
        column=cell.header or None,
    )


def _oversized(table: BoundTable, cell: BoundCell, total: BoundCell) -> Problem:
    assert cell.number is not None
    assert total.number is not None
    gap = cell.number.to_base() - total.number.to_base()
    return Problem(
        message=_("%(title)s：“%(name)s”%(text)s大于合计%(total)s")
        % {"title": table.title, "name": cell.name, "text": cell.text, "total": total.text},
        source=cell.source,
        quote=table.row_text(cell.row),
        key=(table.form.id, cell.row, cell.column, "oversized"),
        stated=cell.text,
        expected=f"≤{total.text}",
        difference=gap / cell.number.unit.factor,
        severity="error" if table.trusted else "warning",
        table=table.title,
        row=cell.label or None,
        column=cell.header or None,
        related=(total.source,),
        cause=_cause(table, cell),
    )


def _cause(table: BoundTable, cell: BoundCell) -> str:
    return f"oversized:{table.form.id}:{cell.column}"
