"""Proving the audit chain from its first entry; against a head noted earlier it cannot have been cut or sealed anew."""

from __future__ import annotations

from jingban.casework.services.chain import verdict
from jingban.console import jobs
from jingban.console.models import Job
from jingban.engine.base import Told
from jingban.store.audit import head, verify


def start(noted: tuple[int, str] | None, actor: str) -> Job:
    """Begin. Refuses CON-301 while the chain is being proved."""
    return jobs.start(Job.Task.VERIFY, "", {"noted": noted and f"{noted[0]}:{noted[1]}"}, actor, work)


def work(job: Job, told: Told) -> None:
    """Walk the chain as it stood when the job began to look."""
    text = job.wanted["noted"]
    number, digest = text.split(":") if text else ("", "")
    count, broken = verify((int(number), digest) if text else None)
    last, seal = head()
    account = {
        "holds": broken is None,
        "verdict": verdict(count, broken),
        "noted": number,
        "head": f"{last}:{seal}",
    }
    jobs.done(job, account)
