"""Add an account pension part for money that reached the account after the award (待遇重算, R1.8-04, R1.18)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jingban.registry import bulk
from jingban.registry.models import Annuity
from jingban.registry.origins import Door, entering
from jingban.registry.services import _benefits
from jingban.registry.sheet import Mode, Outcome, PersonRef, Sheet, masked
from jingban.values.i18n import gettext as _


@dataclass(slots=True, kw_only=True)
class RecalculationRecord:
    """``balance_fen`` is the newly credited money; the pension rises by balance / divisor from ``from_month``."""

    person: PersonRef
    from_month: int
    balance_fen: int
    divisor: int = 139
    cause: str = "recalculation"
    row: int | None = None


def recalculate(
    records: Iterable[RecalculationRecord], door: Door, *, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """Codes: REG-311 not awarded, REG-312 before the award, REG-313 amount or divisor."""
    with entering(door, dry_run=dry_run) as origin:
        sheet = Sheet(records, mode)
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
            elif record.balance_fen == 0 or record.divisor <= 0:
                sheet.reject(
                    index, "REG-313", _("重算金额或计发月数不合理"), column=_("金额"), subject=subject
                )
        rows = sheet.decide()
        bulk.insert(
            Annuity,
            ["origin_id", "person_id", "from_month", "balance_fen", "divisor", "cause"],
            ((origin.pk, people[i], r.from_month, r.balance_fen, r.divisor, r.cause) for i, r in rows),
        )
        return sheet.outcome(origin, amount_fen=sum(r.balance_fen for _i, r in rows))
