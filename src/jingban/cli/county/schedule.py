"""When things happen in the simulated year: one place for every date, so that recorded times are never a clock's.

A payroll month: what happened before is entered in its first days; the preview is made on the fifth working day, reviewed
on the sixth, released on the seventh; the bank answers on the tenth; the rest of the month brings new events.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from jingban.cli.county.targets import YEAR as YEAR
from jingban.values import months, workdays

ZONE = ZoneInfo("Asia/Shanghai")
JANUARY = months.month(YEAR, 1)
DECEMBER = months.month(YEAR, 12)
BOOKS = JANUARY
"""Everything before was settled in the former system (except for those suspended then)."""
OPENED = dt.date(YEAR, 1, 2)
FROZEN = dt.date(YEAR, 9, 10)
CAMPAIGN_DAYS = (dt.date(YEAR, 9, 15), dt.date(YEAR, 9, 20), dt.date(YEAR, 9, 25), dt.date(YEAR, 9, 29))
CAMPAIGN_CLOSED = dt.date(YEAR, 9, 30)
HELD_FROM = months.month(YEAR, 10)
"""First payroll without those who did not pass."""
CLOSING = dt.date(YEAR, 12, 30)
INTEREST_DAY = dt.date(YEAR, 12, 31)


def at(day: dt.date, hour: int = 10, minute: int = 0) -> dt.datetime:
    """A simulated moment of recording, local time."""
    return dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


def day(month: int, number: int) -> dt.date:
    """Day ``number`` of a month."""
    return months.first_day(month).replace(day=number)


def working_day(month: int, number: int) -> dt.date:
    """The ``number``-th working day of a month."""
    return workdays.add_workdays(months.first_day(month) - dt.timedelta(days=1), number)


def reported(death_month: int) -> dt.date:
    """When a death reaches the agency: with the monthly report on the 4th after, the last one before the year closes."""
    return CLOSING if death_month == DECEMBER else day(death_month + 1, 4)
