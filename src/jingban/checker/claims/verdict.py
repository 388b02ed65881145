"""One comparison against one or several candidate readings: any that holds settles it (catalogue 0.2)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from msgspec import Struct

from jingban.checker.figures import Figure
from jingban.values.printed import Comparison, PrintedNumber, Quantity, compare, compare_sum

_ORDER = {"L0": 0, "L1": 1, "L2": 2, "L3": 3}
HUNDRED = Decimal(100)


class Reading(Struct, frozen=True):
    """One way to compute what was stated: the formula as printed, the value, how it compares."""

    formula: str
    value: Quantity
    comparison: Comparison

    @property
    def level(self) -> str:
        return self.comparison.level

    @property
    def holds(self) -> bool:
        """Holds exactly, by rounding, or by truncation or padding (never a defect by itself)."""
        return self.level != "L3"

    @property
    def doubtful(self) -> bool:
        """Holds only just: beyond 2.5 sigma or only because some number was printed coarsely."""
        return self.level == "L2" and self.comparison.reason in ("far", "coarse")


def best(readings: Iterable[Reading]) -> Reading | None:
    """The most favourable reading."""
    return min(readings, key=lambda one: (_ORDER[one.level], abs(one.comparison.difference)), default=None)


def ratio(stated: Figure, part: Figure, whole: Figure) -> Reading | None:
    """``stated`` as part / whole; None when the whole may be zero."""
    return quotient(stated, part.quantity, whole.quantity, f"{part.text} ÷ {whole.text}")


def quotient(stated: Figure, part: Quantity, whole: Quantity, formula: str) -> Reading | None:
    try:
        value = part / whole
    except ZeroDivisionError:
        return None
    return Reading(formula, value, compare(stated.number, value))


def total(stated: Figure, terms: list[Figure], signs: list[int] | None = None) -> Reading:
    """``stated`` as the signed sum of printed numbers; same words for the formula."""
    signs = signs or [1] * len(terms)
    words = "".join(
        f"{' + ' if sign > 0 else ' − '}{term.text}" for term, sign in zip(terms, signs, strict=True)
    )
    words = words.removeprefix(" + ")
    numbers = [term.number for term in terms]
    verdict = compare_sum(stated.number, numbers, signs)
    value = Quantity.exact(0)
    for term, sign in zip(terms, signs, strict=True):
        value = value + term.quantity.times(sign)
    return Reading(words, value, verdict)


def magnitude(figure: Figure) -> Figure:
    """The figure without its sign: 下降-3% means 3."""
    if figure.number.value >= 0:
        return figure
    number = figure.number
    positive = PrintedNumber(-number.value, number.unit, number.decimals, number.raw, number.approximate)
    return Figure(positive, figure.start, figure.end, figure.source, figure.approximate)


def percent(value: Decimal, places: int = 2) -> str:
    """0.0241 -> '2.41%'"""
    return f"{value * HUNDRED:.{places}f}%"


def like(figure: Figure, value: Decimal, least: int = 0) -> str:
    """A computed value printed in the unit and places of ``figure`` (at least ``least`` places)."""
    number = figure.number
    places = max(number.decimals, least)
    if number.unit.dimension == "ratio":
        return f"{value / number.unit.factor:.{places}f}{number.unit.symbol}"
    return f"{value / number.unit.factor:.{places}f}{number.unit.symbol}"
