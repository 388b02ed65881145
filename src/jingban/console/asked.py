"""What a form or an address asks for: months, days, and the county it is asked in."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.http import HttpRequest

from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _
from jingban.values.months import parse_month


def county() -> int:
    """The county of this centre. Refuses CLI-002 when the settings name none."""
    return int(settings.CENTRE.county())


def month(request: HttpRequest, name: str = "month") -> int:
    """The month a form names. Refuses CON-308."""
    try:
        return parse_month(request.POST.get(name, ""))
    except ValueError:
        raise refuse("CON-308", _("没有写明年月")) from None


def month_or(request: HttpRequest, default: int, name: str = "month") -> int:
    """The month an address names; the default where it names none."""
    try:
        return parse_month(request.GET.get(name, ""))
    except ValueError:
        return default


def day_or_none(request: HttpRequest, name: str) -> dt.date | None:
    """The day a form names, if it names one. Refuses CLI-005 when it is no day."""
    text = request.POST.get(name, "")
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise refuse("CLI-005", _("日期应为 YYYY-MM-DD")) from None


def day(request: HttpRequest, name: str) -> dt.date:
    """The day a form names. Refuses CLI-005."""
    found = day_or_none(request, name)
    if found is None:
        raise refuse("CLI-005", _("日期应为 YYYY-MM-DD"))
    return found
