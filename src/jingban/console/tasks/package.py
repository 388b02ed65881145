"""The year's package: written beside its place, and moved there when the checker has seen it."""

from __future__ import annotations

import os
from dataclasses import asdict
from typing import Any

from jingban.budget.book import live
from jingban.budget.models import Unit
from jingban.console import jobs
from jingban.console.models import Job
from jingban.console.obstacles import templates
from jingban.disclosure.package import Published, publish
from jingban.disclosure.render import FORMATS
from jingban.engine.base import Told
from jingban.performance.models import Plan

FOLDER = "公开材料"


def subject(unit: str, year: int) -> str:
    """What a package is of."""
    return f"{unit} {year}"


def start(unit: Unit, year: int, style: str, actor: str) -> Job:
    """Begin the package of a unit and year. Refuses CON-301 while one is being made."""
    wanted = {"unit": unit.code, "year": year, "style": style, "label": f"{unit.name} {year} {style}"}
    return jobs.start(Job.Task.PACKAGE, subject(unit.code, year), wanted, actor, work)


def work(job: Job, told: Told) -> None:
    """Make and check it. Refused with everything that is missing; what is not whole is not there."""
    unit, year, style = (job.wanted[key] for key in ("unit", "year", "style"))
    job.folder = f"{FOLDER}/{unit}-{year}-{job.pk}"
    job.save(update_fields=["folder"])
    steps: list[str] = []
    whole = _steps(unit, year)

    def beat(step: str) -> None:
        steps.append(step)
        told(step, len(steps), max(whole, len(steps)))

    result = publish(unit, year, style, jobs.making(job), templates=templates(), progress=beat)
    account = account_of(result)
    os.replace(jobs.making(job), jobs.place(job))
    jobs.done(job, account)


def _steps(unit: str, year: int) -> int:
    """How many files will be written and checked: final accounts and basic data, and with targets a report and each form."""
    plans = live(Plan).filter(unit__code=unit, year=year).count()
    return 2 * len(FORMATS) * (2 + (1 + plans if plans else 0))


def account_of(result: Published) -> dict[str, Any]:
    """What the result page shows, as JSON."""
    checked = {one.path: one for one in result.checker_account}
    files = []
    for path in result.paths:
        row: dict[str, Any] = {"path": str(path.relative_to(result.folder)), "size": path.stat().st_size}
        if path in checked:
            account = checked[path].result
            row |= {
                "checkable": account.checkable,
                "verified": account.verified,
                "errors": account.count("error"),
                "warnings": account.count("warning"),
                "clean": checked[path].clean,
                "findings": [
                    {"code": one["code"], "message": one["message"], "severity": one["severity"]}
                    for one in account.findings
                    if one["severity"] != "info"
                ],
                "unverified": [
                    {"subject": one["subject"], "reason": one["reason"]} for one in account.unverified
                ],
            }
        files.append(row)
    return {
        "files": files,
        "findings": [asdict(finding) for finding in result.warnings],
        "seconds": {part: round(seconds, 2) for part, seconds in result.seconds.items()},
        "elapsed": round(result.elapsed, 1),
        "checkable": result.checkable,
        "verified": result.verified,
        "clean": result.clean,
    }
