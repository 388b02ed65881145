"""Shares and completions: share = part / whole, completion = actual / target, and the parallel shares of one whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from jingban.checker.reading.lexicon import canon, divisions, known, scope_of
from jingban.checker.reading.parts import PartList
from jingban.checker.reading.quantity import Quantity, significant
from jingban.checker.relations.arithmetic import NEAR, Judge, Verdict, Way, total
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
_SPENDS = lazy(r"预算|执行率|支出进度|支出率|支付率|使用率|到位率|执行进度|拨付率|执行比例")
_SPENT = lazy(r"使用|支出|到位|支付|执行|拨付|完成|兑付|发放")
_TASK = lazy(r"(?:项目|任务|工作|目标|计划)(?:按期|按时)?完成率")


def run(judge: Judge) -> None:
    for reading in judge.book.readings:
        for one in reading.quantities:
            if one.kind == "share":
                _share(judge, one)
            elif one.kind == "completion":
                _completion(judge, one)
            elif one.kind == "named_rate":
                _named(judge, one)
    _parallel(judge)


# ---------------------------------------------------------------------- shares
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
        pool=_pool(judge, one, parts, family, "share", "part", "whole"),
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


def _pool(
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


# ---------------------------------------------------------------------- completion
def _completion(judge: Judge, one: Quantity) -> None:
    book = judge.book
    here = book.reading(one).quantities
    name = one.whole_name
    money_only = bool(_SPENDS.search(name))
    if one.whole is not None:
        actuals = [
            (q, 0)
            for q in (one.head, *one.topics)
            if q is not None and q is not one.whole and q.family == one.whole.family
        ]
        ways = [Way({"completion": one, "actual": q, "target": one.whole}, cost) for q, cost in actuals]
        judge.weigh(
            _relation(name + one.whole.gap),
            one,
            ways,
            pool=_pool(judge, one, list(actuals), one.whole.family, "completion", "actual", "target"),
        )
        return
    near = [
        q
        for q in here
        if q.level
        and abs(q.sentence - one.sentence) <= 1
        and (q.start < one.start or q.sentence == one.sentence)
    ]
    goal = re.search(r"任务|目标|计划", name)
    targets = [q for q in near if q.basis in ("budget", "target") and (not goal or q.basis == "target")]
    if _zero_base(judge, one, targets, name):
        return
    actuals_ = [
        q
        for q in near
        if q.basis == "actual"
        and (q.when == "now" or any(q.when == t.when for t in targets))
        and not (money_only and q.family != "元")
    ]
    if _TASK.search(name) and not targets:
        judge.add(Verdict("completion", one, "unread"))
        return
    before = [q for q in actuals_ if q.start < one.start] or actuals_
    ways = [
        Way(
            {"completion": one, "actual": actual, "target": target},
            _frame_cost(one, actual, target, before, name),
        )
        for target in reversed(targets)
        for actual in reversed(before)
        if actual is not target and actual.family == target.family and actual.when == target.when
    ]
    if not ways and re.search(r"执行率|使用率|到位率|支付率|支出进度|支出率|拨付率", name):
        ways = _spent(judge, one, actuals_)
    if not ways:
        judge.add(Verdict("completion", one, "unread"))
        return
    family = next((q.family for q in actuals_), "元")
    pool = _pool(judge, one, [(q, 0) for q in actuals_], family, "completion", "actual", "target")
    framed = min(way.cost for way in ways) == 0
    judge.weigh(_relation(name), one, sorted(ways, key=lambda way: way.cost), pool=None if framed else pool)


def _frame_cost(one: Quantity, actual: Quantity, target: Quantity, before: list[Quantity], name: str) -> int:
    """Outcome and budget belong together when they are of one indicator, or stand in one clause with the rate."""
    text = one.passage.text
    first, last = min(actual.start, target.start), max(actual.end, target.end, one.start)
    apart = ";" in text[first:last] or target.sentence != one.sentence
    same = bool(set(target.names) & set(actual.names))
    strange = (
        any(map(known, target.names))
        and any(map(known, actual.names))
        and not same
        and not (target.inherited or actual.inherited)
    )
    if (
        actual is not before[-1]
        or (apart and not same)
        or (strange and target.names[0] not in ("年初预算", "全年预算"))
    ):
        return FAR
    if apart and target.sentence != one.sentence and not target.inherited and not same:
        return FAR
    cost = 1 if apart else 0
    return cost + 1 if _kind_of_budget(name, target) else cost


def _relation(name: str) -> str:
    return "goal" if re.search(r"任务|目标|计划", name) and "预算" not in name else "completion"


def _kind_of_budget(name: str, target: Quantity) -> bool:
    """Whether 完成年初预算 is held against another budget than the initial one."""
    words = target.gap[-14:]
    return ("年初" in name and "年初" not in words and "调整" in words) or (
        bool(re.search(r"调整|全年", name)) and "年初" in words
    )


def _zero_base(judge: Judge, one: Quantity, targets: list[Quantity], name: str) -> bool:
    initial = [q for q in targets if "年初" in q.gap[-14:]]
    if (
        "年初" in name
        and initial
        and initial[-1].value == 0
        and one.value
        and any(q.value for q in judge.book.reading(one).quantities if q.level)
    ):
        if one.value == 1 and not any(
            q.basis == "actual" and q.value for q in judge.book.reading(one).quantities if q.level
        ):
            return False
        judge.add(
            Verdict(
                "zero_budget", one, "broken", {"target": initial[-1]}, None, initial[-1:], severity="warning"
            )
        )
        return True
    return False


def _spent(judge: Judge, one: Quantity, actuals: list[Quantity]) -> list[Way]:
    """Rates of spending whose budget is only the larger sum before: 下达资金800万元，实际使用740万元，执行率."""
    found = []
    for actual in actuals:
        spent = bool(_SPENT.search(actual.gap)) and len(actuals) == 2
        for other in actuals:
            if (
                other is not actual
                and other.family == actual.family
                and other.value
                and "compared with" not in other.how
            ):
                near = spent and actual.start > other.start and actual.value * 2 > other.value >= actual.value
                found.append(Way({"completion": one, "actual": actual, "target": other}, 1 if near else FAR))
    for reading in judge.book.near(one, 4):
        for other in reading.levels():
            if other.family == "元" and other.value:
                found += [
                    Way({"completion": one, "actual": q, "target": other}, FAR)
                    for q in actuals
                    if q.family == "元"
                ]
    return found


def _named(judge: Judge, one: Quantity) -> None:
    """结案率, 回收率, 满意率: counts before it in the sentence, one named by the rate."""
    here = judge.book.reading(one).quantities
    place = here.index(one)
    word = re.search(r"([一-鿿]{2})[率度](?:为|达到?|是|:|约)*$", re.split(r"[,;。:]", one.gap)[-1])
    if word is None or one.figure.approximate:
        return
    before = [
        q
        for q in here[max(0, place - 5) : place]
        if q.kind == "level" and q.sentence == one.sentence and q.family != "%"
    ]
    tops = [q for q in before if word[1][:1] in q.gap or word[1] in q.gap]
    ways = [
        Way({"completion": one, "actual": a, "target": b}, 0 if len(before) == 2 else 1)
        for a in tops[-1:]
        for b in before
        if b is not a and b.family == a.family and b.value and b.value >= a.value
    ]
    if not ways:
        return
    pairs = [
        Way({"completion": one, "actual": a, "target": b})
        for a in before
        for b in before
        if a is not b and a.family == b.family
    ]
    judge.weigh(
        "named_rate",
        one,
        ways,
        pool=lambda: pairs,
        needs_slip=len(before) > 2 or max(w.cost for w in ways) > NEAR,
    )
