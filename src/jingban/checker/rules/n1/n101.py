"""N101 share: a printed percentage of a whole is recomputed from the part and the whole."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule
from jingban.checker.rules import said
from jingban.values.i18n import gettext as _


class ShareNotPartOverWhole(Rule):
    """问题：文中写“某项X万元，占Y%”，按同句或点名的基数复算，Y 不等于部分除以整体。
    依据：部门决算公开说明格式（收入、支出结构说明）；数值判定按印出位数的区间，不设固定容差。
    反例：本年收入合计100万元，其中：财政拨款收入60万元，占70%。（应为 60%）
    正例：本年收入合计100万元，其中：财政拨款收入60万元，占60%。
    例外：基数有多种可能时任一种成立即通过；由一位小数补零（46.39%写46.40%）和截断（4.466%写4.46%）只作提示；基数只能推断且都不成立时为警告。
    怎么改：核对分子、分母是否同一口径，按决算表金额重算比例后再写。

    English: A printed share does not equal part over whole for any base the sentence allows.

    Not reported: Any possible base that fits will do; padded zeros and truncation are only hints; a base that
    is merely inferred gives a warning.
    """

    code = "N101"
    name = "share-not-part-over-whole"
    title = "占比与金额不符"
    title_en = "Share differs from part over whole"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        wanted = {
            "share": _("“{name}”占比写作 {stated}，按所读部分与整体应为 {expected}"),
            "shares": _("“{name}”占比写作 {stated}，与并列各项占比相加不是 100%，应约为 {expected}"),
        }
        return said.answers(context, wanted)
