"""What other schemes say: months insured there, and other old-age benefits drawn (R1.16)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jingban.registry.models import OtherCoverage, OtherPension
from jingban.registry.person_rows import PersonRef, PersonRows, masked
from jingban.registry.services.running_interest import credit_until
from jingban.store import bulk, live
from jingban.store.origins import Door, entering
from jingban.store.rows import Mode, Outcome
from jingban.values.i18n import gettext as _
from jingban.values.months import FOREVER, of_date


@dataclass(slots=True, kw_only=True)
class CoverageRecord:
    """Insured elsewhere in ``[from_month, to_month)``."""

    person: PersonRef
    scheme: str
    from_month: int
    to_month: int = FOREVER
    row: int | None = None


def record_coverage(
    records: Iterable[CoverageRecord], door: Door, *, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """Code: REG-391 months reversed or overlapping within one scheme."""
    with entering(door, dry_run=dry_run) as origin:
        sheet = PersonRows(records, mode)
        people = sheet.resolve()
        taken = live.by_person(OtherCoverage, ["scheme", "valid_from", "valid_to"], people.values())
        for index, record in list(sheet.good()):
            spans = taken.setdefault(people[index], [])
            clash = any(
                s == record.scheme and a < record.to_month and record.from_month < b for s, a, b in spans
            )
            if record.from_month >= record.to_month or clash:
                sheet.reject(
                    index,
                    "REG-391",
                    _("参保期间颠倒或重叠"),
                    column=_("起始月"),
                    subject=masked(record.person),
                )
            else:
                spans.append((record.scheme, record.from_month, record.to_month))
        rows = sheet.decide()
        bulk.insert(
            OtherCoverage,
            ["origin_id", "person_id", "scheme", "valid_from", "valid_to"],
            ((origin.pk, people[i], r.scheme, r.from_month, r.to_month) for i, r in rows),
        )
        return sheet.outcome(origin)


def record_other_pension(
    records: Iterable[CoverageRecord], door: Door, *, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """Another old-age benefit from ``from_month`` on; the account bears interest until now (R1.5-05). Code: REG-392 already recorded for this scheme."""
    with entering(door, dry_run=dry_run) as origin:
        sheet = PersonRows(records, mode)
        people = sheet.resolve()
        sheet.once(
            {i: (p, sheet.records[i].scheme) for i, p in people.items()}, "REG-392", _("与第 {row} 行重复")
        )
        known = set(live.rows(OtherPension, ["person_id", "scheme"], people.values()))
        for index, record in list(sheet.good()):
            if (people[index], record.scheme) in known:
                sheet.reject(index, "REG-392", _("已登记此项待遇"), subject=masked(record.person))
        rows = sheet.decide()
        bulk.insert(
            OtherPension,
            ["origin_id", "person_id", "scheme", "from_month"],
            ((origin.pk, people[i], r.scheme, r.from_month) for i, r in rows),
        )
        credit_until({people[i]: max(r.from_month, of_date(origin.day)) for i, r in rows}, origin)
        return sheet.outcome(origin)
