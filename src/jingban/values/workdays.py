"""Working days (工作日) by the State Council's yearly holiday notices, make-up weekends included (R0-07).

The calendar is the data of the ``chinesecalendar`` library. A year that has no notice yet is refused, never guessed.
"""

from __future__ import annotations

import datetime as dt
from functools import cache

import chinese_calendar

from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _


@cache
def years() -> tuple[int, int]:
    """First and last year the installed calendar knows."""
    known = [day.year for day in chinese_calendar.constants.holidays]
    return min(known), max(known)


def is_workday(day: dt.date) -> bool:
    """Raises ``Refused`` VAL-301 outside the years of the calendar."""
    first, last = years()
    if not first <= day.year <= last:
        raise refuse(
            "VAL-301",
            _(
                "{year} 年没有放假安排数据（日历含 {first}—{last} 年），不能推算工作日；请更新 chinesecalendar"
            ).format(year=day.year, first=first, last=last),
        )
    return bool(chinese_calendar.is_workday(day))


def add_workdays(start: dt.date, count: int) -> dt.date:
    """The ``count``-th working day after ``start``; ``start`` itself does not count. ``count`` >= 0."""
    if count < 0:
        raise ValueError("count must not be negative")
    day = start
    while count:
        day += dt.timedelta(days=1)
        count -= is_workday(day)
    return day


def count_workdays(start: dt.date, end: dt.date) -> int:
    """Working days after ``start`` up to and including ``end`` (0 when ``end`` is not later)."""
    return sum(is_workday(start + dt.timedelta(days=n)) for n in range(1, (end - start).days + 1))
