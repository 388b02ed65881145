"""Fen and months: exact at the edges, half away from zero, no float."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingban.values import money, months

fens = st.integers(-(10**15), 10**15)


@pytest.mark.parametrize(
    ("text", "fen"), [("122.10", 12210), ("1,234.5", 123450), (Decimal("0.01"), 1), (93, 9300), ("-3", -300)]
)
def test_fen(text: str, fen: int) -> None:
    assert money.fen(text) == fen


@pytest.mark.parametrize("bad", ["1.005", "abc", "", 1.5, "NaN", "Infinity", 10**20])
def test_fen_refuses(bad: object) -> None:
    with pytest.raises((ValueError, ArithmeticError)):
        money.fen(bad)  # type: ignore[arg-type]


@settings(max_examples=100, deadline=None)
@given(fens)
def test_fen_round_trip(fen: int) -> None:
    assert money.fen(money.yuan(fen)) == fen
    assert money.fen(money.format_yuan(fen)) == fen


@settings(max_examples=200, deadline=None)
@given(fens, st.integers(1, 10**6))
def test_half_up_equals_decimal_half_up(numerator: int, denominator: int) -> None:
    exact = Decimal(numerator) / Decimal(denominator)
    assert money.div_half_up(numerator, denominator) == int(exact.quantize(Decimal(1), ROUND_HALF_UP))


@pytest.mark.parametrize(("balance", "pension"), [(333600, 2400), (432150, 3109), (1390000, 10000)])
def test_account_pension_examples(balance: int, pension: int) -> None:
    """R1.8-01"""
    assert money.div_half_up(balance, 139) == pension


@pytest.mark.parametrize(("fen", "expected"), [(2145, 2150), (2150, 2150), (2141, 2150), (0, 0), (1, 10)])
def test_ceil_to_a_tenth_of_a_yuan(fen: int, expected: int) -> None:
    """R0-02 见分进角: 21.45 -> 21.50"""
    assert money.ceil_tenth_yuan(fen, 1) == expected


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**14), st.integers(1, 10**7))
def test_ceil_is_the_least_tenth_not_below(numerator: int, denominator: int) -> None:
    result = money.ceil_tenth_yuan(numerator, denominator)
    assert result % 10 == 0
    assert (result - 10) * denominator < numerator <= result * denominator or result == numerator == 0


def test_wan_converts_each_cell_from_yuan() -> None:
    assert money.wan(291695994) == Decimal("291.70")


@settings(max_examples=100, deadline=None)
@given(fens, st.lists(st.integers(0, 10**6), min_size=1, max_size=5).filter(any))
def test_split_adds_up_and_stays_within_a_fen(amount: int, weights: list[int]) -> None:
    parts = money.split(amount, weights)
    assert sum(parts) == amount
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * sum(weights) - amount * weight) < sum(weights)


def test_split_refuses_weights_without_sense() -> None:
    for weights in ([0, 0], [1, -1, 1]):
        with pytest.raises(ValueError):
            money.split(100, weights)


@settings(max_examples=100, deadline=None)
@given(st.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31)))
def test_months_round_trip(day: dt.date) -> None:
    value = months.of_date(day)
    assert months.first_day(value) <= day <= months.last_day(value)
    assert months.parse_month(months.format_month(value)) == value
    assert months.month(months.year_of(value), months.number_of(value)) == value


@pytest.mark.parametrize("text", ["2020-07", "202007", "2020/7", "2020年7月", " 2020.07 "])
def test_month_spellings(text: str) -> None:
    assert months.parse_month(text) == 24246


@pytest.mark.parametrize("text", ["2020-13", "2020-00", "20-07", "七月", "2020-07-01", ""])
def test_month_refuses(text: str) -> None:
    with pytest.raises(ValueError):
        months.parse_month(text)


def test_open_end_is_printed_as_a_dash() -> None:
    assert months.format_month(months.FOREVER) == "——"
