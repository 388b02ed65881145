"""Safeguards as a Django app."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from jingban.casework.doubts import People
    from jingban.values.findings import Finding


class SafeguardsConfig(AppConfig):
    name = "jingban.safeguards"
    label = "safeguards"
    verbose_name = "风险防控"

    def ready(self) -> None:
        """Casework asks this room what the lists of other bodies say against a case."""
        from jingban.casework.doubts import register

        register(_against)


def _against(asked: Sequence[str], people: People, today: dt.date) -> list[Finding]:
    """Read only when a case is brought or decided: most commands never ask."""
    from jingban.safeguards.doubts import against

    return against(asked, people, today)
