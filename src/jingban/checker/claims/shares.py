"""Share claims: 'X万元，占(基数)Y%'. The base is printed, structural (其中), or only inferred."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from msgspec import Struct, field

from jingban.checker.claims import labels
from jingban.checker.claims.narrative import Bound, Narrative
from jingban.checker.claims.sentence import Sentence, Token
from jingban.checker.claims.verdict import Reading, best, quotient, ratio
from jingban.values.patterns import lazy
from jingban.values.printed import Quantity

PADDING = Decimal("0.0006")
"""Shares rounded to one place and padded to two may each be this far off; only tells lists that mean to be complete."""

_HAN = lazy(r"[^\W\d\x00-\xff]")
_CARRIES_ON = lazy(r"^[^,;]{0,10}(?:\([^)]*\))?\s*,\s*(?:约|大约|仅|均|共)?$|^\s*\([^)]*\)\s*,?\s*$")
WORDS_MAX = 2
"""More words between an amount and its 占 name another subject, whose amount is not printed."""

Certainty = Literal["printed", "named", "structural", "inferred"]


class Share(Struct):
    """``rate`` is said of ``part``; ``bases`` are the candidate wholes, best first, each with its certainty."""

    sentence: Sentence
    rate: Token
    part: Token
    bases: list[tuple[Bound, Certainty]] = field(default_factory=list)
    partition: Quantity | None = None
    """Sum of the parts of this list whose shares add up to 100%: a whole even if it is not printed."""

    def readings(self) -> Iterator[Reading]:
        for base, _how in self.bases:
            found = ratio(self.rate.figure, self.part.figure, base.token.figure)
            if found:
                yield found
        if self.partition is not None:
            found = quotient(self.rate.figure, self.part.figure.quantity, self.partition, "Σ")
            if found:
                yield found

    def best(self) -> Reading | None:
        return best(self.readings())

    def oversize(self) -> Bound | None:
        """The whole that is smaller than this part of it, when every candidate whole is."""
        part = self.part.figure.quantity
        if self.partition is not None and self.partition.high >= part.low:
            wholes = [base for base, how in self.bases if how != "inferred"][:1]
        else:
            wholes = [base for base, _how in self.bases]
        if not wholes or any(one.token.figure.quantity.high >= part.low for one in wholes):
            return None
        return wholes[0]

    @property
    def certain(self) -> bool:
        """The base stands in the sentence: printed with its value, named, or the head of the list."""
        return bool(self.bases) and self.bases[0][1] != "inferred"


def shares(narrative: Narrative) -> list[Share]:
    """Every share claim whose part is known."""
    found: list[Share] = []
    for sentence in narrative.sentences:
        group = list(_in_sentence(sentence))
        whole = _partition(group)
        for share in group:
            if whole is not None:
                share.partition = whole
            share.bases = list(_bases(narrative, share))
            found.append(share)
    return found


def _in_sentence(sentence: Sentence) -> Iterator[Share]:
    for index, token in enumerate(sentence.tokens):
        if token.role != "share":
            continue
        start = token.direct if token.direct is not None else index
        part = sentence.tokens[token.of] if token.of is not None else _part(sentence.tokens, start, token)
        if part is not None:
            yield Share(sentence, token, part)


def _part(tokens: list[Token], index: int, rate: Token) -> Token | None:
    """The nearest amount before; other rates may stand between, a difference or another subject may not."""
    words = tokens[index].gap.rpartition("占")[0].rpartition("所")[0] or tokens[index].gap.rpartition("占")[0]
    if len(_HAN.findall(words.replace("所", ""))) > WORDS_MAX and not _CARRIES_ON.search(words):
        return None
    for token in reversed(tokens[:index]):
        if token.bracketed and not rate.bracketed:
            continue
        if token.thing:
            return token
        if token.role not in ("share", "growth", "completion"):
            return None
    return None


def _partition(group: list[Share]) -> Quantity | None:
    """Whole of a list that claims to be complete: at least two shares of one level that add up to 100%."""
    plain = [one for one in group if not one.rate.base and one.rate.direct is None]
    if len({one.part.level for one in plain}) != 1 or len(plain) < 2:
        return None
    if len({one.part.figure.dimension for one in plain}) != 1:
        return None
    stated = sum((one.rate.figure.quantity for one in plain), Quantity.exact(0))
    slack = PADDING * len(plain)
    if not stated.meets(1 - slack, 1 + slack):
        return None
    return sum((one.part.figure.quantity for one in plain), Quantity.exact(0))


def _bases(narrative: Narrative, share: Share) -> Iterator[tuple[Bound, Certainty]]:
    sentence, rate, part = share.sentence, share.rate, share.part
    if rate.direct is not None:
        yield Bound(sentence, sentence.tokens[rate.direct]), "printed"
        return
    if rate.base:
        yield from _named(narrative, share)
        return
    yield from _by_class(narrative, share)
    parent = part.parent
    seen: set[int] = set()
    while parent is not None and parent >= 0 and parent not in seen:
        seen.add(parent)
        yield Bound(sentence, sentence.tokens[parent]), "structural"
        parent = sentence.tokens[parent].parent
    for one in _before(narrative, sentence, part):
        if id(one.token) not in {id(sentence.tokens[i]) for i in seen}:
            leading = part.parent == -1 and not seen and one.sentence is not sentence
            seen.add(-1)
            yield one, "structural" if leading and one.token.amount else "inferred"


_WHOLE_OF = {
    "因公出国（境）费": "“三公”经费",
    "公务用车购置及运行维护费": "“三公”经费",
    "公务接待费": "“三公”经费",
}


def _by_class(narrative: Narrative, share: Share) -> Iterator[tuple[Bound, Certainty]]:
    """The whole a standard member belongs to, wherever the document prints it."""
    name = labels.indicator(share.part.label)
    whole = _WHOLE_OF.get(name)
    if not whole or share.part.role == "budget":
        return
    for one in narrative.amounts:
        if (
            one.token.role != "budget"
            and narrative.is_current(one.token)
            and labels.indicator(one.label) == whole
        ):
            yield one, "named"


def _named(narrative: Narrative, share: Share) -> Iterator[tuple[Bound, Certainty]]:
    """Amounts that bear the name the sentence gives to the base."""
    phrase = share.rate.base
    dimension = share.part.figure.dimension
    near = [
        one
        for one in _before(narrative, share.sentence, share.part)
        if _fits(phrase, one, dimension) and _same_money(phrase, one)
    ]
    far = [
        one
        for one in narrative.same_label(phrase)
        if one.token is not share.part
        and _fits(phrase, one, dimension)
        and _strict(phrase, one.label)
        and _same_money(phrase, one)
    ]
    done: set[int] = set()
    insured = Bound(share.sentence, share.part).of_insurance
    for one in [*near, *far]:
        if one.of_insurance and not insured:
            continue
        if id(one.token) not in done and one.token is not share.part:
            done.add(id(one.token))
            yield one, "named"


def _fits(phrase: str, one: Bound, dimension: str) -> bool:
    if one.token.figure.dimension != dimension or not labels.same_thing(phrase, one.label):
        return False
    return (
        not labels.side(phrase) or labels.side(phrase) == labels.side(one.label) or labels.core(phrase) != ""
    )


def _same_money(phrase: str, one: Bound) -> bool:
    """A base that names its money (一般公共预算项目支出) is not the same item of all money."""
    wanted = labels.caliber(phrase)
    here = labels.caliber(one.label) or labels.section_caliber(one.sentence.section)
    return not wanted or not here or wanted == here or {wanted, here} == {"fiscal", "general"}


def _strict(phrase: str, label: str) -> bool:
    """Far from the sentence only the same standard indicator, or the same core word, is the base."""
    known = labels.indicator(phrase)
    if known:
        return known == labels.indicator(label)
    return bool(labels.core(phrase)) and labels.core(phrase) == labels.core(label)


def _before(narrative: Narrative, sentence: Sentence, part: Token) -> Iterator[Bound]:
    """Amounts of the same dimension before the part: this sentence, its paragraph, the section's opening."""
    position = next(i for i, one in enumerate(sentence.tokens) if one is part)
    for token in reversed(sentence.tokens[:position]):
        if token.thing and token.figure.dimension == part.figure.dimension:
            yield Bound(sentence, token)
    for one in narrative.earlier(sentence, reach=2):
        for token in reversed(one.tokens):
            if token.thing and token.figure.dimension == part.figure.dimension:
                yield Bound(one, token)
