"""One quantity has one value: in several places of the text, and in text and tables; both sides of an account."""

from __future__ import annotations

import re
from collections import defaultdict

from jingban.checker.reading.lexicon import known
from jingban.checker.reading.quantity import Quantity, significant, slip
from jingban.checker.relations.arithmetic import Judge, Verdict, Way
from jingban.checker.relations.sums import told_wrong
from jingban.values.patterns import lazy

_SIDES = lazy(r"收入?[、和与及]?支出?(?:决算|预算)?总[计额预]?")
_WHOLE = frozenset({"人", "户", "人次"})
_AVERAGED = lazy(r"均|每|当量|折合|平均")
_CARRY = lazy(r"结转|结余|弥补|盈余")
_INSURANCE = lazy(r"基金|保险费|征缴")


def run(judge: Judge) -> None:
    _sides(judge)
    _pairs(judge)
    _identities(judge)
    _same(judge)
    _scopes(judge)
    _twice(judge)
    _units(judge)
    _counted_in_parts(judge)


def _sides(judge: Judge) -> None:
    """收、支总计 a、b with a ≠ b; and a total that is both sides added."""
    singles: list[Quantity] = []
    sides: list[Quantity] = []
    for reading in judge.book.readings:
        for one in reading.quantities:
            if one.kind != "level" or one.family != "元" or one.bracketed:
                continue
            if _SIDES.search(re.split(r"[。;]", one.gap)[-1].replace(",", "")) and one.current:
                if len(one.group) == 2 and one is one.group[0]:
                    _two(judge, one, one.group[1])
                else:
                    singles.append(one)
            elif {"收入总计", "支出总计"} & set(one.names) and one.current:
                sides.append(one)
    sums = [
        q
        for q in judge.book.quantities
        if q.current
        and q.family == "元"
        and {"本年收入合计", "本年支出合计", "收入总计", "支出总计"} & set(q.names)
    ]
    for one in singles:
        halves = [
            q
            for q in sums
            if q is not one and q.value and abs(q.value * 2 - one.value) <= max(q.half, one.half) * 4
        ]
        incomes = [
            q
            for q in sums
            if q is not one and set(q.names) & {"本年收入合计", "收入总计"} and "支出总计" not in q.names
        ]
        spendings = [
            q
            for q in sums
            if q is not one and set(q.names) & {"本年支出合计", "支出总计"} and "收入总计" not in q.names
        ]
        added = [
            (a, b)
            for a in incomes
            for b in spendings
            if abs(a.value + b.value - one.value) <= one.half * 4 and a.value and b.value
        ]
        added = added or _implied(judge, one)
        equal = any(abs(q.value - one.value) <= one.half * 2 for q in (*incomes, *spendings))
        if (len(halves) >= 1 or added) and not equal:
            pair = added[0] if added else (halves[0], halves[-1])
            judge.add(Verdict("both_sides", one, "broken", {}, pair[0].value, list(pair)))


def _implied(judge: Judge, one: Quantity) -> list[tuple[Quantity, Quantity]]:
    """A total that is this year's other total (base + change, as printed) and a spending added."""
    for change in judge.book.reading(one).quantities:
        if change.kind == "change" and change.base is not None and change.family == "元":
            implied = change.base.value + change.sign * change.value
            rest = one.value - implied
            for q in judge.book.quantities:
                if (
                    q.current
                    and q.family == "元"
                    and q is not one
                    and q.value
                    and abs(q.value - rest) <= 4 * one.half
                    and abs(implied - q.value) < implied / 2
                ):
                    return [(q, change.base)]
    return []


def _two(judge: Judge, one: Quantity, other: Quantity) -> None:
    if abs(one.value - other.value) > one.half + other.half:
        judge.add(Verdict("sides_differ", one, "broken", {"other": other}, other.value, [other]))
    else:
        judge.add(Verdict("sides_differ", one, "holds"))


def _pairs(judge: Judge) -> None:
    """收入总计 A … 支出总计 B, each with its own number, in one section that speaks of no carry-over."""
    plain = _CARRY.search
    for one in judge.book.index.get("收入总计", ()):
        if (
            not one.current
            or one.family != "元"
            or "支出总计" in one.names
            or one.bracketed
            or _INSURANCE.search(one.passage.text)
        ):
            continue
        others = [
            q
            for q in judge.book.index.get("支出总计", ())
            if q.current
            and q.passage.section == one.passage.section
            and "收入总计" not in q.names
            and q.scope == one.scope
            and q.start != one.start
        ]
        if not others or abs(others[0].value - one.value) <= others[0].half + one.half:
            continue
        section = [p.text for p in judge.book.passages if p.section == one.passage.section]
        if any(plain(text) for text in section):
            judge.add(Verdict("sides_differ", one, "unread"))
            continue
        certain = "总计" in one.gap[-8:]
        judge.add(
            Verdict(
                "sides_differ",
                one,
                "broken",
                {"other": others[0]},
                others[0].value,
                [others[0]],
                severity=None if certain else "warning",
            )
        )


def _scopes(judge: Judge) -> None:
    """What public money spends is a part of all that is spent; and all of it, when the totals are the same."""
    index = judge.book.index
    wholes = {q.value for q in index.get("本年支出合计", ()) if q.current and q.family == "元"}
    publics = {q.value for q in index.get("一般公共预算财政拨款支出", ()) if q.current and q.family == "元"}
    one_money = bool(wholes) and len(wholes) == 1 and wholes == publics
    for name in ("基本支出", "项目支出"):
        found = [
            q
            for q in index.get(name, ())
            if q.current and q.family == "元" and not q.bracketed and not q.inherited
        ]
        whole = [
            q for q in found if not q.scope and q.passage.path and "支出" in "".join(q.passage.path[-2:])
        ]
        part = [q for q in found if q.scope in ("一般公共预算", "财政拨款")]
        if len({q.value for q in whole}) != 1 or not part or told_wrong(judge, [*whole, *part]):
            continue
        for one in part:
            if (
                one_money
                and not slip(one, whole[0].value)
                and abs(one.value - whole[0].value) > one.half + whole[0].half
                and one.passage.section != whole[0].passage.section
            ):
                judge.add(
                    Verdict("same", one, "broken", {"one": one, "other": whole[0]}, whole[0].value, whole[:1])
                )
            elif one.interval.low > whole[0].interval.high:
                judge.add(
                    Verdict("part_over", one, "broken", {"part": one, "whole": whole[0]}, None, whole[:1])
                )
    kept = [q for q in index.get("公务用车保有量", ()) if q.family == "辆" and q.current]
    owned = [q for q in index.get("车辆", ()) if q.family == "辆" and q.current]
    if kept and owned and min(q.value for q in kept) > max(q.value for q in owned):
        judge.add(
            Verdict(
                "part_over",
                kept[0],
                "broken",
                {"part": kept[0], "whole": owned[0]},
                owned[0].value,
                owned[:1],
                severity="warning",
            )
        )


def _key(one: Quantity) -> tuple[str, ...] | None:
    if one.bracketed or one.inherited or not one.names or one.figure.approximate or not known(one.names[0]):
        return None
    return (one.names[0], one.scope, one.when, one.basis, one.family)


def _same(judge: Judge) -> None:
    """A third mention that differs from the others by a slip of the pen; two that differ where nothing else explains."""
    groups: dict[tuple[str, ...], list[Quantity]] = defaultdict(list)
    for one in judge.book.quantities:
        if one.kind == "level" and (key := _key(one)) is not None and one.passage.mark != "cell":
            groups[key].append(one)
    supported = {
        id(q)
        for v in judge.verdicts
        if v.state == "holds"
        for q in (*v.roles.values(), *v.related)
        if isinstance(q, Quantity)
    }
    for found in groups.values():
        values = defaultdict(list)
        for one in found:
            values[one.value].append(one)
        if len(values) < 2:
            for one in found[1:]:
                judge.add(Verdict("same", one, "holds", {"one": one, "other": found[0]}))
            continue
        common = max(values.values(), key=lambda ones: (len(ones), any(id(q) in supported for q in ones)))
        for value, ones in values.items():
            if value == common[0].value or len(ones) > 1:
                continue
            if len(common) < 2 and not (
                any(id(q) in supported for q in common) and id(ones[0]) not in supported
            ):
                continue
            odd = ones[0]
            told = told_wrong(judge, [odd]) and judge.state(odd) != "broken"
            if (
                significant(odd) >= 3
                and slip(odd, common[0].value)
                and judge.state(odd) != "holds"
                and not told
            ):
                judge.weigh("same", odd, [Way({"one": odd, "other": common[0]})], related=common[:2])


def _identities(judge: Judge) -> None:
    """收入总计 = 本年收入 + 年初结转 (+ 使用非财政拨款结余) where each is named once with one value."""
    book = judge.book

    def one_value(name: str, at: Quantity) -> list[Quantity]:
        return [
            q
            for q in book.index.get(name, ())
            if q.current
            and q.family == "元"
            and q.scope == at.scope
            and not q.bracketed
            and abs(q.passage.index - at.passage.index) <= 14
        ]

    for at in book.index.get("收入总计", ()):
        if not at.current or at.family != "元" or at.bracketed or not re.search(r"总计|总预算|总额", at.gap):
            continue
        income, opening = one_value("本年收入合计", at), one_value("年初结转和结余", at)
        income = [q for q in income if "总" not in q.gap[-8:]]
        use = one_value("使用非财政拨款结余", at)
        if not income or not opening:
            continue
        ways = [
            Way({"whole": at, "total": i.interval + o.interval}, 1, (i, o)) for i in income for o in opening
        ]
        ways += [
            Way({"whole": at, "total": i.interval + o.interval + u.interval}, 1, (i, o, u))
            for i in income
            for o in opening
            for u in use
        ]
        judge.weigh(
            "identity",
            at,
            ways,
            related=[*income[:1], *opening[:1]],
            needs_slip=len(income) + len(opening) > 2,
        )


def _units(judge: Judge) -> None:
    """0.92元 beside 0.92万元 of the same thing: the digits agree, the unit was lost."""
    amounts = [q for q in judge.book.quantities if q.family == "元" and q.number.decimals and q.value]
    large: dict[str, list[Quantity]] = defaultdict(list)
    for one in amounts:
        if one.number.unit.factor > 1:
            large[str(one.number.value)].append(one)
    for one in amounts:
        if one.number.unit.factor != 1 or one.kind in ("price", "mean") or "人均" in one.clause:
            continue
        for other in large.get(str(one.number.value), ()):
            if significant(one) >= (2 if other.passage is one.passage else 3) and (
                set(one.names) & set(other.names) or other.passage is one.passage or significant(one) >= 5
            ):
                judge.add(
                    Verdict(
                        "unit_lost", one, "broken", {}, None, [other], severity="warning",
                        stated=one.shown, expected=other.shown,
                    )
                )  # fmt: skip
                break


def _counted_in_parts(judge: Judge) -> None:
    """参保15.63人: people and households are whole; the unit is 万人."""
    for reading in judge.book.readings:
        for one in reading.quantities:
            if (
                one.kind in ("level", "old", "reference", "change")
                and one.family in _WHOLE
                and one.number.unit.factor == 1
                and one.number.decimals
                and one.value != int(one.value)
                and not one.figure.approximate
                and not _AVERAGED.search(one.gap[-12:])
            ):
                judge.add(
                    Verdict(
                        "unit_lost", one, "broken", {}, None, [], severity="warning", stated=one.shown,
                        expected=f"{one.number.value}万{one.family}",
                    )
                )  # fmt: skip


def _twice(judge: Judge) -> None:
    """An item paragraph names its amount behind the item and once more as this year's arrangement."""
    for reading in judge.book.readings:
        here = [q for q in reading.quantities if q.kind == "level" and q.family == "元"]
        if len(here) < 2 or not re.search(r"\((?:\d+)?项\)$", reading.passage.text[: here[0].start]):
            continue
        first = here[0]
        again = next(
            (
                q
                for q in here[1:]
                if q.when == "now"
                and re.search(r"(?:\d{4}年|本年|当年)(?:当年)?(?:预算安排|决算|支出|预算)[数为]*$", q.gap)
            ),
            None,
        )
        if again is not None:
            judge.weigh("same", first, [Way({"one": first, "other": again})], related=[again])
