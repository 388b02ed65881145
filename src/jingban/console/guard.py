"""The arrows of background work: what came of it is written once, when it ends."""

from __future__ import annotations

from jingban.store.machine import Machine

_OUTCOME = ("account", "ended_at", "folder")
JOB = Machine(
    "console_job",
    "running",
    {
        ("running", "running"): ("folder",),
        ("running", "done"): _OUTCOME,
        ("running", "refused"): _OUTCOME,
        ("running", "failed"): _OUTCOME,
    },
    ("task", "subject", "wanted", "actor", "started_at", *_OUTCOME),
    "CON-330 后台任务结束后不能改动，也不能删除",
)
