"""Small questions to the ledgers, for facts up to a day and as known at a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import cast
from zoneinfo import ZoneInfo

from django.db import connection

from jingban.payments.relations import settlements
from jingban.performance.measures import Basis, Measured
from jingban.registry import relations
from jingban.rules.dialects import Dialect, render
from jingban.rules.loader import steps
from jingban.schemes.loader import RESIDENTS
from jingban.store import bulk, live
from jingban.store.models import Origin

CHINA = ZoneInfo("Asia/Shanghai")
THREE_GROUPS = RESIDENTS.among("three_groups")
"""建档立卡、低保、特困: the three groups the government pays for."""


@dataclass(frozen=True, slots=True)
class Window:
    """Origins recorded in the year up to the end of the basis day: ``first`` to ``last``, both included (0, -1: none)."""

    first: int
    last: int

    def within(self, alias: str) -> str:
        """SQL: the row came in during the window."""
        return f"{alias}.origin_id BETWEEN {self.first} AND {self.last}"


def window(basis: Basis) -> Window:
    """What was handled in the year up to the day: a later entry does not count, whatever month it is about."""
    begin, end = midnight(dt.date(basis.year, 1, 1)), after(basis.day)
    found = Origin.objects.filter(recorded_at__gte=begin, recorded_at__lt=end)
    if basis.horizon is not None:
        found = found.filter(pk__lte=basis.horizon)
    ids = found.order_by("pk").values_list("pk", flat=True)
    first, last = ids.first(), ids.last()
    return Window(first or 0, last if last is not None else -1)


def midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=CHINA)


def after(day: dt.date) -> dt.datetime:
    """The first moment that is no longer that day."""
    return midnight(day + dt.timedelta(days=1))


def until(basis: Basis) -> dt.datetime:
    """The first moment the figure knows nothing of: after its day, or after the newest origin it may know."""
    end = after(basis.day)
    if basis.horizon is None:
        return end
    newest = (
        Origin.objects.filter(pk__lte=basis.horizon)
        .order_by("-pk")
        .values_list("recorded_at", flat=True)
        .first()
    )
    return end if newest is None else min(end, newest + dt.timedelta(microseconds=1))


def horizon_of(day: dt.date) -> int:
    """Newest origin recorded by the end of a day."""
    known = Origin.objects.filter(recorded_at__lt=after(day)).order_by("-pk")
    return known.values_list("pk", flat=True).first() or 0


def number(sql: str) -> int:
    """The one number of a query; 0 for NULL."""
    return int(bulk.fetch(sql)[0][0] or 0)


def pair(sql: str) -> tuple[int, int]:
    """The two numbers of a query; 0 for NULL."""
    first, second = bulk.fetch(sql)[0]
    return int(first or 0), int(second or 0)


def counted(select: str) -> Measured:
    """How many rows a SELECT gives; the rows are the trace."""
    return Measured(Decimal(number(f"SELECT COUNT(*) FROM ({select}) t")), rows=select)


def summed(select: str) -> Measured:
    """Yuan: the sum of ``amount_fen`` over the rows of a SELECT; the rows are the trace."""
    return Measured(yuan(number(f"SELECT SUM(t.amount_fen) FROM ({select}) t")), rows=select)


def yuan(fen: int) -> Decimal:
    return Decimal(fen).scaleb(-2)


def alive(table: str, alias: str, basis: Basis) -> str:
    """SQL: the row is live as known."""
    return live.where(table, alias, basis.horizon)


def listed(basis: Basis, name: str, default: tuple[int, ...]) -> str:
    """SQL list of the numbers an argument names (``groups=1,2``), for ``IN``."""
    given = str(basis.arguments.get(name, "")).replace("，", ",").replace("、", ",")
    found = [int(part) for part in given.split(",") if part.strip()] or list(default)
    return "(" + ", ".join(map(str, found)) + ")"


def member(basis: Basis, alias: str, groups: str, *, at_end: bool = False) -> str:
    """SQL: member of one of the groups in some month of the year up to the day (``at_end``: in the last one)."""
    first = basis.last_month if at_end else basis.first_month
    return (
        f"EXISTS (SELECT 1 FROM registry_groupmembership g WHERE g.person_id = {alias}.person_id AND g.group_id IN {groups} "
        f"AND g.valid_from < {basis.last_month + 1} AND g.valid_to > {first} AND {alive('registry_groupmembership', 'g', basis)})"
    )


# -- what was paid: one definition for every measure ---------------------------------------------------------------------


def settled_rows(basis: Basis) -> str:
    """SELECT of the year's settlements of the county up to the day: lines that count and set-offs (payments.relations)."""
    return (
        f"SELECT s.person_id, s.item, s.month, s.amount_fen, s.owed_fen, s.channel FROM ({settlements(basis.horizon)}) s "
        f"WHERE s.region_id = {int(basis.region)} AND s.payroll_month BETWEEN {basis.first_month} AND {basis.last_month}"
    )


def paid(basis: Basis, condition: str = "1 = 1") -> tuple[int, int]:
    """(person-months, fen) by the rule step ``paid_statistics`` (R1.20) over the year's settlements ``s`` that pass."""
    step = render(steps()["paid_statistics"].sql, cast(Dialect, connection.vendor))
    return pair(
        f"WITH f_person AS (SELECT p.person_id, p.region_id FROM ({relations.select('f_person', basis.horizon)}) p "
        f"WHERE p.region_id = {int(basis.region)}), f_settled AS (SELECT s.person_id, s.item, s.month, s.amount_fen "
        f"FROM ({settled_rows(basis)}) s WHERE {condition}), counted AS ({step}) "
        "SELECT SUM(persons), SUM(amount_fen) FROM counted"
    )
