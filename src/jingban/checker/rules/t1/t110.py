"""T110: One code printed in two rows of a table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from jingban.checker.rule import Answer, Problem, Rule, Severity, Unverified, Verified
from jingban.checker.tables import grid
from jingban.checker.tables.bound import BoundRow, BoundTable, quote_row
from jingban.values.i18n import gettext as _

if TYPE_CHECKING:
    from jingban.checker.context import Context


class T110(Rule):
    """同一编码出现两行。

    问题：同一张表里同一科目编码出现两次，且金额不同。

    依据：决算报表按科目编码汇总，一个科目只占一行（checker-rules T110）。

    反例：2080109 社会保险经办机构 104.60 与 2080109 社会保险经办机构 4.27 同时出现。

    正例：每个编码一行；按项目列示的项目支出表不在此列。

    例外：两行金额完全相同的，可能是续表重复打印，只记为“未核”；项目支出明细表允许同一编码多行。

    怎么改：合并两行，或改正其中一行的编码。

    English: A classification code stands in one row of a table only.

    Not reported: Rows with equal amounts may be a repeated print (not verified); project tables may repeat a
    code.
    """

    code: ClassVar[str] = "T110"
    name: ClassVar[str] = "code-printed-twice"
    title: ClassVar[str] = "同一编码出现两行"
    title_en: ClassVar[str] = "One code in two rows"
    severity: ClassVar[Severity] = "warning"

    def check(self, context: Context) -> Iterable[Answer]:
        """One answer a classification table."""
        for table in context.bound_tables.tables:
            if not any(key.isdigit() for key in table.rows) or not table.form.hierarchies:
                continue
            for first, second in table.doubles:
                yield _answer(table, first, second)
            if not table.doubles:
                yield Verified(_("%(title)s：编码不重复") % {"title": table.title}, table.table.source)


def _answer(table: BoundTable, first: BoundRow, second: BoundRow) -> Answer:
    one, other = (_figures(table, row) for row in (first, second))
    subject = f"{table.title}：{first.key}"
    cell = next((cell for cell in table.table.rows[second.index] if cell is not None), None)
    source = cell.source if cell is not None else table.table.source
    if one == other or not one or not other:
        return Unverified(subject, source, _("同一行可能重复打印"))
    return Problem(
        message=_("%(title)s：编码%(code)s出现两行，金额不同") % {"title": table.title, "code": first.key},
        source=source,
        quote=quote_row(table.table.rows[second.index]),
        key=(table.form.id, first.key),
        table=table.title,
        row=second.label or None,
        details=(quote_row(table.table.rows[first.index]),),
    )


def _figures(table: BoundTable, row: BoundRow) -> list[str]:
    texts = (grid.text(table.table, row.index, column) for column in range(grid.width(table.table)))
    return [text for text in texts if grid.is_number(text) and text != row.printed_code]
