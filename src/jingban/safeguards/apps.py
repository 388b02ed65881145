"""Safeguards as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class SafeguardsConfig(AppConfig):
    name = "jingban.safeguards"
    label = "safeguards"
    verbose_name = "风险防控"

    def ready(self) -> None:
        """Casework asks this room what the lists of other bodies say against a case."""
        from jingban.casework.doubts import register
        from jingban.safeguards.doubts import against

        register(against)
