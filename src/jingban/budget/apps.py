"""The agency's own money as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class BudgetConfig(AppConfig):
    name = "jingban.budget"
    label = "budget"
    verbose_name = "本单位预决算"
