"""Y101 years of titles."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jingban.checker.claims.years import declared_years, own_year
from jingban.checker.context import Context
from jingban.checker.model import Heading, Paragraph, Table
from jingban.checker.rule import Answer, Problem, Rule, Verified
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

_BROKEN = lazy(r"(?<!\d)(?:20\d|20)\s*年度(?=[^。]{0,24}(?:决算|预算|绩效|自评|报告))")


class TitleYearConflict(Rule):
    """问题：题名、封面、部分标题、表头所写年度不一致；或年度残缺，如“202 年度”。
    依据：一份公开件只说明一个年度；题名、封面、附表应一致。
    反例：封面“2021年度部门决算”，附表“（2020年度）绩效自评表”。
    正例：各处都写 2021 年度。
    例外：标题中引用的文件、上年对比、来年计划和预算不算；一件中另附往年报告的，以多数年度为本件年度。
    怎么改：改正题名或附表年度。

    English: Titles, cover and tables of one document state different years, or a year is incomplete.

    Not reported: Quoted documents, comparisons with last year, plans for the next; attached older reports.
    """

    code = "Y101"
    name = "title-year-conflict"
    title = "题名年度不一致或残缺"
    title_en = "Titles state different years"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        declared = declared_years(context)
        year = own_year(declared, context.year)
        for one in declared:
            if not one.main or year is None:
                continue
            if one.year == year:
                yield Verified(one.text, one.source)
                continue
            yield Problem(
                _("题名写 {} 年，本件为 {} 年度").format(one.year, year),
                one.source,
                one.text,
                (re.sub(r"\d", "", one.text), str(one.year)),
                stated=str(one.year),
                expected=str(year),
            )
        for block in context.document.blocks:
            text = (
                block.text
                if isinstance(block, Heading | Paragraph)
                else block.title
                if isinstance(block, Table)
                else ""
            )
            found = _BROKEN.search(text)
            if found:
                yield Problem(
                    _("年度残缺：{}").format(found[0].strip()),
                    block.source,
                    text[max(0, found.start() - 10) : found.end() + 20],
                    ("年度残缺", found[0].strip()),
                    stated=found[0].strip(),
                )
