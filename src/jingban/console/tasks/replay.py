"""A past batch, list or self-evaluation made again in the background; nothing is written but what came of it."""

from __future__ import annotations

from dataclasses import astuple

from jingban.console import jobs
from jingban.console.models import Job
from jingban.engine.base import Told
from jingban.performance.replay import replay, sections


def start(name: str, region: int, actor: str) -> Job:
    """Begin. Refuses CON-301 while the same is made again."""
    wanted = {"region": region, "label": name}
    return jobs.start(Job.Task.REPLAY, name, wanted, actor, work)


def work(job: Job, told: Told) -> None:
    """Make it again and keep the tables that say what came of it. Refuses PAY-301, PAY-302, SAF-715, PRF-211."""
    found = replay(job.subject, job.wanted["region"])
    jobs.done(job, {"identical": found.identical, "sections": [astuple(one) for one in sections(found)]})
