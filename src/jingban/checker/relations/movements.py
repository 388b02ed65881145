"""The change of a whole is the sum of the changes of its parts: of a list, of a complete division, of changes named in a row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from jingban.checker.reading.lexicon import Division, divisions
from jingban.checker.reading.quantity import Quantity
from jingban.checker.relations.arithmetic import Judge, Verdict, Way, total
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy
from jingban.values.printed import Quantity as Interval

_SAME = lazy(
    r"[^。;\d]{0,16}(?:与|同|较|比)(?:上年|去年|上一年|(?:19|20)\d\d年)[^。;\d]{0,8}(?:持平|一致|相同|无变化|无增减|没有变化|未变)"
)


def run(judge: Judge) -> None:
    for listed in judge.book.lists:
        members = [q for q in listed.members if q.kind == "level"]
        wholes = [w for w in listed.wholes if w.kind == "level" and members and w.family == members[0].family]
        if wholes and len(members) >= 2:
            _compare(judge, wholes[0], members)
    sections: dict[int, list[Quantity]] = defaultdict(list)
    for one in judge.book.quantities:
        if (
            one.kind == "level"
            and one.current
            and one.family == "元"
            and not one.bracketed
            and not one.inherited
        ):
            sections[one.passage.section].append(one)
    for levels in sections.values():
        for division in divisions():
            _divided(judge, levels, division)
    for reading in judge.book.readings:
        _in_a_row(judge, [q for q in reading.quantities if q.kind == "change" and q.family == "元"])


def _divided(judge: Judge, levels: Sequence[Quantity], division: Division) -> None:
    parts = {name: [q for q in levels if name in q.names] for name in division.parts}
    wholes = [q for q in levels if set(division.whole) & set(q.names)]
    if not wholes or any(len({q.value for q in found}) > 1 for found in parts.values()):
        return
    if not all(parts[name] for name in division.need):
        return
    changed = [w for w in wholes if _change(judge, w) is not None]
    if len({w.value for w in wholes}) == 1 and changed:
        _compare(judge, changed[0], [_telling(judge, found) for found in parts.values() if found])


def _telling(judge: Judge, found: Sequence[Quantity]) -> Quantity:
    """Of the mentions of one part the one with its change."""
    return next((q for q in found if _moved(judge, q) is not None), found[0])


def _compare(judge: Judge, whole: Quantity, members: Sequence[Quantity]) -> None:
    change = _change(judge, whole)
    added = total(members)
    if change is None or added.low > whole.interval.high or whole.interval.low > added.high:
        return
    moved = [_moved(judge, q) for q in members]
    if any(one is None for one in moved):
        return
    parts = [q for m in members if (q := _change(judge, m)) is not None]
    _weigh(judge, change, [one for one in moved if one is not None], parts)


def _weigh(judge: Judge, change: Quantity, moved: Sequence[Interval], parts: Sequence[Quantity]) -> None:
    result = Interval.exact(0)
    for one in moved:
        result = result + one
    turned = -result
    if change.sign and change.value and turned.low <= change.signed.high and change.signed.low <= turned.high:
        other = _("减少") if change.sign > 0 else _("增加")
        judge.add(
            Verdict(
                "opposed", change, "broken", {"change": change, "total": result}, None, list(parts),
                stated=change.word, expected=other,
            )
        )  # fmt: skip
        return
    judge.weigh(
        "changes", change, [Way({"change": change.signed, "total": result}, 0, tuple(parts))], related=parts
    )


def _change(judge: Judge, level: Quantity) -> Quantity | None:
    """The change from last year printed beside a level."""
    for q in judge.book.reading(level).quantities:
        if (
            q.kind == "change"
            and q.head is level
            and q.family == level.family
            and q.against in ("prior", "")
            and q.sign
            and not q.bracketed
            and (not q.subject or set(q.subject) & set(level.names))
        ):
            return q
    return None


def _moved(judge: Judge, level: Quantity) -> Interval | None:
    change = _change(judge, level)
    if change is not None:
        return change.signed
    return Interval.exact(0) if _SAME.match(level.passage.text[level.end :]) else None


def _in_a_row(judge: Judge, changes: Sequence[Quantity]) -> None:
    """支出较去年减少7.40万元,主要是基本支出减少7.40万元,项目支出减少55万元."""
    for place, whole in enumerate(changes):
        names = set(whole.subject) | set(
            whole.head.names if whole.head is not None and not whole.subject else ()
        )
        if not whole.sign or whole.bracketed:
            continue
        for division in divisions():
            if not names & set(division.whole):
                continue
            parts = []
            for q in changes[place + 1 :]:
                if q.sentence != whole.sentence or not set(q.subject) & set(division.parts):
                    break
                parts.append(q)
            named = {name for q in parts for name in q.subject}
            if set(division.need) <= named and all(q.sign and q.against == parts[0].against for q in parts):
                _weigh(judge, whole, [q.signed for q in parts], parts)
                return
