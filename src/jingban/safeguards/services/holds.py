"""Provisional holds: a certain hit holds a recipient's money back until a person has looked. Nothing is lost by it: what
accrued meanwhile is paid when the hold is lifted (owed minus settled)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from jingban.registry.models import Stoppage
from jingban.registry.services.stop import StopRecord, stop
from jingban.safeguards.models import Suspicion
from jingban.safeguards.services.state import OPEN, last_events
from jingban.store import live
from jingban.store.models import Origin
from jingban.store.origins import Door
from jingban.store.supersede import supersede
from jingban.values.i18n import gettext as _

REASON = "1298"
"""A reason of our own beside 1201 to 1299 of R1.1, so that lifting a hold never touches a stop that a person decided."""


def hold(persons: Mapping[int, str], from_month: int, door: Door) -> int:
    """Hold these persons (person -> why) from a month on; who is held already stays as they are. Returns how many."""
    if not persons:
        return 0
    records = [
        StopRecord(
            person=person, kind=int(Stoppage.Kind.HELD), reason=REASON, from_month=from_month, note=why
        )
        for person, why in persons.items()
    ]
    return stop(records, door, mode="keep_good").accepted


def lift(persons: Iterable[int], origin: Origin) -> int:
    """Withdraw our holds of persons about whom no other certain suspicion is open. Returns how many were lifted."""
    wanted = sorted(set(persons))
    ids = list(
        Suspicion.objects.filter(person_id__in=wanted, confidence=Suspicion.Confidence.CERTAIN).values_list(
            "pk", "person_id"
        )
    )
    events = last_events(pk for pk, _person in ids)
    kept = {person for pk, person in ids if events[pk].state in OPEN}
    ours = [
        pk
        for pk, person, reason in live.rows(Stoppage, ["id", "person_id", "reason"], wanted)
        if reason == REASON and person not in kept
    ]
    supersede(Stoppage, origin, {pk: {"retracted": True, "note": _("疑点已核实，撤销暂缓")} for pk in ours})
    return len(ours)
