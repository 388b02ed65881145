"""Safeguards as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class SafeguardsConfig(AppConfig):
    name = "jingban.safeguards"
    label = "safeguards"
    verbose_name = "风险防控"
