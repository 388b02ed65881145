"""Before a payroll is released: who must not be paid, and what has not been looked at yet. The only door to a release."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from jingban.casework.services.staff import must_be_known
from jingban.payments.changes import since_preview
from jingban.payments.models import Clearance, Run
from jingban.payments.services._runs import get
from jingban.payments.services.release import release as pay_out
from jingban.safeguards.barred import confirmed, paid_dead
from jingban.safeguards.completeness import sources, villages
from jingban.safeguards.models import SuspicionEvent
from jingban.safeguards.services.state import queue
from jingban.safeguards.sources import DEATHS
from jingban.store import audit, bulk, live
from jingban.store.origins import Door, entering
from jingban.values.findings import Finding, Refused
from jingban.values.i18n import gettext as _
from jingban.values.months import format_month

SHOWN_AT_MOST = 200
"""Persons named one by one; the number of all is always said."""


@dataclass(frozen=True, slots=True)
class Blocker:
    """A reason. ``error`` forbids the release, ``warning`` is for the reviewer's eyes."""

    code: str
    message: str
    severity: Literal["error", "warning"] = "error"
    person_id: int | None = None

    name: str = ""
    """Masked; the number stands for it where it is not known."""

    def finding(self) -> Finding:
        subject = self.name or (f"#{self.person_id}" if self.person_id else None)
        return Finding(self.code, self.message, self.severity, subject=subject)


def blockers(region: int, payroll_month: int, run: int | None = None) -> list[Blocker]:
    """Errors first. SAF-401 a death is confirmed but not registered; SAF-402 the run pays somebody whose death is registered;
    SAF-403 no death list for the month before; SAF-404 villages have not reported; SAF-405 certain hits not yet verified;
    SAF-406 something was registered after the preview that changes what the run pays, holds or books for a person.

    ``run``: the run to be released; without it the newest one of the month that is not yet released.
    """
    waiting = run if run is not None else _waiting(region, payroll_month)
    dead = _paid_dead(waiting)
    return [
        *_confirmed(region),
        *dead,
        *_overtaken(waiting, {one.person_id for one in dead}),
        *_not_compared(region, payroll_month - 1),
        *_unverified(region),
    ]


@dataclass(frozen=True, slots=True)
class Released:
    """The released run, and what the gate had to say although it let it pass."""

    run: Run
    warnings: list[Finding]


def release(run_id: int, door: Door) -> Released:
    """Look, let pass and release, in one transaction: the only way to release a run (``payments`` refuses without, PAY-207).

    Refused with the errors of ``blockers``, and CAS-712 for an account that is nobody's; then nothing is written.
    """
    with entering(door) as origin:
        must_be_known(door.actor)
        run = get(run_id)
        found = [one.finding() for one in blockers(run.region_id, run.payroll_month, run.pk)]
        if errors := [one for one in found if one.severity == "error"]:
            raise Refused(errors)
        Clearance.objects.create(
            run=run, origin=origin, warnings=[f"{one.code} {one.message}" for one in found]
        )
        detail = {"提示": [one.code for one in found]}
        audit.append([audit.Entry(door.actor, "run.cleared", run.batch, detail)], origin.recorded_at)
        return Released(pay_out(run_id, replace(door, at=origin.recorded_at)), found)


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
    text = _("已核实死亡，尚未登记死亡")
    rows = bulk.fetch(confirmed(str(int(region))))
    return [Blocker("SAF-401", text, person_id=person) for (person,) in sorted(rows)]


def _waiting(region: int, payroll_month: int) -> int | None:
    runs = Run.objects.filter(region_id=region, payroll_month=payroll_month, release__isnull=True)
    return runs.exclude(state="cancelled").order_by("-pk").values_list("pk", flat=True).first()


def _paid_dead(run: int | None) -> list[Blocker]:
    """The run was previewed before the death became known: its orders still go to the bank account of the dead."""
    if run is None:
        return []
    text = _("预览之后登记了死亡，请撤销本批次后重新预览")
    rows = bulk.fetch(paid_dead(str(int(run))))
    return [Blocker("SAF-402", text, person_id=person) for (person,) in sorted(rows)]


def _overtaken(number: int | None, named: set[int | None]) -> list[Blocker]:
    """A preview is of its day: the persons for whom it would be another one now, why, and the one command that previews again."""
    run = None if number is None else get(number)
    changes = [] if run is None or run.release_id is not None else since_preview(run)
    said = [
        Blocker(
            "SAF-406",
            _("预览之后登记了：%(what)s") % {"what": one.said},
            person_id=one.person_id,
            name=one.name,
        )
        for one in changes
        if one.person_id not in named
    ]
    if run is None or not said:
        return []
    kind = "" if run.kind == Run.Kind.MONTHLY else f" --kind {run.kind}"
    text = _("预览之后的登记改变了 %(count)s 人的结果，本批次不能发放；重新预览：%(command)s")
    command = f"jingban run {format_month(run.payroll_month)} again{kind}"
    return [
        *said[:SHOWN_AT_MOST],
        Blocker("SAF-406", text % {"count": len(said), "command": command}),
    ]


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
