"""The lexicon, which is data (``reading/lexicon/*.yaml``): indicators with their other names, words of the grammar, divisions.

A noun phrase is looked up by its end: ``某县残联2019年度一般公共预算财政拨款支出`` is 一般公共预算财政拨款支出 when what stands
before the match are words that do not make another indicator of it. What is not found stays as it is, a free name.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct

from jingban.values.patterns import lazy

HERE = Path(__file__).parent / "lexicon"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
FREE_NAME_MAX = 24


class Division(Struct, frozen=True):
    """A complete division: where all of ``need`` are named, the parts make the whole."""

    whole: tuple[str, ...]
    parts: tuple[str, ...]
    need: tuple[str, ...]


def _load(name: str) -> Any:
    return yaml.load((HERE / f"{name}.yaml").read_text("utf-8"), Loader=_LOADER)


@cache
def names() -> dict[str, tuple[str, ...]]:
    """Every printed name -> the indicators it may stand for, the nearest first."""
    found: dict[str, list[str]] = {}
    for file in ("accounts", "funds"):
        for family in _load(file).values():
            for canonical, others in family.items():
                for name in (canonical, *others):
                    known = found.setdefault(name, [])
                    if canonical not in known:
                        known.append(canonical)
    return {name: tuple(meant) for name, meant in found.items()}


@cache
def canonical() -> frozenset[str]:
    return frozenset(one for meant in names().values() for one in meant)


@cache
def divisions() -> tuple[Division, ...]:
    return tuple(Division(tuple(d["whole"]), tuple(d["parts"]), tuple(d["need"])) for d in _load("divisions"))


@cache
def _words() -> dict[str, tuple[str, ...]]:
    return {
        key: tuple(sorted(map(str, value), key=len, reverse=True)) for key, value in _load("words").items()
    }


def words(key: str) -> tuple[str, ...]:
    """A list of words of the grammar, the longest first."""
    return _words()[key]


@cache
def any_of(*keys: str) -> str:
    """Alternation of the words of some lists, for a regular expression."""
    return "|".join(
        re.escape(word) for word in sorted({w for key in keys for w in words(key)}, key=len, reverse=True)
    )


_SCOPES = (
    ("国有资本", "国有资本经营"),
    ("政府性基金", "政府性基金"),
    ("一般公共预算", "一般公共预算"),
    ("一般公共预算", "公共财政预算"),
    ("财政拨款", "财政拨款"),
)


def scope_of(text: str) -> str:
    """Which money a phrase speaks of: one of 一般公共预算, 政府性基金, 国有资本, 财政拨款, or ''."""
    return next((name for name, words_ in _SCOPES if words_ in text), "")


_LEAD = lazy(
    r"^(?:\d{1,2}[.、]|\(\d+\)|[一二三四五六七八九十]是|\([一二三四五六七八九十]\)|[一二三四五六七八九十]+、|第[一二三四五六]+,|[①-⑳])+"
)
_ITEM = lazy(r"([^()。,;:]{2,})\((?:\d+)?项\)")
_CLASS = lazy(r"([^()。,;:]{2,})\((?:\d+)?款\)")
_LEVEL_MARK = lazy(r"\((?:\d+)?[类款项]\)")
_WHEN = lazy(
    r"(?:截[至止])?(?:19|20)\d{2}年(?:度|末|底|初|\d{1,2}月(?:\d{1,2}日|底|末)?)?|本年度|本年(?!收入|支出|财政|收支|结余)|当年(?!结余|收支|收入|支出)"
    r"|全年(?!预算|执行|支出|收入)|年末(?!结转|滚存|财政|结余|累计)|^其中[,:]?|(?:主要)?包括[:,]?|上年(?!结转|结余|滚存|末|累计|年末|财政)|去年|上一年度?"
)
_EMPTY = lazy(
    r"(?:达到?|为|是|共计?|合计|总计|累计|约|其中|分别|各|均|有|即|从|由|在|支出|金额|数额|资金|实际|完成|安排|预算|决算|执行|数|额|占|计|需要?|共?投入|主要|包括|已|全)+"
)
_TAILS = (
    lazy(r"(?:分别|各自?|均|共|仅|约|总|合)?(?:为|是|达到|达|有|:|共|均|约|各|分别|计|在)*$"),
    lazy(r"(?:共计|合计|总计|共|金额|总额|数额)$"),
    lazy(r"(?:决算|预算|执行|完成|安排|实际)?(?:数|为|金额|数额|情况)?$"),
    lazy(r"(?:决算|预算|支出|安排|总额)$"),
)


@cache
def _holder() -> re.Pattern[str]:
    return re.compile(
        rf"^[^,。;:]{{0,28}}?(?:{any_of('holders')})(?:\(?本级\)?)?(?:汇总)?(?=(?:19|20)\d{{2}}年)"
    )


@cache
def _qualifier() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of('qualifiers')}|\d年|年)$")


@lru_cache(maxsize=20_000)
def canon(phrase: str) -> tuple[str, ...]:
    """Indicators a noun phrase may stand for; ``()`` for a phrase that names nothing."""
    text = re.sub(r"收入?[、和与](?=支出?)", "收入", phrase) if "收" in phrase else phrase
    text = re.sub('[“”"‘’《》]', "", text).strip(":,。;、—- ")
    text = (
        re.sub(r"收入支出?(?=总|决算总|预算总|合计|拨款|[各均]?$)", "收支", text)
        if "收入支" in text
        else text
    )
    if (item := _ITEM.findall(text) or _CLASS.findall(text)) and not re.search(r"[项款]\).{5,}", text):
        return (item[-1],)
    text = _LEVEL_MARK.sub("", _LEAD.sub("", text))
    text = _holder().sub("", text)
    text = _WHEN.sub("", text).strip(":,。;、的对")
    steps = [text]
    for tail in _TAILS:
        text = tail.sub("", text) or text
        steps.append(text)
    known = names()
    for one in steps:
        if one in known:
            return known[one]
    for one in steps:
        for cut in range(1, len(one) - 1):
            rest = one[cut:]
            if rest in known and (len(rest) >= 3 or rest == one[cut:]) and _explained(one[:cut]):
                return known[rest]
    text = next((one for one in reversed(steps) if len(one) >= 4), steps[-1])
    return (text[-FREE_NAME_MAX:],) if len(text) >= 2 and not _EMPTY.fullmatch(text) else ()


def _explained(before: str) -> bool:
    """Whether the words before a name are known not to make another indicator of it."""
    while before:
        matched = _qualifier().search(before)
        if not matched:
            return False
        if matched[0] in words("holders"):
            return True
        before = before[: matched.start()]
    return True


def known(name: str) -> bool:
    """Whether a name is an indicator of the lexicon (and no free name)."""
    return name in canonical()
