"""N116 net: balance = income − spending, in prose."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule
from jingban.checker.rules import said
from jingban.values.i18n import gettext as _


class BalanceNotNet(Rule):
    """问题：同一句写出收入、支出和当年结余，结余不等于收入减支出。
    依据：当年（本年）结余 = 收入 − 支出。
    反例：基金收入100万元，基金支出80万元，当年结余30万元。（应为 20 万元）
    正例：基金收入100万元，基金支出80万元，当年结余20万元。
    例外：累计（滚存）结余不等于当年收支之差，不核；一句多险种时按各自最近的收支核对，任一成立即通过。
    怎么改：核对收支口径（是否含上下级往来），重算结余。

    English: The stated balance of the year is not income minus expenditure.

    Not reported: Cumulative balances; with several schemes in a sentence the nearest figures count and any fit
    will do.
    """

    code = "N116"
    name = "balance-not-income-minus-spending"
    title = "结余与收支不符"
    title_en = "Balance is not income minus expenditure"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        wanted = {
            "net": _("“{name}”{stated}与收入减支出不符，应为 {expected}"),
            "balance": _("“{name}”{stated}与期初加收入减支出不符，应为 {expected}"),
        }
        return said.answers(context, wanted)
