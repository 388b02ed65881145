"""The text of every rule step that a preview was made with: kept once, so that what was computed can be computed again."""

from __future__ import annotations

from django.db import models


class RuleText(models.Model):
    """One version of one step. ``digest`` is that of its SELECT (``rules.loader.Step.digest``)."""

    append_only = True

    digest = models.CharField("摘要", max_length=64, unique=True)
    step = models.CharField("步骤", max_length=60)
    text = models.TextField("规则全文")

    class Meta:
        verbose_name = "规则文本"
