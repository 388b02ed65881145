"""D108: The tables are an empty template."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from jingban.checker.rule import Answer, Problem, Rule, Severity, Verified
from jingban.values.i18n import gettext as _

if TYPE_CHECKING:
    from jingban.checker.context import Context

TABLES_MIN = 4


class D108(Rule):
    """整份空模板。

    问题：文件中的决算表全部没有数字。

    依据：checker-rules D108。

    反例：九张决算表只有表头和科目名称，没有一个数字。

    正例：表中有数字。

    例外：只有一两张表为空的由T108核对；没有表的由D102核对。

    怎么改：填列决算数后再公开。

    English: All statutory tables of the document are without figures.

    Not reported: One or two empty tables are T108's, absent ones D102's.
    """

    code: ClassVar[str] = "D108"
    name: ClassVar[str] = "empty-template"
    title: ClassVar[str] = "整份空模板"
    title_en: ClassVar[str] = "The tables are an empty template"
    severity: ClassVar[Severity] = "info"

    def check(self, context: Context) -> Iterable[Answer]:
        """One finding for the whole document."""
        tables = context.bound_tables.tables
        if len(tables) < TABLES_MIN:
            return
        first = tables[0].table.source
        if any(next(table.numbers(), None) is not None for table in tables):
            yield Verified(_("决算表有数字"), first)
            return
        yield Problem(
            message=_("文件中的%(count)d张决算表都没有数字，像是空模板") % {"count": len(tables)},
            source=first,
            quote=tables[0].title,
            key=("template",),
            related=tuple(table.table.source for table in tables[1:]),
        )
