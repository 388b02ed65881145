"""Join and leave hardship and other groups."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jingban.registry.models import GroupMembership
from jingban.registry.person_rows import PersonRef, PersonRows, masked
from jingban.schemes.loader import RESIDENTS
from jingban.store import bulk, live
from jingban.store.origins import Door, entering
from jingban.store.rows import Mode, Outcome
from jingban.store.supersede import supersede
from jingban.values.i18n import gettext as _
from jingban.values.months import FOREVER

GROUPS = frozenset(group.number for group in RESIDENTS.groups.values())


@dataclass(slots=True, kw_only=True)
class GroupRecord:
    """Joining: months ``[from_month, to_month)``. Leaving: membership ends before ``from_month``."""

    person: PersonRef
    group_id: int
    from_month: int
    to_month: int = FOREVER
    level: str = ""
    evidence: str = ""
    row: int | None = None


def join_group(
    records: Iterable[GroupRecord], door: Door, *, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """Codes: REG-121 months reversed or overlapping, REG-122 no such group."""
    with entering(door, dry_run=dry_run) as origin:
        sheet = PersonRows(records, mode)
        people = sheet.resolve()
        taken = live.by_person(GroupMembership, ["group_id", "valid_from", "valid_to"], people.values())
        for index, record in list(sheet.good()):
            spans = taken.setdefault(people[index], [])
            if record.group_id not in GROUPS:
                sheet.reject(
                    index, "REG-122", _("没有此群体"), column=_("群体"), subject=masked(record.person)
                )
            elif record.from_month >= record.to_month or any(
                g == record.group_id and a < record.to_month and record.from_month < b for g, a, b in spans
            ):
                sheet.reject(
                    index,
                    "REG-121",
                    _("群体身份起止月颠倒或重叠"),
                    column=_("群体"),
                    subject=masked(record.person),
                )
            else:
                spans.append((record.group_id, record.from_month, record.to_month))
        rows = sheet.decide()
        bulk.insert(
            GroupMembership,
            ["origin_id", "person_id", "group_id", "level", "evidence", "valid_from", "valid_to"],
            (
                (origin.pk, people[i], r.group_id, r.level, r.evidence, r.from_month, r.to_month)
                for i, r in rows
            ),
        )
        return sheet.outcome(origin)


def leave_group(
    records: Iterable[GroupRecord], door: Door, *, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """Code: REG-123 not a member at that month."""
    with entering(door, dry_run=dry_run) as origin:
        sheet = PersonRows(records, mode)
        people = sheet.resolve()
        sheet.once(
            {i: (p, sheet.records[i].group_id) for i, p in people.items()}, "REG-123", _("与第 {row} 行重复")
        )
        member = live.by_person(
            GroupMembership, ["id", "group_id", "valid_from", "valid_to"], people.values()
        )
        ends: dict[int, dict[str, object]] = {}
        for index, record in list(sheet.good()):
            found = [
                (pk, start)
                for pk, group, start, end in member.get(people[index], ())
                if group == record.group_id and start <= record.from_month < end
            ]
            if not found:
                sheet.reject(
                    index, "REG-123", _("该月不在此群体中"), column=_("群体"), subject=masked(record.person)
                )
            for pk, start in found:
                ends[pk] = (
                    {"retracted": True} if start == record.from_month else {"valid_to": record.from_month}
                )
        sheet.decide()
        supersede(GroupMembership, origin, ends)
        return sheet.outcome(origin)
