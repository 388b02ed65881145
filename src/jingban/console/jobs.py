"""Long work behind the pages: a thread, a row that says what came of it, and a file under a lock that says it is alive.

The lock goes with the process that holds it, so a job whose server died is known at once: :func:`reap` ends its row and
clears away its folder. The line in the file tells how far the job is; in the database it would hide in the job's own
transaction. Codes CON-3xx: 301 the same is being done, 302 a bug stopped it, 303 the server stopped.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
import shutil
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from jingban.casework.services.look import record_look
from jingban.console.models import Job
from jingban.engine.base import Told
from jingban.values.findings import Finding, Refused, refuse
from jingban.values.i18n import active, speaking
from jingban.values.i18n import gettext as _

Work = Callable[[Job, Told], None]
"""Does a job and ends it with :func:`done`; refuses or raises otherwise."""
LINE_BYTES = 1024
TEXT_MAX = 200
RECENT = 10
_alive: dict[int, IO[bytes]] = {}
"""Job → its locked file, as long as this process works on it."""
_one = threading.Lock()
"""Each job keeps the processor or the register's one writer busy: one at a time in a server, the others wait."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is."""

    text: str = ""
    done: int = 0
    whole: int = 0


def start(task: str, subject: str, wanted: dict[str, Any], actor: str, work: Work) -> Job:
    """Begin, in a thread of this process. Refuses CON-301 while the same task runs for that subject."""
    job = begin(task, subject, wanted, actor)
    threading.Thread(target=_in_thread, args=(job, work, active()), name=f"job-{job.pk}", daemon=True).start()
    return job


def begin(task: str, subject: str, wanted: dict[str, Any], actor: str) -> Job:
    """The row of a job about to be done; nobody sees it before its lock is held."""
    reap()
    try:
        with transaction.atomic():
            job = Job.objects.create(
                task=task, subject=subject, wanted=wanted, actor=actor, started_at=timezone.now()
            )
            _alive[job.pk] = _locked(_file(job.pk))
            return job
    except IntegrityError:
        text = _("“%(task)s”正在进行，请等它完成") % {"task": _(Job.Task(task).label)}
        raise refuse("CON-301", text) from None


def _file(pk: int) -> Path:
    return Path(settings.CENTRE.home) / ".jobs" / str(pk)


def _locked(path: Path) -> IO[bytes]:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    file = path.open("wb", buffering=0)
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return file


def _in_thread(job: Job, work: Work, language: str) -> None:
    try:
        with speaking(language):
            tell(job, _("等待前一项任务"), 0, 0)
            with _one:
                do(job, work)
    finally:
        connection.close()


def do(job: Job, work: Work) -> None:
    """Do a job that has begun; afterwards it is done, refused with every finding, or failed."""
    try:
        work(job, lambda text, at, whole: tell(job, text, at, whole))
    except Refused as refusal:
        _end(job, Job.State.REFUSED, {"findings": [asdict(finding) for finding in refusal.findings]})
    except Exception:
        log.exception("job %s", job.pk)
        _end(job, Job.State.FAILED, _told("CON-302", _("办理时出错，没有写入任何内容；详情在服务器日志里")))
    finally:
        _alive.pop(job.pk).close()
        _file(job.pk).unlink(missing_ok=True)


def tell(job: Job, text: str, at: int, whole: int) -> None:
    """How far it is: one write of one short line, so that a reader sees the old one or the new one."""
    line = json.dumps([text[:TEXT_MAX], at, whole], ensure_ascii=False).encode()
    os.pwrite(_alive[job.pk].fileno(), line.ljust(LINE_BYTES), 0)


def progress(job: Job) -> Progress:
    """How far a running job is, whichever process works on it."""
    try:
        return Progress(*json.loads(_file(job.pk).read_bytes()))
    except (FileNotFoundError, ValueError):  # just over, or not a line yet
        return Progress()


def done(job: Job, account: dict[str, Any]) -> None:
    """What came of it. Called inside the transaction of work that writes facts, so that both are there or neither."""
    assert _end(job, Job.State.DONE, account), "somebody else ended this job"


def place(job: Job) -> Path:
    """Where the files of a job lie when it is done."""
    return Path(settings.CENTRE.home) / job.folder


def making(job: Job) -> Path:
    """Where they lie until they are whole."""
    return place(job).with_name(f".making-{job.pk}")


def recent(task: str, subject: str) -> list[Job]:
    """The newest jobs of a task about something, those that died among them."""
    reap()
    return list(Job.objects.filter(task=task, subject=subject)[:RECENT])


def _told(code: str, text: str) -> dict[str, Any]:
    return {"findings": [asdict(Finding(code, text))]}


def _end(job: Job, state: str, account: dict[str, Any]) -> bool:
    """Row and audit chain tell the end together; False when somebody else told it before."""
    if state != Job.State.DONE and job.folder:
        for left in (making(job), place(job)):
            shutil.rmtree(left, ignore_errors=True)
        job.folder = ""
    job.state, job.account, job.ended_at = state, account, timezone.now()
    with transaction.atomic():
        running = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING)
        told = running.update(state=state, account=account, ended_at=job.ended_at, folder=job.folder)
        if told:
            detail = {"状态": job.get_state_display(), "内容": job.wanted.get("label", "")}
            if files := len(account.get("files", ())):
                detail["文件"] = files
            record_look(job.actor, f"job.{job.task}", job.subject, job.ended_at, detail)
    return bool(told)


def reap() -> int:
    """End the jobs that died with their server and clear away what they left."""
    dead = [job for job in Job.objects.filter(state=Job.State.RUNNING) if _dead(job.pk)]
    text = _("服务器中途停止，没有写入任何内容；请重新办理")
    count = sum(_end(job, Job.State.FAILED, _told("CON-303", text)) for job in dead)
    for job in dead:
        _file(job.pk).unlink(missing_ok=True)
    return count


def _dead(pk: int) -> bool:
    """Whether nobody holds the lock of a running job."""
    try:
        with _file(pk).open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return True
    except BlockingIOError:
        return False
    return True
