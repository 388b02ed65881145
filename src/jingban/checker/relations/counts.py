"""A count and what is listed under it: 共7个内设机构,包括:A、B …; 3项: A、B; or the numbered lines that follow."""

from __future__ import annotations

import re
from decimal import Decimal

from jingban.checker.reading.quantity import Quantity
from jingban.checker.relations.arithmetic import Judge, Verdict
from jingban.values.patterns import lazy

_UNITS = frozenset({"个", "家", "项", "所", "类", "种", "支", "处", "名", "只"})
_OPENS = lazy(
    r"(?P<what>[^,。;:、\d()]{0,16})(?:\([^()]*\))?,?(?:具体|各)?(?:(?P<verb>包括|分别是|分别为|分别有|即|依次为|为|是|有):?|:)(?P<list>[^。;:]*)"
)
_RUNS_ON = lazy(r"(?P<what>[^,。;:、\d()]{0,16}),?(?:具体|分别)?(?:包括|如下|是|为|有|情况如下)?:$")
_BEFORE = lazy(
    r"(?:内设|下设|设有|分设|设立|设|包括|含|有)(?P<list>[^,。;:()\d]*、[^,。;:()\d]*)(?:共计?|合计|,共)?$"
)
_ORDINAL = lazy(r"\(?(\d{1,2})(?!\d|[.,]\d|年|月)[.、)]?(?=[^\d.,%])")
ITEM_MAX = 30
LINES_MAX = 60


def run(judge: Judge) -> None:
    for i, reading in enumerate(judge.book.readings):
        for one in reading.quantities:
            if (
                one.kind != "level"
                or one.family not in _UNITS
                or one.value != int(one.value)
                or one.value < 2
            ):
                continue
            if (before := _BEFORE.search(reading.passage.text[: one.start])) is not None:
                _named_before(judge, one, before["list"])
            tail = reading.passage.text[one.end :]
            if _RUNS_ON.fullmatch(tail):
                _lines(judge, i, one)
            elif (found := _OPENS.match(tail)) is not None:
                _named(judge, one, found)


def _named(judge: Judge, one: Quantity, found: re.Match[str]) -> None:
    """Names behind the count, parted by 、. What may belong to a name (和, a comma) leaves a range."""
    listed = re.sub(r"\([^()]*\)", "", found["list"])
    clauses = listed.split(",")
    said = next(
        (i for i, clause in enumerate(clauses) if i and (re.search(r"\d", clause) or len(clause) > ITEM_MAX)),
        None,
    )
    listed, first = ",".join(clauses[:said]), clauses[0]
    if "等" in listed or re.search(r"\d", first) or "、" not in listed or "其中" in found["what"]:
        return
    if found["verb"] in ("为", "是", "有") and first.count("、") < 2 and ":" not in found[0]:
        return
    sure = [name for name in first.split("、") if name]
    most = [name for name in re.split(r"[、,]", listed) if name]
    if any(len(name) > ITEM_MAX for name in most) or len(sure) < 2:
        return
    last = len(re.findall(r"以及|和|及|与", sure[-1]))
    low, high = len(sure), max(len(most), len(sure)) + last
    _compare(judge, one, low, high)


def _named_before(judge: Judge, one: Quantity, listed: str) -> None:
    """内设甲科、乙科、丙科3个科室: names of one kind that stand before their count."""
    names = [name for name in re.split(r"、|和|及", listed) if name]
    if (
        len(names) >= 3
        and len({name[-1] for name in names}) == 1
        and not any(len(n) > ITEM_MAX / 2 for n in names)
    ):
        _compare(judge, one, len(names), len(names))


def _lines(judge: Judge, index: int, one: Quantity) -> None:
    """Numbered lines behind a count; a line of headings may stand between."""
    ordinal = 0
    for place in range(index + 1, min(len(judge.book.passages), index + LINES_MAX)):
        text = judge.book.passages[place].text
        found = _ORDINAL.match(text)
        if found is None or int(found[1]) != ordinal + 1:
            if ordinal or place > index + 1:
                break
            continue
        ordinal += 1
    if ordinal >= 2:
        _compare(judge, one, ordinal, ordinal)


def _compare(judge: Judge, one: Quantity, low: int, high: int) -> None:
    if low <= one.value <= high:
        judge.add(Verdict("counted", one, "holds"))
    else:
        judge.add(Verdict("counted", one, "broken", {}, Decimal(low if one.value < low else high)))
