"""Comparing the lists that came in with the register, and the standing checks of a month: both raise suspicions."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from jingban.console import jobs
from jingban.console.models import Job
from jingban.engine.base import Told
from jingban.safeguards.checks import CHECKS, run_checks
from jingban.safeguards.services.compare import compare
from jingban.store.origins import Door
from jingban.values.i18n import gettext as _
from jingban.values.months import format_month


def start(region: int, month: int, sources: Sequence[str], list_month: int | None, actor: str) -> Job:
    """Begin to compare for the payroll month ``month``: these sources (all when empty), of one list month or of all."""
    wanted = {
        "month": month,
        "label": format_month(month),
        "sources": list(sources),
        "list_month": list_month,
    }
    return jobs.start(Job.Task.COMPARE, f"{region:06d}", wanted, actor, work)


def work(job: Job, told: Told) -> None:
    """Match and raise; suspicions and the end of the job are written together."""
    told(_("与登记簿逐行比对"), 0, 0)
    wanted = job.wanted
    with transaction.atomic():
        result = compare(
            wanted["month"],
            Door(job.actor, "compare"),
            sources=wanted["sources"],
            month=wanted["list_month"],
        )
        raised = result.raised
        account = {
            "lists": result.lists,
            "rows": result.rows,
            "unknown": result.unknown,
            "settled": result.settled,
            **_numbers(raised.raised),
            "known": raised.known,
            "noted": raised.noted,
            "held": raised.held,
            "findings": [{"code": one.code, "message": one.message, "severity": one.severity, "subject": one.subject}
                         for one in raised.findings],
        }  # fmt: skip
        jobs.done(job, account)


def start_checks(region: int, month: int, actor: str) -> Job:
    """Begin the standing checks of a payroll month."""
    wanted = {"month": month, "label": format_month(month)}
    return jobs.start(Job.Task.CHECKS, f"{region:06d}", wanted, actor, check)


def check(job: Job, told: Told) -> None:
    """All of them in one transaction."""
    raised: list[int] = []
    rows = []
    with transaction.atomic():
        for at, (name, (title, _run)) in enumerate(CHECKS.items()):
            told(_(title), at, len(CHECKS))
            found = run_checks(
                int(job.subject), job.wanted["month"], Door(job.actor, "compare", "checks"), [name]
            )
            raised += found[name].raised
            rows.append({"title": title, "new": len(found[name].raised), "known": found[name].known})
        jobs.done(job, {**_numbers(raised), "checks": rows})


def _numbers(raised: list[int]) -> dict[str, int]:
    """How many suspicions, the first and the last: those of one transaction stand side by side."""
    return {"raised": len(raised), "first": min(raised, default=0), "last": max(raised, default=0)}
