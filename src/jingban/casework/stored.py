"""Form values in stored form (JSON) and back: dates as ISO text, everything else as it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.timezone import get_current_timezone, localtime

if TYPE_CHECKING:
    from jingban.casework.kind import CaseKind


def day_of(at: dt.datetime) -> dt.date:
    """The day of a moment where the centre is: before eight in the morning UTC is still on the day before."""
    return localtime(at).date()


def year_span(year: int) -> tuple[dt.datetime, dt.datetime]:
    """First moment of a year and of the next, where the centre is."""
    zone = get_current_timezone()
    return dt.datetime(year, 1, 1, tzinfo=zone), dt.datetime(year + 1, 1, 1, tzinfo=zone)


def to_stored(values: dict[str, Any]) -> dict[str, Any]:
    """Typed values as JSON can hold them."""
    return {key: value.isoformat() if isinstance(value, dt.date) else value for key, value in values.items()}


def from_stored(kind: CaseKind, stored: dict[str, Any]) -> dict[str, Any]:
    """Typed values again."""
    dates = {column.key for column in kind.fields if column.kind == "date"}
    return {
        key: dt.date.fromisoformat(value) if key in dates and value else value
        for key, value in stored.items()
    }


def named(content: Mapping[str, Any]) -> str:
    """The number of the person a form is about, "" where it names none."""
    return str(content.get("person") or content.get("id_number") or "")
