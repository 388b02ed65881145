"""I105 table not recognised: a note on the input, never a finding."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.claims.quality import bridged
from jingban.checker.context import Context
from jingban.checker.layout.pairs import pairs
from jingban.checker.layout.text import is_amount
from jingban.checker.rule import Answer, Rule, Unverified
from jingban.values.i18n import gettext as _

LEAST = 4


class TableUnread(Rule):
    """问题：有表格没有识别出表头或用途，表内勾稽未核。
    依据：不认识的表不套用任何恒等式。
    反例：只有数字没有表头的表。
    正例：表题、表头、单位齐全的表。
    例外：空白表、纯文字表不在此列。
    怎么改：补全表题和表头。

    English: A table could not be recognised; its identities are not verified.

    Not reported: Empty tables and tables of text.
    """

    code = "I105"
    name = "table-not-recognised"
    title = "表格未识别"
    title_en = "Table not recognised"
    severity = "info"

    def check(self, context: Context) -> Iterable[Answer]:
        yield from bridged(context, self.code)
        for table in context.document.tables():
            figures = sum(1 for row in table.rows for cell in row if cell and is_amount(cell.text))
            if figures >= LEAST and not table.header_rows and not any(True for _pair in pairs(table)):
                yield Unverified(table.title or _("表"), table.source, _("没有认出表头，表内勾稽未核"))
