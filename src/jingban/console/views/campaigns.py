"""Certification campaigns: the frozen list, where it stands by village, the sheets on their way out and back."""

from __future__ import annotations

import datetime as dt
import io
import tempfile
import zipfile
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from jingban.console.access import door, duty, reader
from jingban.console.files import attachment
from jingban.safeguards.certification.campaign import freeze
from jingban.safeguards.certification.sheets import export
from jingban.safeguards.certification.status import by_village, partition
from jingban.safeguards.models import Campaign
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _
from jingban.values.regions import region_id


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
    try:
        frozen, due = (dt.date.fromisoformat(request.POST.get(name, "")) for name in ("on", "due"))
    except ValueError:
        raise refuse("CLI-005", _("日期应为 YYYY-MM-DD")) from None
    if not code:
        raise refuse("CON-311", _("没有写明批次"))
    county = region_id(settings.CENTRE.region)
    everybody = request.POST.get("everybody") == "on"
    made = freeze(code, frozen, due, county, door(request, "certify", code), everybody=everybody)
    messages.success(request, _("批次 %(code)s：%(count)s 人") % {"code": code, "count": made.count})
    return redirect("campaign", pk=made.pk)


def _campaign(pk: int) -> Campaign:
    found = Campaign.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_safe
@reader
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Listed = passed + failed, as a whole and by village."""
    campaign = _campaign(pk)
    whole = partition(campaign)
    around = {
        "title": _("资格认证"),
        "campaign": campaign,
        "whole": whole,
        "rate": f"{whole.rate_ppm() / 10_000:.2f}",
        "villages": [(*place, one) for place, one in by_village(campaign).items()],
    }
    return render(request, "console/campaign.html", around)


@require_safe
@duty("enter")
def sheets(request: HttpRequest, pk: int) -> HttpResponse:
    """A workbook a village, all in one archive; full numbers, so the service keeps it on the audit chain."""
    campaign, out = _campaign(pk), io.BytesIO()
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in export(campaign, Path(folder), door(request, "certify", campaign.code)):
            archive.write(path, path.relative_to(folder))
    return attachment(out.getvalue(), f"{campaign.code}.zip", "application/zip")
