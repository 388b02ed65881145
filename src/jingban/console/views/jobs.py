"""Long work: the bar while it runs, its findings when it was not done, else the page of what came of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jingban.console import jobs
from jingban.console.access import View, administrator, reader
from jingban.console.models import Job
from jingban.values.i18n import gettext as _

STOP_POLLING = 286
"""htmx's status for 'this was the last answer'."""
BACK = {
    Job.Task.PACKAGE: "year",
    Job.Task.PREVIEW: "runs",
    Job.Task.CREDIT: "credits",
    Job.Task.COMPARE: "others",
    Job.Task.CHECKS: "others",
    Job.Task.VERIFY: "audit",
    Job.Task.REPLAY: "replays",
    Job.Task.COST: "costs",
}
"""Task → the page it is started from."""
RESULT: dict[str, Callable[[Job], str]] = {
    Job.Task.PACKAGE: lambda job: reverse("package", args=[job.pk]),
    Job.Task.PREVIEW: lambda job: reverse("run", args=[job.account["run"]]),
    Job.Task.CREDIT: lambda job: reverse("credit", args=[job.account["credit"]]),
    Job.Task.COMPARE: lambda job: reverse("compared", args=[job.pk]),
    Job.Task.CHECKS: lambda job: reverse("compared", args=[job.pk]),
    Job.Task.VERIFY: lambda job: reverse("audit"),
    Job.Task.REPLAY: lambda job: reverse("replay", args=[job.pk]),
    Job.Task.COST: lambda job: reverse("cost", args=[job.pk]),
}
"""Task → the page of what came of it."""


def found(pk: int, *tasks: str) -> Job:
    """A job of these tasks (of any), or no such page."""
    return get_object_or_404(Job, pk=pk, **({"task__in": tasks} if tasks else {}))


def finished(pk: int, task: str) -> Job:
    """A job of this task that is done, or no such page."""
    return get_object_or_404(Job, pk=pk, task=task, state=Job.State.DONE)


def follower(view: View) -> View:
    """Whoever may start a job may follow it: the audit administrator their own kind, any account with a duty the others."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, pk: int) -> HttpResponseBase:
        guard = administrator("audit") if found(pk).task == Job.Task.VERIFY else reader
        return guard(view)(request, pk)

    return guarded


@require_safe
@follower
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is, or why it was not done; a job that is done shows its result."""
    jobs.reap()
    job = found(pk)
    if job.state == Job.State.DONE:
        return redirect(RESULT[job.task](job))
    around = {
        "title": _(Job.Task(job.task).label),
        "job": job,
        "about": job.wanted.get("label") or job.subject,
        "progress": jobs.progress(job),
        "back": reverse(BACK[Job.Task(job.task)]),
    }
    return render(request, "console/job.html", around)


@require_safe
@follower
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The bar, asked for every second; the page is loaded anew when it is over."""
    jobs.reap()
    job = found(pk)
    response = render(request, "console/progress.html", {"job": job, "progress": jobs.progress(job)})
    if job.state != Job.State.RUNNING:
        response.status_code = STOP_POLLING
        response.headers["HX-Refresh"] = "true"
    return response
