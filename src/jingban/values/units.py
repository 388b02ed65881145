"""Units as printed in agency documents: a multiplier (万, 亿 …) before a base (元, 人, 人次 …), or %.

A unit is part of the value: one page may mix 元 and 万元 (domain.md section 0).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

MULTIPLIERS: dict[str, int] = {
    "": 1, "十": 10, "百": 100, "千": 1_000, "万": 10_000, "十万": 100_000, "百万": 1_000_000,
    "千万": 10_000_000, "亿": 100_000_000, "十亿": 1_000_000_000, "百亿": 10_000_000_000,
    "千亿": 100_000_000_000, "万亿": 1_000_000_000_000,
}  # fmt: skip

BASES: dict[str, tuple[str, Decimal | None]] = {
    # symbol -> (dimension, smallest indivisible amount or None)
    "元": ("money", Decimal("0.01")),
    "角": ("jiao", None),
    "人次": ("person-times", Decimal(1)),
    "人": ("persons", Decimal(1)),
    "名": ("persons", Decimal(1)),
    "户": ("households", Decimal(1)),
    "家": ("firms", Decimal(1)),
    "个": ("pieces", Decimal(1)),
    "批次": ("batches", Decimal(1)),
    "批": ("batches", Decimal(1)),
    "笔": ("entries", Decimal(1)),
    "件": ("cases", Decimal(1)),
    "条": ("records", Decimal(1)),
    "次": ("times", Decimal(1)),
    "场": ("sessions", Decimal(1)),
    "期": ("sessions", Decimal(1)),
    "份": ("copies", Decimal(1)),
    "册": ("copies", Decimal(1)),
    "张": ("copies", Decimal(1)),
    "辆": ("vehicles", Decimal(1)),
    "台": ("machines", Decimal(1)),
    "套": ("machines", Decimal(1)),
    "项": ("items", Decimal(1)),
    "平方米": ("square-metres", None),
    "㎡": ("square-metres", None),
    "年": ("years", None),
    "个月": ("months", None),
    "月": ("month", None),
    "天": ("days", None),
    "日": ("day", None),
    "小时": ("hours", None),
    "分": ("score", None),
    "岁": ("age", None),
}


@dataclass(frozen=True, slots=True)
class Unit:
    """``factor`` turns a printed value into base units of ``dimension`` (元, 人 …; a ratio is a plain fraction)."""

    symbol: str
    dimension: str
    factor: Decimal
    quantum: Decimal | None = None
    """Smallest amount the thing comes in (0.01 元, 1 人), in base units; None when it is continuous."""

    def __str__(self) -> str:
        return self.symbol


PLAIN = Unit("", "plain", Decimal(1))
PERCENT = Unit("%", "ratio", Decimal("0.01"))
PERMILLE = Unit("‰", "ratio", Decimal("0.001"))
POINTS = Unit("个百分点", "points", Decimal("0.01"))
_SPECIAL = {
    "": PLAIN, "%": PERCENT, "％": PERCENT, "‰": PERMILLE, "个百分点": POINTS, "百分点": POINTS,
}  # fmt: skip

_multiplier = "|".join(sorted((m for m in MULTIPLIERS if m), key=len, reverse=True))
_base = "|".join(sorted(BASES, key=len, reverse=True))
PATTERN = rf"(?:%|％|‰|个?百分点|(?:{_multiplier})?(?:{_base})|(?:{_multiplier}))"
"""Regular expression of every unit known here."""
_UNIT = re.compile(rf"({_multiplier})?({_base})?")


@cache
def unit(symbol: str) -> Unit:
    """``unit("万元")``. Raises ``ValueError`` for a symbol that is no unit."""
    symbol = symbol.strip()
    if symbol in _SPECIAL:
        return _SPECIAL[symbol]
    matched = _UNIT.fullmatch(symbol)
    if not matched:
        raise ValueError(f"not a unit: {symbol!r}")
    factor = Decimal(MULTIPLIERS[matched[1] or ""])
    if not matched[2]:
        return Unit(symbol, "plain", factor)
    dimension, quantum = BASES[matched[2]]
    return Unit(symbol, dimension, factor, quantum)


YUAN = unit("元")
WAN_YUAN = unit("万元")
YI_YUAN = unit("亿元")
PERSONS = unit("人")
PERSON_TIMES = unit("人次")
