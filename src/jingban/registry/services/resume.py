"""Resume a stopped benefit (恢复发放). What accrued while it was held back is then paid by itself: owed minus settled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jingban.registry.models import Stoppage
from jingban.registry.person_rows import PersonRef, PersonRows, masked
from jingban.registry.services import _benefits
from jingban.store import live
from jingban.store.origins import Door, entering
from jingban.store.rows import Mode, Outcome
from jingban.store.supersede import supersede
from jingban.values.i18n import gettext as _


@dataclass(slots=True, kw_only=True)
class ResumeRecord:
    """The stoppage ends: the benefit runs again from ``from_month``. ``reason``: only the stoppage with this reason."""

    person: PersonRef
    from_month: int
    reason: str = ""
    row: int | None = None


def resume(
    records: Iterable[ResumeRecord], door: Door, *, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """Codes: REG-341 no stoppage open at that month, REG-342 dead. A stoppage that would become empty is withdrawn."""
    with entering(door, dry_run=dry_run) as origin:
        sheet = PersonRows(records, mode)
        people = sheet.resolve()
        sheet.once(
            {i: (p, sheet.records[i].reason) for i, p in people.items()}, "REG-341", _("与第 {row} 行重复")
        )
        stops = live.by_person(Stoppage, ["id", "reason", "valid_from", "valid_to"], people.values())
        died = _benefits.deaths(people.values())
        ends: dict[int, dict[str, object]] = {}
        for index, record in list(sheet.good()):
            found = [
                (pk, start)
                for pk, reason, start, end in stops.get(people[index], ())
                if end > record.from_month and (not record.reason or reason == record.reason)
            ]
            if not found:
                sheet.reject(index, "REG-341", _("没有可恢复的停发"), subject=masked(record.person))
            elif people[index] in died:
                sheet.reject(index, "REG-342", _("此人已死亡，不能恢复发放"), subject=masked(record.person))
            else:
                for pk, start in found:
                    ends[pk] = (
                        {"retracted": True} if start >= record.from_month else {"valid_to": record.from_month}
                    )
        sheet.decide()
        supersede(Stoppage, origin, ends)
        return sheet.outcome(origin)
