"""What every list of the books is checked for.

Codes BUD-1xx: 101 unknown unit, 110 a value that may not be chosen, 112 the same line twice, in the list or in the books.
"""

from __future__ import annotations

from typing import Any

from django.db import models

from jingban.budget.book import live
from jingban.budget.models import Asset, BudgetFact, PublishedFigure, Staffing, Unit, Vehicle
from jingban.store.rows import Rows
from jingban.values.i18n import gettext as _


def units_of(sheet: Rows[Any]) -> dict[str, Unit]:
    """Registered units by code; rows of another are rejected."""
    units = {unit.code: unit for unit in Unit.objects.all()}
    for index, record in list(sheet.good()):
        if record.unit not in units:
            sheet.reject(
                index, "BUD-101", _("没有预算单位“%(unit)s”") % {"unit": record.unit}, column=_("单位代码")
            )
    return units


def choices_of(sheet: Rows[Any], index: int, table: type[models.Model], record: Any) -> None:
    """Reject a row whose value is none of those a field offers."""
    for field in table._meta.concrete_fields:
        value = getattr(record, field.name, None)
        if field.choices and value and value not in {key for key, _label in field.choices}:
            sheet.reject(
                index,
                "BUD-110",
                _("“%(value)s”不是可用的取值") % {"value": value},
                column=str(field.verbose_name),
            )


ONE_EACH: dict[type[BudgetFact], tuple[str, ...]] = {
    Staffing: ("unit_id", "year", "post"),
    PublishedFigure: ("unit_id", "year", "form", "row", "column"),
    Vehicle: ("unit_id", "plate"),
}
"""What can stand only once; of any other kind a row that is the same in every column is taken for one entered twice."""
MANY = (Asset,)
"""Several pieces may be bought alike."""


def not_twice(sheet: Rows[Any], made: dict[int, BudgetFact], instead: BudgetFact | None) -> None:
    """Reject what is already in the books or earlier in the list (BUD-112): a file brought twice must not count twice."""
    if not made:
        return
    table = type(next(iter(made.values())))
    if table in MANY:
        return
    columns = ONE_EACH.get(table) or tuple(
        field.attname for field in table._meta.concrete_fields if field.name not in ("id", "origin", "supersedes", "retracted")
    )  # fmt: skip
    years = {row.year for row in made.values()}
    kept = live(table) if table is Vehicle else live(table).filter(year__in=years)
    if instead is not None:
        kept = kept.exclude(pk=instead.pk)
    books, seen = set(kept.values_list(*columns)), dict[tuple[Any, ...], int]()
    for index, row in made.items():
        key = tuple(getattr(row, column) for column in columns)
        if key in books:
            message = _("账上已有相同的一条；要改请更正那一条，确有两笔的请写出不同之处")
            sheet.reject(index, "BUD-112", message)
        elif key in seen:
            message = _("与第%(row)s行完全相同；确有两笔的请写出不同之处") % {"row": sheet.row(seen[key])}
            sheet.reject(index, "BUD-112", message)
        seen.setdefault(key, index)
