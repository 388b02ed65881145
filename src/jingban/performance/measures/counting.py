"""Small questions to the ledgers, bounded by what was recorded in the year up to a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from jingban.performance.measures import Basis
from jingban.registry import bulk, live
from jingban.registry.models import Origin

CHINA = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Window:
    """Origins recorded in the year up to the end of the basis day: ``first`` to ``last``, both included (0, -1: none)."""

    first: int
    last: int

    def within(self, alias: str) -> str:
        """SQL: the row came in during the window."""
        return f"{alias}.origin_id BETWEEN {self.first} AND {self.last}"


def window(basis: Basis) -> Window:
    """The window of a basis; knowledge after ``day`` does not count, so a figure of a past day can be made again."""
    begin = dt.datetime(basis.year, 1, 1, tzinfo=CHINA)
    end = dt.datetime.combine(basis.day, dt.time(), tzinfo=CHINA) + dt.timedelta(days=1)
    ids = (
        Origin.objects.filter(recorded_at__gte=begin, recorded_at__lt=end)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    first, last = ids.first(), ids.last()
    return Window(first or 0, last if last is not None else -1)


def horizon(basis: Basis) -> int:
    """Newest origin recorded by the end of the day."""
    end = dt.datetime.combine(basis.day, dt.time(), tzinfo=CHINA) + dt.timedelta(days=1)
    return (
        Origin.objects.filter(recorded_at__lt=end).order_by("-pk").values_list("pk", flat=True).first() or 0
    )


def number(sql: str) -> int:
    """The one number of a query; 0 for NULL."""
    return int(bulk.fetch(sql)[0][0] or 0)


def alive(table: str, alias: str, basis: Basis) -> str:
    """SQL: the row is live as known on the day."""
    return live.where(table, alias, horizon(basis))
