"""Add an account pension part for money that reached the account after the award (待遇重算, R1.8-04, R1.18)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jingban.registry.claims import divisor
from jingban.registry.models import Annuity, Identity
from jingban.registry.person_rows import PersonRef, PersonRows, masked
from jingban.registry.services import _benefits
from jingban.registry.services._people import age_at
from jingban.store import bulk, live
from jingban.store.origins import Door, entering
from jingban.store.rows import Mode, Outcome
from jingban.values.i18n import gettext as _


@dataclass(slots=True, kw_only=True)
class RecalculationRecord:
    """``balance_fen`` is the newly credited money; the pension rises by balance / divisor of the law (R1.18) from ``from_month``."""

    person: PersonRef
    from_month: int
    balance_fen: int
    cause: str = "recalculation"
    row: int | None = None


def recalculate(
    records: Iterable[RecalculationRecord], door: Door, *, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """Codes: REG-311 not awarded, REG-312 before the award, REG-313 amount."""
    with entering(door, dry_run=dry_run) as origin:
        sheet = PersonRows(records, mode)
        people = sheet.resolve()
        awarded = _benefits.awards(people.values())
        for index, record in list(sheet.good()):
            subject = masked(record.person)
            if people[index] not in awarded:
                sheet.reject(index, "REG-311", _("尚未核定待遇，不能重算"), subject=subject)
            elif record.from_month < awarded[people[index]][1]:
                sheet.reject(
                    index, "REG-312", _("重算起始月早于待遇起始月"), column=_("起始月"), subject=subject
                )
            elif record.balance_fen == 0:
                sheet.reject(index, "REG-313", _("重算金额不合理"), column=_("金额"), subject=subject)
        rows = sheet.decide()
        births = dict(live.rows(Identity, ["person_id", "birth_date"], (people[i] for i, _r in rows)))
        related = _benefits.relations(people[i] for i, _r in rows)
        divisors = {
            i: divisor(
                "redivisor",
                related[people[i]][1],
                age_at(births[people[i]], r.from_month - 1),
                r.from_month,
                origin.day,
            )
            for i, r in rows
        }
        bulk.insert(
            Annuity,
            ["origin_id", "person_id", "from_month", "balance_fen", "divisor", "cause"],
            ((origin.pk, people[i], r.from_month, r.balance_fen, divisors[i], r.cause) for i, r in rows),
        )
        return sheet.outcome(origin, amount_fen=sum(r.balance_fen for _i, r in rows))
