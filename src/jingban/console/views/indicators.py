"""What people say of one indicator: the value with its evidence, the judgement, the reason."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from jingban.budget.book import live
from jingban.console.access import door, duty, reader
from jingban.console.files import attachment, keep_in_chain
from jingban.console.perform_forms import ActualForm, DeviationForm, Form, JudgementForm
from jingban.performance.models import Actual, Attachment, Deviation, Indicator, Judgement
from jingban.performance.records import (
    DeviationRecord,
    EvidenceFile,
    JudgementRecord,
    TypedActual,
)
from jingban.performance.services import explain_deviations, judge, type_actuals
from jingban.values.findings import Refused
from jingban.values.i18n import gettext as _


def _indicator(pk: int) -> Indicator:
    return get_object_or_404(Indicator.objects.select_related("plan", "plan__project"), pk=pk)


def _newest(table: Any, indicator: Indicator) -> Any:
    return live(table).filter(indicator=indicator).order_by("-pk").first()


def _page(request: HttpRequest, indicator: Indicator, form: Form, title: str, save: Any) -> HttpResponse:
    """Show the form; when it is sent, save through the one service and go back to the plan."""
    if form.is_bound and form.is_valid():
        try:
            save(form.cleaned_data)
        except Refused as refusal:
            form.take(refusal.findings)
        else:
            messages.success(request, _("已登记：%(list)s") % {"list": indicator.name})
            return redirect("plan", pk=indicator.plan_id)
    around = {
        "title": title,
        "indicator": indicator,
        "plan": indicator.plan,
        "form": form,
        "history": Actual.objects.filter(indicator=indicator).select_related("origin").order_by("-pk"),
    }
    return render(request, "console/indicator.html", around)


@require_http_methods(["GET", "HEAD", "POST"])
@duty("enter")
def actual(request: HttpRequest, pk: int) -> HttpResponse:
    """The value with its evidence: words and files."""
    indicator = _indicator(pk)
    old = _newest(Actual, indicator)
    start = {
        "applicable": old.applicable if old else True,
        "value": old.value if old else "",
        "day": old.day if old else dt.date(indicator.plan.year, 12, 31),
        "evidence": old.evidence if old else "",
    }
    posted = request.method == "POST"
    form = ActualForm(request.POST if posted else None, _uploads(request) if posted else None, initial=start)

    def save(said: dict[str, Any]) -> None:
        files = [EvidenceFile(one.name, one.read()) for one in said["files"]]
        record = TypedActual(
            indicator=pk, day=said["day"], value=said["value"], evidence=said["evidence"],
            applicable=said["applicable"], files=files,
        )  # fmt: skip
        type_actuals([record], door(request, "performance.typed"))

    return _page(request, indicator, form, _("填列实际完成值"), save)


def _uploads(request: HttpRequest) -> Any:
    """Every file of the field, not the last one."""
    return {"files": request.FILES.getlist("files")}


@require_http_methods(["GET", "HEAD", "POST"])
@duty("enter")
def judgement(request: HttpRequest, pk: int) -> HttpResponse:
    """Band, percentage and reason of a qualitative indicator."""
    indicator = _indicator(pk)
    old = _newest(Judgement, indicator)
    start = {"band": old.band, "percent": old.percent, "reason": old.reason} if old else {}
    form = JudgementForm(request.POST if request.method == "POST" else None, initial=start)

    def save(said: dict[str, Any]) -> None:
        judge([JudgementRecord(indicator=pk, **said)], door(request, "performance.judged"))

    return _page(request, indicator, form, _("定性评定"), save)


@require_http_methods(["GET", "HEAD", "POST"])
@duty("enter")
def deviation(request: HttpRequest, pk: int) -> HttpResponse:
    """Why points were lost and what will be done."""
    indicator = _indicator(pk)
    old = _newest(Deviation, indicator)
    start = {"reason": old.reason, "improvement": old.improvement} if old else {}
    form = DeviationForm(request.POST if request.method == "POST" else None, initial=start)

    def save(said: dict[str, Any]) -> None:
        explain_deviations([DeviationRecord(indicator=pk, **said)], door(request, "performance.explained"))

    return _page(request, indicator, form, _("偏差原因和改进措施"), save)


@require_safe
@reader
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """A file of evidence, for saving; kept on the audit chain."""
    found = get_object_or_404(Attachment, pk=pk)
    keep_in_chain(request, "export.evidence", str(found.pk), {"摘要": found.digest})
    return attachment(bytes(found.content), found.name, "application/octet-stream")
