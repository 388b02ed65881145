"""Enter appropriations, receipts, payments and everything else into the books (units and projects: ``register``).

Codes BUD-1xx: 101 unknown unit, 102 code not in the book of that year, 103 code not at the lowest level, 104 voucher of
another year, 105 unknown project, 106 project money without a project, 107 amount is zero, 108 payment above its
appropriation, 109 economic code missing, 110 value not allowed, 112 the same line twice, 113 no longer in force, 114 a correction without a reason.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models

from jingban.budget.book import live
from jingban.budget.codes import not_in_force
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
from jingban.budget.models.money import FISCAL
from jingban.budget.records import (
    AppropriationRecord,
    AssetRecord,
    GatheringRecord,
    LineRecord,
    OpeningRecord,
    PaymentRecord,
    ProcurementRecord,
    ProjectRecord,
    PublishedFigureRecord,
    ReasonRecord,
    ReceiptRecord,
    ReceptionRecord,
    StaffingRecord,
    SurplusMoveRecord,
    TripRecord,
    UnitRecord,
    VehicleRecord,
)
from jingban.budget.services.checks import choices_of, not_twice, units_of
from jingban.forms.codes import BookName
from jingban.store.origins import Door, entering
from jingban.store.rows import Mode, Outcome, Rows
from jingban.values.i18n import gettext as _
from jingban.values.money import format_yuan

TABLES: dict[type[Any], type[models.Model]] = {
    UnitRecord: UnitDetails,
    ProjectRecord: ProjectDetails,
    AppropriationRecord: Appropriation,
    ReceiptRecord: Receipt,
    PaymentRecord: Payment,
    OpeningRecord: Opening,
    SurplusMoveRecord: SurplusMove,
    StaffingRecord: Staffing,
    ReceptionRecord: Reception,
    TripRecord: Trip,
    VehicleRecord: Vehicle,
    AssetRecord: Asset,
    ProcurementRecord: Procurement,
    GatheringRecord: Gathering,
    PublishedFigureRecord: PublishedFigure,
    ReasonRecord: Reason,
}
"""Record → the table it goes to."""


def record_appropriations(
    records: Iterable[AppropriationRecord],
    door: Door,
    *,
    mode: Mode = "refuse_all",
    dry_run: bool = False,
) -> Outcome:
    """Enter appropriations (initial, adjusted, carried over)."""
    return _lines(Appropriation, records, door, mode, dry_run=dry_run)


def record_receipts(
    records: Iterable[ReceiptRecord], door: Door, *, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """Enter receipts by voucher."""
    return _lines(Receipt, records, door, mode, dry_run=dry_run)


def record_openings(
    records: Iterable[OpeningRecord], door: Door, *, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """Enter the carry-over with which the first year opens."""
    return _lines(Opening, records, door, mode, dry_run=dry_run)


def record_payments(
    records: Iterable[PaymentRecord], door: Door, *, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """Enter payments by voucher. A fiscal payment that would exceed its appropriation is refused (BUD-108)."""
    return _lines(Payment, records, door, mode, dry_run=dry_run)


def record_facts(
    records: Sequence[Any], door: Door, *, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """Enter staffing, receptions, trips, vehicles, assets, procurement, meetings or published figures (one kind a call)."""
    with entering(door, dry_run=dry_run) as origin:
        sheet = Rows(records, mode)
        rows = facts_of(sheet)
        for row in rows:
            row.origin = origin
        if rows:
            type(rows[0])._default_manager.bulk_create(rows)
        return sheet.outcome(origin, accepted=len(rows))


def facts_of(sheet: Rows[Any], instead: BudgetFact | None = None) -> list[BudgetFact]:
    """The rows to write for records that are no lines of money, checked, not yet written. ``instead``: what one replaces."""
    units = units_of(sheet)
    for index, record in list(sheet.good()):
        choices_of(sheet, index, TABLES[type(record)], record)
        _in_year(sheet, index, record)
    made = {index: _made(TABLES[type(record)], record, units) for index, record in sheet.good()}
    not_twice(sheet, made, instead)
    return [made[index] for index, _record in sheet.decide()]


def _made(
    table: type[Any], record: Any, units: dict[str, Unit], project: Project | None = None
) -> BudgetFact:
    values = {field.name: getattr(record, field.name) for field in dataclasses.fields(record)}
    values.pop("row")
    if "row_key" in values:
        values["row"] = values.pop("row_key")
    if "project" in values:
        values["project"] = project
    made = table(**{**values, "unit": units[record.unit]})
    assert isinstance(made, BudgetFact)
    return made


def _in_year(sheet: Rows[Any], index: int, record: Any) -> None:
    day = getattr(record, "day", None)
    if day is not None and day.year != record.year:
        sheet.reject(
            index,
            "BUD-104",
            _("日期%(day)s不在%(year)s年度内") % {"day": day.isoformat(), "year": record.year},
            column=_("日期"),
        )


def _lines(
    table: type[BudgetFact], records: Iterable[LineRecord], door: Door, mode: Mode, *, dry_run: bool
) -> Outcome:
    with entering(door, dry_run=dry_run) as origin:
        sheet = Rows(records, mode)
        rows = lines_of(table, sheet)
        for row in rows:
            row.origin = origin
        table._default_manager.bulk_create(rows)
        return sheet.outcome(
            origin, accepted=len(rows), amount_fen=sum(record.amount_fen for _index, record in sheet.good())
        )


def lines_of(
    table: type[BudgetFact], sheet: Rows[Any], instead: BudgetFact | None = None
) -> list[BudgetFact]:
    """The lines of money to write, checked, not yet written. ``instead``: the line that one of them replaces."""
    units = units_of(sheet)
    projects = {(p.unit.code, p.code): p for p in Project.objects.select_related("unit")}
    for index, record in list(sheet.good()):
        choices_of(sheet, index, table, record)
        _codes(sheet, index, record)
        _project(sheet, index, record, projects)
        if record.amount_fen == 0:
            sheet.reject(index, "BUD-107", _("金额为零"), column=_("金额"))
        _in_year(sheet, index, record)
        if table is Payment:
            _economic(sheet, index, record)
    made = {
        index: _made(table, record, units, projects.get((record.unit, record.project)))
        for index, record in sheet.good()
    }
    not_twice(sheet, made, instead)
    if table is Payment:
        _within_appropriations(sheet, instead)
    return [made[index] for index, _record in sheet.decide()]


def _codes(sheet: Rows[Any], index: int, record: LineRecord) -> None:
    checks: tuple[tuple[BookName, str, int, str], ...] = (
        ("function", record.function_code, 7, _("功能分类科目")),
        ("economic", record.economic_code, 5, _("经济分类科目")),
    )
    for book, code, size, column in checks:
        if not code and book == "economic":
            continue
        if len(code) != size:
            sheet.reject(index, "BUD-103", _("“%(code)s”不是末级科目") % {"code": code}, column=column)
        elif message := not_in_force(book, code, record.year):
            sheet.reject(index, "BUD-102", message, column=column)


def _project(
    sheet: Rows[Any], index: int, record: LineRecord, projects: dict[tuple[str, str], Project]
) -> None:
    if record.project and (record.unit, record.project) not in projects:
        sheet.reject(
            index, "BUD-105", _("没有项目“%(code)s”") % {"code": record.project}, column=_("项目代码")
        )
    elif record.category == "project" and not record.project:
        sheet.reject(index, "BUD-106", _("项目支出没有写明项目"), column=_("项目代码"))


def _economic(sheet: Rows[Any], index: int, record: PaymentRecord) -> None:
    if record.source == "general" and record.category in ("basic", "project") and not record.economic_code:
        sheet.reject(index, "BUD-109", _("支出没有写明经济分类科目"), column=_("经济分类科目"))


Pot = tuple[str, int, str, str, str, str]


def _pot(unit: str, record: Any, project: str) -> Pot:
    """What an appropriation is given for: a payment must find money in the pot of its own kind."""
    return unit, record.year, record.source, record.function_code, record.category or "", project


def pots(years: set[int], without: BudgetFact | None = None) -> dict[Pot, int]:
    """What is left of each appropriation, in fen, by what it was given for (fiscal money only)."""
    left: dict[Pot, int] = {}
    for sign, table in ((1, Appropriation), (-1, Payment)):
        for line in live(table).filter(year__in=years, source__in=FISCAL).select_related("unit", "project"):
            if without is None or type(line) is not type(without) or line.pk != without.pk:
                pot = _pot(line.unit.code, line, line.project.code if line.project else "")
                left[pot] = left.get(pot, 0) + sign * line.amount_fen
    return left


def _within_appropriations(sheet: Rows[Any], without: BudgetFact | None) -> None:
    """Reject the payments that bring a pot above what was appropriated for it (fiscal money only)."""
    given = pots({record.year for _index, record in sheet.good()}, without)
    for index, record in list(sheet.good()):
        if record.source not in FISCAL:
            continue
        pot = _pot(record.unit, record, record.project)
        left = given.get(pot, 0)
        if record.amount_fen > left:
            sheet.reject(
                index,
                "BUD-108",
                _("支出%(paid)s元超过该科目可用指标%(left)s元")
                % {"paid": format_yuan(record.amount_fen), "left": format_yuan(left)},
                column=_("金额"),
            )
        else:
            given[pot] = left - record.amount_fen
