"""Lists of other bodies: who has reported for a month, comparing them with the register, the standing checks."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from jingban.console import asked, jobs
from jingban.console.access import duty, reader
from jingban.console.models import Job
from jingban.console.tasks import compare
from jingban.console.views.jobs import found
from jingban.safeguards.completeness import villages
from jingban.safeguards.models import OtherList, Suspicion
from jingban.safeguards.sources import SOURCES, Source
from jingban.values.i18n import gettext as _
from jingban.values.months import format_month, of_date


@require_safe
@reader
def index(request: HttpRequest) -> HttpResponse:
    """Every source with what it sent for the month, villages that reported and those that did not."""
    county = asked.county()
    month = asked.month_or(request, of_date(timezone.localdate()) - 1)
    reported = villages(county, month)
    subject = f"{county:06d}"
    newest = [*jobs.recent(Job.Task.COMPARE, subject)[:1], *jobs.recent(Job.Task.CHECKS, subject)[:1]]
    around = {
        "title": _("外部名单"),
        "month": format_month(month),
        "following": format_month(month + 1),
        "rows": _sources(month),
        "comparable": [(name, source.title) for name, source in SOURCES.items() if source.suspicion],
        "villages": reported,
        "silent": sum(one.count is None for one in reported),
        "jobs": newest,
    }
    return render(request, "console/others.html", around)


def _sources(month: int) -> list[dict[str, Any]]:
    lists = OtherList.objects.filter(month=month).select_related("origin").order_by("pk")
    hits = dict(
        Suspicion.objects.filter(row__list__month=month)
        .values_list("row__list")
        .annotate(count=Count("pk"))
        .values_list("row__list", "count")
    )
    received: dict[str, list[dict[str, Any]]] = {}
    for one in lists:
        received.setdefault(one.source, []).append({"list": one, "hits": hits.get(one.pk, 0)})
    return [
        {"source": source, "use": _use(source), "lists": received.get(name, [])}
        for name, source in SOURCES.items()
    ]


def _use(source: Source) -> str:
    """What a hit on this list leads to."""
    if source.hold:
        return _("号码姓名一致的暂缓发放")
    return _("只待核实") if source.suspicion else _("参考数据")


@require_POST
@duty("enter")
def start(request: HttpRequest) -> HttpResponse:
    """Begin a comparison."""
    sources = [name for name in request.POST.getlist("source") if name in SOURCES]
    month = asked.month(request, "payroll")
    of = asked.month(request, "list_month") if request.POST.get("list_month") else None
    job = compare.start(asked.county(), month, sources, of, request.user.get_username())
    return redirect("job", pk=job.pk)


@require_POST
@duty("enter")
def check(request: HttpRequest) -> HttpResponse:
    """Begin the standing checks."""
    job = compare.start_checks(asked.county(), asked.month(request, "payroll"), request.user.get_username())
    return redirect("job", pk=job.pk)


@require_safe
@reader
def compared(request: HttpRequest, pk: int) -> HttpResponse:
    """What a comparison or the checks found."""
    job = found(pk, Job.Task.COMPARE, Job.Task.CHECKS)
    around = {"title": _(Job.Task(job.task).label), "job": job, "account": job.account}
    return render(request, "console/compared.html", around)
