"""T108: An empty statutory table lacks its note."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar

from jingban.checker.model import Heading, Paragraph
from jingban.checker.rule import Answer, Problem, Rule, Severity, Unverified, Verified
from jingban.checker.tables.bound import BoundTable
from jingban.values.i18n import gettext as _

if TYPE_CHECKING:
    from jingban.checker.context import Context

_SUBJECTS = {"gk07": "三公", "gk08": "政府性基金", "gk09": "国有资(?:本|产)经营"}
_NOTHING = r"(?:无|没有|未|不涉及|不存在|为空|空表|零|(?<![\d.])0(?:\.0+)?\s*(?:万元|元))"


class T108(Rule):
    """空表未注明。

    问题：“三公”经费表、政府性基金表或国有资本经营预算表全空或全为零，表下和正文都没有说明本单位没有这项收支。

    依据：财政部部门决算公开要求：没有数据的表格应列出空表并说明；domain.md 4.4 第八、九部分。

    反例：公开08 表只有表头，全文没有“本单位无政府性基金预算收支”一类的话。

    正例：公开08 表只有表头，表下注“本单位没有政府性基金预算财政拨款收入，也没有使用政府性基金安排的支出”。

    例外：正文写明该项支出为0元，或表注说明无支出，视同已注明；题名下散落着没有还原成表的数的不报；只有目录而没有表的由 D102 报告。

    怎么改：在空表下方加注“本单位无××收支”，或在情况说明的相应部分写明。

    English: An empty table of the three that may be empty needs a sentence saying that there is no such money.

    Not reported: Numbers stand under the title that were not put together as a table; the text states 0 yuan, or a note under the table says there was none; a table that is only
    listed is D102's.
    """

    code: ClassVar[str] = "T108"
    name: ClassVar[str] = "empty-table-without-note"
    title: ClassVar[str] = "空表未注明"
    title_en: ClassVar[str] = "An empty table lacks its note"
    severity: ClassVar[Severity] = "warning"

    def check(self, context: Context) -> Iterable[Answer]:
        """Test the three tables that are allowed to be empty."""
        if not context.has_kind("final"):
            return
        for table in context.bound_tables.tables:
            subject = _SUBJECTS.get(table.form.base or table.form.id)
            if subject is None or not table.empty:
                continue
            if any(_explains(text, subject) for text in _texts(context, table)):
                yield Verified(table.title, table.table.source)
            elif _loose_cells(context, table):
                yield Unverified(table.title, table.table.source, _("题名下的数没有还原成表，不能断定空表"))
            else:
                yield _problem(table)


def _texts(context: Context, table: BoundTable) -> Iterator[str]:
    yield from table.table.notes
    yield from table.table.caption
    for block in context.document.blocks:
        if isinstance(block, Paragraph | Heading):
            yield block.text


def _loose_cells(context: Context, table: BoundTable) -> bool:
    """Whether the lines under the title are cells of a table that was not put together."""
    blocks = context.document.blocks
    place = next((i for i, block in enumerate(blocks) if block is table.table), len(blocks))
    below = [block.text for block in blocks[place + 1 : place + 16] if isinstance(block, Paragraph)]
    return sum(bool(re.fullmatch(r"[\s\d.,-]*\d[\s\d.,-]*", text)) for text in below) >= 2


def _explains(text: str, subject: str) -> bool:
    return bool(
        re.search(rf"{_NOTHING}[^。；]{{0,30}}{subject}", text)
        or re.search(rf"{subject}[^。；]{{0,40}}{_NOTHING}", text)
    )


def _problem(table: BoundTable) -> Problem:
    return Problem(
        message=_("“%(title)s”没有数据，表下和正文都没有说明本单位无此项收支") % {"title": table.title},
        source=table.table.source,
        quote=table.title,
        key=(table.form.id,),
        table=table.title,
    )
