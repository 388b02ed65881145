"""From which month on new law may ask for another amount: what is in force counts, not how its rows are cut."""

from __future__ import annotations

from jingban.payments.law import OWED, changed_from, kept
from jingban.values.months import FOREVER, month

MIYI = 510421
START, JULY, DECEMBER = month(2018, 1), month(2020, 7), month(2020, 12)
OLD, NEW = 8_800, 9_300


def law(*basic: tuple[int, int, int]) -> dict[str, list[tuple[int, ...]]]:
    """Rows of the central standard: from month, to month, fen."""
    rows: list[tuple[int, ...]] = [(MIYI, 1, 101, start, end, fen) for start, end, fen in basic]
    return {name: rows if name == "basic" else [] for name in OWED}


def changed(before: dict[str, list[tuple[int, ...]]], now: dict[str, list[tuple[int, ...]]]) -> int | None:
    return changed_from(kept(before), now)


def test_the_same_law_changes_nothing_however_its_rows_are_cut() -> None:
    whole, cut = law((START, FOREVER, OLD)), law((START, JULY, OLD), (JULY, FOREVER, OLD))
    assert changed(whole, whole) is None
    assert changed(whole, cut) is None
    assert changed(cut, whole) is None


def test_a_raise_reaches_back_to_its_month_and_not_to_the_standard_before() -> None:
    before, now = law((START, FOREVER, OLD)), law((START, JULY, OLD), (JULY, FOREVER, NEW))
    assert changed(before, now) == JULY
    assert changed(now, before) == JULY


def test_a_standard_that_now_ends_or_goes_on_changes_from_its_end() -> None:
    ends, goes_on = law((START, DECEMBER, OLD)), law((START, FOREVER, OLD))
    assert changed(ends, goes_on) == changed(goes_on, ends) == DECEMBER


def test_the_same_layer_twice_is_another_law_than_once() -> None:
    once, twice = law((JULY, FOREVER, OLD)), law((JULY, FOREVER, OLD), (JULY, FOREVER, OLD))
    assert changed(once, twice) == JULY


def test_the_earliest_change_of_all_tables_counts() -> None:
    before, now = law((START, FOREVER, OLD)), law((START, JULY, OLD), (JULY, FOREVER, NEW))
    now["scalar"] = [(MIYI, 9, month(2020, 3), FOREVER, 1)]
    assert changed(before, now) == month(2020, 3)
