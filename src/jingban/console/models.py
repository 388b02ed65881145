"""The one thing the pages keep of their own: packages being made, with their progress and what came of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class PackageJob(models.Model):
    """The making of one year's package. Its files lie in ``folder`` when ``state`` is done, and nowhere otherwise."""

    class State(models.TextChoices):
        RUNNING = "running", "正在生成"
        DONE = "done", "已生成"
        REFUSED = "refused", "材料不齐，未生成"
        FAILED = "failed", "中断，未生成"

    unit = models.CharField("单位代码", max_length=32)
    year = models.IntegerField("年度")
    style = models.CharField("版式", max_length=20)
    actor = models.CharField("生成人", max_length=150)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.RUNNING)
    step = models.CharField("正在做", max_length=200, blank=True)
    steps_done = models.PositiveIntegerField("已完成步数", default=0)
    steps_all = models.PositiveIntegerField("总步数", default=0)
    started_at = models.DateTimeField("开始时间")
    heartbeat_at = models.DateTimeField("最近进展")
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    folder = models.CharField("文件夹", max_length=200, blank=True)
    account = models.JSONField("结果", default=dict, blank=True)
    """Findings, files with the checker's counts, seconds by part."""

    class Meta:
        verbose_name = "公开材料生成"
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year"], condition=Q(state="running"), name="one_package_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.year} {self.pk}"
