"""Certification campaigns: the frozen list, sheets out and back, traces, reminders, and what follows when the cycle is over."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from jingban.casework.models import CaseEvent
from jingban.casework.services.state import in_state
from jingban.console import asked
from jingban.console.access import door, duty, reader
from jingban.console.files import attachment, sent, shelve, tell
from jingban.safeguards.certification.answers import REASON_CERTIFICATE
from jingban.safeguards.certification.campaign import freeze
from jingban.safeguards.certification.sheets import LEVELS, export, export_tasks
from jingban.safeguards.certification.status import PENDING, by_village, partition, standings
from jingban.safeguards.certification.suspend import suspend
from jingban.safeguards.certification.traces import certify_from_traces
from jingban.safeguards.messages import gateway, resend, send_round
from jingban.safeguards.models import Campaign, MessageRound, OtherList
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _
from jingban.values.months import format_month, of_date

REMINDER = "certify"
ROUNDS_SHOWN = 5


@require_safe
@reader
def index(request: HttpRequest) -> HttpResponse:
    """Every campaign, and the way to freeze a new list."""
    around = {"title": _("资格认证"), "rows": Campaign.objects.order_by("-pk")}
    return render(request, "console/campaigns.html", around)


@require_POST
@duty("enter")
def new(request: HttpRequest) -> HttpResponse:
    """Freeze the list at a day."""
    code = request.POST.get("code", "").strip()[:32]
    frozen, due = asked.day(request, "on"), asked.day(request, "due")
    if not code:
        raise refuse("CON-311", _("没有写明批次"))
    everybody = request.POST.get("everybody") == "on"
    made = freeze(code, frozen, due, asked.county(), door(request, "certify", code), everybody=everybody)
    messages.success(request, _("批次 %(code)s：%(count)s 人") % {"code": code, "count": made.count})
    return redirect("campaign", pk=made.pk)


def _campaign(pk: int) -> Campaign:
    return get_object_or_404(Campaign, pk=pk)


@require_safe
@reader
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Listed = passed + failed, as a whole and by village; the steps open to the clerk; what was brought for it."""
    campaign = _campaign(pk)
    whole = partition(campaign)
    traces = OtherList.objects.filter(source="traces")
    rounds = MessageRound.objects.filter(purpose=REMINDER)
    around = {
        "title": _("资格认证"),
        "campaign": campaign,
        "whole": whole,
        "rate": f"{whole.rate_ppm() / 10_000:.2f}",
        "villages": [(*place, one) for place, one in by_village(campaign).items()],
        "levels": {"township": _("乡镇"), "village": _("村"), "group": _("组")},
        "traces": traces.count(),
        "after": format_month(of_date(campaign.due_on) + 1),
        "suspensions": _cases("suspension", content__note=campaign.code),
        "resumptions": _cases("resumption", received_at__date__gte=campaign.frozen_on),
        "rounds": rounds.select_related("origin").order_by("-pk")[:ROUNDS_SHOWN],
    }
    return render(request, "console/campaign.html", around)


def _cases(kind: str, **about: Any) -> list[tuple[str, int]]:
    """State → how many cases for want of a certificate stand in it."""
    conditions = {f"case__{name}": value for name, value in about.items()}
    found = in_state(*CaseEvent.State.values).filter(
        case__kind=kind, case__content__reason=REASON_CERTIFICATE, **conditions
    )
    counts = Counter(found.values_list("state", flat=True))
    return [(CaseEvent.State(state).label, count) for state, count in sorted(counts.items())]


@require_safe
@duty("enter")
def sheets(request: HttpRequest, pk: int) -> HttpResponse:
    """A workbook a village (township, group), all in one archive; full numbers, so the service keeps it on the audit chain."""
    campaign, out = _campaign(pk), io.BytesIO()
    level = request.GET.get("level", "village")
    if level not in LEVELS:
        raise Http404
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in export(campaign, Path(folder), door(request, "certify", campaign.code), level=level):
            archive.write(path, path.relative_to(folder))
    return attachment(out.getvalue(), f"{campaign.code}.zip", "application/zip")


@require_safe
@duty("enter")
def tasks(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What is to be done about everybody who has not passed; full numbers, so the service keeps it on the audit chain."""
    campaign, path = _campaign(pk), shelve(".xlsx")
    export_tasks(campaign, path, door(request, "certify", campaign.code))
    return sent(path, f"{campaign.code}-{_('后续任务')}.xlsx")


@require_POST
@duty("enter")
def act(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Traces before anybody is asked, a reminder, suspension when the cycle is over."""
    steps = {"traces": _traces, "remind": _remind, "suspend": _suspend}
    if step not in steps:
        raise Http404
    steps[step](request, _campaign(pk))
    return redirect("campaign", pk=pk)


def _traces(request: HttpRequest, campaign: Campaign) -> None:
    done = certify_from_traces(campaign, asked.day(request, "since"), door(request, "certify", "traces"))
    tell(request, done.findings)
    messages.success(request, _("数据比对认证通过 %(count)s 人") % {"count": done.accepted})


def _suspend(request: HttpRequest, campaign: Campaign) -> None:
    brought = suspend(campaign, asked.month(request), door(request, "certify"))
    tell(request, brought.findings)
    where = brought.batch or next(iter(brought.numbers.values()))
    said = _("已受理暂停发放 %(count)s 件：%(where)s") % {"count": len(brought.numbers), "where": where}
    messages.success(request, said)


def _remind(request: HttpRequest, campaign: Campaign) -> None:
    """One round to those who have not come back; its file is made from the record whenever it is fetched."""
    waiting = [one.person_id for one in standings(campaign) if one.result == PENDING]
    text, version = request.POST.get("text", ""), request.POST.get("version", "").strip()[:20]
    through = gateway("file", shelve(".csv"))
    made = send_round(waiting, REMINDER, version, text, through, door(request, "certify"))
    said = _("第 %(number)s 批：成功 %(sent)s，失败 %(failed)s，未同意或无号码 %(skipped)s")
    counts = {"number": made.pk, "sent": made.sent, "failed": made.failed, "skipped": made.skipped}
    messages.success(request, said % counts)


@require_POST
@duty("enter")
def texts(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file of one round for the messages platform, with full numbers: the service keeps it on the audit chain."""
    path = shelve(".csv")
    one = resend(pk, gateway("file", path), door(request, "certify"))
    if not path.is_file():
        raise refuse("CON-313", _("这一批没有发出一条短信"))
    return sent(path, _("短信-%(number)s.csv") % {"number": one.pk})
