"""Calendar months as int64: ``year * 12 + month - 1``. The unit of every pension rule (R0-03)."""

from __future__ import annotations

import datetime as dt
import re

FOREVER = 9999 * 12 + 11
"""The open end of an interval: later than every real month."""

_PATTERN = re.compile(r"(?a:(\d{4}))(?:[-/.年](?a:(\d{1,2}))月?|(?a:(\d{2})))")
"""Without a mark between them the month has two digits: 44075 is no month."""


def month(year: int, number: int) -> int:
    """``month(2020, 7)`` -> 24246. Raises ``ValueError`` when ``number`` is not 1..12."""
    if not 1 <= number <= 12:
        raise ValueError(f"month number {number} is not 1..12")
    return year * 12 + number - 1


def parse_month(text: str) -> int:
    """``2020-07``, ``202007``, ``2020年7月`` -> month. Raises ``ValueError`` otherwise."""
    matched = _PATTERN.fullmatch(text.strip())
    if not matched:
        raise ValueError(f"not a month: {text!r}")
    return month(int(matched[1]), int(matched[2] or matched[3]))


def of_date(day: dt.date) -> int:
    """The month a day lies in."""
    return day.year * 12 + day.month - 1


def year_of(value: int) -> int:
    return value // 12


def number_of(value: int) -> int:
    """1..12"""
    return value % 12 + 1


def first_day(value: int) -> dt.date:
    return dt.date(value // 12, value % 12 + 1, 1)


def last_day(value: int) -> dt.date:
    return first_day(value + 1) - dt.timedelta(days=1)


def format_month(value: int) -> str:
    """24246 -> ``2020-07``; the open end is printed as ``——``."""
    return "——" if value >= FOREVER else f"{value // 12:04d}-{value % 12 + 1:02d}"
