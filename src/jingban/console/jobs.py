"""Making a package in the background: a thread, a row that tells how far it is, and a folder that is whole or not there.

The package is written into a folder beside its place and moved there when the checker has seen it. What a crash leaves is a
running row without a heartbeat; :func:`reap` ends it and clears away its folder. Codes CON-3xx: 301 one is being made.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import shutil
import threading
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from jingban.budget.book import live
from jingban.budget.models import Unit
from jingban.casework.services.look import record_look
from jingban.console.models import PackageJob
from jingban.console.obstacles import templates
from jingban.disclosure.package import Published, publish
from jingban.disclosure.render import FORMATS
from jingban.performance.models import Plan
from jingban.values.findings import Finding, Refused, refuse
from jingban.values.i18n import active, speaking
from jingban.values.i18n import gettext as _

FOLDER = "公开材料"
SILENT_SECONDS_MAX = 180
"""A running job that has not moved for so long is dead: its slowest single step takes a few seconds."""
_one = threading.Lock()
"""Laying out pages keeps the processor busy: one package at a time in a server."""
log = logging.getLogger(__name__)


def home() -> Path:
    """Where this centre's packages lie."""
    return Path(settings.CENTRE.home) / FOLDER


def folder_of(job: PackageJob) -> Path:
    """The files of a finished package."""
    return home() / job.folder


def start(unit: Unit, year: int, style: str, actor: str) -> PackageJob:
    """Begin, in a thread of this process. Refuses CON-301 while one is being made for that unit and year."""
    job = begin(unit, year, style, actor)
    threading.Thread(
        target=_in_thread, args=(job.pk, active()), name=f"package-{job.pk}", daemon=True
    ).start()
    return job


def begin(unit: Unit, year: int, style: str, actor: str) -> PackageJob:
    """The row of a package about to be made."""
    reap()
    now = timezone.now()
    try:
        with transaction.atomic():
            return PackageJob.objects.create(
                unit=unit.code, year=year, style=style, actor=actor, started_at=now, heartbeat_at=now
            )
    except IntegrityError:
        raise refuse("CON-301", _("这个单位这一年的公开材料正在生成，请等它完成")) from None


def _in_thread(pk: int, language: str) -> None:
    try:
        with _one, speaking(language):
            make(PackageJob.objects.get(pk=pk))
    finally:
        connection.close()


def make(job: PackageJob) -> None:
    """Make and check the package of a job; afterwards it is done, refused with everything missing, or failed."""
    making = home() / f".making-{job.pk}"
    try:
        job.steps_all = _steps(job)
        result = publish(
            job.unit,
            job.year,
            job.style,
            making,
            templates=templates(),
            progress=lambda step: _beat(job, step),
        )
        job.account, job.steps_all = account_of(result), job.steps_done
        job.folder = f"{job.unit}-{job.year}-{job.pk}"
        os.replace(making, folder_of(job))
        _end(job, PackageJob.State.DONE)
    except Refused as refusal:
        job.account = {"findings": [asdict(finding) for finding in refusal.findings]}
        _end(job, PackageJob.State.REFUSED)
    except Exception:
        log.exception("package %s", job.pk)
        job.account = {
            "findings": [asdict(Finding("CON-302", _("生成时出错，没有留下任何文件；详情在服务器日志里")))]
        }
        _end(job, PackageJob.State.FAILED)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _steps(job: PackageJob) -> int:
    """How many files will be written and checked: final accounts and basic data, and with targets a report and each form."""
    plans = live(Plan).filter(unit__code=job.unit, year=job.year).count()
    return 2 * len(FORMATS) * (2 + (1 + plans if plans else 0))


def _beat(job: PackageJob, step: str) -> None:
    job.step, job.heartbeat_at = step[:200], timezone.now()
    job.steps_done += 1
    job.steps_all = max(job.steps_all, job.steps_done)
    job.save(update_fields=["step", "steps_done", "steps_all", "heartbeat_at"])


def _end(job: PackageJob, state: str) -> None:
    """The row and the audit chain tell the end together."""
    job.state, job.ended_at = state, timezone.now()
    job.heartbeat_at, job.step = job.ended_at, ""
    if state != PackageJob.State.DONE:
        job.folder = ""
    with transaction.atomic():
        job.save()
        detail = {
            "状态": job.get_state_display(),
            "版式": job.style,
            "文件": len(job.account.get("files", ())),
        }
        record_look(job.actor, "publish.package", f"{job.unit} {job.year}", job.ended_at, detail)


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


def reap(*, everything: bool = False) -> int:
    """End the jobs that died with their server and clear away what they left. ``everything``: when a server starts."""
    before = timezone.now() - dt.timedelta(seconds=SILENT_SECONDS_MAX)
    running = PackageJob.objects.filter(state=PackageJob.State.RUNNING)
    dead = list(running if everything else running.filter(heartbeat_at__lt=before))
    for job in dead:
        for left in (home() / f".making-{job.pk}", home() / f"{job.unit}-{job.year}-{job.pk}"):
            shutil.rmtree(left, ignore_errors=True)
        job.account = {
            "findings": [asdict(Finding("CON-303", _("服务器中途停止，没有留下任何文件；请重新生成")))]
        }
        _end(job, PackageJob.State.FAILED)
    return len(dead)
