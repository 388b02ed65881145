"""The book of one unit and year: every live fact read once, in memory. An agency's own books are small (thousands of rows).

Reading answers 'as known at' an origin number, like every list of the system.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q, QuerySet

from jingban.budget.models import (
    Appropriation,
    Asset,
    BudgetFact,
    Gathering,
    Opening,
    Payment,
    Procurement,
    Project,
    ProjectDetails,
    PublishedFigure,
    Reason,
    Receipt,
    Reception,
    Staffing,
    SurplusMove,
    Trip,
    Unit,
    UnitDetails,
    Vehicle,
)
from jingban.store.models import Fact


@dataclass(frozen=True, slots=True)
class Money:
    """One line of money: amounts in fen, codes as digits, ``row`` the primary key of the fact it came from."""

    row: int
    source: str
    function_code: str
    economic_code: str
    category: str
    project: str
    amount_fen: int
    kind: str = ""
    from_carried: bool = False
    day: dt.date | None = None
    """Day of the voucher or of the approval; none for what a year opens with."""


Test = Callable[[Money], bool]


@dataclass(slots=True)
class Book:
    """All facts of one unit and year."""

    unit: Unit
    year: int
    appropriations: list[Money] = field(default_factory=list)
    receipts: list[Money] = field(default_factory=list)
    payments: list[Money] = field(default_factory=list)
    openings: list[Money] = field(default_factory=list)
    used_fen: int = 0
    distributed_fen: int = 0
    staffing: list[Staffing] = field(default_factory=list)
    receptions: list[Reception] = field(default_factory=list)
    trips: list[Trip] = field(default_factory=list)
    vehicles: list[Vehicle] = field(default_factory=list)
    assets: list[Asset] = field(default_factory=list)
    procurements: list[Procurement] = field(default_factory=list)
    gatherings: list[Gathering] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    """Projects begun by the end of the year."""
    reasons: dict[tuple[str, str], str] = field(default_factory=dict)
    """(matter, functional code or '') → what a person wrote; the newest one holds."""
    published: dict[tuple[str, str, str], int] = field(default_factory=dict)
    """Figures typed from this year's published report where its books are not here: (form, row, column) → fen."""

    @property
    def outside(self) -> frozenset[str]:
        """Codes of projects whose money does not pass through the department's books (R3.3-07)."""
        return frozenset(project.code for project in self.projects if not project.through_department)

    def own(self, project: str) -> Test:
        """A project's own money; of the unit as a whole (''), all that passes through its books (R3.3-07)."""
        outside = self.outside
        return lambda line: line.project == project if project else line.project not in outside

    @property
    def kept(self) -> bool:
        """True when this year's money is in the system."""
        return bool(self.receipts or self.payments)

    def until(self, day: dt.date) -> Book:
        """The same book with nothing dated after a day; what carries no day (openings, staff, assets) stays."""

        def kept(found: list[Any]) -> list[Any]:
            return [one for one in found if one.day is None or one.day <= day]

        return replace(
            self,
            appropriations=kept(self.appropriations),
            receipts=kept(self.receipts),
            payments=kept(self.payments),
            receptions=kept(self.receptions),
            trips=kept(self.trips),
            procurements=kept(self.procurements),
            gatherings=kept(self.gatherings),
        )


def total(lines: Iterable[Money], test: Test | None = None) -> int:
    """Sum in fen."""
    return sum(line.amount_fen for line in lines if test is None or test(line))


OPERATING = ("302", "307", "309", "310", "311", "312", "313", "399")
"""Economic 类 that make up the operating money (公用经费) of basic expenditure (I6.3)."""
THREE_PUBLIC = {"abroad": "30212", "purchase": "31013", "running": "30231", "reception": "30217"}
"""Economic codes of the three public expenses (domain.md 4.6)."""


def is_three_public(line: Money) -> bool:
    """General public budget, basic and project together (J9)."""
    return line.source == "general" and line.economic_code in THREE_PUBLIC.values()


def is_operating(line: Money) -> bool:
    """公用经费: basic expenditure of the general public budget that is neither wages nor aid to persons."""
    return line.source == "general" and line.category == "basic" and line.economic_code[:3] in OPERATING


def live(model: type[Fact], horizon: int | None = None) -> QuerySet[Any]:
    """The facts of a table that hold as known at an origin number (None: now)."""
    facts: Any = model._default_manager  # abstract models have no typed manager
    rows: QuerySet[Any] = facts.all()
    if horizon is None:
        return rows.filter(superseded_by__isnull=True, retracted=False)
    newer = facts.filter(supersedes__isnull=False, origin_id__lte=horizon).values("supersedes_id")
    return rows.filter(origin_id__lte=horizon, retracted=False).exclude(pk__in=newer)


def read_book(unit: Unit, year: int, horizon: int | None = None) -> Book:
    """The book of a year; its openings are the typed ones, or else the closing of the year before."""
    book = Book(_said(unit, horizon), year)

    def rows(model: type[BudgetFact]) -> QuerySet[Any]:
        return live(model, horizon).filter(unit=unit, year=year).order_by("pk")

    book.appropriations = [_money(row, row.kind) for row in rows(Appropriation).select_related("project")]
    book.receipts = [_money(row) for row in rows(Receipt).select_related("project")]
    book.payments = [_money(row) for row in rows(Payment).select_related("project")]
    for move in rows(SurplusMove):
        if move.kind == SurplusMove.Kind.USED:
            book.used_fen += move.amount_fen
        else:
            book.distributed_fen += move.amount_fen
    book.staffing, book.receptions, book.trips = list(rows(Staffing)), list(rows(Reception)), list(rows(Trip))
    book.procurements, book.gatherings = list(rows(Procurement)), list(rows(Gathering))
    owned = Q(year__lte=year) & (Q(disposed_year__isnull=True) | Q(disposed_year__gt=year))
    book.vehicles = list(live(Vehicle, horizon).filter(owned, unit=unit).order_by("pk"))
    book.assets = list(live(Asset, horizon).filter(owned, unit=unit).order_by("pk"))
    book.projects = _projects(unit, year, horizon)
    book.reasons = {(row.matter, row.function_code): row.text for row in rows(Reason)}
    book.published = {(row.form, row.row, row.column): row.amount_fen for row in rows(PublishedFigure)}
    book.openings = [_money(row) for row in rows(Opening).select_related("project")] or _carried(
        unit, year, horizon
    )
    return book


def _said(unit: Unit, horizon: int | None) -> Unit:
    """The unit with what was said of it as known then; before it was registered, what is said of it now."""
    details = live(UnitDetails, horizon).filter(unit=unit).first() if horizon is not None else None
    if details is None:
        return unit
    known = copy(unit)
    known.details = details
    return known


def _projects(unit: Unit, year: int, horizon: int | None) -> list[Project]:
    found = live(ProjectDetails, horizon).filter(project__unit=unit, since_year__lte=year)
    projects = []
    for details in found.select_related("project").order_by("project__code"):
        details.project.details = details
        projects.append(details.project)
    return projects


def _money(row: Any, kind: str = "") -> Money:
    return Money(
        row.pk,
        row.source,
        row.function_code,
        row.economic_code,
        row.category,
        row.project.code if row.project else "",
        row.amount_fen,
        kind,
        getattr(row, "from_carried", False),
        getattr(row, "day", None),
    )


def _carried(unit: Unit, year: int, horizon: int | None) -> list[Money]:
    """Openings that follow from the books of the year before, where they are here."""
    if not live(Payment, horizon).filter(unit=unit, year=year - 1).exists():
        return []
    return closing(read_book(unit, year - 1, horizon))


def closing(book: Book) -> list[Money]:
    """Carry-over at year end by source, functional code, category and project: opening + received - paid.

    What is left of an operating or business surplus after use and distribution stays with the source 'business'.
    """
    left: dict[tuple[str, str, str, str], int] = {}
    for sign, lines in ((1, book.openings), (1, book.receipts), (-1, book.payments)):
        for line in lines:
            key = (line.source, line.function_code, line.category or "basic", line.project)
            left[key] = left.get(key, 0) + sign * line.amount_fen
    moved = book.used_fen - book.distributed_fen
    if moved:
        key = ("business", "", "basic", "")
        left[key] = left.get(key, 0) + moved
    return [
        Money(0, source, function, "", category, project, amount)
        for (source, function, category, project), amount in sorted(left.items())
        if amount
    ]
