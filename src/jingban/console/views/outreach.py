"""People about to reach 60, the yearly enrolment drive, the villages' publication and what is objected to it."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from jingban.console import asked
from jingban.console.access import door, duty, reader
from jingban.console.files import attachment, keep_in_chain, sent, shelve
from jingban.safeguards.before60 import before60, export
from jingban.safeguards.drive import freeze_drive, progress
from jingban.safeguards.exports import get
from jingban.safeguards.exports.messages import PURPOSES, rounds
from jingban.safeguards.models import DrivePerson, DriveResult, Publication
from jingban.safeguards.publication import object_to, publish, published, write_sheets
from jingban.store.exports import Split, as_bytes
from jingban.values.findings import Refused, refuse
from jingban.values.i18n import gettext as _
from jingban.values.months import format_month, of_date

ASKED_YEARS = range(2009, 2101)
MONTHS_SHOWN = 12
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@reader
def index(request: HttpRequest) -> HttpResponse:
    """All three: who comes of age from the month on, the drive of the year, the months published."""
    today = timezone.localdate()
    month = asked.month_or(request, of_date(today))
    year = _year(request.GET.get("year", ""), today.year)
    around: dict[str, Any] = {
        "title": _("到龄、扩面、公示"),
        "month": format_month(month),
        "drive_year": year,
        "drive": _drive(year),
        "publications": _publications(),
        "rounds": [(one, PURPOSES.get(one.purpose, one.purpose)) for one in rounds(year)],
        "today": today,
        "list_forms": [("xlsx", _("名单")), ("townships", _("分乡镇")), ("villages", _("分村"))],
    }
    try:
        around["coming"] = [
            (one, format_month(one.birthday_month), format_month(one.start_month))
            for one in before60(asked.county(), month)
        ]
    except Refused as refusal:  # a hole in the law keeps nobody from the other two
        around["findings"] = refusal.findings
    return render(request, "console/outreach.html", around)


def _year(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and int(text) in ASKED_YEARS else default


def _drive(year: int) -> list[tuple[str, int, list[tuple[str, int]]]]:
    """Why → how many, and how many of them by result."""
    titles = {**{str(key): str(label) for key, label in DriveResult.Result.choices}, "open": _("未核实")}
    return [
        (
            str(DrivePerson.Why(why).label),
            counts.total(),
            [(titles[key], count) for key, count in counts.most_common()],
        )
        for why, counts in progress(year).items()
    ]


def _publications() -> list[tuple[str, Publication, int, int]]:
    """Month, its first list, villages and people."""
    found: dict[int, list[Publication]] = {}
    for one in Publication.objects.select_related("origin").order_by("-month", "pk"):
        found.setdefault(one.month, []).append(one)
    return [
        (format_month(month), made[0], len(made), sum(one.count for one in made))
        for month, made in list(found.items())[:MONTHS_SHOWN]
    ]


@require_safe
@duty("enter")
def coming(request: HttpRequest) -> HttpResponseBase:
    """Who reaches 60, with full numbers and addresses: the service keeps it on the audit chain."""
    month = asked.month_or(request, of_date(timezone.localdate()))
    path = shelve(".xlsx")
    export(before60(asked.county(), month), path, door(request, "certify"))
    return sent(path, f"{_('到龄人员')}-{format_month(month)}.xlsx")


@require_POST
@duty("enter")
def act(request: HttpRequest, step: str) -> HttpResponse:
    """Freeze the year's drive, publish a month, take an objection in."""
    there = door(request, "certify")
    if step == "drive":
        year = _year(request.POST.get("year", ""), timezone.localdate().year)
        counts = freeze_drive(asked.county(), year, there)
        messages.success(
            request, _("%(year)s 年扩面名单：%(count)s 人") % {"year": year, "count": counts.total()}
        )
    elif step == "publish":
        month = asked.month(request)
        made = publish(asked.county(), month, asked.day(request, "from"), asked.day(request, "until"), there)
        messages.success(request, _("已公示 %(count)s 个村，可以下载张贴") % {"count": len(made)})
    elif step == "object":
        row, content = request.POST.get("row", ""), request.POST.get("content", "").strip()
        if not (row.isascii() and row.isdigit() and content):
            raise refuse("CON-312", _("没有写明公示行号或异议内容"))
        received = asked.day_or_none(request, "on") or timezone.localdate()
        found = object_to(int(row), content, received, there)
        messages.success(request, _("已登记，疑点 %(number)s 待分派") % {"number": found.suspicion_id})
        return redirect("suspicion", pk=found.suspicion_id)
    else:
        raise Http404
    return redirect("outreach")


@require_safe
@duty("enter")
def sheets(request: HttpRequest) -> HttpResponse:
    """The lists of a month as they were frozen, a sheet a village: to print (PDF) or as workbooks."""
    month = asked.month_or(request, 0)
    pdf = request.GET.get("form") == "pdf"
    made, out = published(month), io.BytesIO()
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in write_sheets(made, Path(folder), pdf=pdf):
            archive.write(path, path.relative_to(folder))
    keep_in_chain(request, "export.publication", format_month(month), {"村": len(made)})
    return attachment(out.getvalue(), f"{_('公示')}-{format_month(month)}.zip", "application/zip")


@require_safe
@duty("enter")
def listed(request: HttpRequest, name: str, form: str) -> HttpResponseBase:
    """The drive of a year with its results, or who was told what: a workbook, or a ZIP of one a township or village."""
    splits: dict[str, Split | None] = {"xlsx": None, "townships": "township", "villages": "village"}
    if name not in ("drive", "messages") or form not in splits:
        raise Http404
    chosen, year = get(name), _year(request.GET.get("year", ""), timezone.localdate().year)
    content = as_bytes(chosen, year, door(request, "export"), split=splits[form])
    kind = "application/zip" if splits[form] else XLSX
    return attachment(content, f"{chosen.named(year)}.{'zip' if splits[form] else 'xlsx'}", kind)
