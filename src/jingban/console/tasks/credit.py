"""The preview of a yearly credit: one transaction that ends with the row of its job."""

from __future__ import annotations

from django.db import transaction

from jingban.console import jobs
from jingban.console.models import Job
from jingban.engine.base import Told
from jingban.payments.models import Credit
from jingban.payments.services.credit import preview
from jingban.store.origins import Door
from jingban.values.i18n import gettext as _


def start(region: int, item: int, year: int, actor: str) -> Job:
    """Begin the preview of a year. Refuses CON-301 while any such preview of the county runs."""
    wanted = {"item": item, "year": year, "label": f"{year} {Credit.Item(item).label}"}
    return jobs.start(Job.Task.CREDIT, f"{region:06d}", wanted, actor, work)


def work(job: Job, told: Told) -> None:
    """Preview; the credit and the end of the job are written together or not at all."""
    told(_("读取登记簿和政策"), 0, 0)
    with transaction.atomic():
        made = preview(
            int(job.subject),
            job.wanted["item"],
            job.wanted["year"],
            Door(job.actor, "credit", "preview"),
            told=told,
        )
        jobs.done(job, {"credit": made.pk, "batch": made.batch})
