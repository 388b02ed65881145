"""The pages as a Django app. Only its one table is part of every centre; the web parts load under ``jingban serve``."""

from __future__ import annotations

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "jingban.console"
    label = "console"
    verbose_name = "网页"
