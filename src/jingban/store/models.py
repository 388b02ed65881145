"""What every fact has: an origin, and perhaps a row that it supersedes; rows kept aside; the audit chain.

The tables belong to the app ``registry``, where they were made; the classes are here, below everything that remembers.
"""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.timezone import localtime

from jingban.values.months import FOREVER


class Origin(models.Model):
    """How a fact became known: one row per case, batch, import or run. Numbered in commit order (a lock sees to it)."""

    append_only = True

    kind = models.CharField("来源类别", max_length=32)
    actor = models.CharField("经办人", max_length=150)
    source = models.CharField("来源", max_length=200, blank=True)
    note = models.TextField("说明", blank=True)
    recorded_at = models.DateTimeField("知悉时间")

    class Meta:
        app_label = "registry"
        verbose_name = "来源"

    def __str__(self) -> str:
        return f"{self.pk} {self.kind} {self.source}"

    @property
    def day(self) -> dt.date:
        """The day where the centre is: before eight in the morning UTC is still on the day before."""
        return localtime(self.recorded_at).date()


class Fact(models.Model):
    """Abstract: known through ``origin``; ``supersedes`` an older row of the same table; ``retracted`` withdraws it."""

    append_only = True

    origin = models.ForeignKey(Origin, models.PROTECT, related_name="+", verbose_name="来源")
    supersedes = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="superseded_by",
        db_index=False,
        verbose_name="更正自",
    )
    retracted = models.BooleanField("撤回", default=False)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["supersedes"],
                condition=models.Q(supersedes__isnull=False),
                name="%(class)s_superseded_once",
            )
        ]


class Parked(models.Model):
    """A row that cannot enter the register but must not be lost: kept as it stood, with the reason, for review."""

    append_only = True

    origin = models.ForeignKey(Origin, models.PROTECT, related_name="+", verbose_name="来源")
    row = models.PositiveIntegerField("行号")
    code = models.CharField("代码", max_length=16)
    message = models.TextField("原因")
    content = models.JSONField("原内容")

    class Meta:
        app_label = "registry"
        verbose_name = "待核实行"


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
        app_label = "registry"
        verbose_name = "审计记录"

    def __str__(self) -> str:
        return f"{self.number} {self.action}"


def months_field(label: str, *, open_end: bool = False) -> models.IntegerField[int, int]:
    """A month (``year * 12 + month - 1``); an interval end defaults to the open end."""
    return models.IntegerField(label, default=FOREVER) if open_end else models.IntegerField(label)


def ordered(name: str) -> models.CheckConstraint:
    """``valid_from < valid_to``"""
    return models.CheckConstraint(condition=models.Q(valid_from__lt=models.F("valid_to")), name=name)
