"""The way of a suspicion after it was found (R1.19-05): assigned, verified by another, acted on, closed.

Codes SAF-3xx: 301 no such suspicion or not in that state, 302 the finder may not verify, 303 only the assignee verifies,
304 the measure does not fit, 305 the case is not decided yet, 306 somebody else was quicker.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError

from jingban.casework.models import CaseEvent
from jingban.casework.services.bring import Intake, bring
from jingban.casework.services.staff import accounts_of, must_be_known
from jingban.casework.services.state import current
from jingban.payments.relations import receivables
from jingban.safeguards.models import Suspicion, SuspicionEvent
from jingban.safeguards.overpaid import not_due_from, overpaid
from jingban.safeguards.services.find import _next
from jingban.safeguards.services.holds import lift
from jingban.safeguards.services.state import last_events, write
from jingban.schemes.loader import RESIDENTS
from jingban.store import audit, bulk
from jingban.store.models import Origin
from jingban.store.origins import Door, entering
from jingban.values.findings import Finding, Refused, refuse
from jingban.values.i18n import gettext as _
from jingban.values.months import of_date

Action, State, Measure = SuspicionEvent.Action, SuspicionEvent.State, SuspicionEvent.Measure
_SCHEMES = {"企业职工": "employee", "机关": "public", "城乡居民": "resident"}


@contextmanager
def _stepping(
    ids: Sequence[int], states: Sequence[str], door: Door, step: str
) -> Iterator[tuple[Origin, list[SuspicionEvent]]]:
    """One transaction over suspicions that all stand in one of the states; the step goes into the audit chain."""
    try:
        with entering(door) as origin:
            events = last_events(ids)
            wrong = [
                Finding("SAF-301", _("疑点%(id)s不存在或不在可办理的状态") % {"id": one})
                for one in ids
                if one not in events or events[one].state not in states
            ]
            if wrong:
                raise Refused(wrong)
            yield origin, [events[one] for one in dict.fromkeys(ids)]
            audit.append(
                [audit.Entry(door.actor, f"suspicion.{step}", str(one)) for one in dict.fromkeys(ids)],
                origin.recorded_at,
            )
    except IntegrityError:
        raise refuse("SAF-306", _("已由他人办理，请刷新")) from None


def assign(ids: Sequence[int], assignee: str, door: Door, *, note: str = "") -> int:
    """Give suspicions to somebody who did not find them."""
    with _stepping(ids, (State.FOUND, State.ASSIGNED), door, "assigned") as (origin, events):
        if any(event.finder in accounts_of(assignee) for event in events):
            raise refuse("SAF-302", _("发现人不能核实自己发现的疑点，请分派给别人"))
        return write(
            (
                _next(event, Action.ASSIGNED, State.ASSIGNED, door.actor, assignee=assignee, note=note)
                for event in events
            ),
            origin,
        )


def verify(ids: Sequence[int], truth: bool, door: Door, *, note: str = "") -> int:
    """The assignee's verdict. A false one lifts the hold at once; what was held back is paid by the next run."""
    with _stepping(ids, (State.ASSIGNED,), door, "verified") as (origin, events):
        must_be_known(door.actor)
        if any(event.finder in accounts_of(door.actor) for event in events):
            raise refuse("SAF-302", _("发现人不能核实自己发现的疑点"))
        if any(event.assignee != door.actor for event in events):
            raise refuse("SAF-303", _("只有被分派的人可以核实"))
        state = State.TRUE if truth else State.FALSE
        count = write(
            (_next(event, Action.VERIFIED, state, door.actor, note=note) for event in events), origin
        )
        if not truth:
            lift([event.suspicion.person_id for event in events], origin)
        return count


def act(
    one: int,
    measure: str,
    door: Door,
    region: str,
    *,
    event_on: dt.date | None = None,
    amount_fen: int | None = None,
    case_number: str = "",
    note: str = "",
) -> str:
    """Do what a true suspicion asks for. ``stop`` brings the case (death, suspension, dual receipt) for others to approve;
    ``recover`` states the amount (default: what was paid for months not due); ``correct`` names the correcting case.
    ``event_on`` overrides the day when verification found another. Returns the case number, if any."""
    with _stepping([one], (State.TRUE,), door, "acted") as (origin, events):
        event, suspicion = events[0], events[0].suspicion
        day = event_on or suspicion.event_on
        amount = 0
        if measure == Measure.STOP:
            amount = suspicion.amount_fen
            case_number = _bring(suspicion, day, door, origin, region)
        elif measure == Measure.RECOVER:
            amount = amount_fen if amount_fen is not None else _overpaid(suspicion, day)
            if amount <= 0:
                raise refuse("SAF-304", _("没有可追回的金额，请写明金额"))
        elif measure != Measure.CORRECT or not case_number or case_number not in current([case_number]):
            raise refuse("SAF-304", _("更正须写明更正业务的编号"))
        write(
            [
                _next(event, Action.ACTED, State.ACTED, door.actor, measure=str(measure), amount_fen=amount,
                      case_number=case_number, note=note)
            ],
            origin,
        )  # fmt: skip
        return case_number


def _overpaid(suspicion: Suspicion, day: dt.date | None) -> int:
    if day is None:
        return suspicion.amount_fen
    return overpaid({suspicion.person_id: not_due_from(suspicion.kind, day)})[suspicion.person_id]


def _bring(suspicion: Suspicion, day: dt.date | None, door: Door, origin: Origin, region: str) -> str:
    """Enter the case that stops the benefit; nothing is stopped before somebody else approves it."""
    if day is None:
        raise refuse("SAF-304", _("没有发生日期，请写明核实的日期"))
    kind, content = _case(suspicion, day)
    intake = Intake(
        maker=door.actor, at=origin.recorded_at, region=region, channel="agency", source=f"疑点{suspicion.pk}"
    )
    brought = bring(kind, [{"person": suspicion.person.number, **content}], intake)
    return brought.numbers[1]


def _case(suspicion: Suspicion, day: dt.date) -> tuple[str, dict[str, Any]]:
    said = str(suspicion.detail.get("内容", ""))
    match suspicion.kind:
        case "death" | "dead_but_paid" | "household":
            return "death", {"died_on": day, "evidence": str(suspicion.detail.get("来源", ""))}
        case "prison":
            return "suspension", {"reason": RESIDENTS.reason("prison"), "from_month": of_date(day) + 1}
        case "dual_receipt":
            scheme = next((code for word, code in _SCHEMES.items() if word in said), "employee")
            return "dual_receipt", {"scheme": scheme, "from_month": of_date(day)}
        case _:
            return "suspension", {
                "reason": RESIDENTS.reason("other_stop"),
                "from_month": of_date(day),
                "note": _("疑点核查"),
            }


def close(ids: Sequence[int], door: Door, *, recovered_fen: int | None = None, note: str = "") -> int:
    """End suspicions: false ones, and true ones whose case is decided. The hold goes with it; a death then speaks for itself.

    ``recovered_fen``: for a single recovery; default what came back on the person's receivables, at most what was due.
    """
    with _stepping(ids, (State.FALSE, State.ACTED), door, "closed") as (origin, events):
        cases = current([event.case_number for event in events if event.case_number])
        waiting = [
            Finding("SAF-305", _("业务%(number)s尚未办结") % {"number": event.case_number})
            for event in events
            if event.case_number
            and cases[event.case_number].last.state in (CaseEvent.State.PENDING, CaseEvent.State.RETURNED)
        ]
        if waiting:
            raise Refused(waiting)
        back = _repaid([event.suspicion.person_id for event in events])
        amount: Callable[[SuspicionEvent], int] = lambda event: (  # noqa: E731
            recovered_fen
            if recovered_fen is not None and len(events) == 1
            else min(event.amount_fen, back.get(event.suspicion.person_id, 0))
        )
        count = write(
            (
                _next(event, Action.CLOSED, State.CLOSED, door.actor, amount_fen=amount(event), note=note)
                for event in events
            ),
            origin,
        )
        lift([event.suspicion.person_id for event in events], origin)
        return count


def _repaid(persons: Sequence[int]) -> dict[int, int]:
    return dict(
        bulk.fetch(
            f"SELECT r.person_id, CAST(SUM(r.repaid_fen) AS BIGINT) FROM ({receivables()}) r "
            f"WHERE {bulk.among('r.person_id')} GROUP BY r.person_id",
            [bulk.listed(persons)],
        )
    )
