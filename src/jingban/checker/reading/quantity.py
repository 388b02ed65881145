"""A quantity: one printed number with its roles. Roles are hard: what does not fit is another quantity."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

from msgspec import Struct, field

from jingban.checker.figures import Figure
from jingban.checker.model import Source
from jingban.checker.text.passages import Passage
from jingban.values.printed import PrintedNumber
from jingban.values.printed import Quantity as Interval

Kind = Literal[
    "level", "old", "reference", "change", "rate", "gap", "share", "completion", "named_rate", "mean", "price",
    "weight", "score", "percent", "unknown",
]  # fmt: skip
Basis = Literal["actual", "budget", "target"]

_FAMILIES = {
    "money": "元", "ratio": "%", "points": "百分点", "persons": "人", "person-times": "人次", "batches": "批次", "score": "分",
    "days": "天", "plain": "",
}  # fmt: skip
_RATIOS = frozenset({"%", "百分点"})
_EXACT = _RATIOS | {"元", ""}
_MEASURES = frozenset(
    {"亩", "吨", "平方米", "公里", "千米", "立方米", "米", "公斤", "小时", "天", "倍", "平米", "度"}
)
_ABOUT = Decimal("0.03")


class Quantity(Struct, eq=False):
    """``passage.text[start:end]`` is the number with its unit; ``clause`` the words before it in its own clause.

    ``names``: indicators it may be of, best first (lexicon or free). ``when``: now, prior or a year. ``against``: what a
    change, rate or completion is measured from, as said: prior, budget, target, a year, or ''. ``how`` tells a reader of a
    finding by which pattern and inheritance the roles were given.
    """

    figure: Figure
    passage: Passage
    start: int
    end: int
    gap: str = ""
    clause: str = ""
    sentence: int = 0
    kind: Kind = "level"
    names: tuple[str, ...] = ()
    holder: str = ""
    scope: str = ""
    when: str = "now"
    basis: Basis = "actual"
    against: str = ""
    sign: int = 1
    word: str = ""
    bracketed: bool = False
    inherited: bool = False
    head: Quantity | None = None
    topics: list[Quantity] = field(default_factory=list)
    group: list[Quantity] = field(default_factory=list)
    heads: list[Quantity] = field(default_factory=list)
    """The coordinated levels before a group of changes, rates or shares: matched by position."""
    change: Quantity | None = None
    base: Quantity | None = None
    """The level a change is printed right after: 较上年A增加B."""
    moved: tuple[Quantity, Quantity] | None = None
    """(old, new) of 由A增至B."""
    whole: Quantity | None = None
    whole_name: str = ""
    part_name: str = ""
    subject: tuple[str, ...] = ()
    unsigned: bool = False
    """A ratio printed without its percent sign."""
    limit: str = ""
    """Of a target: ≥, ≤ or ''."""
    how: list[str] = field(default_factory=list)

    @property
    def number(self) -> PrintedNumber:
        return self.figure.number

    @property
    def family(self) -> str:
        """Unit family: 元, %, 百分点, 人, 人次 … Only quantities of one family are added or compared."""
        if self.unsigned:
            return "%"
        return family_of(self.number)

    @property
    def value(self) -> Decimal:
        """In base units; a ratio is a plain fraction."""
        return self.number.value / 100 if self.unsigned else self.number.to_base()

    @property
    def half(self) -> Decimal:
        """Half the last printed place in base units; 0 for what is counted exactly.

        A sum printed as nothing is nothing; a ratio printed 0.00 % is any ratio that rounds to it.
        """
        number = self.number
        if (
            (number.value == 0 and self.family not in _RATIOS)
            or self.basis == "target"
            or self.kind == "price"
            or (self.family not in _EXACT and self.family not in _MEASURES and number.unit.factor == 1)
        ):
            half = Decimal(0)
        else:
            half = number.half / 100 if self.unsigned else number.half
        return max(half, abs(self.value) * _ABOUT) if self.figure.approximate else half

    @property
    def interval(self) -> Interval:
        return Interval.around(self.value, self.half)

    @property
    def signed(self) -> Interval:
        """Interval with the direction said: 减少 3 is -3."""
        return -self.interval if self.sign < 0 else self.interval

    @property
    def shown(self) -> str:
        """As printed, in one word."""
        return re.sub(r"\s+", "", self.number.raw)

    @property
    def source(self) -> Source:
        return self.passage.at(self.start)

    @property
    def level(self) -> bool:
        return self.kind in ("level", "old", "reference")

    @property
    def current(self) -> bool:
        """This year's outcome (or, in a budget, this year's budget)."""
        return self.kind == "level" and self.when == "now" and self.basis == "actual"

    def printed(self, value: Decimal) -> str:
        """A value in base units as this quantity would print it: same unit, same places."""
        factor = Decimal("0.01") if self.unsigned else self.number.unit.factor
        shown = (value / factor).quantize(Decimal(1).scaleb(-self.number.decimals))
        return f"{shown}{self.unit}"

    @property
    def unit(self) -> str:
        return self.number.unit.symbol


def family_of(number: PrintedNumber) -> str:
    unit = number.unit
    found = _FAMILIES.get(unit.dimension)
    if found is not None:
        return found
    return re.sub(r"^[十百千万亿]+(?=.)", "", unit.symbol) or unit.symbol


def slip(stated: Quantity, wanted: Decimal) -> bool:
    """Whether one slip of the pen (a digit, two digits swapped, a shifted point) makes the wanted figure the printed one."""
    number = stated.number
    factor = Decimal("0.01") if stated.unsigned else number.unit.factor
    places = number.decimals
    a = f"{abs(number.value):.{places}f}"
    b = f"{abs(wanted / factor):.{places}f}"
    if a == b:
        return False
    if len(a) == len(b):
        wrong = [i for i in range(len(a)) if a[i] != b[i]]
        if len(wrong) == 1 and len(a.replace(".", "")) >= 2:
            return True
        if len(wrong) == 2 and a[wrong[0]] == b[wrong[1]] and a[wrong[1]] == b[wrong[0]]:
            return True
    digits_a, digits_b = a.replace(".", "").strip("0"), b.replace(".", "").strip("0")
    return bool(digits_a) and digits_a == digits_b


def significant(quantity: Quantity) -> int:
    """How many digits a printed number tells: 14.16 % tells four."""
    return len(str(abs(quantity.number.value)).replace(".", "").lstrip("0"))
