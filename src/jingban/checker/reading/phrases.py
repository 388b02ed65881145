"""Phrases: which year, which basis and which indicator the words around a number name."""

from __future__ import annotations

import re

from jingban.checker.reading import cues
from jingban.checker.reading.lexicon import canon, known
from jingban.checker.reading.parts import Frame
from jingban.values.patterns import lazy

YEAR = lazy(r"((?:19|20)\d{2})年")


def year_of(frame: Frame, text: str) -> str:
    """now, prior or another year, by the last year named."""
    found = YEAR.findall(text)
    if not found or frame.year is None:
        return "now"
    year = int(found[-1])
    return "now" if year == frame.year else "prior" if year == frame.year - 1 else str(year)


def basis_of(frame: Frame, who: str) -> str:
    """prior, budget, target or a year: what the words of a comparison measure from."""
    if year := YEAR.search(who):
        there = year_of(frame, who)
        return "budget" if there == "now" and "预算" in who else there if there != "now" else str(year[1])
    if re.search(r"上年|去年|上一年|前一?年|同期|期初|年初$|上期", who):
        return "prior"
    if re.search(r"预算|控制数", cues.plain(who)):
        return "budget"
    return "target" if re.search(r"目标|任务|计划", who) else "prior"


def is_goal(whole: str, frame: Frame) -> bool:
    """占年初预算数的: completion, not share."""
    return bool(re.search(r"年初预算|预算数$|调整预算|全年预算|任务|目标|计划", whole)) and not frame.budget


def subject_of(words: str) -> tuple[str, ...]:
    """Indicators a change speaks of, from the words before its direction word."""
    words = re.split(
        r"(?:与|比|较|同比|环比|同|和)(?=上|去|20|年初|全年|预算|本|前|$|目标|调整|计划|任务)", words
    )[0]
    words = re.sub(r"(?:各|均|分别|共|合计|总体|总共|同比|环比)$", "", words)
    words = re.sub(r"^(?:其中|则|也|即|又|但|且|而)", "", words)
    return canon(words) if len(words) >= 2 else ()


def subject_of_base(who: str) -> tuple[str, ...]:
    """Indicators named with what is compared with: 比上年基本支出A."""
    return tuple(one for one in canon(re.sub(r"^(?:上年|去年|同期)(?:同期)?", "", who)) if known(one))
