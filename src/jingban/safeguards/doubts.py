"""What lists and suspicions say against a case (``casework.doubts``): enrolling, awarding, resuming somebody who is listed.

The monthly comparison looks at people in the register, and for most lists only at recipients. Whoever is about to enter or
to be paid is therefore looked up here, by number, in the lists as they came. Codes SAF-8xx: 801 verified by somebody (error),
802 a suspicion not yet verified, 803 on a list that nobody has compared yet (warnings: the reviewer answers them, CAS-307).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from jingban.casework.doubts import People
from jingban.registry.models import Identity
from jingban.registry.person_rows import find_persons
from jingban.safeguards.kinds import title
from jingban.safeguards.models import SuspicionEvent
from jingban.safeguards.services.find import fingerprint, key_of
from jingban.safeguards.services.state import queue
from jingban.safeguards.sources import SOURCES
from jingban.store import bulk, live
from jingban.values.citizen_id import normalise
from jingban.values.findings import Finding
from jingban.values.i18n import gettext as _
from jingban.values.months import format_month

State = SuspicionEvent.State
_FOUND_BY_CHECKS = {"dead_but_paid": "death", "prison_paid": "prison", "dual_paid": "dual_receipt"}
"""Standing checks that say what a list would say; once verified they are about money paid, not about the person's state."""
_NO_BAR = {"dual_insured", "household"}
"""True or not, the law leaves it to the reviewer (R1.16: months paid twice are refunded; R1.1: the household may have moved)."""


def against(asked: Sequence[str], people: People, today: dt.date) -> list[Finding]:
    """Findings by row about these people."""
    known = {row: found[0] for row, found in _registered(people).items() if len(found) == 1}
    rows_of: dict[int, list[int]] = {}
    for row, person in known.items():
        rows_of.setdefault(person, []).append(row)
    found = [
        Finding(one.code, one.message, one.severity, row)
        for person, one in _suspected(asked, list(rows_of))
        for row in rows_of[person]
    ]
    return [*found, *_listed(asked, people, known, today)]


def _registered(people: People) -> dict[int, list[int]]:
    found = find_persons([number for number, _name in people.values()])
    return {row: found[number] for row, (number, _name) in people.items()}


def _suspected(asked: Sequence[str], persons: list[int]) -> Iterator[tuple[int, Finding]]:
    for event in queue().filter(suspicion__person_id__in=persons):
        one = event.suspicion
        about, shown = _FOUND_BY_CHECKS.get(one.kind, one.kind), {"id": one.pk, "kind": title(one.kind)}
        if about not in asked:
            continue
        if event.state in (State.FOUND, State.ASSIGNED):
            yield one.person_id, Finding("SAF-802", _("疑点 %(id)s（%(kind)s）尚未核实") % shown, "warning")
        elif one.kind == about and about not in _NO_BAR:
            text = _("疑点 %(id)s（%(kind)s）已核实属实，处理完毕以前不能办理")
            yield one.person_id, Finding("SAF-801", text % shown)


def _listed(asked: Sequence[str], people: People, known: dict[int, int], today: dt.date) -> Iterator[Finding]:
    """Rows of the lists with a person's number that are not settled: no suspicion was raised of them."""
    identities = {
        p: (n, name)
        for p, n, name in live.rows(Identity, ["person_id", "id_number", "name"], set(known.values()))
    }
    number_of = {row: identities.get(known.get(row, 0), people[row]) for row in people}
    wanted: dict[str, list[int]] = {}
    for row, (number, _name) in number_of.items():
        for form in _forms(number):
            wanted.setdefault(form, []).append(row)
    sources = [name for name, source in SOURCES.items() if source.suspicion in asked]
    hits = bulk.fetch(
        "SELECT r.id_number, r.name, r.event_on, l.source, l.month FROM safeguards_otherrow r "
        f"JOIN safeguards_otherlist l ON l.id = r.list_id WHERE {bulk.among('r.id_number', text=True)} "
        f"AND {bulk.among('l.source', text=True)} AND (r.until_on IS NULL OR r.until_on >= %s) ORDER BY l.month, r.id",
        [bulk.listed(wanted), bulk.listed(sources), today.isoformat()],
    )
    raised = _raised({known[row] for number, *_rest in hits for row in wanted[number] if row in known})
    told: set[tuple[int, str, str]] = set()
    for number, name, event_on, source, month in reversed(hits):
        for row in wanted[number]:
            kind = SOURCES[source].suspicion
            if (row, source, name) in told or key_of(
                kind, known.get(row, 0), fingerprint(number, name, event_on)
            ) in raised:
                continue
            told.add((row, source, name))
            same = name == number_of[row][1]
            text = (
                _("%(source)s（%(month)s）上有此号码，姓名一致")
                if same
                else _("%(source)s（%(month)s）上有此号码，姓名不同")
            )
            shown = {"source": _(SOURCES[source].title), "month": format_month(month)}
            yield Finding("SAF-803", text % shown, "warning", row)


def _raised(persons: set[int]) -> set[str]:
    """Keys of all suspicions about these persons, whatever became of them."""
    rows = bulk.fetch(
        f"SELECT key FROM safeguards_suspicion WHERE {bulk.among('person_id')}", [bulk.listed(persons)]
    )
    return {key for (key,) in rows}


def _forms(number: str) -> set[str]:
    """How a list may write a number: as it is, or as it was before 1999 (15 digits, births of 19xx)."""
    whole = normalise(number)
    return {whole, whole[:6] + whole[8:17]} if len(whole) == 18 and whole[6:8] == "19" else {whole}
