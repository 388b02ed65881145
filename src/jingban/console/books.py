"""The agency's books as the pages see them: every kind from its one list description, no second list of fields."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import CharField, Q, QuerySet, TextField
from django.urls import reverse
from django.utils.html import format_html

from jingban.budget.book import live
from jingban.budget.lists import LISTS
from jingban.budget.models import ProjectDetails, Unit, UnitDetails
from jingban.performance.lists import LISTS as PLAN_LISTS
from jingban.safeguards.lists import LISTS as OUTSIDE
from jingban.safeguards.sources import SOURCES
from jingban.store.lists import Column, ListSpec
from jingban.store.lists.entry import Defaults, ListEntry
from jingban.store.models import Fact
from jingban.values.i18n import gettext as _
from jingban.values.money import format_yuan
from jingban.values.months import format_month

RELATED = {"unit": "unit__code", "project": "project__code"}
"""Columns that name another table's row by its code."""
OWNED: dict[type[Any], dict[str, str]] = {
    UnitDetails: {"code": "unit__code"},
    ProjectDetails: {"unit": "project__unit__code", "code": "project__code"},
}
"""What is said of a unit or project stands apart from the code it is registered under."""
HIDDEN = {"opening"}
"""Columns of a file that no row keeps."""
RIGHT = {"yuan", "wan", "integer"}


def described(entry: ListEntry) -> ListSpec[Any]:
    """The description of a list in the reader's language."""
    return entry.describe(Defaults())


def entry_of(name: str) -> ListEntry | None:
    """A list of the books, of performance (that of targets is read here but kept as plans), or one that others send."""
    return {**LISTS, **PLAN_LISTS, **OUTSIDE}.get(name)


def home_of(name: str) -> str:
    """The address of the page a list belongs to; what came of a list that is only taken in stands there."""
    if name in SOURCES:
        return reverse("others")
    if name in OUTSIDE:
        return reverse("outreach" if name in ("drive_results", "message_consents") else "campaigns")
    return reverse("book", args=[name])


def correctable(entry: ListEntry) -> bool:
    """Everything in the books may be superseded; surveys are counted once."""
    return entry.name in LISTS and entry.table is not None and issubclass(entry.table, Fact)


def rows(entry: ListEntry) -> QuerySet[Any]:
    """What holds now, newest first."""
    table = entry.table
    assert table is not None
    found: QuerySet[Any] = live(table) if issubclass(table, Fact) else table._default_manager.all()
    paths = [field_of(column, table).rpartition("__")[0] for column in described(entry).columns]
    related = sorted({path for path in paths if path})
    return (found.select_related(*related) if related else found).order_by("-pk")


def field_of(column: Column, table: type[Any]) -> str:
    """The database field behind a column."""
    if column.key in OWNED.get(table, {}):
        return OWNED[table][column.key]
    names = {field.name for field in table._meta.fields}
    if column.key in RELATED and column.key in names:
        return RELATED[column.key]
    return column.key if column.key in names else column.key.removesuffix("_key")


def value_of(column: Column, row: Any) -> Any:
    """The stored value of a column in a row."""
    value: Any = row
    for part in field_of(column, type(row)).split("__"):
        value = getattr(value, part) if value is not None else None
    return value


def text_of(column: Column, row: Any) -> str:
    """A stored value as a reader sees it, and as the same column reads it back."""
    if column.key in HIDDEN:
        return _("是")
    return text_of_value(column, value_of(column, row))


def text_of_value(column: Column, value: Any) -> str:
    """A typed value of a column in words."""
    if value is None or value == "":
        return ""
    if column.kind in ("yuan", "wan"):
        return format_yuan(value)
    if column.kind == "month":
        return format_month(int(value))
    if column.kind == "flag":
        return _("是") if value else _("否")
    if column.kind == "choice":
        return next((name for name, stored in (column.choices or {}).items() if stored == value), str(value))
    return str(value)


def shown(spec: ListSpec[Any]) -> list[Column]:
    return [column for column in spec.columns if column.key not in HIDDEN]


class _Cell(tables.Column):  # type: ignore[misc]
    """One column of a list."""

    def __init__(self, column: Column, table: type[Any]) -> None:
        side = "text-end num" if column.kind in RIGHT else ""
        super().__init__(
            verbose_name=column.title,
            accessor="pk",
            order_by=field_of(column, table),
            attrs={"td": {"class": side}, "th": {"class": side}},
        )
        self.described = column

    def render(self, record: Any) -> str:
        text = text_of(self.described, record)
        return text if len(text) <= 28 else format_html('<span title="{}">{}…</span>', text, text[:26])


class _Link(tables.Column):  # type: ignore[misc]
    """The way to one row."""

    def __init__(self, name: str) -> None:
        super().__init__(verbose_name=_("编号"), accessor="pk")
        self.list = name

    def render(self, value: Any) -> str:
        return format_html('<a href="{}">{}</a>', reverse("row", args=[self.list, value]), value)


def table_of(entry: ListEntry, found: QuerySet[Any]) -> tables.Table:
    """The list as a sortable table."""
    spec = described(entry)
    extra = [("pk", _Link(entry.name))]
    extra += [(column.key, _Cell(column, entry.table or object)) for column in shown(spec)]
    return tables.Table(
        found,
        extra_columns=extra,
        empty_text=_("没有记录"),
        attrs={"class": "table table-vcenter card-table table-hover table-sm"},
        order_by=("-pk",),
    )


def filter_of(entry: ListEntry, data: Any) -> django_filters.FilterSet:
    """Filters by unit, year, every choice, and a word in any text column."""
    table = entry.table
    assert table is not None
    spec = described(entry)
    declared: dict[str, Any] = {"q": django_filters.CharFilter(method="contains", label=_("包含文字"))}
    for column in shown(spec):
        if column.key == "unit":
            declared["unit"] = django_filters.ModelChoiceFilter(
                field_name=field_of(column, table).removesuffix("__code"),
                queryset=Unit.objects.order_by("code"),
                label=column.title,
                empty_label=_("全部"),
            )
        elif column.key == "year":
            declared["year"] = django_filters.NumberFilter(label=column.title)
        elif column.kind == "choice":
            labels = {value: name for name, value in reversed(list((column.choices or {}).items()))}
            declared[column.key] = django_filters.ChoiceFilter(
                field_name=field_of(column, table),
                choices=list(labels.items())[::-1],
                label=column.title,
                empty_label=_("全部"),
            )
    words = [
        field.name
        for field in table._meta.fields
        if isinstance(field, CharField | TextField) and not field.choices
    ]

    def contains(self: Any, found: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        wanted = Q()
        for word in words:
            wanted |= Q(**{f"{word}__icontains": value})
        return found.filter(wanted)

    made = type("Filter", (django_filters.FilterSet,), {**declared, "contains": contains})
    return made(data, queryset=rows(entry))
