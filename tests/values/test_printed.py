"""Printed numbers: reading, intervals, and the four levels of agreement, on figures real agencies published."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingban.values import printed
from jingban.values.printed import Quantity, compare, compare_sum, parse, read_cell, scan


def number(text: str) -> printed.PrintedNumber:
    read = parse(text)
    assert read is not None, text
    return read


@pytest.mark.parametrize(
    ("text", "base", "decimals"),
    [
        ("291.70万元", "2917000", 2),
        ("2,916,959.94元", "2916959.94", 2),
        ("１，２３４．５０", "1234.50", 2),
        ("46.40%", "0.464", 2),
        ("46.05％", "0.4605", 2),
        ("17万人", "170000", 0),
        ("31.43万人次", "314300", 0 + 2),
        ("5.89亿元", "589000000", 2),
        ("负3.20", "-3.20", 2),
        ("△3.2%", "-0.032", 1),
        ("-1,000元", "-1000", 0),
        ("(12.5)", "-12.5", 1),
        ("3.5‰", "0.0035", 1),
        ("6.9个百分点", "0.069", 1),
        ("98分", "98", 0),
        ("85 万元", "850000", 0),
        ("3百元", "300", 0),
    ],
)
def test_reads_what_is_printed(text: str, base: str, decimals: int) -> None:
    read = number(text)
    assert read.to_base() == Decimal(base)
    assert read.decimals == decimals
    assert read.raw == text


@pytest.mark.parametrize(
    "text", ["", "abc", "1,23元", "12.3.4", "(1.2", "元", "12 34", "12吨多", "1e5", "²", "(-3)"]
)
def test_refuses_what_is_no_number(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("text", "state"),
    [("", "blank"), (None, "blank"), ("　", "blank"), ("—", "dash"), ("/", "dash"), ("－", "dash"), ("不适用", "dash"), ("见附件", "unreadable")],
)  # fmt: skip
def test_blank_dash_and_unreadable_are_not_zero(text: str | None, state: str) -> None:
    assert read_cell(text) == state


def test_zero_is_a_number() -> None:
    zero = read_cell("0.00", "万元")
    assert isinstance(zero, printed.PrintedNumber)
    assert (zero.value, zero.unit.symbol, zero.decimals) == (Decimal("0.00"), "万元", 2)


def test_the_interval_is_half_a_unit_of_the_last_place_in_base_units() -> None:
    assert number("291.70万元").interval() == (Decimal("2916950"), Decimal("2917050"))
    assert number("17万人").interval() == (Decimal("165000"), Decimal("175000"))


def test_a_loose_number_reaches_to_the_next_step_of_its_last_figure() -> None:
    low, high = number("620余万元").interval()
    assert (low, high) == (Decimal("6200000"), Decimal("6300000"))


def test_scan_finds_numbers_with_their_positions() -> None:
    text = "代缴12331人，保费123.31万元，2020-12；减少-3.2%，各是10,20万元，１，２３４人"
    found = list(scan(text))
    assert [(f.number.to_base(), f.number.unit.symbol) for f in found] == [
        (Decimal(12331), "人"), (Decimal("1233100"), "万元"), (Decimal(2020), ""), (Decimal(12), ""),
        (Decimal("-0.032"), "%"), (Decimal(10), ""), (Decimal(200000), "万元"), (Decimal(1234), "人"),
    ]  # fmt: skip
    assert all(text[f.start : f.end] == f.number.raw for f in found)


# --- levels: every line is a figure of a published 2020 report -----------------------------------------------------


@pytest.mark.parametrize(
    ("stated", "terms", "level", "reason"),
    [
        ("291.70", ["135.32", "8.37", "13.70", "134.32"], "L1", "rounding"),
        ("108.86", ["4.27", "104.60"], "L1", "rounding"),
        ("150.64", ["104.60", "46.05"], "L1", "rounding"),
        ("24.53", ["19.23", "4.9", "0.42"], "L2", "far"),
        ("49.84", ["41.68", "7.56", "0.56"], "L3", "contradiction"),
        ("729.3", ["28", "602.1", "38", "23.4", "38"], "L2", "far"),
        ("667.9", ["28", "602.1", "38"], "L2", "far"),
        ("507.2", ["529.9", "2"], "L3", "contradiction"),
        ("3,039.56", ["3,035.79", "3.77"], "L0", "exact"),
        ("630", ["28", "602.1"], "L1", "rounding"),
        ("630.6", ["28", "602.1"], "L2", "coarse"),
    ],
)
def test_sums_in_wan_yuan(stated: str, terms: list[str], level: str, reason: str) -> None:
    result = compare_sum(number(stated + "万元"), [number(term + "万元") for term in terms])
    assert (result.level, result.reason) == (level, reason)


def test_the_distance_of_a_coarse_row_is_measured_at_the_finest_printing() -> None:
    """28+602.1+38+23.4+38 = 729.5 against 729.3: inside the envelope 0.3, but 2.8 sigma away."""
    row = [number(term + "万元") for term in ("28", "602.1", "38", "23.4", "38")]
    result = compare_sum(number("729.3万元"), row)
    assert result.envelope == Decimal("3000.0")
    assert result.sigmas is not None
    assert round(result.sigmas, 1) == Decimal("2.8")


def test_heads_and_fen_admit_no_rounding_in_a_sum() -> None:
    good = compare_sum(number("25,626人"), [number("25,441人"), number("185人")])
    bad = compare_sum(number("25,627人"), [number("25,441人"), number("185人")])
    fen = compare_sum(number("100.01元"), [number("60.00元"), number("40.00元")])
    assert (good.level, bad.level, fen.level) == ("L0", "L3", "L3")


def test_signs_make_a_difference() -> None:
    result = compare_sum(number("2.94万元"), [number("5.00万元"), number("2.06万元")], [1, -1])
    assert result.level == "L0"


@pytest.mark.parametrize(
    ("stated", "part", "whole", "level", "reason"),
    [
        ("11.90%", "3.12", "26.23", "L1", "rounding"),
        ("93.04%", "1.12", "1.20", "L1", "rounding"),
        ("122.5%", "17", "13.93", "L1", "rounding"),
        ("46.40%", "135.32", "291.70", "L2", "padding"),
        ("2.90%", "8.37", "291.70", "L2", "padding"),
        ("22.6%", "17.8", "739", "L3", "contradiction"),
        ("100%", "31", "37", "L3", "contradiction"),
    ],
)
def test_shares(stated: str, part: str, whole: str, level: str, reason: str) -> None:
    ratio = number(part + "万元").quantity() / number(whole + "万元").quantity()
    result = compare(number(stated), ratio)
    assert (result.level, result.reason) == (level, reason)


@pytest.mark.parametrize(
    ("stated", "value"), [("4.46万元", "44660"), ("38.28万元", "382880"), ("-4.46万元", "-44660")]
)
def test_cut_off_instead_of_rounded_is_a_suspicion(stated: str, value: str) -> None:
    result = compare(number(stated), Quantity.exact(Decimal(value)))
    assert (result.level, result.reason) == ("L2", "truncation")


def test_yuan_against_wan_yuan() -> None:
    assert compare(number("291.70万元"), number("2,916,959.94元")).level == "L1"
    assert number("291.70万元").rounds_to(Decimal("2916959.94"))


def test_six_months_for_nine_million_people() -> None:
    """981 万人 × 10 元 × 6 = 5.886 亿, printed 5.89 亿."""
    due = number("981万人").quantity().times(10).times(6)
    assert compare(number("5.89亿元"), due).level == "L1"


def test_a_mean_is_a_ratio_of_counts() -> None:
    mean = Quantity.exact(Decimal("38387000")) / Quantity.exact(314392)
    assert compare(number("122.10元"), mean).level == "L1"
    assert compare(number("122.20元"), mean).level == "L3"


def test_a_divisor_that_may_be_zero_is_refused() -> None:
    with pytest.raises(ZeroDivisionError):
        number("1").quantity() / number("0.00").quantity()


# --- properties ----------------------------------------------------------------------------------------------------

places = st.integers(0, 3)
amounts = st.decimals(min_value=-(10**7), max_value=10**7, places=6, allow_nan=False)


def as_printed(amount: Decimal, decimals: int) -> printed.PrintedNumber:
    return number(f"{amount.quantize(Decimal(1).scaleb(-decimals), 'ROUND_HALF_UP'):,}万元")


@settings(max_examples=150, deadline=None)
@given(st.lists(amounts, min_size=1, max_size=8), places)
def test_an_honestly_rounded_sum_is_never_a_contradiction(values: list[Decimal], decimals: int) -> None:
    stated = as_printed(sum(values, Decimal(0)), decimals)
    assert compare_sum(stated, [as_printed(v, decimals) for v in values]).level != "L3"


@settings(max_examples=150, deadline=None)
@given(st.lists(amounts, min_size=1, max_size=6), places, st.integers(2, 50))
def test_an_error_beyond_every_half_unit_is_always_found(
    values: list[Decimal], decimals: int, extra: int
) -> None:
    """Off by more than the sum of all half widths plus a whole last place (cut-off reading): L3."""
    step = Decimal(1).scaleb(-decimals)
    wrong = sum(values, Decimal(0)) + step * (len(values) + extra + 1)
    assert compare_sum(as_printed(wrong, decimals), [as_printed(v, decimals) for v in values]).level == "L3"


@settings(max_examples=150, deadline=None)
@given(amounts, amounts.filter(lambda v: abs(v) > 100), st.integers(1, 2))
def test_an_honest_ratio_is_never_a_contradiction(part: Decimal, whole: Decimal, decimals: int) -> None:
    percent = (part / whole * 100).quantize(Decimal(1).scaleb(-decimals), "ROUND_HALF_UP")
    ratio = as_printed(part, 2).quantity() / as_printed(whole, 2).quantity()
    assert compare(number(f"{percent}%"), ratio).level != "L3"


@settings(max_examples=100, deadline=None)
@given(amounts, places)
def test_reading_gives_back_what_was_printed(amount: Decimal, decimals: int) -> None:
    shown = f"{amount.quantize(Decimal(1).scaleb(-decimals)):,}"
    assert number(shown).value == Decimal(shown.replace(",", ""))
    assert number(shown).decimals == decimals
    wide = shown.translate(str.maketrans("0123456789.,", "０１２３４５６７８９．，"))
    assert number(wide).value == number(shown).value
