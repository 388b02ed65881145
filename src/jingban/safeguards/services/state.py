"""Where suspicions stand: the last event of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F, Max, QuerySet

from jingban.safeguards.models import SuspicionEvent
from jingban.store import bulk
from jingban.store.models import Origin

State = SuspicionEvent.State
OPEN = (State.FOUND, State.ASSIGNED, State.TRUE, State.ACTED)
_FIELDS = ["suspicion_id", "sequence", "action", "state", "actor", "finder", "assignee", "measure", "amount_fen",
           "case_number", "note", "at", "origin_id"]  # fmt: skip
CHUNK = 900


def last_events(ids: Iterable[int]) -> dict[int, SuspicionEvent]:
    """Suspicion -> its last event (with the suspicion); unknown ids are absent."""
    wanted, found = sorted(set(ids)), {}
    for start in range(0, len(wanted), CHUNK):
        for event in _newest().filter(suspicion_id__in=wanted[start : start + CHUNK]):
            found[event.suspicion_id] = event
    return found


def _newest() -> QuerySet[SuspicionEvent]:
    newest = SuspicionEvent.objects.annotate(top=Max("suspicion__events__sequence")).filter(sequence=F("top"))
    return newest.select_related("suspicion")


def queue(states: Sequence[str] = OPEN, kind: str = "") -> QuerySet[SuspicionEvent]:
    """The last events standing in these states: certain first, then by score."""
    found = _newest().filter(state__in=states)
    if kind:
        found = found.filter(suspicion__kind=kind)
    return found.order_by("suspicion__confidence", "-suspicion__score", "suspicion_id")


def write(events: Iterable[dict[str, Any]], origin: Origin) -> int:
    """Append events; ``sequence``, ``finder`` and ``assignee`` are the caller's."""
    at = bulk.moment(origin.recorded_at)
    defaults = {"assignee": "", "measure": "", "amount_fen": 0, "case_number": "", "note": "", "at": at}
    return bulk.insert(
        SuspicionEvent,
        _FIELDS,
        (tuple({**defaults, **event, "origin_id": origin.pk}[name] for name in _FIELDS) for event in events),
    )
