"""Words of direction between budget and outcome, also as a sentence of their own: 决算数小于预算数, 与上年持平."""

from __future__ import annotations

import re

from jingban.checker.reading.parts import Reading
from jingban.checker.reading.quantity import Quantity
from jingban.checker.relations.arithmetic import Judge, Verdict
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

_WORD = lazy(
    r"(?:支出|收入)?(?:决算|执行|实际支出)数?(?P<word>大于|小于|等于|高于|低于|多于|少于|与(?=[^,。;]{0,10}(?:持平|一致|相等))|持平于?)(?:年初|全年|调整后?)?预算数?(?P<digits>\d[\d.,]*)?"
)
SHORT = 60


def run(judge: Judge) -> None:
    for i, reading in enumerate(judge.book.readings):
        for found in _WORD.finditer(reading.passage.text):
            _word(judge, i, reading, found)
        _same(judge, reading)


def _word(judge: Judge, i: int, reading: Reading, found: re.Match[str]) -> None:
    text = reading.passage.text
    before = [q for q in reading.quantities if q.start < found.start()]
    if not before and i and len(text) < SHORT:
        before = judge.book.readings[i - 1].quantities
    budget = [q for q in before if q.kind == "level" and q.basis == "budget" and q.family == "元"]
    actual = [
        q
        for q in before
        if q.kind == "level"
        and q.basis == "actual"
        and q.family == "元"
        and q.when == "now"
        and not q.bracketed
    ]
    rates = [q for q in before if q.kind == "completion" and q.family == "%"]
    word = found["word"]
    want = 1 if word in ("大于", "高于", "多于") else -1 if word in ("小于", "低于", "少于") else 0
    signs: set[int] = set()
    at: Quantity | None = None
    last = max((q.start for q in (*budget, *actual, *rates)), default=None)
    if (
        last is None
        or text.count("。", last if before[-1].passage is reading.passage else 0, found.start()) > 1
    ):
        return
    if budget and actual and abs(budget[-1].start - actual[-1].start) < 60:
        difference = actual[-1].value - budget[-1].value
        signs.add((difference > 0) - (difference < 0))
        at = actual[-1]
    if rates and (at is None or rates[-1].start > at.start):
        low, high = rates[-1].interval.low, rates[-1].interval.high
        signs |= {sign for sign, fits in ((1, high > 1), (-1, low < 1), (0, low <= 1 <= high)) if fits}
        at = at or rates[-1]
    if at is None:
        return
    quantity = next(
        (q for q in reading.quantities if q.kind == "gap" and found.start() <= q.start <= found.end()), None
    )
    if (
        want in signs
        or (signs == {0} and actual and not rates[-1:] and "." in actual[-1].number.raw)
        or (want and signs == {0} and budget and actual)
    ):
        if (
            want
            and quantity is not None
            and rates
            and rates[-1].value == 1
            and not rates[-1].number.decimals
            and actual
        ):
            base = actual[-1].value - want * quantity.value
            if base and not rates[-1].interval.low <= actual[-1].value / base <= rates[-1].interval.high:
                judge.add(
                    Verdict("full_with_gap", rates[-1], "broken", {}, actual[-1].value / base, [quantity])
                )
                return
        judge.add(Verdict("direction", at, "holds"))
        return
    expected = {1: _("大于"), -1: _("小于"), 0: _("等于")}[next(iter(signs))]
    told = [q for q in (*budget[-1:], *actual[-1:], *rates[-1:]) if q is not at]
    judge.add(
        Verdict("direction", at, "broken", {}, None, told, stated=word, expected=expected, spot=found.start())
    )


def _same(judge: Judge, reading: Reading) -> None:
    """与上年持平 beside a change that is not nothing."""
    for one in reading.quantities:
        if one.kind not in ("change", "rate") or not one.value or one.against != "prior":
            continue
        tail = re.split(r"[。;]", reading.passage.text[one.end :])[0]
        if (
            re.match(r",?(?:与上年|与去年|同上年)?(?:基本)?持平", tail)
            and one.value > 0
            and "基本" not in tail[:10]
        ):
            judge.add(
                Verdict(
                    "direction",
                    one,
                    "broken",
                    {},
                    None,
                    [],
                    stated=_("持平"),
                    expected=one.word,
                    spot=one.end,
                )
            )
