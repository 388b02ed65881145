"""Shares: share = part / whole, and the parallel shares of one whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from jingban.checker.reading.lexicon import canon, divisions, known, scope_of
from jingban.checker.reading.parts import PartList
from jingban.checker.reading.quantity import Quantity, significant
from jingban.checker.reading.ratios import DIVIDES
from jingban.checker.relations.arithmetic import Judge, Verdict, Way, total
from jingban.checker.relations.changes import FAR, around
from jingban.values.patterns import lazy
from jingban.values.printed import Quantity as Interval

_ANY_WHOLE = lazy(r"该|此|上述|其$|全部$|总额$|总量$|总数$|总支出$|总收入$")
_TOTALS = (
    "本年支出合计",
    "本年收入合计",
    "支出总计",
    "收入总计",
    "一般公共预算财政拨款支出",
    "财政拨款支出",
    "财政拨款收入",
)


def run(judge: Judge) -> None:
    for reading in judge.book.readings:
        for one in reading.quantities:
            if one.kind == "share":
                _share(judge, one)
    _parallel(judge)


def _parts(judge: Judge, one: Quantity) -> list[tuple[Quantity | Interval, int]]:
    here = judge.book.reading(one).quantities
    place = here.index(one)
    after = here[place + 1] if place + 1 < len(here) else None
    if (
        one.part_name
        and after is not None
        and after.bracketed
        and after.kind == "level"
        and after.start - one.end <= 2
    ):
        return [(after, 0)]
    if (
        one.part_name
        and after is not None
        and after.kind == "level"
        and re.fullmatch(r",?(?:共计|合计|为|计|金额为?|即|达|支出)+", after.gap)
    ):
        return [(after, 0)]
    if one.part_name and DIVIDES in one.how:
        return []  # 累计结余A中,统筹基金占x%: the part itself is printed nowhere
    if len(one.part_name) >= 3:
        names = canon(one.part_name)
        own = [q for q in here if set(q.names) & set(names) and q.level]
        found = own or [q for name in names for q in judge.book.levels(name)]
        if found:
            return [(q, 0 if q.passage is one.passage else 1) for q in found[:6]]
        if len(one.part_name) >= 4:
            return [(one.head, FAR)] if one.head is not None and not any(map(known, names)) else []
    if one.head is None:
        return []
    found_parts: list[tuple[Quantity | Interval, int]] = [(one.head, 0)]
    group = one.head.group
    if len(group) > 1 and len(one.group) <= 1 and one.whole is None:
        found_parts = [(total(group), 0), (group[-1], 0), (one.head, 1)]
    return found_parts


def _wholes(judge: Judge, one: Quantity, family: str) -> list[tuple[Quantity, int]]:
    book = judge.book
    if one.whole is not None:
        return [(one.whole, 0)]
    here = book.reading(one).quantities
    same = [q for q in here if q.level and q.start < one.start and q.family == family]
    if one.whole_name and not _ANY_WHOLE.search(one.whole_name):
        names, scope = canon(one.whole_name), scope_of(one.whole_name)
        found = [(q, 0) for q in same if set(q.names) & set(names)]
        found += [(q, 1) for name in names for q in book.levels(name, family)]
        if scope:
            found = [
                (q, cost)
                for q, cost in found
                if q.scope == scope or any(scope_of(n) == scope for n in q.names)
            ]
        loose = [(q, FAR) for q in same] + [
            (q, FAR) for reading in book.near(one) for q in reading.levels() if q.family == family
        ]
        return [*found, *loose]
    found = [
        (w, 0) for listed in book.lists if any(m is one.head for m in listed.members) for w in listed.wholes
    ]
    found += [(q, 1) for q in one.topics[1:]]
    found += [(q, 2) for q in reversed(same)]
    found += [
        (q, 2)
        for q in here
        if q.start > one.start
        and q.sentence == one.sentence
        and q.kind == "level"
        and re.search(r"总额|合计|总计|共计|总支出|总收入", q.gap)
    ]
    for reading in book.near(one):
        found += [(q, 2) for q in reading.quantities if q.kind == "level" and not q.bracketed][:3]
    found += [(q, FAR) for name in _TOTALS for q in book.index.get(name, ()) if q.current]
    return found


def _share(judge: Judge, one: Quantity) -> None:
    if one.unsigned and re.match(
        r"[,;。、]|$|此外", judge.book.passages[one.passage.index].text[one.end : one.end + 2] or "。"
    ):
        judge.add(
            Verdict(
                "no_percent", one, "broken", severity="warning", stated=one.shown, expected=one.shown + "%"
            )
        )
    parts = _parts(judge, one)
    families = {p.family for p, _cost in parts if isinstance(p, Quantity)}
    family = next(iter(families), one.head.family if one.head is not None else "元")
    siblings = {
        id(q.head)
        for q in judge.book.reading(one).quantities
        if q.kind == "share" and q is not one and q.head is not None and q.whole_name == one.whole_name
    }
    ways: list[Way] = []
    seen: set[tuple[int, int]] = set()
    for whole, cost in _wholes(judge, one, family):
        for part, dear in parts:
            if (
                whole is part
                or whole.family != family
                or (id(part), id(whole)) in seen
                or (isinstance(part, Quantity) and part.value > whole.value and not one.whole_name)
            ):
                continue
            seen.add((id(part), id(whole)))
            far = not one.whole_name and id(whole) in siblings and not _listed(judge, part, whole)
            ways.append(Way({"share": one, "part": part, "whole": whole}, FAR if far else max(cost, dear)))
    if one.whole_name and not any(way.cost <= 1 for way in ways):
        ways += _divided(judge, one)
    if one.value == 1 and not one.whole_name:
        ways += [
            Way({"share": one, "part": p, "whole": p}, FAR)
            for p, _ in parts
            if isinstance(p, Quantity) and p.value
        ]
    if over := _over(one, parts, ways):
        judge.add(
            Verdict(
                "part_over",
                one,
                "broken",
                over.roles,
                None,
                [q for q in over.roles.values() if isinstance(q, Quantity) and q is not one],
            )
        )
        return
    if not ways:
        judge.add(Verdict("share", one, "unread"))
        return
    if framed := _framed(judge, one, ways):
        judge.weigh("share", one, framed)
        return
    judge.weigh(
        "share",
        one,
        sorted(ways, key=lambda way: way.cost),
        pool=whole_pool(judge, one, parts, family, "share", "part", "whole"),
    )


def _divided(judge: Judge, one: Quantity) -> list[Way]:
    """The named whole is printed nowhere, but all parts of its complete division are: 基本支出 and 项目支出."""
    part, wanted = one.head, set(canon(one.whole_name))
    if part is None or part.family != "元":
        return []
    ways = []
    for division in divisions():
        if not wanted & set(division.whole) or not set(part.names) & set(division.parts):
            continue
        parts = [
            [
                q
                for q in judge.book.levels(name, "元")
                if q.when == "now"
                and q.kind == "level"
                and not q.bracketed
                and q.passage.section == part.passage.section
            ]
            for name in division.parts
        ]
        named = {name for name, found in zip(division.parts, parts, strict=True) if found}
        if set(division.need) <= named and all(len({q.value for q in found}) <= 1 for found in parts):
            ways.append(
                Way({"share": one, "part": part, "whole": total(found[0] for found in parts if found)}, 1)
            )
    return ways


def _framed(judge: Judge, one: Quantity, ways: list[Way]) -> list[Way]:
    """The near readings, where the shares beside this one hold with one of them: no far whole can excuse it then."""
    if one.head is None or one.part_name:
        return []
    near = [way for way in ways if way.cost <= 1 and way.roles["part"] is one.head]
    beside = [
        q
        for q in judge.book.reading(one).quantities
        if q.kind == "share"
        and q is not one
        and q.head is not None
        and q.head is not one.head
        and q.head.family == one.head.family
        and q.whole_name == one.whole_name
        and abs(q.sentence - one.sentence) <= 1
        and significant(q) >= 3
    ]
    for way in near:
        whole = way.roles["whole"]
        if not isinstance(whole, Quantity) or not (one.whole_name or _listed(judge, one.head, whole)):
            continue
        for q in beside:
            held = judge.tried("share", q, Way({"share": q, "part": q.head or q, "whole": whole}))
            if held is not None and held[0]:
                return [Way(w.roles, w.cost) for w in near if not one.whole_name or w.roles["whole"] is whole]
    return []


def _over(one: Quantity, parts: list[tuple[Quantity | Interval, int]], ways: list[Way]) -> Way | None:
    """A part printed larger than the whole that is named beside it."""
    if one.whole is None and not one.whole_name:
        return None
    near = [way for way in ways if way.cost <= 1]
    if near and all(_greater(way) for way in near) and one.value <= 1:
        return near[0]
    return None


def _greater(way: Way) -> bool:
    part, whole = way.roles["part"], way.roles["whole"]
    low = part.interval.low if isinstance(part, Quantity) else part.low
    high = whole.interval.high if isinstance(whole, Quantity) else whole.high
    return low > high > 0


def _listed(judge: Judge, part: Quantity | Interval, whole: Quantity) -> bool:
    return any(
        any(w is whole for w in one.wholes) and any(m is part for m in one.members)
        for one in judge.book.lists
    )


def whole_pool(
    judge: Judge, one: Quantity, parts: list[tuple[Quantity | Interval, int]], family: str, *roles: str
) -> Callable[[], Iterator[Way]]:
    stated, upper, lower = roles

    def ways() -> Iterator[Way]:
        pool = around(judge, one, family)
        for above in [p for p, _ in parts]:
            for below in pool:
                yield Way({stated: one, upper: above, lower: below})
        others = {
            id(q.head) for q in judge.book.reading(one).quantities if q.kind == one.kind and q is not one
        }
        for above_ in [q for q in pool if id(q) not in others]:
            for below in pool:
                if above_ is not below:
                    yield Way({stated: one, upper: above_, lower: below})

    return ways


def _parallel(judge: Judge) -> None:
    """Shares of all members of a list make 100 %: one that was not judged by its own whole is judged by the others."""
    for listed in judge.book.lists:
        shares = _shares_of(judge, listed)
        if len(shares) < 2 or len(shares) != len(
            [m for m in listed.members if m.family == shares[0][0].family]
        ):
            continue
        members = [m for m, _s in shares]
        wholes = [w for w in listed.wholes if w.family == members[0].family]
        if not any(
            abs(total(members).point - w.value) <= w.half + sum(m.half for m in members) for w in wholes
        ):
            continue
        added = sum((s.value for _m, s in shares), Decimal(0))
        slack = sum((s.half for _m, s in shares), Decimal(0)) * 2
        if abs(added - 1) <= max(slack, Decimal("0.0011")):
            continue
        open_ones = [s for _m, s in shares if judge.state(s) in (None, "unread")]
        if len(open_ones) == 1:
            want = 1 - (added - open_ones[0].value)
            judge.add(
                Verdict(
                    "shares",
                    open_ones[0],
                    "broken",
                    {},
                    want,
                    [s for _m, s in shares if s is not open_ones[0]],
                )
            )


def _shares_of(judge: Judge, listed: PartList) -> list[tuple[Quantity, Quantity]]:
    found = []
    for member in listed.members:
        for one in judge.book.reading(member).quantities:
            if one.kind == "share" and one.head is member and not one.whole_name:
                found.append((member, one))
                break
    return found
