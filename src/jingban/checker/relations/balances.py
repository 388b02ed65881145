"""Totals at the end of an enumeration, remainders, balances of an account, and budgets adjusted in the year."""

from __future__ import annotations

import re

from jingban.checker.reading.lexicon import any_of, known, words
from jingban.checker.reading.parts import Reading
from jingban.checker.reading.quantity import Quantity
from jingban.checker.relations.arithmetic import NEAR, Judge, Way, total
from jingban.checker.relations.sums import told_wrong
from jingban.values.patterns import lazy
from jingban.values.printed import Quantity as Interval

_OPENING = ("年初结转和结余", "上年滚存结余")
_CLOSING = ("年末结转和结余", "年末滚存结余")
_EACH = lazy(r"各(?!项|类|级|地|县|区|乡|镇|单位|部门|种|方|占|自)[^,;。、]{0,6}$")
"""编制完整性和执行均衡性各扣0.8分: the amount stands for several."""
_SCORE = lazy(r"(?:综合|自评|总|最终|合计)(?:总|评价|自评)?得?分(?:为|是|:|共)*$")
_GOT = lazy(r"得分?(?:为|:)?$")
_COUNT = {mark: value for value, mark in enumerate("一二三四五六七八九十", 1)} | {"两": 2}


def run(judge: Judge) -> None:
    for reading in judge.book.readings:
        for place, one in enumerate(reading.quantities):
            if one.kind == "level":
                _closing(judge, one, reading.quantities, place)
                _remainder(judge, one, reading.quantities, place)
        _balance(judge, reading.quantities)
        _account(judge, reading)
        _adjusted(judge, reading.quantities)


def _closing(judge: Judge, one: Quantity, here: list[Quantity], place: int) -> None:
    """A、B、C,合计…; 以上三项共…"""
    if one.bracketed or one.when != "now":
        return
    clause = re.split(r"[。;]", one.gap)[-1]
    found = re.search(
        rf"(?:^|[,。;、:])(?:以上|上述|这|前述)?(?P<count>[一二两三四五六七八九十\d]*)(?:项|类|个|者|部分)?(?P<of>[^,。;\d]{{0,8}}?)(?:{any_of('total')})(?:支出|收入|资金|金额|为|约|达)*$",
        clause,
    )
    if one.family == "分" and _SCORE.search(clause):
        _scored(judge, one, here[:place])
        return
    if not found or ("其中" in one.gap and not found["count"]):
        return
    told = bool(re.search(r"以上|上述|前述|[两二三四五六七八九\d](?:项|类|个|部分)", found[0]))
    if len(found["of"]) >= 3 and not told:
        return
    before = [
        q
        for q in here[:place]
        if q.kind in ("level", "reference")
        and q.family == one.family
        and q.basis == one.basis
        and not q.bracketed
    ]
    count = _COUNT.get(found["count"], int(found["count"]) if found["count"].isdigit() else 0)
    if told and len(before) < max(count, 2):
        for reading in judge.book.near(one):
            head = next(
                (
                    q
                    for q in reading.quantities
                    if q.kind == "level" and q.family == one.family and q.when == "now"
                ),
                None,
            )
            before = [head, *before] if head is not None else before
    if len(before) < 2:
        return
    sizes = [count] if 2 <= count <= len(before) else range(2, len(before) + 1)
    ways = [Way({"whole": one, "total": total(before[-size:])}, 0 if told else 1) for size in sizes]
    if any(_EACH.search(q.clause) for q in before):
        return
    same = [q for q in before if q.sentence == one.sentence]
    if len(same) >= 2:
        ways.insert(0, Way({"whole": one, "total": total(same)}))
    if told_wrong(judge, [one]) or judge.state(one) == "holds":
        return
    judge.weigh("closing", one, ways, related=before[-3:], needs_slip=not (count and told))


def _scored(judge: Judge, one: Quantity, before: list[Quantity]) -> None:
    """甲得a分,乙得b分,丙得c分,综合得分d分: what is scored in one sentence makes the score."""
    scores = [q for q in before if q.sentence == one.sentence and q.family == "分" and not q.bracketed]
    scores = [q for q in scores if q.kind in ("level", "score") and _GOT.search(q.clause)]
    if len(scores) >= 2 and not told_wrong(judge, [one]) and judge.state(one) != "holds":
        judge.weigh("closing", one, [Way({"whole": one, "total": total(scores)})], related=scores)


def _remainder(judge: Judge, one: Quantity, here: list[Quantity], place: int) -> None:
    """审核1864人次,通过1829人次,未通过45人次."""
    phrase = re.sub(r"^[、和及而]+", "", re.split(r"[,;。:]", one.gap)[-1])
    if (
        not phrase.startswith(words("complement"))
        or one.family == "分"
        or "扣" in phrase
        or (one.names and known(one.names[0]) and one.names[0] != "本年收支结余")
    ):
        return
    before = [
        q
        for q in here[:place]
        if q.kind == "level" and q.family == one.family and one.sentence - q.sentence <= 2 and q.value
    ]
    ways = []
    for a in range(len(before)):
        for b in range(a + 1, len(before)):
            near = 0 if before[a].sentence == one.sentence else 1
            ways += [
                Way({"rest": one, "whole": before[a], "done": total(before[a + 1 : b + 1])}, near),
                Way({"rest": one, "whole": before[a], "done": before[b]}, near),
            ]
    if ways:
        judge.weigh(
            "remainder",
            one,
            ways,
            related=before[-2:],
            needs_slip=len(before) != 2 or max(w.cost for w in ways) > NEAR,
        )


# ---------------------------------------------------------------------- balances
def _balance(judge: Judge, here: list[Quantity]) -> None:
    levels = [
        q for q in here if q.kind == "level" and q.family == "元" and q.basis == "actual" and not q.bracketed
    ]

    def pick(*names: str) -> Quantity | None:
        found = [q for q in levels if set(names) & set(q.names) and not q.inherited]
        return found[0] if len({q.value for q in found}) == 1 else None

    opening = pick("年初结转和结余", "上年滚存结余")
    income = pick("本年收入合计", "基金收入")
    spending = pick("本年支出合计", "基金支出")
    closing = pick("年末结转和结余", "年末滚存结余")
    net = pick("本年收支结余")
    if opening and closing and income and spending:
        judge.weigh(
            "balance",
            closing,
            [Way({"opening": opening, "income": income, "spending": spending, "closing": closing})],
        )
    elif opening and closing and net:
        judge.weigh(
            "sum",
            closing,
            [Way({"whole": closing, "total": opening.interval + net.interval})],
            related=[opening, net],
        )
    if net:
        income, spending = income or _side(net, levels, "收入"), spending or _side(net, levels, "支出")
    if net and income and spending and net.scope == income.scope:
        judge.weigh(
            "net",
            net,
            [Way({"net": _result(net), "income": income, "spending": spending}, 1)],
            related=[income, spending],
            needs_slip=_far(income, net),
        )


def _account(judge: Judge, reading: Reading) -> None:
    """1.收入情况… 2.支出情况… 3.结余情况: the result of an account whose two sides stand in the passages before it."""
    passage = reading.passage
    own = [q for q in reading.quantities if q.kind == "level" and q.family == "元" and not q.bracketed]
    net = next((q for q in own if "本年收支结余" in q.names and q.when == "now" and not q.inherited), None)
    closing = next((q for q in own if set(q.names) & set(_CLOSING) and q.when == "now"), None)
    opening = next((q for q in own if set(q.names) & set(_OPENING)), None)
    if (net is None and (closing is None or opening is None)) or judge.state(
        net or closing or own[0]
    ) == "holds":
        return
    incomes, spendings = [], []
    for before in judge.book.near(own[0], 8):
        if before.passage.path[:-1] != passage.path[:-1] and before.passage.path != passage.path:
            continue
        for q in before.quantities:
            if q.kind != "level" or q.family != "元" or not q.current or q.bracketed:
                continue
            if set(q.names) & {"本年收入合计", "基金收入"} and "总" not in q.gap[-6:]:
                incomes.append(q)
            elif set(q.names) & {"本年支出合计", "基金支出"} and "总" not in q.gap[-6:]:
                spendings.append(q)
    if len({q.value for q in incomes}) != 1 or len({q.value for q in spendings}) != 1:
        return
    income, spending = incomes[0], spendings[0]
    if net is not None:
        judge.weigh("net", net, [Way({"net": _result(net), "income": income, "spending": spending}, 1)])
    if closing is not None and opening is not None and closing is not opening:
        roles = {"opening": opening, "income": income, "spending": spending, "closing": closing}
        judge.weigh("balance", closing, [Way(dict(roles), 1, (opening, income, spending))])


def _result(net: Quantity) -> Interval:
    """A net result with its direction said: 缺口, 赤字, 超支."""
    return -net.interval if re.search(r"缺口|赤字|超支|-$", net.gap[-6:]) else net.interval


def _side(net: Quantity, levels: list[Quantity], side: str) -> Quantity | None:
    """The nearest level before a net result whose words end with 收入 or 支出."""
    return next(
        (
            q
            for q in reversed(levels)
            if q.start < net.start
            and q.sentence == net.sentence
            and re.search(rf"{side}(?:决算|预算|合计)?(?:数|为|额)*$", q.clause)
            and "其中" not in q.gap
        ),
        None,
    )


def _far(a: Quantity, b: Quantity) -> bool:
    return abs(a.sentence - b.sentence) > 1


def _adjusted(judge: Judge, here: list[Quantity]) -> None:
    """Initial budget, supplement, adjusted budget in a row."""
    for budget, change, after in zip(here, here[1:], here[2:], strict=False):
        if (
            change.kind == "change"
            and re.search(r"年中|追加|追减|调[增减整]|核减", change.gap)
            and budget.kind == after.kind == "level"
            and after.basis == "budget"
            and budget.family == after.family == change.family
            and budget.sentence == after.sentence
            and change.base is None
        ):
            earlier = [
                q
                for q in here
                if q.level
                and q.start < change.start
                and q.sentence == change.sentence
                and q.family == after.family
            ]
            ways = [
                Way({"adjusted": after, "budget": q, "adjustment": change.signed}) for q in reversed(earlier)
            ]
            judge.weigh("adjusted", after, ways, related=[budget, change], needs_slip=len(earlier) > 1)
