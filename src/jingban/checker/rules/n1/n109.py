"""N109 '100%' beside a difference."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jingban.checker.claims import answers
from jingban.checker.claims.verdict import percent
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Problem, Rule
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

_DIFFERENCE = lazy(
    r"决算数?(?:支出)?(?:大于|小于|高于|低于|多于|少于|超过)(?:年初|全年|调整)?预算数?(?:的)?\s*$"
)


class HundredPercentWithDifference(Rule):
    """问题：写“完成预算100%”，同一句又写决算数大于（小于）预算数若干元。
    依据：完成率恰为 100% 时差额应为零；差额舍入后不足以改变完成率末位的不报。
    反例：支出决算为110万元，完成预算的100%，决算数大于预算数10万元。
    正例：支出决算为110万元，完成预算的110%，决算数大于预算数10万元。
    例外：只写“决算数大于预算数的主要原因”而无金额的不判（舍入可能掩盖差额）。
    怎么改：按决算数、差额反推预算数，重算完成率。

    English: "100% of the budget" contradicts a stated difference from the budget.

    Not reported: A reason without an amount is not judged.
    """

    code = "N109"
    name = "full-completion-with-difference"
    title = "完成率 100% 与差额矛盾"
    title_en = "100% completion contradicts a stated difference"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        for claim in context.claims.completions:
            if claim.actual is None or claim.rate.figure.value != 1 or claim.task or claim.explicit:
                continue
            tokens = claim.sentence.tokens
            place = next(i for i, one in enumerate(tokens) if one is claim.rate)
            if place + 1 >= len(tokens):
                continue
            after = tokens[place + 1]
            if not _DIFFERENCE.search(after.gap) or after.figure.dimension not in ("money", "plain"):
                continue
            actual, difference = claim.actual.token.figure, after.figure
            sign = 1 if re.search(r"大于|高于|多于|超过", after.gap) else -1
            budget = actual.value - sign * difference.value
            subject = _("{}完成率与差额").format(claim.actual.label)
            if budget <= 0 or not difference.value:
                yield answers.unbound(subject, claim.rate.figure.source, _("差额或预算数为零"))
                continue
            implied = actual.value / budget
            if claim.rate.figure.number.rounds_to(implied):
                yield answers.Verified(subject, claim.rate.figure.source, rounding=True)
                continue
            yield Problem(
                _("“{}”写完成 {}，又写与预算数相差 {}，完成率应为 {}").format(
                    claim.actual.label, claim.rate.figure.text, difference.text, percent(implied)
                ),
                claim.rate.figure.source,
                answers.quote(claim.sentence, claim.rate),
                (answers.section_key(claim.sentence), claim.actual.label, "完成率与差额"),
                stated=claim.rate.figure.text,
                expected=answers.like(claim.rate.figure, implied),
                details=(_("预算数 = {} ∓ {}").format(actual.text, difference.text),),
            )
