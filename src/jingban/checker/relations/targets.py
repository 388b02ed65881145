"""Targets in running text: an outcome below its target that is told as if the target were met."""

from __future__ import annotations

import re
from itertools import pairwise

from jingban.checker.reading.quantity import Quantity
from jingban.checker.relations.arithmetic import Judge, Verdict
from jingban.values.patterns import lazy

_UPPER = lazy(r"不超过|不高于|≤|<|控制在|以内|不大于|(?<!不)低于")
_GOAL = lazy(r"(?:目标|指标|任务|计划)(?:值|数)?(?:为|是|:|≥|>=|不低于|不少于)*$")
_OUTCOME = lazy(r"[,，]?[^,;。\d]{0,14}?(?:实际|完成|达到|实现)[^,;。\d]{0,12}$")
_REASON = lazy(r"原因|由于|影响|未完成|未达|未能|没有完成|没有达到|偏差|尚未|低于目标|不足|滞后|扣|因")
_DONE = lazy(
    r"(?<!未)(?<!没有)(?:超额完成|全部完成|均完成|都完成|已完成|按照?计划完成|完成(?:了)?(?:全年|年度|年初|既定|预期|总体|各项|绩效)*(?:目标|任务)(?![数值量]?的?\d))"
)


_AGAINST = lazy(
    r",?(?:(?:已|均|刚好|基本)?(?P<word>达到了?|达|完成|超过了?|高于|超出|优于|低于|未达到?|未完成|不及|没有达到))(?:了)?$"
)
_AIM = lazy(
    r"的?(?:年度|全年|年初|预期|既定|序时|时序|计划|考核|绩效|省定|市定|规定|设定)*(?:目标|任务|进度|指标|要求|标准)"
)
_MET = {"达到": 0, "达到了": 0, "达": 0, "完成": 0, "超过": 1, "超过了": 1, "高于": 1, "超出": 1, "优于": 1}


def _held(judge: Judge, quantities: list[Quantity], text: str) -> None:
    """追回率91.6%,达到95%的年度目标: a rate and the aim beside it, joined by what is said of them."""
    for before, aim in pairwise(quantities):
        said = _AGAINST.fullmatch(aim.gap.removeprefix(")"))
        if (
            said is None
            or before.family != "%"
            or aim.family != "%"
            or before.sentence != aim.sentence
            or not _AIM.match(text[aim.end :])
            or before.figure.approximate
        ):
            continue
        word = said["word"]
        low, high = before.interval.high < aim.value, before.interval.low > aim.value
        wrong = low if word in _MET else high
        if word in _MET and _MET[word] and not low and not high:
            wrong = before.value == aim.value
        if wrong:
            judge.add(
                Verdict(
                    "unmet" if word in _MET else "met", before, "broken", {"target": aim, "actual": before}, None, [aim],
                    severity="warning", stated=word, expected=aim.shown, spot=aim.start,
                )
            )  # fmt: skip
        else:
            judge.add(Verdict("unmet", before, "holds"))


def run(judge: Judge) -> None:
    claimed = any(_DONE.search(one.text) for one in judge.book.passages)
    for reading in judge.book.readings:
        text = reading.passage.text
        _held(judge, reading.quantities, text)
        if _REASON.search(text):
            continue
        for target, outcome in pairwise(reading.quantities):
            if claimed and _missed(target, outcome) and not _told(outcome, reading.quantities):
                judge.add(
                    Verdict(
                        "unmet", outcome, "broken", {"target": target, "actual": outcome}, None, [target],
                        severity="warning", expected=target.shown,
                    )
                )  # fmt: skip
        for place, one in enumerate(reading.quantities):
            after = reading.quantities[place + 1].start if place + 1 < len(reading.quantities) else len(text)
            told = re.split(r"[;。]", text[one.end : after])[0]
            if (
                one.kind == "completion"
                and re.search(r"目标|任务|计划", one.whole_name)
                and one.interval.high < 1
                and (done := _DONE.search(told)) is not None
            ):
                judge.add(
                    Verdict(
                        "unmet", one, "broken", {"completion": one}, None, [], severity="warning",
                        expected="100%", spot=one.end + done.start(),
                    )
                )  # fmt: skip


def _told(outcome: Quantity, beside: list[Quantity]) -> bool:
    """实际完成164人,完成任务的91.1%: the sentence itself says how far it came; whether rightly is the completion's own relation."""
    return any(
        one.kind == "completion" and one.sentence == outcome.sentence and one.start > outcome.start
        for one in beside
    )


def _missed(target: Quantity, outcome: Quantity) -> bool:
    """目标值不低于180人,实际完成值164人"""
    rates = target.kind == outcome.kind == "percent" and bool(_GOAL.search(target.clause))
    counts = target.kind == outcome.kind == "level" and target.basis == "target" and outcome.basis == "actual"
    if (
        not (rates or counts)
        or target.family != outcome.family
        or target.sentence != outcome.sentence
        or ";" in outcome.gap
        or (outcome.kind == "level" and outcome.when != "now")
        or not _OUTCOME.match(outcome.gap)
    ):
        return False
    if _UPPER.search(target.limit or target.clause[-6:]):
        return outcome.interval.low > target.interval.high
    return outcome.interval.high < target.interval.low
