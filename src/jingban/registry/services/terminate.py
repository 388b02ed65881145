"""End a relation for another reason than death: settled abroad, another scheme, joined in error (R1.11, R1.12-04)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jingban.registry.models import OtherPension, Relation, Stoppage
from jingban.registry.person_rows import PersonRef, PersonRows, masked
from jingban.registry.services import _benefits
from jingban.schemes.loader import RESIDENTS
from jingban.store import bulk
from jingban.store.origins import Door, entering
from jingban.store.rows import Mode, Outcome
from jingban.store.supersede import supersede
from jingban.values.i18n import gettext as _

ENDS = {
    True: frozenset(RESIDENTS.spoken("end", "receipt").values()),
    False: frozenset(RESIDENTS.spoken("end", "contributing").values()),
}
"""Reasons by whether the person is in receipt (R1.1)."""


@dataclass(slots=True, kw_only=True)
class TerminationRecord:
    """Nothing accrues from ``from_month`` on. ``other_pension``: the scheme now drawn, if that is the reason."""

    person: PersonRef
    from_month: int
    reason: str
    other_pension: str = ""
    row: int | None = None


def terminate(
    records: Iterable[TerminationRecord], door: Door, *, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """Codes: REG-371 reason, REG-372 no live relation at that month."""
    with entering(door, dry_run=dry_run) as origin:
        sheet = PersonRows(records, mode)
        people = sheet.resolve()
        sheet.once(people, "REG-372", _("与第 {row} 行是同一人"))
        related, awarded = _benefits.relations(people.values()), _benefits.awards(people.values())
        for index, record in list(sheet.good()):
            relation = related.get(people[index])
            if record.reason not in ENDS[people[index] in awarded]:
                sheet.reject(
                    index,
                    "REG-371",
                    _("终止原因与参保状态不符"),
                    column=_("原因"),
                    subject=masked(record.person),
                )
            elif relation is None or not relation[2] < record.from_month <= relation[3]:
                sheet.reject(index, "REG-372", _("该月没有有效的参保关系"), subject=masked(record.person))
        rows = sheet.decide()
        supersede(
            Relation,
            origin,
            {related[people[i]][0]: {"valid_to": r.from_month, "end_reason": r.reason} for i, r in rows},
        )
        bulk.insert(
            Stoppage,
            ["origin_id", "person_id", "kind", "reason", "valid_from"],
            (
                (origin.pk, people[i], int(Stoppage.Kind.NOTHING), r.reason, r.from_month)
                for i, r in rows
                if people[i] in awarded
            ),
        )
        bulk.insert(
            OtherPension,
            ["origin_id", "person_id", "scheme", "from_month"],
            ((origin.pk, people[i], r.other_pension, r.from_month) for i, r in rows if r.other_pension),
        )
        return sheet.outcome(origin)
