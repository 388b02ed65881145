"""Lists with a whole: 'A，其中：B、C、D'. Closed when the words, a standard classification or shares of 100% say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from jingban.checker.claims import labels
from jingban.checker.claims.narrative import Bound, Narrative
from jingban.checker.claims.sentence import Sentence, Token
from jingban.checker.claims.shares import PADDING
from jingban.checker.claims.verdict import Reading, total
from jingban.checker.figures import Figure
from jingban.values.patterns import lazy

# Classifications that are complete by definition: (name, members that must stand there, members that may).
CLOSED: tuple[tuple[str, frozenset[str], tuple[str, ...]], ...] = (
    ("基本支出+项目支出", frozenset({"基本支出", "项目支出"}), ("上缴上级", "经营支出", "附属单位补助")),
    ("人员经费+公用经费", frozenset({"人员经费", "公用经费"}), ()),
    ("货物+工程+服务", frozenset({"政府采购货物支出", "政府采购工程支出", "政府采购服务支出"}), ()),
    ("出国+公车+接待", frozenset({"因公出国（境）费", "公务用车购置及运行维护费", "公务接待费"}), ()),
    ("购置+运行", frozenset({"公务用车购置费", "公务用车运行维护费"}), ()),
)
HEADS = {
    "基本支出+项目支出": lazy(r"支出"),
    "人员经费+公用经费": lazy(r"基本支出"),
    "货物+工程+服务": lazy(r"采购"),
    "出国+公车+接待": lazy(r"三公"),
    "购置+运行": lazy(r"用车"),
}
_OVERLAP = lazy(r"授予|中小企业|小微|合同金额|女|党员|本科|大专")
_BROKEN = lazy(r"包括|含|其中|累计|人均|每人|月均|平均|上年|去年|较|同比|(?:19|20)\d{2}\s*年|历年|至今")
"""Cuts across the list: part of the same whole under another heading."""
NEARLY = Decimal("0.995")


class Sum(Struct):
    """A whole and what is listed as its parts. ``closed`` names why the list is complete; '' when it is open."""

    sentence: Sentence
    whole: Bound
    parts: list[Bound]
    closed: str = ""

    def reading(self) -> Reading:
        return total(self.whole.token.figure, [one.token.figure for one in self.parts])

    def unnested(self) -> Sum:
        """The list without items that only break down the item before them (包括 without a 其中)."""
        kept: list[Bound] = []
        rest = list(self.parts)
        while rest:
            head = rest.pop(0)
            kept.append(head)
            for length in range(len(rest), 1, -1):
                inner = [one.token.figure for one in rest[:length]]
                if total(head.token.figure, inner).level in ("L0", "L1"):
                    del rest[:length]
                    break
        return Sum(self.sentence, self.whole, kept, self.closed)

    @property
    def clean(self) -> bool:
        """A plain list: distinct names, short connections, no comparison or breakdown between."""
        names = [one.label for one in self.parts]
        gaps = [one.token.gap for one in self.parts[1:]]
        return (
            all(names)
            and len(set(names)) == len(names)
            and not any(_BROKEN.search(gap) for gap in gaps)
            and not self.whole.token.figure.approximate
            and not any(one.token.figure.approximate for one in self.parts)
        )

    @property
    def figures(self) -> list[Figure]:
        return [one.token.figure for one in self.parts]


def sums(narrative: Narrative) -> list[Sum]:
    """Every list of two parts or more."""
    found: list[Sum] = []
    for sentence in narrative.sentences:
        for parent in sorted({one.parent for one in sentence.tokens if one.parent is not None}):
            whole = _whole(narrative, sentence, parent)
            parts = [
                Bound(sentence, token)
                for token in sentence.tokens
                if token.parent == parent and token.thing and token.role != "budget" and not token.bracketed
            ]
            if whole is not None and whole.token.role != "budget":
                found.extend(_lists(narrative, sentence, whole, parts))
        if re.search(r"其中\s*[:,]?\s*$", sentence.text):
            found.extend(_spread(narrative, sentence))
    return found


def _whole(narrative: Narrative, sentence: Sentence, parent: int) -> Bound | None:
    if parent >= 0:
        return Bound(sentence, sentence.tokens[parent])
    if not sentence.opens_with_part:
        return None
    for one in narrative.earlier(sentence):
        heads = [token for token in one.tokens if token.thing and not token.bracketed]
        if heads:
            top = [token for token in heads if token.level == 0] or heads
            return Bound(one, top[-1])
    return None


def _lists(narrative: Narrative, sentence: Sentence, whole: Bound, parts: list[Bound]) -> Iterator[Sum]:
    """The list, split where one set of words names several: by unit, and into its standard classification."""
    unit = whole.token.figure.number.unit
    same = [
        one
        for one in parts
        if one.token.figure.dimension == unit.dimension
        and (unit.dimension not in ("things",) or one.token.figure.number.unit == unit)
        and one.token.role in ("value", "actual", "count")
        and narrative.is_current(one.token)
    ]
    if len(same) < 2:
        return
    standard = list(_classified(sentence, whole, same))
    yield from standard
    if standard:
        return
    level = min(one.token.level for one in same)
    same = [one for one in same if one.token.level == level and not _OVERLAP.search(one.label)]
    if len(same) < 2:
        return
    if _tiled(sentence, same):
        yield Sum(sentence, whole, _with_share(sentence, same), "占比合计 100%")
    elif "接待" in whole.label and _both_kinds(same):
        yield Sum(sentence, whole, same, "国内接待+外事接待")
    elif unit.symbol == "辆" and any("其他" in one.label for one in same):
        yield Sum(sentence, whole, same, "车辆按用途分类")
    elif not any(labels.indicator(one.label) for one in same) or len(same) > 2:
        yield Sum(sentence, whole, same)


def _both_kinds(parts: list[Bound]) -> bool:
    """Exactly one amount of domestic and one of foreign receptions: there is no third kind."""
    return len(parts) == 2 and all(
        sum(bool(re.search(word, one.label)) for one in parts) == 1
        for word in ("国内", "外事|外宾|国（境）外")
    )


def _classified(sentence: Sentence, whole: Bound, parts: list[Bound]) -> Iterator[Sum]:
    named = {labels.indicator(one.label): one for one in reversed(parts)}
    for name, needed, extra in CLOSED:
        if not needed <= set(named) or not _heads(name, whole):
            continue
        members = [
            one
            for one in parts
            if labels.indicator(one.label) in needed or any(word in one.label for word in extra)
        ]
        seen: dict[str, Bound] = {}
        for one in members:
            seen.setdefault(one.label, one)
        yield Sum(sentence, whole, list(seen.values()), name)


def _heads(name: str, whole: Bound) -> bool:
    return bool(HEADS[name].search(whole.label)) or not whole.label


def _tiled(sentence: Sentence, parts: list[Bound]) -> bool:
    """The printed shares of the parts add up to 100%: the writer says the list is complete."""
    rates = _rates(sentence, parts)
    if len(rates) < 2:
        return False
    low = sum((one.figure.quantity.low - PADDING for one in rates), Decimal(0))
    high = sum((one.figure.quantity.high + PADDING for one in rates), Decimal(0))
    return low <= 1 <= high and any(one.figure.value < Decimal("0.995") for one in rates)


def _rates(sentence: Sentence, parts: list[Bound]) -> list[Token]:
    found: list[Token] = []
    mine = {id(one.token) for one in parts}
    last: Token | None = None
    for token in sentence.tokens:
        if token.thing:
            last = token if id(token) in mine else None
        elif token.role == "share" and last is not None and not token.base:
            found.append(token)
            last = None
    return found


def _with_share(sentence: Sentence, parts: list[Bound]) -> list[Bound]:
    kept: list[Bound] = []
    mine = {id(one.token): one for one in parts}
    last: Bound | None = None
    for token in sentence.tokens:
        if token.thing:
            last = mine.get(id(token))
        elif token.role == "share" and last is not None:
            kept.append(last)
            last = None
    return kept


def _spread(narrative: Narrative, sentence: Sentence) -> Iterator[Sum]:
    """'…基本支出A万元，其中：' with each part opening a paragraph of its own; standard classifications only."""
    heads = [token for token in sentence.tokens if token.thing and not token.bracketed]
    if not heads:
        return
    whole = Bound(sentence, heads[-1])
    place = narrative.home[id(sentence)]
    parts: list[Bound] = []
    last = None
    for one in narrative.sentences[place + 1 : place + 60]:
        if one.section != sentence.section or re.search(r"其中\s*[:,]?\s*$", one.text):
            break
        if one.paragraph is last:
            continue
        last = one.paragraph
        first = next((token for token in one.tokens if token.role in ("value", "actual")), None)
        if first is not None and first.figure.dimension == whole.token.figure.dimension:
            parts.append(Bound(one, first))
    yield from _classified(sentence, whole, parts)
