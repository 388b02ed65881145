"""Changes and rates of change: rate = change / base, change = now − base, direction = sign."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from jingban.checker.reading.lexicon import known
from jingban.checker.reading.quantity import Quantity
from jingban.checker.relations.arithmetic import NEAR, Judge, Role, Verdict, Way
from jingban.values.i18n import gettext as _
from jingban.values.printed import Quantity as Interval

FAR = NEAR + 1
POOL_MAX = 40


def run(judge: Judge) -> None:
    for reading in judge.book.readings:
        for place, one in enumerate(reading.quantities):
            if one.kind == "rate":
                _rate(judge, one, place)
            elif one.kind == "change" and one.family != "%":
                _difference(judge, one)
            elif one.kind == "gap":
                _gap(judge, one)


# ---------------------------------------------------------------------- who changed
def changed(judge: Judge, one: Quantity, family: str) -> list[tuple[Quantity, int]]:
    """Levels a change may be of, each with its cost, the likeliest first."""
    here = judge.book.reading(one)
    same = [
        q
        for q in here.quantities
        if q.kind in ("level", "mean", "price")
        and q.when != "prior"
        and "compared with" not in q.how
        and q.family == family
    ]
    found: list[tuple[Quantity, int]] = []
    if one.subject:
        own = [q for q in same if set(q.names) & set(one.subject)]
        found += [
            (q, 0) for q in sorted(own, key=lambda q: (q.sentence != one.sentence, abs(q.start - one.start)))
        ]
        if not found:
            elsewhere = [
                q
                for name in one.subject
                for q in judge.book.levels(name, family)
                if q.when == "now" and (not one.scope or not q.scope or q.scope == one.scope)
            ]
            near = [q for q in elsewhere if q.passage.section == one.passage.section]
            alone = len({q.value for q in elsewhere}) == 1
            found += [(q, 1) for q in near] + [
                (q, NEAR if alone else FAR) for q in elsewhere if q not in near
            ]
            if not found and any(map(known, one.subject)):
                return [(q, FAR) for q in (one.head, *one.topics) if q is not None and q.family == family]
        weak = FAR
    else:
        weak = 0
    if one.head is not None and one.head.family == family:
        found.append((one.head, weak))
    found += [
        (q, max(weak, 1))
        for q in one.topics
        if q.family == family and q.kind in ("level", "mean", "price", "old")
    ]
    found += [(q, max(weak, 2)) for q in reversed(same) if q.start < one.start]
    found += [(q, max(weak, 2)) for q in same if q.start > one.start and q.sentence == one.sentence]
    if not found:
        before = next(iter(judge.book.near(one, 1)), None)
        opening = re.match(r"(?:[(（]?[一二三四五六七八九十\d]+[)）、.])?(?:与|同|较|比)", one.passage.text)
        first = (
            next((q for q in before.quantities if q.current and not q.bracketed), None) if before else None
        )
        if opening and first is not None and first.family == family and not first.inherited:
            found.append((first, NEAR))  # the paragraph goes on with what the one before began with
        for reading in islice(judge.book.near(one), 3):
            found += [
                (q, FAR)
                for q in reading.quantities
                if q.kind == "level" and q.family == family and not q.bracketed
            ]
    seen: dict[int, tuple[Quantity, int]] = {}
    for q, cost in found:
        past = q.when != one.when if one.when != "now" else q.when == "prior" or q.when[:2] in ("19", "20")
        if id(q) not in seen and not past and q.kind != "change":
            seen[id(q)] = (q, cost)
    return sorted(seen.values(), key=lambda pair: pair[1])[:10]


def bases(judge: Judge, one: Quantity, family: str, place: int | None = None) -> list[tuple[Quantity, int]]:
    """Levels printed as what a change or rate is measured from."""
    here = judge.book.reading(one).quantities
    found: list[tuple[Quantity, int]] = []
    if one.base is not None:
        found.append((one.base, 0))
    wanted = one.against
    for q in reversed(here):
        if q.family != family or not q.level or q is one or (q.bracketed and abs(q.start - one.end) > 40):
            continue
        fits = (
            "compared with" in q.how
            or (wanted in ("prior", "") and q.when == "prior")
            or (wanted == "budget" and q.basis == "budget")
            or (wanted == "target" and q.basis == "target")
            or (wanted[:2] in ("19", "20") and q.when == wanted)
        )
        if not fits or (q.against and "compared with" in q.how and wanted and q.against != wanted):
            continue
        if q.sentence == one.sentence:
            crossed = any(
                min(q.start, one.start) < x.start < max(q.start, one.start) and ";" in x.gap for x in here
            )
            found.append((q, 1 if not crossed else FAR))
        else:
            found.append((q, FAR - (abs(q.sentence - one.sentence) == 1)))
    if not found and wanted == "prior" and one.when == "now":
        found = _last_year(judge, one, family)
    return found


def _last_year(judge: Judge, one: Quantity, family: str) -> list[tuple[Quantity, int]]:
    """Last year's figure of the same indicator, where the document prints it once, in another place."""
    head = one.head
    names = one.subject or (head.names if head is not None and head.family == family else ())
    if not names or not known(names[0]) or (head is not None and head.basis != "actual"):
        return []
    scope = one.scope or (head.scope if head is not None else "")
    found = [
        q
        for q in judge.book.levels(names[0], family)
        if q.when == "prior"
        and q.basis == "actual"
        and not q.bracketed
        and not q.inherited
        and q.names[0] == names[0]
    ]
    same = [q for q in found if q.scope == scope]
    found = same or [q for q in found if not q.scope or not scope]
    return [(found[0], NEAR)] if len({q.value for q in found}) == 1 else []


def _signed(one: Quantity, sign: int) -> Interval:
    return -one.interval if sign < 0 else one.interval


def _signs(*ones: Quantity) -> list[int]:
    told = next((one.sign for one in ones if one.sign), 0)
    return [told] if told else [1, -1]


def _opposed(one: Quantity, related: list[Quantity], roles: Mapping[str, Role]) -> Verdict:
    """The direction word says the contrary of the numbers."""
    other = _("减少") if one.sign > 0 else _("增加")
    return Verdict("opposed", one, "broken", dict(roles), None, related, stated=one.word, expected=other)


# ---------------------------------------------------------------------- rates
def _change_of(judge: Judge, one: Quantity, place: int) -> Quantity | None:
    if one.change is not None:
        return one.change
    here = judge.book.reading(one).quantities
    after = here[place + 1] if place + 1 < len(here) else None
    if (
        after is None
        or after.kind != "change"
        or after.sentence != one.sentence
        or ";" in after.gap
        or after.family == "%"
    ):
        return None
    follows = here[place + 2] if place + 2 < len(here) else None
    if (
        follows is not None
        and follows.kind == "rate"
        and follows.sentence == one.sentence
        and follows.change is after
    ):
        return None
    if (
        (after.subject and (not one.subject or not set(one.subject) & set(after.subject)))
        or "其中" in after.gap
        or "主要" in after.gap
    ):
        return None
    return after


def _rate(judge: Judge, one: Quantity, place: int) -> None:
    if one.unsigned:
        judge.add(
            Verdict(
                "no_percent", one, "broken", severity="warning", stated=one.shown, expected=one.shown + "%"
            )
        )
    if one.family == "百分点" and _percent_said(judge, one, place):
        return
    if one.family == "百分点" or (one.moved and one.moved[0].family == "%"):
        _points(judge, one)
        return
    change = _change_of(judge, one, place)
    if change is not None:
        _rate_of_change(judge, one, change)
        return
    if one.moved is not None and one.moved[0].family == one.moved[1].family:
        old, new = one.moved
        ways = [Way({"rate": _signed(one, sign), "now": new, "base": old}) for sign in _signs(one)]
        judge.weigh("rate_levels", one, ways, related=one.moved)
        return
    _rate_of_levels(judge, one)


def _rate_of_change(judge: Judge, one: Quantity, change: Quantity) -> None:
    if change.sign and one.sign and change.sign != one.sign and one.value and change.value:
        judge.add(_opposed(one, [change], {"change": change}))
        return
    ways: list[Way] = []
    based = bases(judge, change if change.base is not None else one, change.family)
    now = changed(judge, change, change.family)
    if one.head is not None and not change.subject and one.subject:
        now = changed(judge, one, change.family) or now
    signs = _signs(one, change)
    for sign in signs:
        rate, moved = _signed(one, sign), _signed(change, sign)
        ways += [Way({"rate": rate, "change": moved, "base": base}, cost) for base, cost in based]
        if change.moved is not None and change.moved[0].family == change.family:
            ways.append(Way({"rate": rate, "change": moved, "base": change.moved[0]}))
        ways += [Way({"rate": rate, "change": moved, "base": q.interval - moved}, cost) for q, cost in now]
    if _from_zero(judge, one, change, based, now):
        return
    judge.weigh(
        "rate",
        one,
        sorted(ways, key=lambda way: way.cost),
        related=[change],
        pool=_pool_rate(judge, one, change, signs, now),
    )


def _from_zero(
    judge: Judge,
    one: Quantity,
    change: Quantity,
    based: list[tuple[Quantity, int]],
    now: list[tuple[Quantity, int]],
) -> bool:
    """The change is all there is: last year was nothing, and nothing grows by no rate."""
    if (
        not one.value
        or not change.value
        or change.sign < 0
        or (change.base is not None and change.base.value)
    ):
        return False
    if any(cost <= NEAR and base.value == 0 for base, cost in based) or (
        not any(cost <= NEAR and base.value for base, cost in based)
        and now
        and now[0][1] <= 1
        and now[0][0].value == change.value
        and now[0][0].when == "now"
    ):
        judge.add(Verdict("from_zero", one, "broken", {"change": change}, None, [change]))
        return True
    return False


def _rate_of_levels(judge: Judge, one: Quantity) -> None:
    families = dict.fromkeys(q.family for q in (one.head, *one.topics) if q is not None and q.family != "%")
    for family in families:
        based = [pair for pair in bases(judge, one, family) if pair[1] <= FAR]
        now = [pair for pair in changed(judge, one, family) if pair[0] not in [b for b, _cost in based]]
        pairs = [(q, b, max(c, d)) for q, c in now for b, d in based if q is not b]
        if not pairs:
            continue
        near = [(q, b) for q, b, cost in pairs if cost <= 1]
        if (
            one.sign
            and near
            and one.value
            and all((q.value - b.value) * one.sign < 0 for q, b, _cost in pairs)
        ):
            judge.add(_opposed(one, list(near[0]), {"now": near[0][0], "base": near[0][1]}))
            return
        ways = [
            Way({"rate": _signed(one, sign), "now": q, "base": b}, cost)
            for sign in _signs(one)
            for q, b, cost in pairs
        ]
        judge.weigh(
            "rate_levels", one, sorted(ways, key=lambda way: way.cost), pool=_pool_pairs(judge, one, family)
        )
        return


def _percent_said(judge: Judge, one: Quantity, place: int) -> bool:
    """增加8万元,增长4.1个百分点: the change of an amount has a rate, and points are of rates only."""
    change = _change_of(judge, one, place)
    if change is None or change.family in ("%", "百分点") or re.search(r"[;。]", one.gap):
        return False
    based = bases(judge, change if change.base is not None else one, change.family)
    now = changed(judge, change, change.family)
    sign = change.sign or 1
    moved = _signed(change, sign)
    ways = [
        Way({"rate": one.interval, "change": change, "base": base}) for base, cost in based if cost <= NEAR
    ]
    ways += [
        Way({"rate": one.interval, "change": change, "base": q.interval - moved})
        for q, cost in now
        if cost <= NEAR
    ]
    beside = change.family == "元" and change.end < one.start and len(one.gap) <= 6
    if any((judge.tried("rate", one, way) or (False,))[0] for way in ways) or beside:
        judge.add(
            Verdict(
                "percent_for_points", one, "broken", {"change": change}, None, [change], severity="warning",
                stated=one.shown, expected=f"{one.number.value}%",
            )
        )  # fmt: skip
        return True
    return False


def _points(judge: Judge, one: Quantity) -> None:
    """A change of a ratio: percentage points are a difference, and a percent sign is another thing."""
    if one.moved is None or one.moved[0].family != "%":
        return
    old, new = one.moved
    difference = abs(new.value - old.value)
    if one.family == "百分点":
        judge.weigh(
            "points",
            one,
            [
                Way(
                    {
                        "points": one,
                        "now": max(old, new, key=lambda q: q.value),
                        "base": min(old, new, key=lambda q: q.value),
                    }
                )
            ],
        )
    elif abs(difference - one.value) <= one.half * 2:
        as_rate = judge.tried("rate_levels", one, Way({"rate": one.signed, "now": new, "base": old}))
        if as_rate is not None and not as_rate[0]:
            judge.add(
                Verdict(
                    "points_for_percent",
                    one,
                    "broken",
                    {"now": new, "base": old},
                    None,
                    [old, new],
                    severity="warning",
                )
            )


# ---------------------------------------------------------------------- differences
def _difference(judge: Judge, one: Quantity) -> None:
    signs = _signs(one)
    if one.moved is not None and one.moved[0].family == one.family:
        old, new = one.moved
        judge.weigh(
            "difference",
            one,
            [Way({"change": _signed(one, sign), "now": new, "base": old}) for sign in signs],
            related=one.moved,
        )
        return
    based = bases(judge, one, one.family)
    if not based:
        return
    now = [pair for pair in changed(judge, one, one.family) if pair[0] not in [b for b, _cost in based]]
    pairs = [(q, b, max(c, d)) for q, c in now for b, d in based]
    ways = [
        Way({"change": _signed(one, sign), "now": q, "base": b}, cost)
        for sign in signs
        for q, b, cost in pairs
    ]
    near = [way for way in ways if way.cost <= 1]
    if (
        one.sign
        and near
        and one.value
        and not any((judge.tried("difference", one, way) or (False,))[0] for way in ways)
    ):
        turned = [
            Way({"change": _signed(one, -one.sign), "now": way.roles["now"], "base": way.roles["base"]})
            for way in near
        ]
        if any((judge.tried("difference", one, way) or (False,))[0] for way in turned):
            judge.add(
                _opposed(one, [q for q in near[0].roles.values() if isinstance(q, Quantity)], near[0].roles)
            )
            return
    relation = "gap" if one.against in ("budget", "target") else "difference"
    ways = [Way({**way.roles, "gap": way.roles["change"]}, way.cost) for way in ways]
    judge.weigh(relation, one, sorted(ways, key=lambda way: way.cost), pool=_pool_differences(judge, one))


def _gap(judge: Judge, one: Quantity) -> None:
    """决算数大于预算数 N: N is the difference, or the budget with its direction."""
    based = bases(judge, one, one.family)
    now = changed(judge, one, one.family)
    ways = [
        Way({"gap": _signed(one, one.sign), "now": q, "base": b}, max(c, d))
        for q, c in now
        for b, d in based
        if q is not b
    ]
    itself = [q for q, cost in now if cost <= 1 and q is not one and not any(c <= 1 for _b, c in based)]
    if any((q.value - one.value) * one.sign > 0 for q in itself) and (not ways or one.against == "prior"):
        return
    full = [
        q
        for q in judge.book.reading(one).quantities
        if q.kind == "completion" and q.sentence == one.sentence and q.value == 1
    ]
    if full and one.value and not based:
        judge.add(Verdict("full_with_gap", one, "broken", {"completion": full[-1]}, None, full[-1:]))
        return
    if any((q.value - one.value) * one.sign > 0 for q in itself):
        held = [way for way in ways if (judge.tried("gap", one, way) or (False,))[0]]
        if held:
            judge.weigh("gap", one, held)
        return
    if ways:
        judge.weigh("gap", one, sorted(ways, key=lambda way: way.cost), pool=_pool_differences(judge, one))


# ---------------------------------------------------------------------- what else might explain a number
def around(judge: Judge, one: Quantity, family: str) -> list[Quantity]:
    """Levels of a family in the passage and the section, the nearest first."""
    book = judge.book
    found = [
        q
        for q in book.reading(one).quantities
        if q.family == family and (q.level or q.kind in ("mean", "gap"))
    ]
    index = one.passage.index
    for step in range(1, 16):
        for other in (index - step, index + step):
            if (
                0 <= other < len(book.readings)
                and book.passages[other].section == one.passage.section
                and len(found) < POOL_MAX
            ):
                found += [q for q in book.readings[other].quantities if q.family == family and q.level]
    return found[:POOL_MAX]


def _pool_rate(
    judge: Judge, one: Quantity, change: Quantity, signs: list[int], now: list[tuple[Quantity, int]]
) -> Callable[[], Iterator[Way]]:
    compared = one.against or change.against
    itself = {q.value for q, cost in now if cost <= 1 and q.current and compared}
    """What is compared with another year is no base itself: dividing by it is the very error."""

    def ways() -> Iterator[Way]:
        for q in around(judge, one, change.family):
            for sign in signs:
                rate, moved = _signed(one, sign), _signed(change, sign)
                if q.value not in itself:
                    yield Way({"rate": rate, "change": moved, "base": q})
                yield Way({"rate": rate, "change": moved, "base": q.interval - moved})

    return ways


def _pool_pairs(judge: Judge, one: Quantity, family: str) -> Callable[[], Iterator[Way]]:
    def ways() -> Iterator[Way]:
        pool = around(judge, one, family)
        for now in pool:
            for base in pool:
                if now is not base and base.value and (now.value - base.value) * one.sign >= 0:
                    yield Way(
                        {"rate": _signed(one, 1 if now.value >= base.value else -1), "now": now, "base": base}
                    )

    return ways


def _pool_differences(judge: Judge, one: Quantity) -> Callable[[], Iterator[Way]]:
    def ways() -> Iterator[Way]:
        pool = around(judge, one, one.family)
        for now in pool:
            for base in pool:
                if now is not base and now.value > base.value > 0:  # less nothing is only another level
                    yield Way({"change": one.interval, "gap": one.interval, "now": now, "base": base})

    return ways
