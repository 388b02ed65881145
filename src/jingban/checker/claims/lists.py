"""Parallel lists: '甲、乙分别为5万元、3万元，分别占合计的62.5%、37.5%' is two statements, not one and a stray figure.

Every list under 分别/各/依次 is taken member by member: names to amounts, amounts to shares. A list that cannot be
matched one to one (growth rates, differences, unequal lengths) is bound to nothing, so that nothing wrong is computed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from msgspec import structs

from jingban.values.patterns import lazy
from jingban.values.units import PLAIN

if TYPE_CHECKING:
    from jingban.checker.claims.sentence import Token

_JOINED = lazy(r"\s*[、,和及与]\s*")
_EACH = lazy(r"分别|依次|各自?(?![类项种级地部单县市区乡镇村街])")
_MARKS = ("、", "[、和与]", "[、和与及]")
"""购置及运行维护费 is one name unless only this splitting gives as many names as figures."""
SHARED = frozenset({"money", "persons", "person-times"})
"""Kinds of things whose unit may stand once, at the end of a list."""
_BEFORE = lazy(r"[,;:。]")


def runs(tokens: list[Token]) -> Iterator[tuple[int, int]]:
    """[first, last) of figures that follow each other with nothing but a list mark between, under a word like 分别."""
    start = 0
    for index in range(1, len(tokens) + 1):
        joined = index < len(tokens) and _JOINED.fullmatch(tokens[index].gap) is not None
        if joined:
            continue
        clause = _BEFORE.split(tokens[start].gap)[-1] if tokens else ""
        if index - start > 1 and _EACH.search(clause):
            yield start, index
        start = index


def match_lists(tokens: list[Token]) -> None:
    """Give every member of a parallel list its own name or its own amount."""
    amounts: tuple[int, int] | None = None
    for first, last in list(runs(tokens)):
        members = tokens[first:last]
        _share_unit(members)
        if len({one.figure.dimension for one in members}) > 1:
            _unbind(members)
        elif members[0].figure.dimension == "ratio":
            if members[0].role == "share" and amounts and amounts[1] - amounts[0] == len(members):
                for place, one in enumerate(members):
                    one.role, one.base, one.direct = "share", members[0].base, None
                    one.of = amounts[0] + place
            else:
                _unbind(members)
        elif members[0].role in ("value", "budget", "actual", "count"):
            _name(members)
            amounts = (first, last)
        else:
            _unbind(members)


def _share_unit(members: list[Token]) -> None:
    """'各是507.2、17.8万元': one unit at the end is the unit of all."""
    *rest, last = members
    if last.figure.dimension in SHARED and all(one.figure.number.unit == PLAIN for one in rest):
        for one in rest:
            number = replace(one.figure.number, unit=last.figure.number.unit)
            one.figure = structs.replace(one.figure, number=number)


def _unbind(members: list[Token]) -> None:
    for one in members:
        one.role = "other"


def _name(members: list[Token]) -> None:
    """'基本支出、项目支出分别为': one name each; unequal numbers leave the members without a name."""
    before = _EACH.split(_BEFORE.split(members[0].gap)[-1])[0]
    before = re.sub(r"^\s*(?:其中|(?:19|20)\d{2}\s*年度?)", "", before)
    ways = ([one.strip() for one in re.split(mark, before) if one.strip()] for mark in _MARKS)
    names = next((found for found in ways if len(found) == len(members)), [])
    for place, one in enumerate(members):
        one.role = members[0].role
        one.label = names[place] if names else ""
