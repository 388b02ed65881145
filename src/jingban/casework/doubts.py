"""What is known elsewhere against a case: asked when it is brought, and again of every approval.

A kind names in ``asks`` what it must not be decided in ignorance of (``death``, ``prison`` …). The room above that keeps the lists of
other bodies registers how to ask (``SafeguardsConfig.ready``, docs/decisions/0013): casework knows neither lists nor suspicions.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from jingban.casework.stored import named
from jingban.values.findings import Finding

if TYPE_CHECKING:
    from jingban.casework.kind import CaseKind

People = Mapping[int, tuple[str, str]]
"""Row → (ID or personal number, name; "" where the form has none)."""
Asker = Callable[[Sequence[str], People, dt.date], list[Finding]]
"""(what is asked, people, day) → findings by row: an error was confirmed by somebody, a warning nobody has looked into."""

_askers: list[Asker] = []


def register(asker: Asker) -> None:
    """Called once by each room that knows something, when the program starts."""
    if asker not in _askers:
        _askers.append(asker)


def against(kind: CaseKind, rows: Sequence[Mapping[str, Any]], today: dt.date) -> list[Finding]:
    """Findings of everybody who was asked, by row."""
    people = {row["row"]: (named(row), str(row.get("name") or "")) for row in rows if named(row)}
    if not kind.asks or not people:
        return []
    return [finding for asker in _askers for finding in asker(kind.asks, people, today)]
