"""N114 excess: 'A, 超过B X'."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.claims import answers
from jingban.checker.claims.completions import Completion
from jingban.checker.claims.sentence import Token
from jingban.checker.claims.verdict import best, magnitude, total
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

_EXCESS = lazy(
    r"(?:(?:比|较)(?:年初|全年|调整)?预算数?(?:增加|减少|超支|节约|结余|多|少)|(?:超出|超过|超)(?:年初|全年|调整)?预算数?|决算数?(?:大于|小于|高于|低于|多于|少于)(?:年初|全年|调整)?预算数?)(?:了)?(?:支出)?\s*$"
)


class ExcessNotDifference(Rule):
    """问题：预算数、决算数和“超出（少于）预算多少”都写出，差额不等于两数之差。
    依据：差额 = 决算数 − 预算数。
    反例：年初预算为100万元，支出决算为130万元，比年初预算增加20万元。（应为 30 万元）
    正例：年初预算为100万元，支出决算为130万元，比年初预算增加30万元。
    例外：差额须在同一主语、同一句内；原因里的追加金额不算。
    怎么改：按决算数减预算数重算。

    English: The stated excess over the budget is not actual minus budget.

    Not reported: Only within one subject and sentence; amounts in reasons do not count.
    """

    code = "N114"
    name = "excess-not-difference"
    title = "与预算的差额不符"
    title_en = "Stated excess differs from actual minus budget"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        for claim in context.claims.completions:
            if claim.explicit and claim.actual is not None and not claim.task:
                yield from self._after(claim)

    def _after(self, claim: Completion) -> Iterable[Answer]:
        tokens = claim.sentence.tokens
        place = next(i for i, one in enumerate(tokens) if one is claim.rate)
        if place + 1 >= len(tokens):
            return
        stated = tokens[place + 1]
        if not _EXCESS.search(stated.gap) or stated.figure.dimension != "money" or stated.figure.approximate:
            return
        yield self._judge(claim, stated)

    def _judge(self, claim: Completion, stated: Token) -> Answer:
        assert claim.actual is not None
        actual = claim.actual.token.figure
        readings = []
        for budget in claim.budgets:
            pair = sorted([actual, budget.token.figure], key=lambda one: one.value, reverse=True)
            readings.append(total(magnitude(stated.figure), pair, [1, -1]))
        reading = best(readings)
        subject = _("{}与预算的差额").format(claim.actual.label)
        if reading is None:
            return answers.unbound(subject, stated.figure.source, _("没有预算数"))
        if reading.holds:
            return answers.verified(subject, reading, stated.figure.source)
        return answers.contradiction(
            claim.sentence,
            stated,
            reading,
            _("与预算的差额写作 {}，按 {} 应为 {}").format(
                stated.figure.text, reading.formula, answers.like(stated.figure, reading.value.point)
            ),
            (claim.actual.label, "与预算差额"),
            related=[claim.actual, *claim.budgets],
        )
