"""N116 net: balance = income − spending, in prose."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jingban.checker.claims import answers
from jingban.checker.claims.narrative import Bound
from jingban.checker.claims.sentence import Sentence, Token
from jingban.checker.claims.verdict import best, magnitude, total
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

_INCOME = lazy(r"(?:总收入|收入合计|收入总计|基金收入|本年收入|当年收入|收入)$")
_SPENDING = lazy(r"(?:总支出|支出合计|支出总计|基金支出|本年支出|当年支出|支出)$")
_BALANCE = lazy(r"(?:当年|本年|当期|年度|收支|本期)(?:收支)?(?:结余|节余)$")
_CARRY = lazy(r"累计|滚存|结转|年初|上年结余|历年")


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
        for sentence in context.claims.sentences:
            if "结余" not in sentence.text and "节余" not in sentence.text:
                continue
            for index, token in enumerate(sentence.tokens):
                if token.role not in ("value", "actual", "delta") or not _BALANCE.search(_name(token)):
                    continue
                if not _CARRY.search(token.gap):
                    yield from self._judge(sentence, token, sentence.tokens[:index])

    def _judge(self, sentence: Sentence, token: Token, before: list[Token]) -> Iterable[Answer]:
        money = [
            one for one in before if one.amount and one.role != "budget" and one.figure.dimension == "money"
        ]
        incomes = [one for one in money if _INCOME.search(one.label)]
        spendings = [one for one in money if _SPENDING.search(one.label)]
        if not incomes or not spendings:
            return
        subject = _("{} {}").format(token.label, token.figure.text)
        readings = []
        for income in incomes:
            for spending in spendings:
                pair = sorted([income.figure, spending.figure], key=lambda one: one.value, reverse=True)
                readings.append(total(magnitude(token.figure), pair, [1, -1]))
        reading = best(readings)
        assert reading is not None
        if token.figure.approximate:
            yield answers.unbound(subject, token.figure.source, _("约数，不能复算"))
        elif reading.holds:
            yield answers.verified(subject, reading, token.figure.source)
        else:
            yield answers.contradiction(
                sentence,
                token,
                reading,
                _("“{}”写作 {}，按 {} 应为 {}").format(
                    token.label,
                    token.figure.text,
                    reading.formula,
                    answers.like(token.figure, reading.value.point),
                ),
                (token.label, "结余"),
                severity=None if len(readings) == 1 else "warning",
                related=[Bound(sentence, incomes[-1]), Bound(sentence, spendings[-1])],
            )


def _name(token: Token) -> str:
    """The clause as printed: cleaned labels lose 当年."""
    clause = re.split(r"[,;:]", token.gap)[-1]
    return re.sub(r"(?:为|是|额|资金|\s)+$", "", clause)
