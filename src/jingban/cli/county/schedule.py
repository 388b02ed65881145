"""When things happen in the simulated year: one place for every date, so that recorded times are never a clock's.

A payroll month runs: events of the month before and of the first days are entered (1st to 7th), the preview is made on the
8th, reviewed on the 9th, released on the 10th, the bank answers on the 15th, the rest of the month brings new events.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from jingban.cli.county.targets import YEAR
from jingban.values import months

ZONE = ZoneInfo("Asia/Shanghai")
JANUARY = months.month(YEAR, 1)
DECEMBER = months.month(YEAR, 12)
BOOKS = JANUARY
"""Everything before was settled in the former system (except for those suspended then)."""
OPENED = dt.date(YEAR, 1, 2)
PREVIEW_DAY, REVIEW_DAY, RELEASE_DAY, RETURN_DAY = 8, 9, 10, 15
FROZEN = dt.date(YEAR, 9, 10)
CAMPAIGN_DAYS = (dt.date(YEAR, 9, 18), dt.date(YEAR, 9, 27), dt.date(YEAR, 10, 13), dt.date(YEAR, 10, 27))
CAMPAIGN_DEATHS = dt.date(YEAR, 9, 28)
CAMPAIGN_CLOSED = dt.date(YEAR, 10, 30)
HELD_FROM = months.month(YEAR, 11)
CLOSING = dt.date(YEAR, 12, 30)
INTEREST_DAY = dt.date(YEAR, 12, 31)


def at(day: dt.date, hour: int = 10, minute: int = 0) -> dt.datetime:
    """A simulated moment of recording, local time."""
    return dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


def day(month: int, number: int) -> dt.date:
    """Day ``number`` of a month."""
    return months.first_day(month).replace(day=number)


def reported(death_month: int) -> dt.date:
    """When a death reaches the agency through the monthly report: the 5th after, the last one before the year closes."""
    return CLOSING if death_month == DECEMBER else day(death_month + 1, 5)
