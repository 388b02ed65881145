"""Completions: completion = actual / target, and rates named by what was counted (结案率)."""

from __future__ import annotations

import re

from jingban.checker.reading.lexicon import known
from jingban.checker.reading.quantity import Quantity
from jingban.checker.relations.arithmetic import NEAR, Judge, Verdict, Way
from jingban.checker.relations.changes import FAR
from jingban.checker.relations.shares import whole_pool
from jingban.values.patterns import lazy

_SPENDS = lazy(r"预算|执行率|支出进度|支出率|支付率|使用率|到位率|执行进度|拨付率|执行比例")
_SPENT = lazy(r"使用|支出|到位|支付|执行|拨付|完成|兑付|发放")
_ONE_BUDGET = lazy(r"^(?:总|项目|资金)?(?:预算|资金)?执行率$")
_TASK = lazy(r"(?:项目|任务|工作|目标|计划)(?:按期|按时)?完成率")


def run(judge: Judge) -> None:
    for reading in judge.book.readings:
        for one in reading.quantities:
            if one.kind == "completion":
                _completion(judge, one)
            elif one.kind == "named_rate":
                _named(judge, one)


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
            pool=whole_pool(judge, one, list(actuals), one.whole.family, "completion", "actual", "target"),
        )
        return
    near = [
        q
        for q in here
        if q.level
        and abs(q.sentence - one.sentence) <= (2 if _ONE_BUDGET.search(name) else 1)
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
            _frame_cost(judge, one, actual, target, before, targets),
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
    pool = whole_pool(judge, one, [(q, 0) for q in actuals_], family, "completion", "actual", "target")
    framed = min(way.cost for way in ways) == 0
    judge.weigh(_relation(name), one, sorted(ways, key=lambda way: way.cost), pool=None if framed else pool)


def _frame_cost(
    judge: Judge,
    one: Quantity,
    actual: Quantity,
    target: Quantity,
    before: list[Quantity],
    targets: list[Quantity],
) -> int:
    """Outcome and budget belong together when they are of one indicator, or stand in one clause with the rate.

    Spending as a whole belongs to the budget told last before it: 预算A,其中…。实际支出B,其中…,预算执行率C.
    """
    name = one.whole_name
    if _whole_spending(judge, actual, before[-1]) and _ONE_BUDGET.search(name):
        told = [t for t in targets if t.start < actual.start and t.family == actual.family]
        if told and told[-1] is target and ";" not in one.passage.text[target.end : one.start]:
            return 1
    if actual.sentence < target.sentence and any(
        q.kind == "share" and q.head is actual and q.end <= target.start
        for q in judge.book.reading(one).quantities
    ):
        return FAR  # a part with its share, and then a budget: the whole it belongs to is told elsewhere
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


def _whole_spending(judge: Judge, actual: Quantity, last: Quantity) -> bool:
    """Whether an outcome is spending as such, the last told or the one whose parts were told last."""
    if not (actual.inherited or set(actual.names) & {"本年支出合计", "执行数"}) or not _SPENT.search(
        actual.gap[-8:]
    ):
        return False
    return actual is last or any(
        any(m is last for m in listed.members) and any(w is actual for w in listed.wholes)
        for listed in judge.book.lists
    )


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
