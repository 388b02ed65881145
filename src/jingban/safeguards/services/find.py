"""Raise suspicions, in bulk, without ever disturbing what a person has decided.

A suspicion has a key that says what it is about. The same key is raised once, whatever becomes of it; a second source that
speaks of the same event is noted on the open suspicion. Only certain hits on recipients are held back, provisionally.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jingban.safeguards.models import Suspicion, SuspicionEvent
from jingban.safeguards.services.holds import hold
from jingban.safeguards.services.state import OPEN, last_events, write
from jingban.store import audit, bulk
from jingban.store.models import Origin
from jingban.store.origins import Door, entering
from jingban.values.findings import Finding
from jingban.values.i18n import gettext as _

Confidence = Suspicion.Confidence


@dataclass(slots=True, kw_only=True)
class Found:
    """What may be wrong with a person. ``fingerprint``: the facts it rests on; the same facts are not raised twice."""

    kind: str
    person_id: int
    fingerprint: str
    method: str
    confidence: str = Confidence.PROBABLE
    score: int = 0
    row_id: int | None = None
    event_on: dt.date | None = None
    amount_fen: int = 0
    hold: bool = False
    detail: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return key_of(self.kind, self.person_id, self.fingerprint)


def key_of(kind: str, person: int, facts: str) -> str:
    """What a suspicion is about; ``facts``: its fingerprint."""
    return f"{kind}:{person}:{facts}"


def fingerprint(number: str, name: str, event_on: dt.date | str | None) -> str:
    """The facts of a list row: the same row in next month's list has the same."""
    return hashlib.sha256(f"{number}|{name}|{event_on}".encode()).hexdigest()[:16]


@dataclass(slots=True)
class Raised:
    """What came of a bulk run. ``known``: raised before; ``noted``: added to an open suspicion of the same person."""

    raised: list[int] = field(default_factory=list)
    known: int = 0
    noted: int = 0
    held: int = 0
    findings: list[Finding] = field(default_factory=list)


def raise_all(found: Iterable[Found], month: int, door: Door, *, action: str = "compare.found") -> Raised:
    """Enter new suspicions found for a payroll month and hold back whom they say to hold."""
    unique = {item.key: item for item in found}
    with entering(door) as origin:
        done = _known_keys(unique)
        result = Raised(known=len(done))
        fresh = _note_second_sources(
            [item for key, item in unique.items() if key not in done], origin, result
        )
        if fresh:
            result.raised = _write(fresh, month, origin)
            held = {item.person_id: _why(item) for item in fresh if item.hold}
            result.held = hold(held, month, Door(door.actor, "hold", door.source, at=origin.recorded_at))
        audit.append(
            [audit.Entry(door.actor, action, door.source, {"疑点": len(result.raised), "暂缓": result.held})],
            origin.recorded_at,
        )
    return result


def _known_keys(unique: dict[str, Found]) -> set[str]:
    return {
        key
        for (key,) in bulk.fetch(
            f"SELECT key FROM safeguards_suspicion WHERE {bulk.among('key', text=True)}",
            [bulk.listed(unique)],
        )
    }


def _why(item: Found) -> str:
    return _("疑点待核实：%(kind)s") % {"kind": item.kind}


def _note_second_sources(items: Sequence[Found], origin: Origin, result: Raised) -> list[Found]:
    """Only deaths: one person dies once, so whatever else is said belongs to the open suspicion."""
    waiting = _open_deaths({item.person_id for item in items if item.kind == "death"})
    said = set(
        SuspicionEvent.objects.filter(
            suspicion_id__in=[event.suspicion_id for event in waiting.values()], action="noted"
        ).values_list("suspicion_id", "note")
    )
    fresh, notes = [], []
    first: dict[int, Found] = {}
    for item in items:
        event = waiting.get(item.person_id) if item.kind == "death" else None
        other = first.get(item.person_id) if item.kind == "death" else None
        if event is None and other is None:
            fresh.append(item)
            if item.kind == "death":
                first[item.person_id] = item
            continue
        source = item.detail.get("来源") or _("另一来源")
        known_day = event.suspicion.event_on if event is not None else other.event_on if other else None
        if known_day and item.event_on and known_day != item.event_on:
            words = {"source": source, "day": item.event_on, "other": known_day}
            text = _("%(source)s的日期是 %(day)s，与 %(other)s 不同") % words
            result.findings.append(Finding("SAF-201", text, "warning", subject=f"#{item.person_id}"))
        else:
            text = _("%(source)s也有此人") % {"source": source}
        if event is None:
            assert other is not None
            other.detail.setdefault("也见于", []).append(text)
            result.noted += 1
        elif (event.suspicion_id, note := f"{text}［{item.fingerprint}］") not in said:
            result.noted += 1
            notes.append(_next(event, SuspicionEvent.Action.NOTED, event.state, origin.actor, note=note))
            event.sequence += 1
    write(notes, origin)
    return fresh


def _open_deaths(persons: Iterable[int]) -> dict[int, SuspicionEvent]:
    """Person -> last event of the open suspicion that they are dead."""
    ids: dict[int, int] = dict(
        bulk.fetch(
            f"SELECT id, person_id FROM safeguards_suspicion WHERE kind = 'death' AND {bulk.among('person_id')}",
            [bulk.listed(persons)],
        )
    )
    return {ids[pk]: event for pk, event in last_events(ids).items() if event.state in OPEN}


def note_alive(seen: Mapping[int, dt.date], origin: Origin) -> set[int]:
    """Somebody saw alive, on or after the day of the death, who a list says is dead: noted for the person who verifies."""
    open_ = {
        person: event
        for person, event in _open_deaths(seen).items()
        if event.suspicion.event_on is None or event.suspicion.event_on <= seen[person]
    }
    write(
        (
            _next(
                event,
                SuspicionEvent.Action.NOTED,
                event.state,
                origin.actor,
                note=text % {"day": seen[person]},
            )
            for text in [_("另一来源说 %(day)s 本人健在")]
            for person, event in open_.items()
        ),
        origin,
    )
    return set(open_)


def _next(event: SuspicionEvent, action: str, state: str, actor: str, **more: Any) -> dict[str, Any]:
    """The event after this one."""
    return {
        "suspicion_id": event.suspicion_id,
        "sequence": event.sequence + 1,
        "action": str(action),
        "state": str(state),
        "actor": actor,
        "finder": event.finder,
        "assignee": event.assignee,
        "measure": event.measure,
        "amount_fen": event.amount_fen,
        "case_number": event.case_number,
        **more,
    }


def _write(items: Sequence[Found], month: int, origin: Origin) -> list[int]:
    ids = list(bulk.reserve_ids(Suspicion, len(items)))
    bulk.insert(
        Suspicion,
        ["id", "key", "kind", "person_id", "row_id", "method", "confidence", "score", "event_on", "month", "amount_fen",
         "detail", "finder", "origin_id"],
        (
            (pk, i.key, i.kind, i.person_id, i.row_id, i.method, str(i.confidence), i.score,
             i.event_on.isoformat() if i.event_on else None, month, i.amount_fen,
             json.dumps(i.detail, ensure_ascii=False), origin.actor, origin.pk)
            for pk, i in zip(ids, items, strict=True)
        ),
    )  # fmt: skip
    write(
        (
            {
                "suspicion_id": pk,
                "sequence": 1,
                "action": "found",
                "state": "found",
                "actor": origin.actor,
                "finder": origin.actor,
            }
            for pk in ids
        ),
        origin,
    )
    return ids
