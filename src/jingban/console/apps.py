"""The pages as a Django app. Only its one table is part of every centre; the web parts load under ``jingban serve``."""

from __future__ import annotations

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "jingban.console"
    label = "console"
    verbose_name = "网页"

    def ready(self) -> None:
        from django.apps import apps

        if apps.is_installed("allauth.account"):
            from jingban.console import events  # noqa: F401 - listens to what the login library tells
