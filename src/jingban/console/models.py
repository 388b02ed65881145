"""The one thing the pages keep of their own: long work done in the background, and what came of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jingban.console.guard import JOB


class Job(models.Model):
    """One piece of long work. How far it is stands outside the database (:mod:`jingban.console.jobs`), what came of it here."""

    machine = JOB

    class Task(models.TextChoices):
        PACKAGE = "package", "生成年度公开材料"
        PREVIEW = "preview", "预览待遇发放"
        CREDIT = "credit", "预览年度记账"
        COMPARE = "compare", "比对名单"
        CHECKS = "checks", "每月例行核查"
        VERIFY = "verify", "验证审计链"
        REPLAY = "replay", "重算核对"
        COST = "cost", "政策测算"

    class State(models.TextChoices):
        RUNNING = "running", "正在办理"
        DONE = "done", "已完成"
        REFUSED = "refused", "没有办成"
        FAILED = "failed", "中断，没有办成"

    task = models.CharField("任务", max_length=10, choices=Task.choices)
    subject = models.CharField("对象", max_length=100)
    """What it is about: of one task and subject one job runs at a time."""
    wanted = models.JSONField("要求", default=dict)
    actor = models.CharField("经办人", max_length=150)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.RUNNING)
    started_at = models.DateTimeField("开始时间")
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    folder = models.CharField("文件夹", max_length=200, blank=True)
    """Where its files lie, relative to the centre; they are there when ``state`` is done, and nowhere otherwise."""
    account = models.JSONField("结果", default=dict, blank=True)
    """Findings and whatever the task's own page shows."""

    class Meta:
        verbose_name = "后台任务"
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["task", "subject"], condition=Q(state="running"), name="one_job_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.subject} {self.pk}"
