"""Y105 impossible dates."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from jingban.checker.claims.years import declared_years, own_year
from jingban.checker.context import Context
from jingban.checker.model import Paragraph, Source, Table
from jingban.checker.relations.judged import judge
from jingban.checker.rule import Answer, Problem, Rule
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

_DAY = lazy(r"(?<!\d)(?:(\d{4})\s*年\s*)?(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_MONTH = lazy(r"(?<!\d)(20\d\d|19\d\d)\s*年\s*(\d{1,2})\s*月(?!\s*\d)")
_FILLED = lazy(
    r"(?P<name>(?:公开|公布|发布|填表|填报|编制|报告|评价)(?:时间|日期))(?:为|:|：)?(?P<year>20\d\d)[年.-](?P<month>\d{1,2})(?:[月.-](?:\d{1,2}日?)?)?"
)
_SPAN = lazy(
    r"(?<!\d)(\d{4})\s*年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?\s*(?:至|到|—+|-+|~|～)\s*(\d{4})\s*年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?"
)


class ImpossibleDate(Rule):
    """问题：日期不存在（2月30日、13月），或起止时间倒置；或决算、自评的公开、填报日期早于本年度末。
    依据：公历。
    反例：截至2020年2月30日；2020年12月至2020年3月。
    正例：截至2020年2月29日；2020年3月至2020年12月。
    例外：未写年份的 2月29日 不报；“2020年12月至次年3月”不算倒置。
    怎么改：改正日期。

    English: A date does not exist, or a period ends before it begins.

    Not reported: 29 February without a year; 'December to March of the next year'.
    """

    code = "Y105"
    name = "impossible-date"
    title = "日期不存在或倒置"
    title_en = "Impossible or reversed date"
    severity = "warning"

    def check(self, context: Context) -> Iterable[Answer]:
        for text, source in _texts(context):
            if "月" not in text:
                continue
            for words, why in _wrong(text):
                yield Problem(why, source, words, ("日期", words), stated=words)
        yield from _too_early(context)


def _too_early(context: Context) -> Iterator[Answer]:
    """Accounts and self-evaluations of a year are not filled in or published before that year has nearly ended."""
    year = own_year(declared_years(context), context.year)
    if year is None or not context.has_kind("final", "selfeval") or context.has_kind("budget"):
        return
    texts = [(one.text, one.at(0)) for one in judge(context).book.passages]
    texts += [(re.sub(r"\s", "", text), source) for text, source in _texts(context) if "填" in text]
    told: set[str] = set()
    for text, source in texts:
        for found in _FILLED.finditer(text):
            if (int(found["year"]), int(found["month"])) >= (year, 11) or found[0] in told:
                continue
            told.add(found[0])
            yield Problem(
                _("{}早于 {} 年末，本件为 {} 年度").format(found[0], year, year),
                source,
                found[0],
                ("日期过早", found["name"]),
                stated=found[0],
            )


def _texts(context: Context) -> Iterator[tuple[str, Source]]:
    for block in context.document.blocks:
        if isinstance(block, Paragraph):
            yield block.text, block.source
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    if cell and not cell.inherited and cell.text:
                        yield cell.text, cell.source


def _wrong(text: str) -> Iterator[tuple[str, str]]:
    for found in _DAY.finditer(text):
        year = int(found[1] or 2020)
        try:
            dt.date(year, int(found[2]), int(found[3]))
        except ValueError:
            yield found[0], _("日期不存在：{}").format(found[0])
    for found in _MONTH.finditer(text):
        if not 1 <= int(found[2]) <= 12:
            yield found[0], _("月份不存在：{}").format(found[0])
    for found in _SPAN.finditer(text):
        start = (int(found[1]), int(found[2]), int(found[3] or 1))
        end = (int(found[4]), int(found[5]), int(found[6] or 31))
        if end < start:
            yield found[0], _("起止时间倒置：{}").format(found[0])
