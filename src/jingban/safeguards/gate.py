"""Before a payroll is released: who must not be paid, and what has not been looked at yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jingban.payments.models import Run
from jingban.registry import bulk, live
from jingban.registry.services._benefits import deaths
from jingban.safeguards.completeness import sources, villages
from jingban.safeguards.models import SuspicionEvent
from jingban.safeguards.services.state import queue
from jingban.safeguards.sources import DEATHS
from jingban.values.findings import Finding
from jingban.values.i18n import gettext as _

_DEATH_KINDS = ("death", "dead_but_paid")


@dataclass(frozen=True, slots=True)
class Blocker:
    """A reason. ``error`` forbids the release, ``warning`` is for the reviewer's eyes."""

    code: str
    message: str
    severity: Literal["error", "warning"] = "error"
    person_id: int | None = None

    def finding(self) -> Finding:
        subject = f"#{self.person_id}" if self.person_id else None
        return Finding(self.code, self.message, self.severity, subject=subject)


def blockers(region: int, payroll_month: int) -> list[Blocker]:
    """Errors first. SAF-401 a death is confirmed but not registered; SAF-402 the run pays somebody whose death is registered;
    SAF-403 no death list for the month before; SAF-404 villages have not reported; SAF-405 certain hits not yet verified."""
    return [
        *_confirmed(region),
        *_paid_dead(region, payroll_month),
        *_not_compared(region, payroll_month - 1),
        *_unverified(region),
    ]


def _of_region(persons: list[int], region: int) -> set[int]:
    return {
        person
        for (person,) in bulk.fetch(
            f"SELECT r.person_id FROM registry_relation r WHERE {bulk.among('r.person_id')} AND r.region_id = %s "
            f"AND {live.where('registry_relation', 'r')}",
            [bulk.listed(persons), region],
        )
    }


def _confirmed(region: int) -> list[Blocker]:
    states = (SuspicionEvent.State.TRUE, SuspicionEvent.State.ACTED)
    events = [event for event in queue(states) if event.suspicion.kind in _DEATH_KINDS]
    persons = [event.suspicion.person_id for event in events]
    waiting = _of_region(persons, region) - set(deaths(persons))
    text = _("已核实死亡，尚未登记死亡")
    return [Blocker("SAF-401", text, person_id=person) for person in sorted(waiting)]


def _paid_dead(region: int, payroll_month: int) -> list[Blocker]:
    """The run was previewed before the death became known: its orders still go to the bank account of the dead."""
    run = (
        Run.objects.filter(region_id=region, payroll_month=payroll_month, release__isnull=True)
        .exclude(state="cancelled")
        .order_by("-pk")
        .first()
    )
    if run is None:
        return []
    rows = bulk.fetch(
        "SELECT DISTINCT o.person_id FROM payments_order o JOIN registry_death d ON d.person_id = o.person_id "
        f"AND {live.where('registry_death', 'd')} WHERE o.run_id = %s AND o.channel = 1 ORDER BY o.person_id",
        [run.pk],
    )
    text = _("预览之后登记了死亡，请撤销本批次后重新预览")
    return [Blocker("SAF-402", text, person_id=person) for (person,) in rows]


def _not_compared(region: int, month: int) -> list[Blocker]:
    received = sources(month)
    found = []
    if all(received[name] < 0 for name in DEATHS):
        found.append(Blocker("SAF-403", _("上月没有收到任何死亡名单"), "warning"))
    elif received["death_village"] >= 0:
        silent = [one for one in villages(region, month) if one.count is None]
        if silent:
            text = _("%(count)s 个村上月未报死亡名单：%(names)s")
            names = "、".join(f"{one.township}{one.village}" for one in silent[:10])
            found.append(Blocker("SAF-404", text % {"count": len(silent), "names": names}, "warning"))
    return found


def _unverified(region: int) -> list[Blocker]:
    states = (SuspicionEvent.State.FOUND, SuspicionEvent.State.ASSIGNED)
    persons = [e.suspicion.person_id for e in queue(states, "death") if e.suspicion.confidence == "certain"]
    waiting = len(_of_region(persons, region))
    if not waiting:
        return []
    text = _("%(count)s 人与死亡名单号码姓名一致，尚未核实（已暂缓发放）") % {"count": waiting}
    return [Blocker("SAF-405", text, "warning")]
