"""Yearly credits and claims: subsidies, government-paid contributions, interest into the accounts; what each level owes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from jingban.console import asked, jobs
from jingban.console.access import door, duty, held, reader
from jingban.console.files import attachment, keep_in_chain, sent, shelve
from jingban.console.models import Job
from jingban.console.tasks import credit as task
from jingban.payments.claims import claims, tables
from jingban.payments.claims_sheet import write_claims
from jingban.payments.credit_sections import sections
from jingban.payments.exports.credits import of
from jingban.payments.models import Credit
from jingban.payments.models.credits import CreditState
from jingban.payments.services import credit as service
from jingban.store.exports import as_bytes
from jingban.values.findings import Refused, refuse
from jingban.values.i18n import gettext as _

PAGE_ROWS = 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
YEARS = range(2009, 2101)
WAITING_FOR = {CreditState.DRAFT: "等待另一人复核", CreditState.REVIEWED: "等待记账"}
"""State → what comes next."""


def _year(text: str, default: int | None = None) -> int:
    if text.isascii() and text.isdigit() and int(text) in YEARS:
        return int(text)
    if default is None:
        raise refuse("CON-315", _("没有写明年度"))
    return default


@require_safe
@reader
def index(request: HttpRequest) -> HttpResponse:
    """Every credit, newest first, and the way to a new one."""
    county = asked.county()
    page = Paginator(Credit.objects.filter(region_id=county).order_by("-pk"), PAGE_ROWS).get_page(
        request.GET.get("page")
    )
    newest = jobs.recent(Job.Task.CREDIT, f"{county:06d}")[:1]
    around = {
        "title": _("年度记账"),
        "rows": [(one, WAITING_FOR.get(CreditState(one.state), "")) for one in page],
        "page": page,
        "credit_year": timezone.localdate().year,
        "items": Credit.Item.choices,
        "jobs": [job for job in newest if job.state != Job.State.DONE],
    }
    return render(request, "console/credits.html", around)


@require_safe
@reader
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One credit: totals, who is missed and why, the steps open now, the receipt, what was done so far."""
    one = get_object_or_404(Credit.objects.select_related("posting"), pk=pk)
    head, *rest = sections(one)
    around: dict[str, Any] = {
        "title": _("年度记账"),
        "credit": one,
        "head": head,
        "sections": rest,
        "events": one.events.select_related("origin").order_by("pk"),
        "mine": one.maker == request.user.get_username(),
        "may_review": "review" in held(request),
        "may_enter": "enter" in held(request),
        "next": WAITING_FOR.get(CreditState(one.state), ""),
    }
    return render(request, "console/credit.html", around)


@require_POST
@duty("enter")
def new(request: HttpRequest) -> HttpResponse:
    """Preview a year of one item, in the background. Nothing is credited by it."""
    item = request.POST.get("item", "")
    if item not in {str(number) for number in Credit.Item.values}:
        raise Http404
    job = task.start(
        asked.county(), int(item), _year(request.POST.get("year", "")), request.user.get_username()
    )
    return redirect("job", pk=job.pk)


@require_POST
@duty("review")
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Another person agrees; who made it is refused by the service, and by the database behind it."""
    return _done(request, service.review(pk, door(request, "credit", "review")))


@require_POST
@duty("review")
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """The lines become account entries, unless what is owed has changed since the preview."""
    return _done(request, service.post(pk, door(request, "credit", "post")))


@require_POST
@duty("enter")
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it up before it is posted."""
    note = request.POST.get("note", "").strip()[:200]
    return _done(request, service.cancel(pk, door(request, "credit", "cancel"), note))


def _done(request: HttpRequest, one: Credit) -> HttpResponse:
    messages.success(request, _("批次%(batch)s：%(state)s") % {"batch": one.batch, "state": one.state_name()})
    return redirect("credit", pk=one.pk)


@require_safe
@duty("enter")
def listed(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """Who is credited and who is not, with full numbers: one workbook, or a ZIP of one a village."""
    one = get_object_or_404(Credit, pk=pk)
    chosen = of(one)
    makers: dict[str, Callable[[], bytes]] = {
        "xlsx": lambda: as_bytes(chosen, one.year, door(request, "export")),
        "zip": lambda: as_bytes(chosen, one.year, door(request, "export"), split="village"),
    }
    return attachment(makers[form](), f"{chosen.title}.{form}", XLSX if form == "xlsx" else "application/zip")


@require_safe
@reader
def claims_page(request: HttpRequest) -> HttpResponse:
    """What each level owes for a year, by the rules that pay."""
    year = _year(request.GET.get("year", ""), timezone.localdate().year)
    around: dict[str, Any] = {"title": _("财政补助测算"), "claims_year": year}
    try:
        found = claims(asked.county(), year)
        around["sections"] = [table.section() for table in tables(found) if table.rows]
    except Refused as refusal:
        around["findings"] = refusal.findings
    return render(request, "console/claims.html", around)


@require_safe
@reader
def claims_sheet(request: HttpRequest) -> HttpResponseBase:
    """The same as a workbook; it names nobody."""
    year = _year(request.GET.get("year", ""))
    path = shelve(".xlsx")
    write_claims(claims(asked.county(), year), path)
    keep_in_chain(request, "export.claims", str(year), {})
    return sent(path, f"{_('财政补助测算')}-{year}.xlsx")
