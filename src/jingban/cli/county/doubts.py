"""What the auditors do with suspicions: compare, check, verify, act, recover, close. Finder, verifier and approver differ.

Who is really dead, in prison or drawing another pension is what the simulated verifier finds out: hits that agree in number
and name, and whatever the standing checks find in the ledgers, are true; a name and a village alone mean somebody else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from jingban.casework.models import CaseEvent
from jingban.casework.services.state import current
from jingban.cli.county import clerks, outside, schedule
from jingban.cli.county.schedule import DECEMBER, JANUARY, at, day
from jingban.cli.county.step import CASHIER, FINDER, HEAD, VERIFIER, Place, Step, later, step
from jingban.payments.relations import always, receivables, settlements
from jingban.payments.services.estate_payee import PayeeRecord, set_estate_payee
from jingban.payments.services.recover import open_amounts
from jingban.registry.models import Identity, Person
from jingban.rules.codes import PENSION_ITEMS
from jingban.safeguards.checks import run_checks
from jingban.safeguards.models import SuspicionEvent
from jingban.safeguards.services.compare import compare
from jingban.safeguards.services.flow import act, assign, close, verify
from jingban.safeguards.services.state import queue
from jingban.safeguards.sources import DEATHS
from jingban.store import bulk, live
from jingban.store.origins import Door
from jingban.values import citizen_id, months

State, Measure = SuspicionEvent.State, SuspicionEvent.Measure
_STOPS = ("death", "prison", "dual_receipt")
_LEDGERS = {"dead_but_paid": "late_death", "dual_paid": "dual_receipt", "prison_paid": "prison"}
"""Standing checks about money paid in excess -> the cause on the recovery's form."""


def steps(place: Place) -> Iterator[Step]:
    """Every comparison, check and recovery of the year with the work that follows."""
    for month in range(JANUARY, DECEMBER + 1):
        when = outside.compared(month)
        yield from _comparison(place, when, month, DEATHS, f"死亡名单比对-{months.format_month(month)}")
        yield from _checks(place, month)
    for date, source, title in (
        (outside.PRISONERS_FOUND, "prisons", "服刑名单比对"),
        (outside.PENSIONS_FOUND, "other_schemes", "重复领取比对"),
    ):
        yield from _comparison(place, at(date, 10), months.of_date(date), (source,), title)


def _comparison(
    place: Place, when: dt.datetime, month: int, sources: tuple[str, ...], title: str
) -> Iterator[Step]:
    """Certain hits are held back from the payroll that comes next."""
    paying = months.of_date(when.date()) + (
        0 if when.date() < schedule.working_day(months.of_date(when.date()), 5) else 1
    )
    yield step(when, f"compare:{title}", title, FINDER,
               lambda door: compare(paying, door, sources=sources, month=month, ranked=False))  # fmt: skip
    yield _work(place, when + dt.timedelta(hours=1), title)
    yield _closing(when + dt.timedelta(hours=5), title)


def _checks(place: Place, month: int) -> Iterator[Step]:
    """The standing checks after the payroll, the plan of what must come back, the money, the end of the matter."""
    name = months.format_month(month)
    yield step(at(day(month, 18), 16), f"checks:{name}", f"{name} 例行核查", FINDER,
               lambda door: run_checks(place.region, month, door))  # fmt: skip
    yield _work(place, at(day(month, 19), 10), f"例行核查-{name}")
    back = at(schedule.CLOSING, 15) if month == DECEMBER else at(day(month, 28), 15)
    yield step(
        at(day(month, 21), 14), f"plans:{name}", f"{name} 追回立项", CASHIER, lambda door: _plan(place, door)
    )
    yield step(back, f"repay:{name}", f"{name} 追回到账", CASHIER, lambda door: _repay(place, door))
    yield _closing(back + dt.timedelta(hours=20), f"例行核查-{name}")


# --- working on what was found ----------------------------------------------------------------------------------------
def _work(place: Place, when: dt.datetime, title: str) -> Step:
    """Assigned by the head, verified and acted on by the verifier, approved by others."""
    return step(when, f"doubts:{title}", f"疑点办理 {title}", HEAD, lambda door: work(place, door))


def work(place: Place, door: Door) -> None:
    """Everything that is open, in the order of the day."""
    if found := _ids(queue((State.FOUND,))):
        assign(found, VERIFIER, door)
    verifier = later(door, 30, VERIFIER)
    asked = list(queue((State.ASSIGNED,)))
    for truth in (True, False):
        if said := [event.suspicion_id for event in asked if _true(event) is truth]:
            verify(said, truth, verifier)
    for event in list(queue((State.TRUE,))):
        _act(place, event, later(door, 60, VERIFIER))
    _decide(place, later(door, 90))


def _ids(events: Iterable[SuspicionEvent]) -> list[int]:
    return [event.suspicion_id for event in events]


def _true(event: SuspicionEvent) -> bool:
    found = event.suspicion
    return found.confidence == "certain" or found.kind in _LEDGERS or found.kind == "identity_invalid"


def _act(place: Place, event: SuspicionEvent, door: Door) -> None:
    kind, one = event.suspicion.kind, event.suspicion_id
    if kind in _STOPS:
        act(one, Measure.STOP, door, place.code)
    elif kind in _LEDGERS:
        act(one, Measure.RECOVER, door, place.code)
    else:
        (number,) = clerks.bring_in(
            "key_data_change", [_corrected(event.suspicion.person_id)], door, place.code
        )
        act(one, Measure.CORRECT, door, place.code, case_number=number)


def _corrected(person: int) -> dict[str, object]:
    """The sex that the ID number says."""
    ((_person, number),) = live.rows(Identity, ["person_id", "id_number"], [person])
    return {"person": Person.objects.get(pk=person).number, "sex": citizen_id.parse(number).sex}


def _decide(place: Place, door: Door) -> None:
    """The cases that suspicions brought are approved like any other."""
    acted = [event.case_number for event in queue((State.ACTED,)) if event.case_number]
    kinds: dict[str, list[str]] = {}
    for number, case in current(acted).items():
        if case.last.state == CaseEvent.State.PENDING:
            kinds.setdefault(case.case.kind, []).append(number)
    for kind, numbers in kinds.items():
        clerks.approve(kind, numbers, door, place.code)


def payees(
    place: Place, roles: tuple[str, ...], when: dt.datetime, key: str, numbers: set[str] | None = None
) -> Step:
    """The families name who receives the estate: an account of their own."""

    def record(door: Door) -> None:
        people = [p for p in place.county.playing(*roles) if numbers is None or p.number in numbers]
        records = [
            PayeeRecord(
                person=person.number,
                name=f"{person.name[0]}某",
                bank="四川农商银行",
                account=f"62145977{person.number[6:14]}{int(person.number[14:17]):03d}",
                relationship="家属",
            )
            for person in people
        ]
        set_estate_payee(records, later(door, 0))

    return step(when, key, "遗属领取人登记", "经办甲", record)


# --- the money --------------------------------------------------------------------------------------------------------
def _due() -> dict[int, int]:
    """Receivable -> fen still to come."""
    return {number: fen for number, fen in open_amounts().items() if fen > 0}


def _plan(place: Place, door: Door) -> None:
    """What was overpaid is put down with its cause and whoever owes it, to come back at once."""
    due = _due()
    persons = dict(
        bulk.fetch(
            f"SELECT id, person_id FROM payments_receivable WHERE {bulk.among('id')}", [bulk.listed(due)]
        )
    )
    causes = {event.suspicion.person_id: event.suspicion.kind for event in queue((State.ACTED,))}
    names = dict(live.rows(Identity, ["person_id", "name"], persons.values()))
    rows = []
    for number, fen in sorted(due.items()):
        cause = _LEDGERS.get(causes.get(persons[number], ""), "error")
        family = cause == "late_death"
        debtor = f"{names[persons[number]][0]}某" if family else names[persons[number]]
        rows.append(
            {"receivable_id": number, "cause": cause, "amount_fen": fen, "debtor": debtor,
             "relationship": "家属" if family else "本人"}
        )  # fmt: skip
    _case(place, "overpayment", rows, door)


def _repay(place: Place, door: Door) -> None:
    """Whoever was overpaid brings the money back before the month is over."""
    assert door.at is not None
    rows = [
        {"receivable_id": number, "amount_fen": fen, "paid_on": door.at.date(), "reference": f"追回{number}"}
        for number, fen in sorted(_due().items())
    ]
    _case(place, "repayment", rows, door)


def _case(place: Place, kind: str, rows: list[dict[str, object]], door: Door) -> None:
    if rows:
        clerks.approve(
            kind, clerks.bring_in(kind, rows, later(door, 0), place.code), later(door, 60), place.code
        )


def _closing(when: dt.datetime, title: str) -> Step:
    return step(when, f"closed:{title}", f"疑点办结 {title}", VERIFIER, close_what_is_done)


def close_what_is_done(door: Door) -> None:
    """False ones; stops whose case is decided; recoveries of which nothing is open any more, with what came back."""
    assert door.at is not None
    inner = later(door, 0)
    ready = [event for event in queue((State.FALSE, State.ACTED)) if event.measure != Measure.RECOVER]
    cases = current([event.case_number for event in ready if event.case_number])
    done = [
        event.suspicion_id
        for event in ready
        if not event.case_number or cases[event.case_number].last.state == CaseEvent.State.DONE
    ]
    if done:
        close(done, inner)
    recovering = [event for event in queue((State.ACTED,)) if event.measure == Measure.RECOVER]
    back = recovered(event.suspicion.person_id for event in recovering)
    for event in recovering:
        raised, still = back.get(event.suspicion.person_id, (0, 0))
        if raised and not still:
            close([event.suspicion_id], inner, recovered_fen=raised)


def recovered(persons: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Person -> fen taken back (set off against the estate or claimed), and what of the claim is still open."""
    wanted = [bulk.listed(persons)]
    asked = always(f"SELECT id AS person_id FROM registry_person WHERE {bulk.among('id')}")
    taken = dict(
        bulk.fetch(
            f"SELECT l.person_id, CAST(-SUM(l.amount_fen) AS BIGINT) FROM ({settlements(scope=asked)}) l "
            f"WHERE l.amount_fen < 0 AND l.owed_fen = 0 AND l.item IN {PENSION_ITEMS} GROUP BY l.person_id",
            wanted * 2,  # lines and set-offs each ask for the persons
        )
    )
    still = dict(
        bulk.fetch(
            "SELECT x.person_id, CAST(SUM(x.raised_fen - x.repaid_fen - x.written_off_fen) AS BIGINT) "
            f"FROM ({receivables()}) x WHERE {bulk.among('x.person_id')} GROUP BY x.person_id",
            wanted,
        )
    )
    return {person: (fen, still.get(person, 0)) for person, fen in taken.items()}
