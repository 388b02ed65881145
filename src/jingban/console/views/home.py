"""The first page, and the choices kept for a session: year, unit."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from jingban.budget.book import live, read_book, total
from jingban.budget.figures import YearFigures
from jingban.budget.models import Unit
from jingban.budget.readiness import readiness
from jingban.casework.services import open_cases
from jingban.casework.services.duties import roles_of
from jingban.casework.services.offices import scoped_cases
from jingban.console import asked
from jingban.console.access import held, reader
from jingban.console.context import ADMINISTRATION, unit_of, year_of
from jingban.console.situation import pictures
from jingban.performance.models import Result
from jingban.values.i18n import gettext as _


@require_safe
@reader
def _desk(request: HttpRequest) -> HttpResponse:
    unit, year = unit_of(request), year_of(request)
    around: dict[str, object] = {
        "title": _("首页"),
        "waiting": scoped_cases(open_cases(), request.user.get_username(), "case__").count(),
    }
    if unit is not None:
        figures = YearFigures(unit, year)
        book = figures.book
        missing = [one for one in readiness(figures) if one.severity == "error"]
        reviews = live(Result).filter(
            phase=Result.Phase.FINAL, review__isnull=True, plan__unit=unit, plan__year=year
        )
        before = read_book(unit, year - 1)
        around |= {
            "income": total(book.receipts),
            "spent": total(book.payments),
            "given": total(book.appropriations),
            "vouchers": len(book.receipts) + len(book.payments),
            "before": (total(before.receipts), total(before.payments)) if before.kept else None,
            "missing": len(missing),
            "first_missing": missing[:6],
            "reviews": list(reviews.select_related("plan", "plan__project")[:10]),
        }
    return render(request, "console/home.html", around)


def home(request: HttpRequest) -> HttpResponseBase:
    """An administrator without duties works on the page of that role."""
    user = request.user
    if user.is_authenticated and not held(request):
        for role, page in ADMINISTRATION.items():
            if role in roles_of(user):
                return redirect(page)
    return _desk(request)


@require_safe
@reader
def situation(request: HttpRequest) -> HttpResponse:
    """The charts of the first page, fetched after it because they look through a year of payments; a page without scripts."""
    around = {
        "title": _("业务情况"),
        "pictures": pictures(asked.county(), timezone.localdate()),
        "layout": "console/fragment.html" if "HX-Request" in request.headers else "console/base.html",
    }
    return render(request, "console/situation.html", around)


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """The year and unit to work in."""
    text = request.POST.get("year", "")
    if request.user.is_authenticated:
        if text.isascii() and text.isdigit() and 1990 <= int(text) <= 2100:
            request.session["year"] = int(text)
        if Unit.objects.filter(code=request.POST.get("unit", "")).exists():
            request.session["unit"] = request.POST["unit"]
    back = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    return redirect(back if ours else reverse("home"))
