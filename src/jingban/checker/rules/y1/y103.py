"""Y103 closing date of another year."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jingban.checker.claims.years import declared_years, own_year
from jingban.checker.context import Context
from jingban.checker.model import Paragraph
from jingban.checker.rule import Answer, Problem, Rule, Verified
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

_AS_OF = lazy(r"截[至止]到?\s*(20[0-4]\d)\s*年\s*12\s*月\s*31\s*日")
_PERIOD = lazy(
    r"(?:数据|统计|核算|评价|会计|填报)(?:所属|的)?(?:期间|时段|期限|区间)(?:为|是|:|：)?\s*(20[0-4]\d)\s*年\s*1\s*月\s*1\s*日\s*[至到—–-]+\s*(?:\1\s*年\s*)?12\s*月\s*31\s*日"
)
_ASSETS = lazy(r"车辆|公务用车|保有量|设备|资产|人员|编制|在职|结转|结余|账面|我单位|本单位|本部门")


class ClosingDateOtherYear(Rule):
    """问题：“截至某年12月31日”、数据期间“某年1月1日至12月31日”的年份不是本件年度。
    依据：国有资产占用、人员等为本年末时点数。
    反例：2020年度决算写“截至2019年12月31日，本单位共有车辆2辆”。
    正例：截至2020年12月31日，本单位共有车辆2辆。
    例外：明写上年、期初、政策执行期限的不报；名词解释不核。
    怎么改：改正日期，并核对数字是否为本年末数。

    English: An as-of date names the end of another year.

    Not reported: Dates of last year, openings and policy terms said to be so; glossaries.
    """

    code = "Y103"
    name = "closing-date-of-other-year"
    title = "截至日不是本年末"
    title_en = "As-of date of another year"
    severity = "warning"

    def check(self, context: Context) -> Iterable[Answer]:
        year = own_year(declared_years(context), context.year)
        if year is None or not context.has_kind("final", "selfeval", "fund.final"):
            return
        for block in context.document.blocks:
            if not isinstance(block, Paragraph) or "名词解释" in block.section:
                continue
            for found in _PERIOD.finditer(block.text):
                if int(found[1]) == year:
                    yield Verified(found[0], block.at(found.start()))
                else:
                    yield Problem(
                        _("数据期间为 {} 年，本件为 {} 年度").format(found[1], year),
                        block.at(found.start()),
                        found[0],
                        (block.section, "数据期间", found[1]),
                        stated=found[1],
                        expected=str(year),
                    )
            for found in _AS_OF.finditer(block.text):
                after = block.text[found.end() : found.end() + 40]
                before = block.text[max(0, found.start() - 12) : found.start()]
                source = block.at(found.start())
                if int(found[1]) == year:
                    yield Verified(found[0], source)
                elif _ASSETS.search(after) and not re.search(
                    r"上年|期初|年初|执行|延长|有效", before + after[:12]
                ):
                    yield Problem(
                        _("截至日为 {} 年末，本件为 {} 年度").format(found[1], year),
                        source,
                        found[0] + after,
                        (block.section, "截至日", found[1]),
                        stated=found[1],
                        expected=str(year),
                    )
