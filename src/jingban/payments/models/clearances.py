"""The fact without which no run is released: somebody above looked whether anybody of it must not be paid. Append-only."""

from __future__ import annotations

from django.db import models

from jingban.payments.models.runs import Run
from jingban.store.models import Origin


class Clearance(models.Model):
    """The safeguards let a run pass (``jingban.safeguards.gate``). It holds only while nothing else is recorded."""

    append_only = True

    run = models.ForeignKey(Run, models.PROTECT, related_name="clearances", verbose_name="批次")
    origin = models.ForeignKey(Origin, models.PROTECT, related_name="+", verbose_name="来源")
    warnings = models.JSONField("提示", default=list)
    """What was said although the run passed, as code and message."""

    class Meta:
        verbose_name = "发放前检查"
