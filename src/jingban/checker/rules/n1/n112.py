"""N112 rate times count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from jingban.checker.claims import answers
from jingban.checker.claims.sentence import Sentence
from jingban.checker.context import Context
from jingban.checker.figures import Figure, read_figures
from jingban.checker.rule import Answer, Problem, Rule, Verified
from jingban.checker.tables.evaluation import Evaluation, Indicator
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

_STANDARD = lazy(r"标准(?:为|是|的)?\s*$|(?:按|每人|人均)(?:按)?[^,。;]{0,6}$")
_SPREAD = lazy(r"平均|人均|分档|档次|月|每天|左右|不等|以上|最高|分别|至")
NEAR = Decimal("0.02")
"""A product this near to the amount is meant to be it; farther off, something unsaid (months, tiers) stands between."""


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
        for sentence in context.claims.sentences:
            yield from self._prose(sentence)
        for form in context.claims.evaluations:
            yield from self._form(form)

    def _prose(self, sentence: Sentence) -> Iterator[Answer]:
        if "标准" not in sentence.text or _SPREAD.search(sentence.text):
            return
        tokens = [
            one for one in sentence.tokens if one.role in ("value", "actual") and not one.figure.approximate
        ]
        rates = [one for one in tokens if one.figure.dimension == "money" and _STANDARD.search(one.gap)]
        people = [one for one in tokens if one.figure.dimension == "persons"]
        sums = [one for one in tokens if one.figure.dimension == "money" and one not in rates]
        if len(rates) == len(people) == len(sums) == 1:
            yield self._judge(
                rates[0].figure, people[0].figure, sums[0].figure, answers.quote(sentence), sums[0].label
            )

    def _form(self, form: Evaluation) -> Iterator[Answer]:
        executed = form.executed
        if executed is None:
            return
        rates = [one for one in map(_standard, form.indicators) if one]
        heads = [one for one in map(_heads, form.indicators) if one]
        if len(rates) == len(heads) == 1 and executed.value:
            yield self._judge(rates[0], heads[0], executed, f"{rates[0].text} × {heads[0].text}", form.name)

    def _judge(self, rate: Figure, count: Figure, amount: Figure, quote: str, label: str) -> Answer:
        product = rate.value * count.value
        subject = _("{} {}").format(label, amount.text)
        quantity = amount.quantity
        if quantity.low <= product <= quantity.high:
            return Verified(subject, amount.source, rounding=product != amount.value)
        if not amount.value or abs(product - amount.value) > amount.value * NEAR:
            return answers.unbound(subject, amount.source, _("标准与人数之积相差过大，另有因素"))
        expected = answers.like(amount, product)
        return Problem(
            _("“{}”{} × {} = {}，金额写作 {}").format(label, rate, count, expected, amount),
            amount.source,
            quote,
            (label, "标准×人数"),
            stated=amount.text,
            expected=expected,
            difference=product - amount.value,
            related=(count.source, rate.source),
            details=(_("{} ÷ {} = {} 人").format(amount.text, rate.text, amount.value / rate.value),),
        )


def _standard(one: Indicator) -> Figure | None:
    """A target or actual that is a plain amount of yuan per person under a name that says 标准."""
    if "标准" not in one.name or _SPREAD.search(one.name + one.actual):
        return None
    found = read_figures(one.actual or one.target, one.source)
    return found[0] if len(found) == 1 and found[0].number.unit.symbol == "元" else None


def _heads(one: Indicator) -> Figure | None:
    if "人数" not in one.name or _SPREAD.search(one.actual):
        return None
    found = read_figures(one.actual, one.source)
    return (
        found[0] if len(found) == 1 and found[0].dimension == "persons" and not found[0].approximate else None
    )
