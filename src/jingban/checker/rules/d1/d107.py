"""D107: A table is printed twice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from jingban.checker.rule import Answer, Problem, Rule, Severity, Verified
from jingban.checker.tables.bound import BoundTable
from jingban.values.i18n import gettext as _

if TYPE_CHECKING:
    from jingban.checker.context import Context


class D107(Rule):
    """同一张表重复出现。

    问题：同一张决算表在文件中出现两次，各格数字完全相同。

    依据：checker-rules D107。

    反例：公开05表在正文和附表各印一次。

    正例：每张表一次。

    例外：汇总公开多个单位时各单位的表数字不同，不报；空表不报。

    怎么改：删去重复的表。

    English: A statutory table with the same figures stands twice in the document.

    Not reported: Tables of several units with different figures; empty tables.
    """

    code: ClassVar[str] = "D107"
    name: ClassVar[str] = "table-printed-twice"
    title: ClassVar[str] = "同一张表重复出现"
    title_en: ClassVar[str] = "A table is printed twice"
    severity: ClassVar[Severity] = "info"

    def check(self, context: Context) -> Iterable[Answer]:
        """Compares tables of one form."""
        seen: dict[tuple[str, tuple[tuple[str, str], ...]], BoundTable] = {}
        for table in context.bound_tables.tables:
            if table.empty:
                continue
            figures = tuple(sorted((cell.key, cell.text) for cell in table.numbers()))
            first = seen.setdefault((table.form.id, figures), table)
            if first is table:
                yield Verified(table.title, table.table.source)
                continue
            yield Problem(
                message=_("“%(title)s”出现两次，数字相同") % {"title": table.title},
                source=table.table.source,
                quote=table.title,
                key=(table.form.id,),
                table=table.title,
                related=(first.table.source,),
            )
