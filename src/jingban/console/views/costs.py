"""What another law would cost: ask, read what it costs each level, take it along as an overlay."""

from __future__ import annotations

import io
import re
import zipfile

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from jingban.console import asked, jobs
from jingban.console.access import reader
from jingban.console.files import attachment
from jingban.console.models import Job
from jingban.console.tasks import cost as task
from jingban.console.views.jobs import finished
from jingban.console.views.yearly import YEARS
from jingban.payments.costs import RAISED, change_of
from jingban.payments.sections import Section
from jingban.policy.lookup import LAYERED
from jingban.registry import law
from jingban.rules.titles import ITEMS
from jingban.values.i18n import gettext as _

TEXT_MAX = 2000


@require_safe
@reader
def index(request: HttpRequest) -> HttpResponse:
    """The form, with the names of the layers there are, and what was reckoned before."""
    county = asked.county()
    policy = law.policy()
    layers = [(layer.id, layer.title) for name in LAYERED for layer in policy.layers(name, f"{county:06d}")]
    around = {
        "title": _("政策测算"),
        "levels": [(level, _(ITEMS[item])) for level, item in RAISED.items()],
        "layers": layers,
        "jobs": jobs.recent(Job.Task.COST, f"{county:06d}"),
    }
    return render(request, "console/costs.html", around)


@require_POST
@reader
def start(request: HttpRequest) -> HttpResponse:
    """Reckon it in the background; what is not understood is refused at once (POL-301, POL-302, CON-308)."""
    given = request.POST
    raises = [f"{level}={given[level].strip()}" for level in RAISED if given.get(level, "").strip()]
    sets = [part for part in re.split(r"[\s,，;；、]+", given.get("sets", "")[:TEXT_MAX]) if part]
    last_given = given.get("last", "").strip()
    basis = given.get("basis", "").strip()
    payers = re.sub(r"\s", "", given.get("payers", "")[:TEXT_MAX].replace("，", ",").replace("：", ":"))
    first, last = asked.month(request, "first"), asked.month(request, "last") if last_given else None
    change_of(raises, sets, payers, first, last)
    wanted = {
        "raises": raises,
        "sets": sets,
        "payers": payers,
        "first": first,
        "last": last,
        "basis": int(basis) if basis.isascii() and basis.isdigit() and int(basis) in YEARS else None,
    }
    return redirect("job", pk=task.start(asked.county(), wanted, request.user.get_username()).pk)


@require_safe
@reader
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """What it costs, table by table."""
    job = finished(pk, Job.Task.COST)
    around = {
        "title": _("政策测算"),
        "job": job,
        "sections": [Section(*one) for one in job.account["sections"]],
    }
    return render(request, "console/cost.html", around)


@require_safe
@reader
def overlay(request: HttpRequest, pk: int) -> HttpResponse:
    """The other law as an overlay: with the notice's number filled in it is the new law."""
    job, out = finished(pk, Job.Task.COST), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in job.account["files"]:
            archive.write(jobs.place(job) / name, name)
    return attachment(out.getvalue(), f"{_('政策测算')}-{pk}.zip", "application/zip")
