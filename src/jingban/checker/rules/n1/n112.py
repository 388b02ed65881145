"""N112 rate times count."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule
from jingban.checker.rules import said
from jingban.values.i18n import gettext as _


class RateTimesCount(Rule):
    """问题：写明唯一的人均标准、人数和总额，标准×人数与总额只差一点，但不相等。
    依据：代缴、补助等按固定标准发放，总额应能被标准整除。
    反例：为1003名困难群众按每人100元标准代缴保费10.05万元。（应为 10.03 万元）
    正例：为1003名困难群众按每人100元标准代缴保费10.03万元。
    例外：写“平均、分档、按月”的，或相差超过 2%（说明有别的因素）的不核；按印出位数舍入后相等的通过。
    怎么改：核对人数的截止日与金额的核算期是否一致。

    English: A single standard times the headcount nearly, but not exactly, gives the stated amount.

    Not reported: Means, tiers and monthly rates, or a difference above 2%, are not tested.
    """

    code = "N112"
    name = "rate-times-count"
    title = "标准×人数与金额不符"
    title_en = "Rate times count differs from amount"
    severity = "warning"

    def check(self, context: Context) -> Iterable[Answer]:
        wanted = {
            "product": _("“{name}”{stated}与标准乘数量不符，应为 {expected}"),
            "mean": _("平均数 {stated} 与总额、数量不符，应为 {expected}"),
        }
        return said.answers(context, wanted)
