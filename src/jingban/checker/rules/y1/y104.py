"""Y104 stale dates and sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from jingban.checker.claims.years import declared_years, own_year
from jingban.checker.context import Context
from jingban.checker.model import Table
from jingban.checker.relations.judged import judge
from jingban.checker.rule import Answer, Problem, Rule, Verified
from jingban.checker.text.passages import Passage
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

_DATE = lazy(r"(?:截[至止]|于)?(20[0-4]\d)年(?:\d{1,2}月(?:\d{1,2}日)?|年?底|度|全年)?(?:前|之前|底|完成)*")
_OPENS = lazy(r"^\s*(20[0-4]\d)年(?P<rest>[^\W\d\x00-\xff]{6})")
_OF_THE_YEAR = lazy(
    r"政府采购|机关运行|国有资产|绩效(?:管理|自评|评价|目标)|政府性基金|国有资本经营|三公|会议费|培训费"
)
_OWN = lazy(
    r"(?:^|[。;,)])(?P<year>20\d\d)年度?(?=[^,。;]*(?:政府采购|机关运行|绩效|政府性基金|国有资本|三公|没有|无|会议费|培训费|共有))"
)
_COMPARES = lazy(r"上年|去年|同期|比20|较20|与20")
_YEARS = lazy(r"20\d\d")
_FORM = lazy(r"绩效|自评|目标完成")


class StaleDate(Rule):
    """问题：绩效表的指标日期早于本年度；或句子、整节（政府采购、机关运行经费等本年事项）沿用上年文本、年份未改。
    依据：年度指标值、实际完成值应为本年度；自评报告写本年情况。
    反例：2020年度自评表“目标任务完成时间：2018年12月31日”。
    正例：目标任务完成时间：2020年12月31日。
    例外：预算、基金预算照例先说上年执行，句子不比；跨年度项目（实施期含该年）不报；叙述历史沿革、比较的句子不报——只有与本年句式相同而年份不同的句子才报。
    怎么改：改正日期，核对该行其他数值是否也是往年的。

    English: A target date lies before the year of the form, or a sentence kept last year's date.

    Not reported: Budgets, which tell last year's outcome first; Projects over several years; history and comparisons.
    """

    code = "Y104"
    name = "stale-date"
    title = "日期陈旧"
    title_en = "Stale date"
    severity = "warning"

    def check(self, context: Context) -> Iterable[Answer]:
        year = own_year(declared_years(context), context.year)
        if year is None:
            return
        tables = [one for one in context.document.tables() if _FORM.search(one.title + one.section)]
        if not any(re.search(r"实施期.{0,6}(?:20\d\d年?[-—至~]|[2-9]年)", _text(one)) for one in tables):
            for table in tables:
                yield from self._cells(table, year)
        yield from self._own_sections(context, year)
        if not context.profile.main.startswith(("budget", "fund.budget")):
            yield from self._sentences(context, year)

    def _own_sections(self, context: Context, year: int) -> Iterator[Answer]:
        """A section that is of this year by its nature (procurement, operating funds …) and names only last year."""
        sections: dict[tuple[str, ...], list[Passage]] = {}
        for passage in judge(context).book.passages:
            if passage.path and _OF_THE_YEAR.search(passage.path[-1]) and not passage.cell:
                sections.setdefault(passage.path, []).append(passage)
        for path, passages in sections.items():
            text = "".join(one.text for one in passages)
            if str(year) in text or _COMPARES.search(text) or _YEARS.search(path[-1]):
                continue
            for passage in passages:
                found = _OWN.search(passage.text)
                if found is None or int(found["year"]) != year - 1:
                    continue
                yield Problem(
                    _("“{}”写的是 {} 年，本件为 {} 年，疑为沿用上年文本").format(
                        path[-1], found["year"], year
                    ),
                    passage.at(found.start("year")),
                    passage.text[:120],
                    ("本年事项", path[-1]),
                    stated=found["year"],
                    expected=str(year),
                )
                break

    def _cells(self, table: Table, year: int) -> Iterator[Answer]:
        rows: dict[int, Problem] = {}
        for row in table.rows:
            for cell in row:
                found = _DATE.fullmatch(cell.text.replace(" ", "")) if cell and not cell.inherited else None
                if cell is None or found is None or re.fullmatch(r"20\d\d年度?", found[0]):
                    continue
                if int(found[1]) >= year:
                    yield Verified(cell.text, cell.source)
                    continue
                name = next(
                    (c.text for c in reversed(row[: cell.column]) if c and c.text and c.text != cell.text), ""
                )
                rows.setdefault(
                    cell.row,
                    Problem(
                        _("“{}”的日期 {} 早于本年度 {}").format(name, cell.text, year),
                        cell.source,
                        cell.text,
                        (table.title, name, found[1]),
                        stated=cell.text,
                        expected=str(year),
                        table=table.title,
                        row=name,
                    ),
                )
        yield from rows.values()

    def _sentences(self, context: Context, year: int) -> Iterator[Answer]:
        """'2019年…' beside a sentence that opens with the same words for this year."""
        opened = [
            ((passage.at(start), passage.text[start:end]), found)
            for passage in judge(context).book.passages
            if not passage.cell and not passage.heading and str(year - 1) not in "".join(passage.path)
            for start, end in passage.sentences()
            if (found := _OPENS.match(passage.text[start:end]))
        ]
        current = {found["rest"] for _s, found in opened if int(found[1]) == year}
        for (source, text), found in opened:
            if int(found[1]) != year - 1 or found["rest"] not in current:
                continue
            yield Problem(
                _("句首写 {} 年，同样的句子别处写 {} 年，疑为沿用上年文本").format(found[1], year),
                source,
                text[:120],
                ("句首年份", found["rest"]),
                stated=found[1],
                expected=str(year),
            )


def _text(table: Table) -> str:
    return " ".join(cell.text for row in table.rows[:12] for cell in row if cell)
