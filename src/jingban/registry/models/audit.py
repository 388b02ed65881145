"""The audit chain: every decision, view of a full number, export and change of settings, each entry sealing the one before."""

from __future__ import annotations

from django.db import models


class AuditEntry(models.Model):
    """One link. ``digest`` covers the entry and the digest before it; ``subject`` and ``detail`` are masked."""

    append_only = True

    number = models.BigIntegerField("序号", unique=True)
    at = models.DateTimeField("时间")
    actor = models.CharField("操作人", max_length=150)
    action = models.CharField("操作", max_length=64, db_index=True)
    subject = models.CharField("对象", max_length=200, blank=True)
    detail = models.JSONField("内容")
    before = models.CharField("上一条摘要", max_length=64)
    digest = models.CharField("摘要", max_length=64)

    class Meta:
        verbose_name = "审计记录"

    def __str__(self) -> str:
        return f"{self.number} {self.action}"
