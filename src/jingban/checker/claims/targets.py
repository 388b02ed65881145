"""Targets and actuals of indicators as bounds, and which way is better. What cannot be read is None, never 'met'."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from jingban.checker.figures import Figure, read_figures
from jingban.checker.model import Source
from jingban.checker.text.fold import fold
from jingban.values.patterns import lazy

Better = Literal["more", "less", ""]
_LESS = lazy(
    r"控制率|控制数|变动率|结转结余率|成本|超支|超预算|费用|经费|投诉|差错|失误|事故|误差|偏差|时限|时间|用时|天数|工作日|滞留|逾期|缺口|下降幅|压减|违规|违纪|死亡|返贫|上访"
)
_MORE = lazy(
    r"完成率|达标率|合格率|覆盖率|满意度|满意率|到位率|发放率|及时率|参保率|执行率|利用率|知晓率|合规率|准确率|正常率|办结率|参与率|通过率|人数|人次|次数|场次|数量|期数|份数|个数|认证率|追回率|征缴率"
)
_AT_LEAST = lazy(r"^\s*(?:≥|>=|>|不低于|不少于|大于等于|大于|高于|达到|至少)|(?:以上|及以上)\s*$")
_AT_MOST = lazy(r"^\s*(?:≤|<=|<|不高于|不超过|不多于|小于等于|小于|低于|控制在)|(?:以内|以下|之内|内)\s*$")


class Bound(Struct, frozen=True):
    """One figure of a target or an actual. ``rest`` is what else the cell says, ``bare`` that it says nothing else."""

    figure: Figure
    at_least: bool
    at_most: bool
    rest: str = ""

    @property
    def bare(self) -> bool:
        return not re.search(r"[^\W\d_]", self.rest)

    def speaks_of(self, other: Bound) -> bool:
        """Whether two cells can be set against each other: figures alone, or the same words around them."""
        return (self.bare and other.bare) or self.rest == other.rest


def read_bound(text: str) -> Bound | None:
    """The one figure of a cell; None for prose, ranges, dates and several figures."""
    line = fold(text).replace(" ", "").replace("%%", "%").replace("百分比", "%").strip("。.;；,，")
    line = re.sub(r"(?<=\d)\s+(?=[\d%])", "", line)
    if not line or re.search(r"\d[%万亿元人]*(?:-{1,2}|—{1,2}|–|~|至)\d", line):
        return None
    figures = read_figures(line, Source())
    if len(figures) != 1:
        return None
    least, most = bool(_AT_LEAST.search(line)), bool(_AT_MOST.search(line))
    figure = figures[0]
    rest = line.replace(figure.text.replace(" ", ""), "")
    rest = re.sub(
        r"≥|>=|≤|<=|>|<|不低于|不少于|不高于|不超过|达到|大于|小于|等于|以上|以下|以内|及|高于|低于|至少|控制在|内",
        "",
        rest,
    )
    return Bound(figure, least, most, rest)


def better(name: str, target: Bound) -> Better:
    """Which way an indicator is better: as the target's sign says, else by its name; '' when neither tells."""
    if target.at_least:
        return "more"
    if target.at_most or _LESS.search(name):
        return "less"
    return "more" if _MORE.search(name) else ""


def met(name: str, target_text: str, actual_text: str) -> bool | None:
    """Whether the actual reaches the target as printed; None when that cannot be told for certain."""
    target, actual = read_bound(target_text), read_bound(actual_text)
    if target is None or actual is None or not target.speaks_of(actual):
        return None
    a, b = actual.figure, target.figure
    if not comparable(a, b):
        return None
    way = better(name, target)
    if not way:
        return True if a.value == b.value else None
    if way == "more":
        if actual.at_most:
            return None
        return a.quantity.high >= b.value if a.value != b.value else True
    if actual.at_least and actual.figure.value != b.value:
        return None
    return a.quantity.low <= b.value


def comparable(a: Figure, b: Figure) -> bool:
    """Whether two figures count the same thing in units that can be set against each other."""
    if a.number.unit.dimension == b.number.unit.dimension:
        return a.dimension != "things" or a.number.unit == b.number.unit
    return "plain" in (a.dimension, b.dimension) and a.number.unit.factor == b.number.unit.factor == Decimal(
        1
    )


class Deduction(Struct, frozen=True):
    """'X%计满分，每超过(降低)u%扣p分，扣完为止': full at ``full``, ``points`` off per ``step`` in percent."""

    full: Decimal
    over: bool
    under: bool
    step: Decimal
    points: Decimal

    def score(self, rate: Decimal, most: Decimal) -> Decimal:
        """Points for a rate in percent: complete steps only, never below nought."""
        miss = Decimal(0)
        if self.over and rate > self.full:
            miss = rate - self.full
        if self.under and rate < self.full:
            miss = self.full - rate
        steps = (miss / self.step).to_integral_value(rounding="ROUND_FLOOR")
        return max(Decimal(0), most - self.points * steps)


_FULL = lazy(r"(?P<full>\d+(?:\.\d+)?)%?(?:以下|以上)?(?:\(含\))?,?(?:为标准|计满分|得满分)")
_STEP = lazy(
    r"每(?P<words>超过|超出|增加|高于|低于|下降|降低|减少|少)(?:\(?(?P<also>降低|下降|超过|低于)\)?)?(?P<step>\d+(?:\.\d+)?|一|五)(?:个)?(?:%|百分点)?扣(?P<points>\d+(?:\.\d+)?)分"
)
_CHINESE = {"一": Decimal(1), "五": Decimal(5)}


def read_deduction(criteria: str) -> Deduction | None:
    """The deduction rule of a criteria text, or None."""
    line = re.sub(r"\s", "", fold(criteria))
    full, step = _FULL.search(line), _STEP.search(line)
    if not full or not step:
        return None
    words = {step["words"], step["also"] or ""}
    over = bool(words & {"超过", "超出", "增加", "高于"})
    under = bool(words & {"低于", "下降", "降低", "减少", "少"})
    size = _CHINESE.get(step["step"]) or Decimal(step["step"])
    return Deduction(Decimal(full["full"]), over, under, size, Decimal(step["points"]))
