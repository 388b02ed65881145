"""Small questions to the register, as known at a moment of the simulated year."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from jingban.cli.county import schedule
from jingban.store import bulk, live
from jingban.store.models import Origin


@dataclass(frozen=True, slots=True)
class Window:
    """Origins recorded in the year, and the newest one on the day the campaign was closed."""

    first: int
    last: int
    closed: int

    def within(self, alias: str) -> str:
        """SQL: the row came in during the year."""
        return f"{alias}.origin_id BETWEEN {self.first} AND {self.last}"


def window() -> Window:
    """Raises ``IndexError`` when nothing was recorded in the year."""
    begin, end = (
        schedule.at(dt.date(schedule.YEAR, 1, 1), 0),
        schedule.at(dt.date(schedule.YEAR + 1, 1, 1), 0),
    )
    ids = list(
        Origin.objects.filter(recorded_at__gte=begin, recorded_at__lt=end)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    closed = Origin.objects.filter(recorded_at__lt=schedule.at(schedule.CAMPAIGN_CLOSED, 23)).order_by("-pk")
    return Window(ids[0], ids[-1], closed.values_list("pk", flat=True)[0])


def number(sql: str) -> int:
    """The one number of a query; 0 for NULL."""
    return int(bulk.fetch(sql)[0][0] or 0)


def pair(sql: str) -> tuple[int, int]:
    """The two numbers of a query; 0 for NULL."""
    first, second = bulk.fetch(sql)[0]
    return int(first or 0), int(second or 0)


def alive(table: str, alias: str, horizon: int | None = None) -> str:
    """SQL: the row is live as known at the horizon."""
    return live.where(table, alias, horizon)
