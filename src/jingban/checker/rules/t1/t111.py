"""T111: In a table no form describes, a total, difference or rate breaks what the table itself bears out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from jingban.checker.claims.tables import cell_problem, formula
from jingban.checker.claims.verdict import like
from jingban.checker.model import Table
from jingban.checker.rule import Answer, Problem, Rule, Severity, Verified
from jingban.checker.tables.regular import Broken, judge
from jingban.values.i18n import gettext as _

if TYPE_CHECKING:
    from jingban.checker.context import Context


class T111(Rule):
    """一般表格算不平。

    问题：法定表式以外的表格，合计行、合计栏、增减额或比率与同一张表自己的算法不符。

    依据：表内合计等于各项之和；表中其他各栏（各行）都成立的关系，这一处也应成立。

    反例：分值合计 100，得分各行相加 93.5，合计写 95.5。

    正例：分值合计 100，得分各行相加 93.5，合计写 93.5。

    例外：只有表中别的栏或别的行已经证明的关系才用来判断；单价、均值、比率不求和；列举不全、只有一栏的表不报；有一种合理的加法成立就不报；丢格移位的表不核。

    怎么改：按各行重算合计，或改正填错的那一格。

    English: In a table that is no statutory form a total, a difference or a rate breaks the relation that the other
    rows or columns of the same table bear out.

    Not reported: Relations the table does not bear out elsewhere; prices, means and rates are never summed; incomplete
    lists; any plausible way to add up that holds; tables with shifted or lost cells.
    """

    code: ClassVar[str] = "T111"
    name: ClassVar[str] = "regular-table-does-not-add-up"
    title: ClassVar[str] = "一般表格算不平"
    title_en: ClassVar[str] = "A table breaks its own arithmetic"
    severity: ClassVar[Severity] = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        """Every table that neither a form nor a sheet claims."""
        claimed = {id(table) for form in context.claims.evaluations for table in form.tables}
        claimed |= {id(frame.table) for frame in context.claims.frameworks}
        claimed |= {id(table) for form in context.claims.base_data for table in form.tables}
        known = {id(cell.source) for one in context.bound_tables.tables for cell in one.cells.values()}
        for table in context.document.tables():
            if id(table) in claimed:
                continue
            judged = judge(table)
            for _number in range(judged.held):
                yield Verified(table.title or table.section, table.source)
            for one in judged.broken:
                if one.kind not in ("row", "column") or id(one.stated.source) not in known:
                    yield _problem(table, one)  # what a form describes is judged by its identities


def _problem(table: Table, one: Broken) -> Problem:
    named = {
        "row": _("“{}”的“{}”写作 {}，各行之和为 {}"),
        "column": _("“{}”的“{}”写作 {}，各栏之和为 {}"),
        "difference": _("“{}”的“{}”写作 {}，按同表算法应为 {}"),
        "rate": _("“{}”的“{}”写作 {}，按同表算法应为 {}"),
    }
    expected = like(one.stated, one.reading.value.point)
    title = table.title or table.section
    return cell_problem(
        named[one.kind].format(one.row, one.column, one.stated.text, expected),
        one.stated.source,
        one.stated.text,
        (title, one.row, one.column, one.kind),
        table=title,
        row=one.row or None,
        column=one.column or None,
        stated=one.stated.text,
        expected=expected,
        difference=one.reading.comparison.difference,
        severity="warning" if one.doubtful else None,
        related=[part.source for part in one.parts],
        details=[formula(one.reading, one.stated), _("同表另有 {} 处成立").format(one.support)],
    )
