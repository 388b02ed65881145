"""Past batches, lists and self-evaluations made again as known then: ask, and read what came of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from jingban.console import asked, jobs
from jingban.console.access import reader
from jingban.console.models import Job
from jingban.console.tasks import replay as task
from jingban.console.views.jobs import finished
from jingban.payments.models import Credit, Run
from jingban.payments.sections import Section
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _

NAME_MAX = 40
OFFERED = 12
"""So many of the newest runs and of the newest credits are offered by name."""


@require_safe
@reader
def index(request: HttpRequest) -> HttpResponse:
    """Ask for one; the newest runs and credits are offered, and what was asked before is listed."""
    county = asked.county()
    offered = [one.batch for one in Run.objects.filter(region_id=county).order_by("-pk")[:OFFERED]]
    offered += [one.batch for one in Credit.objects.filter(region_id=county).order_by("-pk")[:OFFERED]]
    jobs.reap()
    around = {
        "title": _("重算核对"),
        "offered": offered,
        "asked": request.GET.get("name", "").strip()[:NAME_MAX],
        "jobs": Job.objects.filter(task=Job.Task.REPLAY)[: jobs.RECENT],
    }
    return render(request, "console/replays.html", around)


@require_POST
@reader
def start(request: HttpRequest) -> HttpResponse:
    """Make it again, in the background."""
    name = request.POST.get("name", "").strip()[:NAME_MAX]
    if not name:
        raise refuse("PAY-301", _("没有名为“{name}”的批次").format(name=name))
    return redirect("job", pk=task.start(name, asked.county(), request.user.get_username()).pk)


@require_safe
@reader
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of it, table by table."""
    job = finished(pk, Job.Task.REPLAY)
    around = {
        "title": _("重算核对"),
        "job": job,
        "sections": [Section(*one) for one in job.account["sections"]],
    }
    return render(request, "console/replay.html", around)
