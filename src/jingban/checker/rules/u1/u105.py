"""U105: Decimals differ within a column."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from jingban.checker.rule import Answer, Problem, Rule, Severity, Verified
from jingban.checker.tables.bound import BoundCell, BoundTable
from jingban.values.i18n import gettext as _

if TYPE_CHECKING:
    from jingban.checker.context import Context


class U105(Rule):
    """同列小数位数不一。

    问题：同一张决算表的同一列，有的数印两位小数，有的印一位或不印小数。

    依据：domain.md R4.1-01（公开表金额保留两位小数）；checker-rules U105。

    反例：同列印104.60、4.3、25。

    正例：同列印104.60、4.30、25.00。

    例外：整列都是整数或都是一位小数的不报；零印作0的不报；核对时已按各数位数取区间。

    怎么改：统一保留两位小数。

    English: Amounts of one column should show the same number of decimals.

    Not reported: Columns that are all whole or all with one decimal; a plain 0.
    """

    code: ClassVar[str] = "U105"
    name: ClassVar[str] = "mixed-decimals"
    title: ClassVar[str] = "同列小数位数不一"
    title_en: ClassVar[str] = "Decimals differ within a column"
    severity: ClassVar[Severity] = "info"

    def check(self, context: Context) -> Iterable[Answer]:
        """One finding a table."""
        for table in context.bound_tables.tables:
            odd = _odd(table)
            if odd:
                yield _problem(table, odd)
            elif table.cells:
                yield Verified(table.title, table.table.source)


def _odd(table: BoundTable) -> list[BoundCell]:
    """Cells with fewer decimals than most cells of their table; zeros left out."""
    cells = [cell for cell in table.numbers() if cell.number is not None and cell.number.value]
    places = [cell.number.decimals for cell in cells if cell.number is not None]
    if len(set(places)) < 2:
        return []
    usual = max(set(places), key=lambda place: (places.count(place), place))
    return [cell for cell in cells if cell.number is not None and cell.number.decimals < usual]


def _problem(table: BoundTable, odd: list[BoundCell]) -> Problem:
    return Problem(
        message=_("%(title)s：%(count)d个数的小数位数比同表其他数少，如%(text)s")
        % {"title": table.title, "count": len(odd), "text": odd[0].text},
        source=odd[0].source,
        quote=table.row_text(odd[0].row),
        key=(table.form.id,),
        stated=odd[0].text,
        table=table.title,
        row=odd[0].label or None,
        column=odd[0].header or None,
    )
