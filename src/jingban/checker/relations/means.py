"""Means and products: mean = total / count, amount = price × count (× months)."""

from __future__ import annotations

import re

from jingban.checker.reading.quantity import Quantity
from jingban.checker.relations.arithmetic import Judge, Way, total
from jingban.checker.relations.changes import FAR
from jingban.values.patterns import lazy
from jingban.values.printed import Quantity as Interval

_NOUNS = (
    ("人均|月人均|每人|每名|每生", ("人", "人次")),
    ("车均|每辆|每车", ("辆", "台")),
    ("户均|每户", ("户", "家")),
    ("家均|每家|每个企业", ("家", "户", "个")),
    ("亩均|每亩", ("亩",)),
    ("每台|每套", ("台", "套", "台(套)")),
    ("每期|每班", ("期", "个")),
    ("每场|每次|次均", ("场", "次", "人次")),
    ("批均|每批", ("批次", "批", "个")),
    ("件均|每件", ("件",)),
    ("笔均|每笔", ("笔", "件")),
    ("每所|每个|每处|每村", ("所", "个", "处")),
    ("月均|每月", ("个月", "月")),
)
_PRODUCT = lazy(r"合计|共|计|需要?|金额|发放|补助|支出|资金|兑现|折合|代缴|缴纳|补贴|保费|费用|经费")
_MONTHS = (12, 6, 3, 2)


def run(judge: Judge) -> None:
    for reading in judge.book.readings:
        here = reading.quantities
        for place, one in enumerate(here):
            if one.kind == "mean" and one.family == "分":
                _scores(judge, one, here, place)
            elif one.kind == "mean" and one.family not in ("%", "百分点"):
                _mean(judge, one, here, place)
            elif one.kind == "level" and one.family == "元":
                _product(judge, one, here, place)


def _mean(judge: Judge, one: Quantity, here: list[Quantity], place: int) -> None:
    families = next((found for pattern, found in _NOUNS if re.search(pattern, one.gap)), None)
    if families is None:
        return
    counts = [
        q
        for q in here
        if q.kind == "level"
        and q.family in families
        and q.value
        and abs(q.start - one.start) < 140
        and q is not one
    ]
    if one.family in families:
        counts = [q for q in counts if q.family != one.family]
    totals = [q for q in here[:place] if q.level and q.family == one.family][-4:]
    totals += [
        q for q in here[place + 1 :] if q.level and q.family == one.family and q.sentence == one.sentence
    ][:1]
    far = []
    if re.search(r"接待|维护|运行", one.gap):
        word = "接待" if "接待" in one.gap else "运行"
        far = [
            q
            for name, found in judge.book.index.items()
            if word in name
            for q in found
            if q.family == one.family
        ]
    close = (
        [q for q in counts if q.sentence == one.sentence],
        [q for q in totals if q.sentence == one.sentence],
    )
    if len(close[0]) == 1 and len(close[1]) == 1 and one.sentence:
        counts, totals = close
    ways = [
        Way({"mean": one, "total": t, "count": c}, 0 if len(counts) == 1 else 1)
        for c in reversed(counts[-4:])
        for t in reversed(totals)
    ]
    ways += [Way({"mean": one, "total": t, "count": c}, FAR) for c in counts for t in far]
    certain = len(ways) == 1
    ways += [
        Way({"mean": one, "total": t, "count": c.interval * Interval.exact(n)}, FAR)
        for c in counts
        for t in totals
        for n in _MONTHS
    ]
    if not ways:
        return
    loose = one.figure.approximate or "约" in one.gap
    results = [result for way in ways if (result := judge.tried("mean", one, way)) is not None]
    if loose and any(abs(result[1] - one.value) <= abs(one.value) * 3 / 100 for result in results):
        return
    judge.weigh("mean", one, ways, needs_slip=not certain)


def _scores(judge: Judge, one: Quantity, here: list[Quantity], place: int) -> None:
    """甲项目得分95分,乙项目97分,2个项目平均得分96分: as many scores as are said, all before the mean."""
    scores = [q for q in here[:place] if q.family == "分" and q.kind in ("level", "score") and q.value]
    told = [
        q for q in here[:place] if q.kind == "level" and q.family in ("个", "项") and q.value == len(scores)
    ]
    if len(scores) < 2 or not told or re.search(r"加权|权重", one.passage.text):
        return
    judge.weigh(
        "mean",
        one,
        [Way({"mean": one, "total": total(scores), "count": told[-1]}, 0, tuple(scores))],
        related=scores,
    )


def _product(judge: Judge, one: Quantity, here: list[Quantity], place: int) -> None:
    near = here[max(0, place - 6) : place]
    prices = [q for q in near if q.kind in ("price", "mean") and q.family == "元"]
    counts = [
        q
        for q in near
        if q.kind == "level"
        and q.family in ("人", "人次", "户", "件", "辆", "台", "家", "名", "亩", "个", "场", "期", "套", "份")
    ]
    if not prices or not counts or not _PRODUCT.search(one.gap):
        return
    ways = [Way({"amount": one, "price": p, "count": c}, 0) for p in prices for c in counts]
    ways += [
        Way({"amount": one, "price": p, "count": c.interval * Interval.exact(n)}, FAR)
        for p in prices
        for c in counts
        for n in _MONTHS
    ]
    start = max(one.passage.text.rfind("。", 0, prices[0].start), 0)
    told = re.sub(r"\d+月", "", one.passage.text[start : one.start])
    if re.search(r"月|季|学期|分档|平均|不等", told) and not any(
        (judge.tried("product", one, way) or (False,))[0] for way in ways
    ):
        return
    close = (
        len(prices) == 1 and "标准" in one.gap + prices[0].gap and _close(judge, one, prices[0], counts[-1])
    )
    if close:
        ways = [
            Way({"amount": one, "price": prices[0], "count": counts[-1]}),
            *(Way(way.roles, FAR) for way in ways),
        ]
    judge.weigh("product", one, ways, related=[*prices[-1:], *counts[-1:]], needs_slip=not close)


def _close(judge: Judge, one: Quantity, price: Quantity, count: Quantity) -> bool:
    """One rate, one count before it, and an amount so near that nothing else was meant."""
    wanted = price.value * count.value
    return bool(wanted) and count.sentence == one.sentence and abs(one.value - wanted) * 20 <= wanted
