"""Y102 years of section headings."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jingban.checker.claims.years import declared_years, own_year
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Problem, Rule, Verified
from jingban.values.i18n import gettext as _


class SectionYearConflict(Rule):
    """问题：章节标题的年度与本件年度不同，多为沿用上年文本未改。
    依据：章节标题所述年度应为本件年度。
    反例：2020年度部门决算中有标题“三、2019年度支出决算情况说明”。
    正例：三、2020年度支出决算情况说明。
    例外：上年对比、来年计划、文件名称中的年份不算。
    怎么改：改正标题年度，并核对该节数字是否也是上年的。

    English: A section heading states another year than the document.

    Not reported: Comparisons with last year, plans, names of documents.
    """

    code = "Y102"
    name = "section-year-conflict"
    title = "章节标题年度不符"
    title_en = "Section heading of another year"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        declared = declared_years(context)
        year = own_year(declared, context.year)
        for one in declared:
            if one.main or year is None:
                continue
            if one.year == year:
                yield Verified(one.text, one.source)
                continue
            yield Problem(
                _("章节标题写 {} 年，本件为 {} 年度").format(one.year, year),
                one.source,
                one.text,
                (re.sub(r"\d", "", one.text), str(one.year)),
                stated=str(one.year),
                expected=str(year),
            )
