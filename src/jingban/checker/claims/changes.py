"""Change claims: 'A万元，比上年(B万元)增加D万元，增长p%', and which A and B the words allow."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct, field

from jingban.checker.claims import labels
from jingban.checker.claims.narrative import Bound, Narrative
from jingban.checker.claims.sentence import Sentence, Token, clean_label
from jingban.checker.claims.verdict import Reading, best, magnitude, quotient, total
from jingban.checker.figures import Figure
from jingban.values.patterns import lazy
from jingban.values.printed import Quantity, compare

_COMPARED = lazy(
    r"(?:与(?!传媒)|比|较|同|和(?=\s*(?:上|去|前一?年|同期|年初|预算|(?:19|20)\d{2})))[^,。;:]{0,30}?(?:上一?年度?|去年|前一?年度?|同期|(?:19|20)\d{2}\s*年度?|预算数?|决算数?|上年决算数)[^,。;:增减]{0,12}?(?:相比较?|比较|相较|对比|比|,|$)"
    r"|(?:与(?!传媒)|比|较|同|和(?=\s*(?:上|去|前一?年|同期|年初|预算|(?:19|20)\d{2})))[^,。;:]{0,24}?(?:上一?年度?|去年|前一?年度?|(?:19|20)\d{2}\s*年度?)(?:同期|度)?(?:决算数?|预算数?|支出数?|收入数?|数|实际)?|同比|环比"
)
_TO_BUDGET = lazy(
    r"(?:与|比|较|同)[^,。;:]{0,12}?预算|预算(?:数)?(?:相比|增|减)|(?:超|超出|超过)[^,。;:]{0,4}预算"
)
_WORDS = lazy(
    r"(?:总体|同口径|实际|决算数?|(?<!支)出现|分别|均|各自?|共计?|共|总额|总量|年均|减少|增加|下降|增长|降低|上升|提高|缩减|压减|节约|相比较?|比较|相较|对比|了|额|数|金额|:|为|达)+$"
)
_OTHER_SPAN = lazy(r"年均|累计增长|复合|以来|“十[二三四]五”|十[二三四]五|环比|倍|月均|人均|平均")


class Change(Struct):
    """``delta`` and/or ``rate`` of one quantity. ``currents`` may be it, ``base`` is what is printed as compared with."""

    sentence: Sentence
    subject: str
    delta: Token | None
    rate: Token | None
    base: Token | None = None
    currents: list[Bound] = field(default_factory=list)
    adjacent: bool = False
    """Nothing but the comparison stands between the first of ``currents`` and the change."""
    to_budget: bool = False

    @property
    def sign(self) -> int:
        moved = self.delta or self.rate
        assert moved
        return moved.sign

    @property
    def anchor(self) -> Token:
        moved = self.rate or self.delta
        assert moved
        return moved

    @property
    def name(self) -> str:
        """What changed, for messages and keys."""
        return self.subject or next((one.label for one in self.currents if one.label), "")

    @property
    def single(self) -> bool:
        """One possible current value near by: the failure is worth a warning."""
        near = [one for one in self.currents if one.sentence.paragraph is self.sentence.paragraph]
        return len({one.token.figure.value for one in near}) == 1 and len(near) == len(self.currents)

    def zero_base(self) -> bool:
        """The difference is the whole current value, or the printed base is nought: there was nothing before."""
        if self.base is not None:
            return not self.base.figure.value
        if self.delta is None or self.sign <= 0 or not self.adjacent or not self.currents:
            return False
        figure = self.currents[0].token.figure
        return figure.value == self.delta.figure.value and bool(figure.value)

    @property
    def named(self) -> bool:
        """The same words stand, once in value, as an amount of the same paragraph: 'X支出A万元…。X支出增加D万元'."""
        own = labels.core(self.subject)
        near = {
            one.token.figure.value
            for one in self.currents
            if one.sentence.paragraph is self.sentence.paragraph
            and (one.label == self.subject or (own and labels.core(one.label) == own))
        }
        return bool(self.subject) and len(near) == 1

    @property
    def certain(self) -> bool:
        return self.base is not None or (self.adjacent and len(self.currents) > 0) or self.named

    def delta_readings(self) -> Iterator[Reading]:
        """The difference from current and base, both printed."""
        if self.delta is None or self.base is None:
            return
        for current in self.currents:
            a, b = current.token.figure, self.base.figure
            terms = [a, b] if a.value >= b.value else [b, a]
            yield total(magnitude(self.delta.figure), terms, [1, -1])

    def rate_readings(self) -> Iterator[Reading]:
        """The rate from any two of current, base and difference that are printed."""
        if self.rate is None:
            return
        stated = magnitude(self.rate.figure)
        if self.delta is not None:
            yield from self._from_delta(stated, magnitude(self.delta.figure))
        elif self.base is not None:
            b = self.base.figure
            for current in self.currents:
                a = current.token.figure
                up = a.value >= b.value
                change = a.quantity - b.quantity if up else b.quantity - a.quantity
                words = f"({a.text} − {b.text}) ÷ {b.text}" if up else f"({b.text} − {a.text}) ÷ {b.text}"
                yield from _some(quotient(stated, change, b.quantity, words))

    def _from_delta(self, stated: Figure, delta: Figure) -> Iterator[Reading]:
        if self.base is not None:
            yield from _some(
                quotient(
                    stated,
                    delta.quantity,
                    self.base.figure.quantity,
                    f"{delta.text} ÷ {self.base.figure.text}",
                )
            )
            return
        for current in self.currents:
            for sign in [self.sign] if self.sign else [1, -1]:
                yield from _some(growth_from(stated, current.token.figure, delta, sign))

    def best_rate(self) -> Reading | None:
        return best(self.rate_readings())

    def best_delta(self) -> Reading | None:
        return best(self.delta_readings())


def _some(reading: Reading | None) -> Iterator[Reading]:
    if reading is not None:
        yield reading


def growth_from(stated: Figure, current: Figure, delta: Figure, sign: int) -> Reading | None:
    """delta / (current ∓ delta). The delta stands above and below: bounds are taken jointly, not independently."""
    a, d = current.quantity, delta.quantity
    if sign > 0:
        low_base, high_base, point = a.high - d.low, a.low - d.high, a.point - d.point
        words = f"{delta.text} ÷ ({current.text} − {delta.text})"
    else:
        low_base, high_base, point = a.high + d.low, a.low + d.high, a.point + d.point
        words = f"{delta.text} ÷ ({current.text} + {delta.text})"
    if high_base <= 0 or low_base <= 0 or point <= 0:
        return None
    ratio = d.point / point
    bounds = (d.low / low_base, d.high / high_base)
    squares = (a.point * a.point * d.squares + d.point * d.point * a.squares) / point**4
    value = Quantity(ratio, min(*bounds, ratio), max(*bounds, ratio), squares)
    return Reading(words, value, compare(stated.number, value))


def changes(narrative: Narrative) -> list[Change]:
    """Every difference or growth rate of an amount, with the candidates for what it changed from."""
    found: list[Change] = []
    for sentence in narrative.sentences:
        tokens = sentence.tokens
        used: set[int] = set()
        for index, token in enumerate(tokens):
            if (
                index in used
                or token.role not in ("delta", "growth")
                or _OTHER_SPAN.search(_clause(token.gap))
            ):
                continue
            delta, rate, last = _pair(tokens, index)
            used.update(range(index, last + 1))
            subject = _subject(token)
            change = Change(sentence, subject, delta, rate)
            change.to_budget = bool(_TO_BUDGET.search(_clause_span(sentence, token)))
            _bind(narrative, change, index)
            found.append(change)
    return found


def _clause(gap: str) -> str:
    return re.split(r"[;。]", gap)[-1]


def _clause_span(sentence: Sentence, token: Token) -> str:
    return _clause(token.gap)


def _pair(tokens: list[Token], index: int) -> tuple[Token | None, Token | None, int]:
    """(difference, rate, last index): the two stand side by side with only connecting words between."""
    first = tokens[index]
    if index + 1 < len(tokens):
        second = tokens[index + 1]
        joined = re.fullmatch(
            r"\s*(?:元)?[,、(]?\s*(?:同比|较上年|比上年|幅度|总体)?[^\W\d\x00-\xff]{0,8}", second.gap
        )
        if joined and {first.role, second.role} == {"delta", "growth"} and not _CUTS.search(second.gap):
            delta, rate = (first, second) if first.role == "delta" else (second, first)
            return delta, rate, index + 1
    if first.role == "delta":
        return first, None, index
    return None, first, index


_CUTS = lazy(r"其中|支出|收入|经费|预算")


def _subject(token: Token) -> str:
    """What is said to change: the words before the direction word, without the comparison."""
    own = (
        re.split(r"[,;]", token.gap)[-1]
        if re.search(r"[^\W\d\x00-\xff]", re.split(r"[,;]", token.gap)[-1])
        else token.gap
    )
    own = _COMPARED.sub("|", own)
    own = re.sub(r"^.*其中[:,]?", "", own)
    pieces = [_WORDS.sub("", piece).strip(" :、") for piece in own.split("|")]
    named = [piece for piece in pieces if re.search(r"[^\W\d\x00-\xff]{2}", piece)]
    return clean_label(named[-1]) if named else ""


def _bind(narrative: Narrative, change: Change, index: int) -> None:
    sentence, tokens = change.sentence, change.sentence.tokens
    moved = change.delta or change.rate
    assert moved
    dimension = change.delta.figure.dimension if change.delta else ""
    barrier = False
    for position in range(index - 1, -1, -1):
        token = tokens[position]
        if token.role == "base" and change.base is None and not change.currents and token.year != "":
            if not dimension or token.figure.dimension == dimension:
                change.base = token
            continue
        if token.role == "delta" or token.role == "growth":
            barrier = True
            continue
        if not token.amount or (dimension and token.figure.dimension != dimension):
            continue
        if token.bracketed and not moved.bracketed:
            continue
        bound = Bound(sentence, token)
        if not narrative.is_current(token) and not change.to_budget:
            continue
        if not _may_be(change.subject, bound):
            continue
        if not change.currents and not barrier:
            change.adjacent = _touches(tokens, position, index)
        change.currents.append(bound)
    here = bool(change.currents)
    reach = 1 if not here else 0
    for one in narrative.earlier(sentence, reach):
        for token in reversed(one.tokens):
            if not token.amount or (dimension and token.figure.dimension != dimension):
                continue
            bound = Bound(one, token)
            if narrative.is_current(token) and _may_be(change.subject, bound):
                change.currents.append(bound)
    if change.subject and labels.core(change.subject):
        near = {id(one.token) for one in change.currents}
        change.currents += [
            one
            for one in narrative.same_label(change.subject)
            if id(one.token) not in near and (not dimension or one.token.figure.dimension == dimension)
        ]
    elif not change.adjacent:
        near = {id(one.token) for one in change.currents}
        change.currents += [
            one
            for one in narrative.amounts
            if id(one.token) not in near
            and labels.is_total(one.label)
            and narrative.is_current(one.token)
            and one.token.figure.dimension == dimension
            and labels.same_thing(change.subject, one.label)
        ]


def _may_be(subject: str, one: Bound) -> bool:
    return not subject or not one.label or labels.same_thing(subject, one.label)


def _touches(tokens: list[Token], position: int, index: int) -> bool:
    """Only rates stand between, and no new clause or subject."""
    for token in tokens[position + 1 : index]:
        if token.role not in ("share", "completion", "base"):
            return False
    gap = tokens[index].gap
    if "其中" in gap or re.search(r"[。]", gap):
        return False
    if ";" in gap and any("其中" in token.gap or token.level for token in tokens[:index]):
        return False  # after a list of parts the comparison may be about the whole or the last part
    rest = _COMPARED.sub("", gap)
    rest = _WORDS.sub("", rest)
    return not re.search(r"[^\W\d\x00-\xff]{2}", rest)
