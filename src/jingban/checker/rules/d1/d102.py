"""D102: A table or annex is listed but absent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from jingban.checker.rule import Answer, Problem, Rule, Severity, Unverified, Verified
from jingban.checker.tables.grid import is_number
from jingban.checker.tables.recognise import match_title
from jingban.checker.texts import Line, contents_end, lines_of
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

if TYPE_CHECKING:
    from jingban.checker.context import Context

_ORDINAL = lazy(r"^[\s\-•]*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）、.．])?\s*")
FIGURES_MIN = 12
MISSING_MIN = 3
"""Fewer missing tables may be titles printed as running heads."""


class D102(Rule):
    """列有题名而没有内容。

    问题：文件列出了决算表的题名，正文却没有表；多张表合并为一条。

    依据：财政部部门决算公开要求（各表应一并公开）；checker-rules D102。

    反例：“第五部分 附表”下只有十四行题名，没有任何数字。

    正例：题名之后是表。

    例外：绩效自评报告不报；附件附表写明另附的不报；题名后写明“本表为空”或本单位无此项收支的不报；文件中一张决算表的题名都没有的不报；表在另一附件时请在文件中注明。

    怎么改：附上决算表，或写明表在何处公开。

    English: Table titles without tables: one merged finding for final accounts only.

    Not reported: Annexes said to be attached apart; self-evaluation reports; 'this table is empty'; files that print no table title at all; state
    in the file where the tables are attached.
    """

    code: ClassVar[str] = "D102"
    name: ClassVar[str] = "listed-but-absent"
    title: ClassVar[str] = "列有题名而没有内容"
    title_en: ClassVar[str] = "A table or annex is listed but absent"
    severity: ClassVar[Severity] = "warning"

    def check(self, context: Context) -> Iterable[Answer]:
        """Titles after the contents page that name a form no table of the document is."""
        if not context.has_kind("final"):
            return
        tables = [table for table in context.bound_tables.tables if table.form.family != "annex"]
        have = {table.form.id for table in tables}
        have |= {found.form.id for table in context.bound_tables.other if (found := match_title(table.title))}
        listed = _listed(context)
        missing = {form: line for form, line in listed.items() if form not in have}
        for form in listed.keys() - missing.keys():
            yield Verified(form, listed[form].source)
        if len(missing) < MISSING_MIN or _elsewhere(context):
            return
        if _unread(context) >= MISSING_MIN:
            source = next(iter(missing.values())).source
            yield Unverified(_("决算表"), source, _("文件中有未能识别的表，不能断定缺表"))
            return
        lines = sorted(missing.values(), key=lambda line: line.block)
        names = [_ORDINAL.sub("", line.text) for line in lines]
        yield Problem(
            message=_("列出了%(count)d张决算表的题名，文件中没有这些表：%(names)s")
            % {"count": len(lines), "names": "、".join(names)},
            source=lines[0].source,
            quote=lines[0].text,
            key=("tables", *sorted(missing)),
            related=tuple(line.source for line in lines[1:]),
            details=tuple(names),
        )


def _unread(context: Context) -> int:
    """Tables full of figures that fit no form, outside the self-evaluation parts."""
    return sum(
        context.segment(table).family in ("final", "unknown")
        and sum(is_number(cell.text) for row in table.rows for cell in row if cell is not None) >= FIGURES_MIN
        for table in context.bound_tables.other
    )


def _listed(context: Context) -> dict[str, Line]:
    """Form → the line that names it; the last one, because an earlier one is the contents page."""
    found: dict[str, Line] = {}
    after = contents_end(context.document)
    for line in lines_of(context.document, cells=False):
        text = re.sub(r"[\s\d.…·]+$", "", line.text)
        if line.block < after or len(text) > 45 or "。" in text or "说明" in text or not text.endswith("表"):
            continue
        if (matched := match_title(text)) is not None and matched.score >= 0.95:
            found[matched.form.id] = line
    return found


def _elsewhere(context: Context) -> bool:
    """The document says that the tables are published as a separate file."""
    pattern = re.compile(
        r"(?:表|附件).{0,12}(?:详见附件|见附件|另附|见附表文件|以附件形式|附后)|详见.{0,6}附(?:件|表).{0,4}(?:Excel|EXCEL|xls)"
    )
    return any(pattern.search(line.text) for line in lines_of(context.document, cells=False))
