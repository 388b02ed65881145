"""N115 missing percent sign."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule
from jingban.checker.rules import said
from jingban.values.i18n import gettext as _


class MissingPercentSign(Rule):
    """问题：“增长、下降、占”之后的数没有百分号，也没有别的单位。
    依据：比率须带单位。
    反例：比上年增加5万元，增长3.14，主要原因是……
    正例：比上年增加5万元，增长3.14%，主要原因是……
    例外：数后紧跟单位（万元、倍、人、个百分点）或序号、年份的不报。
    怎么改：补写百分号。

    English: A rate is printed without its percent sign.

    Not reported: Figures followed by another unit, ordinals and years.
    """

    code = "N115"
    name = "missing-percent-sign"
    title = "比率缺百分号"
    title_en = "Missing percent sign"
    severity = "warning"

    def check(self, context: Context) -> Iterable[Answer]:
        wanted = {
            "no_percent": _("“{name}”占比 {stated} 没有百分号"),
        }
        return said.answers(context, wanted)
