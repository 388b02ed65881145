"""Budget performance as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    name = "jingban.performance"
    label = "performance"
    verbose_name = "预算绩效"
