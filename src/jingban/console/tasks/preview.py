"""The preview of a payment run: one transaction that ends with the row of its job."""

from __future__ import annotations

from django.db import transaction

from jingban.console import jobs
from jingban.console.models import Job
from jingban.engine.base import Told
from jingban.payments.services.preview import preview
from jingban.store.origins import Door
from jingban.values.i18n import gettext as _
from jingban.values.months import format_month


def start(region: int, month: int, kind: str, actor: str) -> Job:
    """Begin the preview of a month. Refuses CON-301 while any preview of the county runs."""
    wanted = {"month": month, "kind": kind, "label": format_month(month)}
    return jobs.start(Job.Task.PREVIEW, f"{region:06d}", wanted, actor, work)


def work(job: Job, told: Told) -> None:
    """Preview; the run and the end of the job are written together or not at all."""
    told(_("读取登记簿和政策"), 0, 0)
    with transaction.atomic():
        run = preview(
            int(job.subject),
            job.wanted["month"],
            Door(job.actor, "run", "preview"),
            kind=job.wanted["kind"],
            told=told,
        )
        jobs.done(job, {"run": run.pk, "batch": run.batch})
