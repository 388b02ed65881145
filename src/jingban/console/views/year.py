"""One page makes the whole package of a year: what is missing, the button, how far it is, what came of it."""

from __future__ import annotations

import io
import zipfile
from itertools import groupby
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from jingban.budget.models import Unit
from jingban.console import jobs
from jingban.console.access import duty, reader
from jingban.console.context import unit_of, year_of
from jingban.console.files import attachment, keep_in_chain, sent
from jingban.console.models import PackageJob
from jingban.console.obstacles import obstacles
from jingban.values.findings import Refused, refuse
from jingban.values.i18n import gettext as _

STOP_POLLING = 286
"""htmx's status for 'this was the last answer'."""


def styles() -> dict[str, str]:
    """The report styles on offer."""
    return {"central": _("通用（中央部门）版式"), "hunan": _("湖南版式"), "sichuan": _("四川版式")}


@require_safe
@reader
def show(request: HttpRequest) -> HttpResponse:
    """Readiness of the year worked in, and the packages made of it."""
    jobs.reap()
    unit, year = unit_of(request), year_of(request)
    style = request.GET.get("style", request.session.get("style", "central"))
    style = style if style in styles() else "central"
    request.session["style"] = style
    around: dict[str, Any] = {"title": _("年度公开材料"), "style": style, "styles": styles()}
    if unit is not None:
        found = obstacles(unit, year, style)
        around |= {
            "missing": [one for one in found if one.finding.severity == "error"],
            "warnings": [one for one in found if one.finding.severity != "error"],
            "made": PackageJob.objects.filter(unit=unit.code, year=year)[:10],
        }
    return render(request, "console/year.html", around)


@require_POST
@duty("publish")
def start(request: HttpRequest) -> HttpResponse:
    """Make the package. What is missing is told at once, all of it."""
    unit = Unit.objects.filter(code=request.POST.get("unit", "")).first()
    text, style = request.POST.get("year", ""), request.POST.get("style", "")
    if unit is None or not text.isdigit() or style not in styles():
        raise refuse("CON-304", _("没有选定单位、年度或版式"))
    missing = [one.finding for one in obstacles(unit, int(text), style) if one.finding.severity == "error"]
    if missing:
        raise Refused(missing)
    job = jobs.start(unit, int(text), style, request.user.get_username())
    return redirect("job", pk=job.pk)


def _job(pk: int) -> PackageJob:
    found = PackageJob.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_safe
@reader
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """Progress while it is being made, then the result."""
    jobs.reap()
    found = _job(pk)
    unit = Unit.objects.filter(code=found.unit).first()
    around = {
        "title": _("年度公开材料"),
        "job": found,
        "of": unit,
        "style_name": styles().get(found.style, found.style),
    }
    if found.state == PackageJob.State.DONE:
        around |= _result(found)
    return render(request, "console/job.html", around)


def _result(found: PackageJob) -> dict[str, Any]:
    files = [{**one, "name": Path(one["path"]).name} for one in found.account["files"]]
    documents = [one for one in files if "checkable" in one]
    data = [one for one in files if "checkable" not in one]

    def stem(one: dict[str, Any]) -> str:
        return Path(one["name"]).stem

    grouped = [
        (name, [{**one, "format": Path(one["name"]).suffix[1:].upper()} for one in group])
        for name, group in groupby(sorted(documents, key=stem), stem)
    ]
    return {
        "documents": grouped,
        "data": data,
        "seconds": [(_part(name), value) for name, value in found.account["seconds"].items()],
    }


def _part(name: str) -> str:
    names = {"figures": _("算数"), "data": _("开放数据"), "check": _("自查")}
    return names.get(name, name.upper())


@require_safe
@reader
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The bar, asked for every second; the page is loaded anew when it is over."""
    jobs.reap()
    found = _job(pk)
    response = render(request, "console/progress.html", {"job": found})
    if found.state != PackageJob.State.RUNNING:
        response.status_code = STOP_POLLING
        response.headers["HX-Refresh"] = "true"
    return response


@require_safe
@reader
def file(request: HttpRequest, pk: int, path: str) -> HttpResponseBase:
    """One file of a package, to open or to save; kept on the audit chain."""
    found = _job(pk)
    if path not in {one["path"] for one in found.account.get("files", ())}:
        raise Http404
    place = jobs.folder_of(found) / path
    if not place.is_file():
        raise Http404
    inline = "open" in request.GET and place.suffix in (".html", ".pdf", ".txt")
    keep_in_chain(request, "export.package", f"{found.unit} {found.year}", {"编号": found.pk, "文件": path})
    return sent(place, inline=inline)


@require_safe
@reader
def whole(request: HttpRequest, pk: int) -> HttpResponse:
    """All files of a package in one archive."""
    found = _job(pk)
    if found.state != PackageJob.State.DONE:
        raise Http404
    folder, out = jobs.folder_of(found), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in found.account["files"]:
            archive.write(folder / one["path"], one["path"])
    count = len(found.account["files"])
    keep_in_chain(request, "export.package", f"{found.unit} {found.year}", {"编号": found.pk, "文件": count})
    return attachment(out.getvalue(), f"{jobs.FOLDER}-{found.unit}-{found.year}.zip", "application/zip")
