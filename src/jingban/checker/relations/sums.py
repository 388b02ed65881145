"""Parts and wholes: lists and complete divisions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from jingban.checker.reading.lexicon import any_of, divisions
from jingban.checker.reading.parts import PartList
from jingban.checker.reading.quantity import Quantity, significant, slip
from jingban.checker.relations.arithmetic import Judge, Verdict, total
from jingban.values.patterns import lazy
from jingban.values.printed import compare_sum

_ONLY_TOTAL = lazy(r"[,;。、]")
SUBSETS_MAX = 11
PERSONS_MAX = 200


def run(judge: Judge) -> None:
    for listed in judge.book.lists:
        _list(judge, listed)
    for reading in judge.book.readings:
        _divisions(judge, reading.quantities)


def _fits(members: Sequence[Quantity], whole: Quantity) -> bool:
    added = total(members)
    return added.low <= whole.interval.high and whole.interval.low <= added.high


def _coarse(members: Sequence[Quantity], whole: Quantity) -> bool:
    """The sum holds only because one of the parts shows fewer places than all the others and than the whole."""
    places = [q.number.decimals for q in (whole, *members)]
    if (
        whole.number.decimals < max(places)
        or min(places) == max(places)
        or any(q.figure.approximate for q in members)
    ):
        return False
    return compare_sum(whole.number, [q.number for q in members]).reason in ("coarse", "far")


def _elsewhere(judge: Judge, members: Sequence[Quantity], wholes: Sequence[Quantity]) -> bool:
    """The items that follow repeat an enumeration, or add up to a total named before it."""
    added = total(members)
    own = [q for q in wholes if q.kind == "level"]
    if len(own) >= 2 and abs(total(own).point - added.point) <= total(own).high - total(own).low:
        return True
    return any(
        _fits(members, q)
        for reading in judge.book.near(wholes[0])
        for q in reading.levels()
        if q.family == wholes[0].family and q.value
    )


# ---------------------------------------------------------------------- lists
def _list(judge: Judge, listed: PartList) -> None:
    members = [q for q in listed.members if q.kind in ("level", "score")]
    if not members or listed.bracketed:
        return
    family = members[0].family
    members = [q for q in members if q.family == family]
    wholes = [
        w
        for w in dict.fromkeys(listed.wholes)
        if w.family == family and w.kind == "level" and not any(w is m for m in members)
    ]
    if not wholes or family in ("%", "百分点"):
        return
    if family == "" and not re.search(r"单位:?万?元|\(万?元\)", wholes[0].passage.text):
        return  # bare numbers of no unit may be rates or indices, which are not added
    if len(members) == 1:
        _single(judge, listed, members[0], wholes)
        return
    if _units_lost(judge, members, wholes):
        return
    variants = _variants(judge, listed, members)
    if not variants:
        return
    fitting = [(v, w) for v in variants for w in wholes if _fits(v, w)] or [
        (v, w) for v in _closed_early(members) for w in wholes if _fits(v, w) and w.value
    ]
    if not fitting and not listed.spread:
        fitting = [(v, w) for v in variants for w in _named_before(judge, members[0], wholes) if _fits(v, w)]
    if fitting:
        members, whole = fitting[0]
        coarse = all(_coarse(v, w) for v, w in fitting)
        judge.add(
            Verdict(
                "sum",
                whole,
                "broken" if coarse else "holds",
                {"whole": whole, "total": total(members)},
                total(members).point,
                list(members),
                severity="warning",
            )
        )
        return
    rest = re.match(rf"[,;、]*(?:{any_of('catch_all')})", members[-1].gap) and members[-1].value
    if any(m.value and m.value == w.value for m in members for w in wholes) and not (
        set(members[0].names) & {"基本支出", "人员经费"} or rest
    ):
        judge.add(
            Verdict("sum", wholes[0], "unread")
        )  # what follows repeats the whole by sides or from another view
        return
    if listed.spread and _elsewhere(judge, members, wholes):
        judge.add(Verdict("sum", wholes[0], "holds"))
        return
    if _nested(variants[0], wholes):
        judge.add(Verdict("sum", wholes[0], "holds"))
        return
    _accuse(judge, listed, variants, wholes)


def _single(judge: Judge, listed: PartList, member: Quantity, wholes: list[Quantity]) -> None:
    if listed.opener not in ("其中", ":", "含", "包含") or member.family != "元" or member.when != "now":
        return
    if (
        all(member.interval.low > w.interval.high and w.value for w in wholes)
        and member.sentence - wholes[0].sentence <= 1
        and member.basis == wholes[0].basis
    ):
        judge.add(
            Verdict("part_over", member, "broken", {"part": member, "whole": wholes[0]}, None, wholes[:1])
        )


def _units_lost(judge: Judge, members: list[Quantity], wholes: list[Quantity]) -> bool:
    """262.50万元 = 262.50元 + …: the digits add up, the units do not."""
    units = {q.number.unit.symbol for q in members if q.value} | {wholes[0].number.unit.symbol}
    if len(units) < 2 or "元" not in units:
        return False
    run_ = Decimal(0)
    for place, one in enumerate(members):
        run_ += one.number.value
        if place and abs(run_ - wholes[0].number.value) < 1:
            odd = next((q for q in (*members, wholes[0]) if q.number.unit.symbol == "元"), members[0])
            judge.add(
                Verdict(
                    "unit_lost", odd, "broken", {}, None, wholes[:1], severity="warning", stated=odd.shown,
                    expected=f"{odd.number.value}万元",
                )
            )  # fmt: skip
            return True
    return False


def _variants(judge: Judge, listed: PartList, members: list[Quantity]) -> list[list[Quantity]]:
    """The ways to read where a list ends: the sentence, a semicolon, lists inside it."""
    found = [members]
    if not listed.spread:
        own = [q for q in members if q.sentence == listed.sentence]
        found.append(own)
        run_: list[Quantity] = []
        for one in members:
            if run_ and ";" in one.gap and not any(";" in q.gap for q in run_[1:]):
                found.append(list(run_))
            run_.append(one)
        inner = {id(q) for other in judge.book.lists if other is not listed for q in other.members}
        found.append([q for q in members if id(q) not in inner])
        itemised = len(members) >= 3 and all(";" in q.gap for q in members[1:])
        if any(len(v) == 1 for v in found) and any(";" in q.gap for q in members[1:]) and not itemised:
            return []
        found.append([q for q in members if q.basis == members[0].basis])
    return [v for v in found if len(v) >= 2]


def _named_before(judge: Judge, first: Quantity, wholes: Sequence[Quantity]) -> list[Quantity]:
    """Other figures of the sentence before a list: any of them may be what the list divides."""
    return [
        q
        for q in judge.book.reading(first).quantities
        if q.start < first.start
        and q.sentence == first.sentence
        and q.family == first.family
        and q.kind == "level"
        and q.value
        and not any(q is w for w in wholes)
    ]


def _closed_early(members: Sequence[Quantity]) -> list[list[Quantity]]:
    """The list may have ended where a clause of its own begins: 其中A a、B b,均控制在限额c以内."""
    return [
        list(members[:cut])
        for cut in range(2, len(members))
        if re.match(r"(?:以内|\([^()]*\))?[,;。][^,;。、\d(]{2,}", members[cut].gap)
    ]


def _nested(members: Sequence[Quantity], wholes: Sequence[Quantity]) -> bool:
    """A part printed under a part: some of the members, in their order, make the whole without the ones under them."""
    if len(members) > SUBSETS_MAX:
        return False
    for mask in range(3, 1 << len(members)):
        chosen = [q for k, q in enumerate(members) if mask >> k & 1]
        if len(chosen) >= 2 and mask & 1 and any(_fits(chosen, w) and w.value for w in wholes):
            left_out = [q for k, q in enumerate(members) if not mask >> k & 1]
            if all(
                q.value == 0 or any(p.start < q.start and q.value <= p.value for p in chosen)
                for q in left_out
            ):
                return True
    return False


def _accuse(judge: Judge, listed: PartList, variants: list[list[Quantity]], wholes: list[Quantity]) -> None:
    whole, members = wholes[0], variants[0]
    added = total(members)
    if not added.point:
        judge.add(Verdict("sum", whole, "unread", {"whole": whole, "total": added}))
        return
    family = whole.family
    counted = family not in ("元", "分")
    repairs: list[tuple[Quantity, Decimal]] = []
    for variant in variants:
        made = total(variant)
        for w in wholes:
            if counted and len(w.number.raw) < 3:
                continue
            if slip(w, made.point):
                repairs.append((w, made.point))
            repairs += [
                (m, want) for m in variant if (want := w.value - made.point + m.value) > 0 and slip(m, want)
            ]
    complete = any(
        set(d.need) <= {name for m in members for name in m.names} and set(d.whole) & set(whole.names)
        for d in divisions()
    )
    if (
        len(members) == 2
        and not complete
        and any(significant(q) < 4 and not q.number.decimals for q in (*members, whole))
    ):
        repairs = []  # between two round numbers a digit repairs anything
    over = all(total(v).low > w.interval.high for v in variants for w in wholes)
    last = members[-1]
    catch_all = (
        bool(re.match(rf"(?:{any_of('catch_all')})", re.sub(r"^[、,;和“”]+|\d+\.", "", last.gap)))
        and len(members) >= 2
    )
    closed = catch_all and (not counted or family in ("辆", "个", "台", "件", "人", "名"))
    open_list = bool(
        re.search(
            r"等[,。;]?$|主要",
            listed.opener + (judge.book.reading(last).passage.text[last.end : last.end + 2]),
        )
    )
    if not (
        (over and (not counted or whole.value <= PERSONS_MAX))
        or complete
        or repairs
        or (closed and not open_list)
    ):
        nearly = (
            family == "元"
            and len(members) >= 3
            and whole.value
            and Decimal("0.995") <= added.point / whole.value < 1
            and not listed.spread
        )
        judge.add(
            Verdict(
                "sum",
                whole,
                "broken" if nearly else "unread",
                {"whole": whole, "total": added},
                added.point,
                members if nearly else [],
                severity="warning",
            )
        )
        return
    larger = next(
        (m for m in members if all(m.interval.low > w.interval.high and w.value for w in wholes)), None
    )
    if larger is not None and not counted:
        right = next((value for m, value in repairs if m is larger), None)
        judge.add(Verdict("part_over", larger, "broken", {"part": larger, "whole": whole}, right, [whole]))
    at, want = repairs[0] if len({id(q) for q, _want in repairs}) == 1 else (whole, added.point)
    related = [q for q in (*wholes[:1], *members) if q is not at]
    judge.add(Verdict("sum", at, "broken", {"whole": whole, "total": added}, want, related))


# ---------------------------------------------------------------------- complete divisions
def _divisions(judge: Judge, quantities: list[Quantity]) -> None:
    """基本+项目, 货物+工程+服务, 三公 in one passage, however the list is written."""
    levels = [
        q
        for q in quantities
        if q.kind == "level"
        and q.family == "元"
        and not q.bracketed
        and q.when == "now"
        and q.basis == "actual"
    ]
    for division in divisions():
        parts = {name: [q for q in levels if name in q.names] for name in division.parts}
        if not all(parts[name] for name in division.need) or any(len(found) > 1 for found in parts.values()):
            continue
        chosen = [found[0] for found in parts.values() if found]
        wholes = [
            q
            for q in levels
            if set(division.whole) & set(q.names) and not q.inherited and not any(q is c for c in chosen)
        ]
        start = min(q.start for q in chosen)
        before = [w for w in wholes if w.start < start and _same_scope(w, chosen)]
        if len(chosen) < 2 or not before or told_wrong(judge, [*before, *chosen]):
            continue
        if any(_fits(chosen, w) for w in wholes) or any(
            _fits([q for q in chosen if q is not c], w) for w in wholes for c in chosen if c.inherited
        ):
            continue
        whole = before[-1]
        if judge.state(whole) == "holds":
            continue  # the list it opens adds up, under whatever names
        larger = next((q for q in chosen if q.interval.low > max(w.interval.high for w in wholes)), None)
        if larger is not None and whole.value:
            judge.add(
                Verdict(
                    "part_over",
                    larger,
                    "broken",
                    {"part": larger, "whole": whole},
                    whole.value - total(chosen).point + larger.value,
                    [whole],
                )
            )
        judge.add(
            Verdict(
                "division",
                whole,
                "broken",
                {"whole": whole, "total": total(chosen)},
                total(chosen).point,
                chosen,
            )
        )


def _same_scope(whole: Quantity, parts: Sequence[Quantity]) -> bool:
    return all(not whole.scope or not p.scope or p.scope == whole.scope for p in parts)


def told_wrong(judge: Judge, quantities: Iterable[Quantity]) -> bool:
    """Whether a sum that touches one of these was already found wrong."""
    marks = {id(q) for q in quantities}
    return any(
        v.state == "broken"
        and v.relation in ("sum", "division")
        and (id(v.at) in marks or any(id(q) in marks for q in v.related))
        for v in judge.verdicts
    )
