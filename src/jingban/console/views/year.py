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
from jingban.console.models import Job
from jingban.console.obstacles import obstacles
from jingban.console.tasks.package import FOLDER, subject
from jingban.console.tasks.package import start as begin
from jingban.console.views.jobs import finished
from jingban.values.findings import Refused, refuse
from jingban.values.i18n import gettext as _


def styles() -> dict[str, str]:
    """The report styles on offer."""
    return {"central": _("通用（中央部门）版式"), "hunan": _("湖南版式"), "sichuan": _("四川版式")}


@require_safe
@reader
def show(request: HttpRequest) -> HttpResponse:
    """Readiness of the year worked in, and the packages made of it."""
    unit, year = unit_of(request), year_of(request)
    style = request.GET.get("style", request.session.get("style", "central"))
    style = style if style in styles() else "central"
    request.session["style"] = style
    around: dict[str, Any] = {"title": _("年度公开材料"), "style": style, "styles": styles()}
    if unit is not None:
        wanted = obstacles(unit, year, style)
        around |= {
            "missing": [one for one in wanted if one.finding.severity == "error"],
            "warnings": [one for one in wanted if one.finding.severity != "error"],
            "made": jobs.recent(Job.Task.PACKAGE, subject(unit.code, year)),
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
    job = begin(unit, int(text), style, request.user.get_username())
    return redirect("job", pk=job.pk)


@require_safe
@reader
def package(request: HttpRequest, pk: int) -> HttpResponse:
    """The files of a package, with what the checker said of each."""
    job = finished(pk, Job.Task.PACKAGE)
    style = job.wanted["style"]
    around = {
        "title": _("年度公开材料"),
        "job": job,
        "of": Unit.objects.filter(code=job.wanted["unit"]).first(),
        "style_name": styles().get(style, style),
        **_result(job),
    }
    return render(request, "console/package.html", around)


def _result(job: Job) -> dict[str, Any]:
    files = [{**one, "name": Path(one["path"]).name} for one in job.account["files"]]
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
        "seconds": [(_part(name), value) for name, value in job.account["seconds"].items()],
    }


def _part(name: str) -> str:
    names = {"figures": _("算数"), "data": _("开放数据"), "check": _("自查")}
    return names.get(name, name.upper())


@require_safe
@reader
def file(request: HttpRequest, pk: int, path: str) -> HttpResponseBase:
    """One file of a package, to open or to save; kept on the audit chain."""
    job = finished(pk, Job.Task.PACKAGE)
    if path not in {one["path"] for one in job.account["files"]}:
        raise Http404
    place = jobs.place(job) / path
    if not place.is_file():
        raise Http404
    inline = "open" in request.GET and place.suffix in (".html", ".pdf", ".txt")
    keep_in_chain(request, "export.package", job.subject, {"编号": job.pk, "文件": path})
    return sent(place, inline=inline)


@require_safe
@reader
def whole(request: HttpRequest, pk: int) -> HttpResponse:
    """All files of a package in one archive."""
    job = finished(pk, Job.Task.PACKAGE)
    folder, out = jobs.place(job), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in job.account["files"]:
            archive.write(folder / one["path"], one["path"])
    count = len(job.account["files"])
    keep_in_chain(request, "export.package", job.subject, {"编号": job.pk, "文件": count})
    return attachment(out.getvalue(), f"{FOLDER}-{folder.name}.zip", "application/zip")
