"""Words of titles, headers and labels made comparable."""

from __future__ import annotations

import re
from functools import lru_cache

from jingban.checker.layout.text import normalise
from jingban.values.patterns import lazy

_MARKS = str.maketrans("", "", "“”\"'‘’「」《》〈〉()[]【】、,，.。·:：;；-—_*")
_NUMBERED = lazy(
    r"^(?:其中[:：]?)?(?:[（(]?[一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．]|[（(]?\d{1,2}[)）、.．](?!\d))"
)
_TITLE_NOISE = lazy(
    r"^(?:附表|附件|表|公开|预算)?\d{0,2}[-—.、]?\d{0,2}(?:表)?|^(?:附表|附件|表)[一二三四五六七八九十]{1,3}(?!般)|20\d\d年度?|[一二三四五六七八九十]{1,3}、|\(续(?:表|\d+)?\)|续表|单位[:：].*$|\(单位.*\)$"
)
_FORM_WORDS = lazy(r"财政拨款|预算|项目|基本|基金|资本|明细|经营|专项|三公|收入|支出|决算|资产|采购")


@lru_cache(maxsize=20_000)
def bare(text: str) -> str:
    """For comparison: NFKC, Simplified, without blanks, quotes, brackets and punctuation."""
    return normalise(text).translate(_MARKS)


@lru_cache(maxsize=20_000)
def label(text: str) -> str:
    """A row label without its enumeration mark (一、 （一） 1. 其中：)."""
    plain = normalise(text)
    while True:
        shorter = _NUMBERED.sub("", plain, count=1)
        if shorter == plain or not shorter:
            break
        plain = shorter
    return re.sub(r"^其中[:：]?", "", plain).translate(_MARKS)


def title(text: str) -> str:
    """A table title without year, number, unit line and 续表."""
    plain = normalise(text)
    while True:
        shorter = _TITLE_NOISE.sub("", plain)
        if shorter == plain:
            return plain.translate(_MARKS)
        plain = shorter


def likeness(left: str, right: str, at_least: float) -> float:
    """0 … 1 by common subsequence; 0 when it cannot reach ``at_least``."""
    if left == right:
        return 1.0
    shared = sum(min(left.count(mark), right.count(mark)) for mark in set(left))
    if 2 * shared < at_least * (len(left) + len(right)):
        return 0.0
    from rapidfuzz.fuzz import ratio  # loaded only where two names are nearly the same

    return ratio(left, right, score_cutoff=100 * at_least) / 100


def only_prefix(prefix: str) -> bool:
    """Whether what stands before a form's title in a printed title is no part of another form's name."""
    return not _FORM_WORDS.search(prefix)
