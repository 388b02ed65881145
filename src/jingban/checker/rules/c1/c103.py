"""C103: A code does not belong to its parent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from jingban.checker.rule import Answer, Problem, Rule, Severity, Verified
from jingban.checker.rules.c1._codes import LENGTHS, PrintedCode, prose_codes
from jingban.checker.tables.bound import BoundTable
from jingban.values.i18n import gettext as _

if TYPE_CHECKING:
    from jingban.checker.context import Context


class C103(Rule):
    """科目编码不属于上级。

    问题：叙述中“类、款、项”三级编码不是逐级包含的，或表中项级科目列在别的款下面。

    依据：《政府收支分类科目》编码规则：款的前3位是类，项的前5位是款。

    反例：“208（类）21305（款）2080109（项）”。

    正例：“208（类）20801（款）2080109（项）”。

    例外：位数错误的编码由C101报告；表中没有列出上级的不核。

    怎么改：改正类、款、项中写错的一级。

    English: Class, heading and item must be nested prefixes of each other.

    Not reported: Wrong length is C101's; absent upper rows.
    """

    code: ClassVar[str] = "C103"
    name: ClassVar[str] = "code-outside-its-parent"
    title: ClassVar[str] = "科目编码不属于上级"
    title_en: ClassVar[str] = "A code does not belong to its parent"
    severity: ClassVar[Severity] = "warning"

    def check(self, context: Context) -> Iterable[Answer]:
        """Runs of prose codes, then the row order of classification tables."""
        for _number, run in groupby(prose_codes(context), key=lambda printed: printed.run):
            yield from _run(list(run))
        for table in context.bound_tables.tables:
            if table.form.hierarchies and table.form.shape == "codes":
                yield from _rows(table)


def _run(codes: list[PrintedCode]) -> Iterator[Answer]:
    for printed in codes:
        if printed.level is None or len(printed.code) != LENGTHS[printed.level]:
            continue
        parents = [other.code for other in codes if len(other.code) == len(printed.code) - 2]
        if not parents:
            continue
        if any(printed.code.startswith(parent) for parent in parents):
            yield Verified(printed.code, printed.source)
        else:
            yield _problem(printed, parents)


def _rows(table: BoundTable) -> Iterator[Answer]:
    above = ""
    for row in table.rows.values():
        code = row.code or ""
        if len(code) <= 5:
            above = code if len(code) == 5 else ""
            continue
        if not above or code.startswith(above):
            continue
        cell = next((cell for cell in table.table.rows[row.index] if cell is not None), None)
        source = cell.source if cell is not None else table.table.source
        yield _problem(PrintedCode(code, source, table.row_text(row.key), None, row.label), [above])


def _problem(printed: PrintedCode, parents: list[str]) -> Problem:
    return Problem(
        message=_("科目编码%(code)s不属于上级%(parents)s")
        % {"code": printed.code, "parents": "、".join(parents)},
        source=printed.source,
        quote=printed.quote,
        key=(printed.code, *parents),
        stated=printed.code,
        cause=f"code:{printed.code}",
    )
