"""What another law would cost, reckoned in the background; the other law is kept beside it as an overlay."""

from __future__ import annotations

import os
from dataclasses import astuple
from typing import Any

from django.utils.timezone import localdate

from jingban.console import jobs
from jingban.console.models import Job
from jingban.engine.base import Told
from jingban.payments import costs
from jingban.values.i18n import gettext as _
from jingban.values.months import format_month

FOLDER = "政策测算"


def start(region: int, wanted: dict[str, Any], actor: str) -> Job:
    """Begin. ``wanted``: arguments of ``costs.change_of`` and ``basis``. Refuses CON-301 while another of the county runs."""
    label = "、".join([*wanted["raises"], *wanted["sets"]])
    return jobs.start(
        Job.Task.COST,
        f"{region:06d}",
        wanted | {"label": f"{label} {format_month(wanted['first'])}"},
        actor,
        work,
    )


def work(job: Job, told: Told) -> None:
    """Write the overlay, reckon with it, keep the tables. Refuses POL-301 to POL-305, ENG-101."""
    region, wanted = int(job.subject), job.wanted
    change = costs.change_of(
        wanted["raises"], wanted["sets"], wanted["payers"], wanted["first"], wanted["last"]
    )
    job.folder = f"{FOLDER}/{job.pk}"
    job.save(update_fields=["folder"])
    told(_("读取登记簿和政策"), 0, 0)
    overlay = costs.write_overlay(region, change, jobs.making(job), localdate())
    found = costs.cost(region, change, overlay, basis=wanted["basis"])
    files = sorted(str(path.relative_to(overlay)) for path in overlay.rglob("*") if path.is_file())
    os.replace(overlay, jobs.place(job))
    jobs.done(job, {"sections": [astuple(one) for one in costs.sections(found)], "files": files})
