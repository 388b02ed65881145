"""N107 direction word against the sign of the difference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from jingban.checker.claims import answers
from jingban.checker.claims.changes import Change
from jingban.checker.claims.completions import Completion
from jingban.checker.claims.narrative import Bound
from jingban.checker.claims.sentence import Token
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Problem, Rule, Verified
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

_AGAINST_BUDGET = lazy(
    r"决算数?(?:支出)?(?P<word>大于|高于|超过|小于|低于|少于|等于|持平于)(?:年初|全年|调整)?预算数?"
    r"|决算数?与(?:年初|全年|调整)?预算数?(?P<same>持平|相等|一致)"
)
_WANTED = {"大于": 1, "高于": 1, "超过": 1, "小于": -1, "低于": -1, "少于": -1, "等于": 0, "持平于": 0}
_WORD = {1: "增加", -1: "减少", 0: "持平"}


class DirectionAgainstSign(Rule):
    """问题：写“增加”而两数相减为负，写“小于预算”而决算大于预算，写“持平”而两数不等；增减额与增减率方向相反。
    依据：方向词须与差额符号一致。
    反例：年初预算为100万元，支出决算为120万元，决算数小于年初预算数的主要原因是……
    正例：年初预算为100万元，支出决算为120万元，决算数大于年初预算数的主要原因是……
    例外：标题中的“增减变化”不算；两数在印出位数内可能相等时不判；不在一处的两数，相差恰为所写的增减额才判；有年初、调整两个预算数时任一成立即通过。
    怎么改：改正方向词，或核对两数是否抄错。

    English: A direction word contradicts the sign of the printed difference.

    Not reported: The heading 'changes' is no direction; figures that may be equal within their digits are not
    judged; of figures that stand apart only those that differ by just the stated amount are; either of two budgets may fit.
    """

    code = "N107"
    name = "direction-against-sign"
    title = "增减方向与数不符"
    title_en = "Direction word contradicts the numbers"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        for change in context.claims.changes:
            if _torn(change):
                yield self._apart(change)
            elif change.base is not None and change.currents and change.sign:
                current = change.currents[0] if change.adjacent else _met(change)
                if current is not None:
                    yield self._change(change, current, change.base)
        for claim in context.claims.completions:
            yield from self._budget(claim)

    def _apart(self, change: Change) -> Answer:
        """'增加13.9万元，降低14.5%': the amount and its own rate go opposite ways."""
        assert change.delta is not None
        assert change.rate is not None
        said, other = _WORD[change.delta.sign], _WORD[change.rate.sign]
        return Problem(
            _("“{}”{} {}，紧接着却写 {} {}，方向相反").format(
                change.name, said, change.delta.figure.text, other, change.rate.figure.text
            ),
            change.rate.figure.source,
            answers.quote(change.sentence, change.rate),
            (answers.section_key(change.sentence), change.name, "额与率方向"),
            stated=other,
            expected=said,
        )

    def _change(self, change: Change, bound: Bound, before: Token) -> Answer:
        current, base = bound.token.figure, before.figure
        moved = change.delta or change.rate
        assert moved is not None
        sign = -change.sign if moved.figure.value < 0 else change.sign
        actual = _sign(current.quantity.low, current.quantity.high, base.quantity.low, base.quantity.high)
        if actual in (None, 0, sign):
            return Verified(_("{}增减方向").format(change.name), moved.figure.source)
        return Problem(
            _("“{}”{} 比 {} {}，文中写“{}”").format(
                change.name, current.text, base.text, _WORD[actual], _WORD[sign]
            ),
            moved.figure.source,
            answers.quote(change.sentence, moved),
            (answers.section_key(change.sentence), change.name, "方向"),
            stated=_WORD[sign],
            expected=_WORD[actual],
            difference=current.value - base.value,
        )

    def _budget(self, claim: Completion) -> Iterator[Answer]:
        if not claim.explicit or claim.actual is None or claim.task:
            return
        word = _AGAINST_BUDGET.search(claim.sentence.text, claim.rate.figure.end - claim.sentence.start)
        following = [
            one.figure.start - claim.sentence.start
            for one in claim.sentence.tokens
            if one.amount and one.figure.start > claim.rate.figure.end
        ]
        if not word or (following and following[0] < word.start()):
            return
        wanted = 0 if word["same"] else _WANTED[word["word"]]
        signs = {_compare(claim.actual, budget) for budget in claim.budgets}
        source = claim.rate.figure.source
        if None in signs or wanted in signs or (signs == {0}):
            yield Verified(_("决算数与预算数的大小"), source)
            return
        budget = claim.budgets[-1]
        sign = _compare(claim.actual, budget)
        assert sign is not None
        said = {1: _("大于"), -1: _("小于"), 0: _("等于")}
        yield Problem(
            _("决算 {} {}预算 {}，文中写“{}”").format(
                claim.actual.token.figure.text, said[sign], budget.token.figure.text, word[0]
            ),
            source,
            answers.quote(claim.sentence, claim.rate),
            (answers.section_key(claim.sentence), claim.actual.label, budget.label, "方向"),
            stated=word[0],
            expected=said[sign],
            difference=claim.actual.token.figure.value - budget.token.figure.value,
        )


def _met(change: Change) -> Bound | None:
    """Of figures that stand further off, the one that differs from the base by just the stated amount."""
    if change.base is None or change.delta is None or not change.delta.figure.value:
        return None
    base, delta = change.base.figure, abs(change.delta.figure.value)
    either = [one for one in change.currents if abs(one.token.figure.value - base.value) == delta]
    as_said = [one for one in either if (one.token.figure.value > base.value) == (change.sign > 0)]
    return next(iter(as_said or either), None)


def _torn(change: Change) -> bool:
    """A difference and its rate, both with a direction word and positive, in opposite directions."""
    delta, rate = change.delta, change.rate
    if delta is None or rate is None or delta.figure.value <= 0 or rate.figure.value <= 0:
        return False
    return delta.sign * rate.sign < 0


def _compare(actual: Bound, budget: Bound) -> int | None:
    a, b = actual.token.figure, budget.token.figure
    if a.value == b.value and a.number.decimals == b.number.decimals:
        return None  # equal as printed: the rounded-off part may go either way
    return _sign(a.quantity.low, a.quantity.high, b.quantity.low, b.quantity.high)


def _sign(low: Decimal, high: Decimal, other_low: Decimal, other_high: Decimal) -> int | None:
    """1 above, -1 below, None when the intervals overlap."""
    if low > other_high:
        return 1
    return -1 if high < other_low else None
