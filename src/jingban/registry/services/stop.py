"""Stop a benefit: nothing accrues (prison, other benefit, error) or it accrues but is held back (R1.11)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jingban.registry.models import Stoppage
from jingban.registry.person_rows import PersonRef, PersonRows, masked
from jingban.store import bulk, live
from jingban.store.origins import Door, entering
from jingban.store.rows import Mode, Outcome
from jingban.values.i18n import gettext as _
from jingban.values.months import FOREVER


@dataclass(slots=True, kw_only=True)
class StopRecord:
    """Months ``[from_month, to_month)``. Reasons (R1.1): 1201 no certificate, 1202 prison, 1299 other, 14xx termination."""

    person: PersonRef
    kind: int
    reason: str
    from_month: int
    to_month: int = FOREVER
    note: str = ""
    row: int | None = None


def stop(
    records: Iterable[StopRecord], door: Door, *, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """Codes: REG-331 overlaps an existing stoppage of the same kind, REG-332 months in the wrong order, REG-333 kind."""
    with entering(door, dry_run=dry_run) as origin:
        sheet = PersonRows(records, mode)
        people = sheet.resolve()
        taken = live.by_person(Stoppage, ["kind", "valid_from", "valid_to"], people.values())
        for index, record in list(sheet.good()):
            subject = masked(record.person)
            spans = taken.setdefault(people[index], [])
            if record.kind not in Stoppage.Kind.values:
                sheet.reject(index, "REG-333", _("没有此停发性质"), subject=subject)
            elif record.from_month >= record.to_month:
                sheet.reject(index, "REG-332", _("停发起止月颠倒"), column=_("起始月"), subject=subject)
            elif any(k == record.kind and a < record.to_month and record.from_month < b for k, a, b in spans):
                sheet.reject(index, "REG-331", _("与已有停发期间重叠"), column=_("起始月"), subject=subject)
            else:
                spans.append((record.kind, record.from_month, record.to_month))
        rows = sheet.decide()
        bulk.insert(
            Stoppage,
            ["origin_id", "person_id", "kind", "reason", "valid_from", "valid_to", "note"],
            (
                (origin.pk, people[i], int(r.kind), r.reason, r.from_month, r.to_month, r.note)
                for i, r in rows
            ),
        )
        return sheet.outcome(origin)
