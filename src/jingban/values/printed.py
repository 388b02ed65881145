"""A number as somebody printed it: value, unit and the decimals that stand on paper, hence an interval.

"291.70 万元" says only that the true amount lies in [2,916,950, 2,917,050] yuan. Identities between printed numbers are
therefore tested with intervals, never with a fixed tolerance (R4.1-03, R4.1-04, R4.1-05).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Literal

from jingban.values import units
from jingban.values.units import PLAIN, Unit

HALF = Decimal("0.5")
SIGMA_LIMIT = Decimal("2.5")
"""An agreement inside the interval but beyond this many standard deviations is suspicious (L2)."""

_WIDTH = str.maketrans("０１２３４５６７８９．％－＋（）　，", "0123456789.%-+() ,")
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_SIGN = r"[-−–△▲]|负"
_SCAN = re.compile(
    rf"(?P<sign>(?<![\d年月日])(?:{_SIGN})\s?)?(?P<digits>(?<![\d.])(?a:{_DIGITS}))"
    rf"(?P<gap>\s*)(?P<approx>余|多)?(?P<unit>{units.PATTERN})?"
)
_CELL = re.compile(
    rf"(?P<open>\()?(?P<sign>{_SIGN}|\+)?\s*(?P<digits>(?a:{_DIGITS}))\s*(?P<approx>余|多)?"
    rf"(?P<unit>{units.PATTERN})?(?P<close>\))?"
)
_DASHES = frozenset({"-", "—", "——", "－", "–", "/", "无", "不适用", "N/A", "*"})
CellState = Literal["blank", "dash", "unreadable"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A computed or read amount in base units: point, bounds, and the sum of squared half widths behind it.

    The half widths are independent rounding errors, uniform, so the variance is ``squares / 3``.
    """

    point: Decimal
    low: Decimal
    high: Decimal
    squares: Decimal

    @classmethod
    def exact(cls, value: Decimal | int) -> Quantity:
        """A value without rounding error (a count, an amount in fen)."""
        amount = Decimal(value)
        return cls(amount, amount, amount, Decimal(0))

    @classmethod
    def around(cls, value: Decimal, half: Decimal) -> Quantity:
        return cls(value, value - half, value + half, half * half)

    def __add__(self, other: Quantity) -> Quantity:
        return Quantity(
            self.point + other.point,
            self.low + other.low,
            self.high + other.high,
            self.squares + other.squares,
        )

    def __neg__(self) -> Quantity:
        return Quantity(-self.point, -self.high, -self.low, self.squares)

    def __sub__(self, other: Quantity) -> Quantity:
        return self + -other

    def times(self, count: Decimal | int) -> Quantity:
        """Multiplied by an exact number."""
        n = Decimal(count)
        bounds = (self.low * n, self.high * n)
        return Quantity(self.point * n, min(bounds), max(bounds), self.squares * n * n)

    def __mul__(self, other: Quantity) -> Quantity:
        corners = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        squares = self.squares * other.point**2 + other.squares * self.point**2
        return Quantity(self.point * other.point, min(corners), max(corners), squares)

    def __truediv__(self, other: Quantity) -> Quantity:
        """The ratio with its interval; ``ZeroDivisionError`` when the divisor's interval touches zero."""
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError("the divisor may be zero at its printed precision")
        corners = [a / b for a in (self.low, self.high) for b in (other.low, other.high)]
        ratio = self.point / other.point
        squares = (self.squares + ratio**2 * other.squares) / other.point**2
        return Quantity(ratio, min(corners), max(corners), squares)

    def meets(self, low: Decimal, high: Decimal) -> bool:
        """True when the interval and [low, high] have a point in common."""
        return self.low <= high and low <= self.high


@cache
def _half(decimals: int, factor: Decimal) -> Decimal:
    return HALF.scaleb(-decimals) * factor


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """``value`` in ``unit`` as printed with ``decimals`` places; ``raw`` is the very text.

    ``approximate``: printed as 620余万元, i.e. at least 620 and less than the next ten.
    """

    value: Decimal
    unit: Unit
    decimals: int
    raw: str
    approximate: bool = False

    def to_base(self) -> Decimal:
        """The value in base units (元, 人, fraction)."""
        return self.value * self.unit.factor

    @property
    def half(self) -> Decimal:
        """Half a unit of the last printed place, in base units."""
        return _half(self.decimals, self.unit.factor)

    def quantity(self) -> Quantity:
        if self.approximate:
            step = self._loose_step() * self.unit.factor
            sign = -1 if self.value < 0 else 1
            return Quantity.around(self.to_base() + sign * step / 2, step / 2)
        return Quantity.around(self.to_base(), self.half)

    def _loose_step(self) -> Decimal:
        _sign, digits, exponent = self.value.normalize().as_tuple()
        return Decimal(1).scaleb(int(exponent)) if any(digits) else Decimal(1)

    def interval(self) -> tuple[Decimal, Decimal]:
        """Bounds in base units."""
        reach = self.quantity()
        return reach.low, reach.high

    def truncated(self) -> tuple[Decimal, Decimal]:
        """Bounds in base units if the last places had been cut off instead of rounded."""
        edge = self.to_base() + (-2 if self.value < 0 else 2) * self.half
        return (edge, self.to_base()) if self.value < 0 else (self.to_base(), edge)

    def unpadded(self) -> PrintedNumber | None:
        """The same number without its last place, when that is a 0 that may be padding (46.40 -> 46.4)."""
        if self.decimals < 2 or self.value != self.value.quantize(Decimal(1).scaleb(1 - self.decimals)):
            return None
        return replace(self, decimals=self.decimals - 1)

    def at_decimals(self, decimals: int) -> PrintedNumber:
        """The same value judged as if it had been printed with ``decimals`` places."""
        return replace(self, decimals=decimals)

    @property
    def indivisible(self) -> bool:
        """Printed to the last person or fen: nothing was rounded away, unless it is a mean."""
        quantum = self.unit.quantum
        return quantum is not None and not self.approximate and 2 * self.half <= quantum

    def rounds_to(self, computed: Decimal) -> bool:
        """True when ``computed`` (base units), rounded half up, prints exactly as this number."""
        shown = (computed / self.unit.factor).quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)
        return shown == self.value


Level = Literal["L0", "L1", "L2", "L3"]
Reason = Literal["exact", "rounding", "far", "truncation", "padding", "coarse", "contradiction"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a stated number relates to a computed one (levels of R4.1-03 ff.).

    L0 points equal; L1 explained by rounding; L2 only just (beyond 2.5 sigma), or only by truncation, padded zeros or
    a coarser printing; L3 no explanation. ``difference`` = computed - stated, ``envelope`` = sum of half widths, both in
    base units; ``sigmas`` is None when nothing was rounded.
    """

    level: Level
    reason: Reason
    difference: Decimal
    envelope: Decimal
    sigmas: Decimal | None

    @property
    def ok(self) -> bool:
        return self.level in ("L0", "L1")


def compare(
    stated: PrintedNumber,
    computed: Quantity | PrintedNumber,
    *,
    padding: bool | None = None,
    exact: bool = False,
) -> Comparison:
    """Judge ``stated`` against ``computed``.

    ``padding``: may the last 0 be padding? Default: only for ratios, where it is seen. ``exact``: the stated number
    was not rounded (a count, fen), so only the computed side has an interval.
    """
    right = computed.quantity() if isinstance(computed, PrintedNumber) else computed
    left = Quantity.exact(stated.to_base()) if exact else stated.quantity()
    difference = right.point - left.point
    squares = left.squares + right.squares
    envelope = (left.high - left.low + right.high - right.low) / 2
    sigmas = abs(difference) / (squares / 3).sqrt() if squares else None

    def judged(level: Level, reason: Reason) -> Comparison:
        return Comparison(level, reason, difference, envelope, sigmas)

    if not difference:
        return judged("L0", "exact")
    if right.meets(left.low, left.high):
        near = sigmas is not None and sigmas <= SIGMA_LIMIT
        return judged("L1", "rounding") if near else judged("L2", "far")
    if exact:
        return judged("L3", "contradiction")
    if right.meets(*stated.truncated()):
        return judged("L2", "truncation")
    may_pad = stated.unit.dimension == "ratio" if padding is None else padding
    bare = stated.unpadded() if may_pad else None
    if bare is not None and right.meets(*bare.interval()):
        return judged("L2", "padding")
    return judged("L3", "contradiction")


def total(terms: Iterable[PrintedNumber], signs: Sequence[int] | None = None) -> Quantity:
    """The signed sum of printed numbers with its interval."""
    numbers = list(terms)
    point = low = high = squares = Decimal(0)
    for number, sign in zip(numbers, signs or [1] * len(numbers), strict=True):
        reach = number.quantity()
        if sign != 1:
            reach = reach.times(sign)
        point, low, high = point + reach.point, low + reach.low, high + reach.high
        squares += reach.squares
    return Quantity(point, low, high, squares)


def compare_sum(
    stated: PrintedNumber,
    terms: Sequence[PrintedNumber],
    signs: Sequence[int] | None = None,
    *,
    exact: bool | None = None,
) -> Comparison:
    """Judge ``stated = Σ sign·term``.

    Numbers of one row or sentence that show fewer places than their neighbours are first judged at the finest
    printing; if the identity holds only with their own coarse interval the answer is L2. ``exact`` default: when every
    number is printed to the last person or fen, the sum admits no rounding at all.
    """
    numbers = [stated, *terms]
    if exact is None:
        exact = all(number.indivisible for number in numbers)
    if exact:
        weights = signs or [1] * len(terms)
        point = sum((n.to_base() * s for n, s in zip(terms, weights, strict=True)), Decimal(0))
        return compare(stated, Quantity.exact(point), exact=True)
    finest = min(number.half for number in numbers)
    fine = [
        n if n.approximate or n.half == finest else n.at_decimals(_decimals_for(n, finest)) for n in numbers
    ]
    verdict = compare(fine[0], total(fine[1:], signs))
    if verdict.level == "L3" and fine != numbers:
        own = compare(stated, total(terms, signs))
        if own.level != "L3":
            return replace(own, level="L2", reason="coarse")
    return verdict


def _decimals_for(number: PrintedNumber, half: Decimal) -> int:
    """The places ``number`` would show at half width ``half``; never fewer than it does show."""
    places = number.decimals
    while _half(places, number.unit.factor) > half:
        places += 1
    return places


def parse(text: str, default: Unit | str | None = None) -> PrintedNumber | None:
    """The number of a cell or phrase that holds nothing else, or None. ``default``: the unit when none is printed.

    Understands thousands separators, full-width digits, 负 / - / △ and accountants' brackets, %, and every unit of
    :mod:`jingban.values.units`. ``parse("１，２３４.50万元")`` -> 1234.50 万元, 2 decimals.
    """
    matched = _CELL.fullmatch(text.translate(_WIDTH).strip())
    if (
        not matched
        or bool(matched["open"]) != bool(matched["close"])
        or (matched["open"] and matched["sign"])
    ):
        return None
    negative = bool(matched["open"]) or matched["sign"] not in (None, "+")
    return _number(matched, negative, text.strip(), default)


def read_cell(text: str | None, default: Unit | str | None = None) -> PrintedNumber | CellState:
    """Like :func:`parse`, but tells apart blank, dash and unreadable: none of them is zero (R4.1-08)."""
    bare = (text or "").translate(_WIDTH).strip()
    if not bare:
        return "blank"
    if bare in _DASHES:
        return "dash"
    return parse(text or "", default) or "unreadable"


@dataclass(frozen=True, slots=True)
class Found:
    """A number inside running text, at ``text[start:end]``."""

    start: int
    end: int
    number: PrintedNumber


def scan(text: str, default: Unit | str | None = None) -> Iterator[Found]:
    """Every printed number of a text in order, with positions. Offsets are those of ``text`` itself."""
    for matched in _SCAN.finditer(text.translate(_WIDTH)):
        end = matched.end() if matched["unit"] or matched["approx"] else matched.end("digits")
        number = _number(matched, matched["sign"] is not None, text[matched.start() : end], default)
        yield Found(matched.start(), end, number)


def _number(matched: re.Match[str], negative: bool, raw: str, default: Unit | str | None) -> PrintedNumber:
    digits = matched["digits"].replace(",", "")
    value = Decimal(digits)
    symbol = matched["unit"]
    if symbol:
        measure = units.unit(symbol)
    else:
        measure = units.unit(default) if isinstance(default, str) else default or PLAIN
    return PrintedNumber(
        -value if negative else value, measure, len(digits.partition(".")[2]), raw, bool(matched["approx"])
    )
