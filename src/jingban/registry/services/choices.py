"""Record what people chose: tiers, and the scheme of a subsidy with their signature."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from jingban.registry.models import GroupMembership, SchemeChoice, TierChoice
from jingban.registry.person_rows import PersonRef, PersonRows, masked
from jingban.registry.services import _benefits
from jingban.store import bulk, live
from jingban.store.origins import Door, entering
from jingban.store.rows import Mode, Outcome
from jingban.store.supersede import supersede
from jingban.values.i18n import gettext as _


@dataclass(slots=True, kw_only=True)
class TierChoiceRecord:
    """``allowed``: the tiers of the county in that year in fen; empty when none could be sourced (then any amount)."""

    person: PersonRef
    year: int
    tier_fen: int
    allowed: tuple[int, ...] = ()
    row: int | None = None


@dataclass(slots=True, kw_only=True)
class SchemeChoiceRecord:
    person: PersonRef
    group_id: int
    scheme: str
    signed_on: dt.date
    evidence: str = ""
    row: int | None = None


def choose_tier(
    records: Iterable[TierChoiceRecord], door: Door, *, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """A later choice for the same year supersedes. Codes: REG-221 not a tier of that year, REG-222 already in receipt."""
    with entering(door, dry_run=dry_run) as origin:
        sheet = PersonRows(records, mode)
        people = sheet.resolve()
        sheet.once(
            {i: (p, sheet.records[i].year) for i, p in people.items()}, "REG-222", _("与第 {row} 行重复")
        )
        awarded = _benefits.awards(people.values())
        for index, record in list(sheet.good()):
            if record.tier_fen <= 0 or (record.allowed and record.tier_fen not in record.allowed):
                sheet.reject(
                    index,
                    "REG-221",
                    _("不是该年度的缴费档次"),
                    column=_("档次"),
                    subject=masked(record.person),
                )
            elif people[index] in awarded:
                sheet.reject(index, "REG-222", _("已领取待遇，不再缴费"), subject=masked(record.person))
        rows = sheet.decide()
        older = {
            (person, year): pk
            for person, pk, year in live.rows(TierChoice, ["person_id", "id", "year"], people.values())
        }
        supersede(
            TierChoice,
            origin,
            {
                older[people[i], r.year]: {"tier_fen": r.tier_fen}
                for i, r in rows
                if (people[i], r.year) in older
            },
        )
        bulk.insert(
            TierChoice,
            ["origin_id", "person_id", "year", "tier_fen"],
            ((origin.pk, people[i], r.year, r.tier_fen) for i, r in rows if (people[i], r.year) not in older),
        )
        return sheet.outcome(origin)


def choose_scheme(
    records: Iterable[SchemeChoiceRecord], door: Door, *, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """Codes: REG-231 not on the list of that group, REG-232 has chosen before, REG-233 no such scheme."""
    with entering(door, dry_run=dry_run) as origin:
        sheet = PersonRows(records, mode)
        people = sheet.resolve()
        sheet.once(
            {i: (p, sheet.records[i].group_id) for i, p in people.items()}, "REG-232", _("与第 {row} 行重复")
        )
        members = set(live.rows(GroupMembership, ["person_id", "group_id"], people.values()))
        chosen = set(live.rows(SchemeChoice, ["person_id", "group_id"], people.values()))
        for index, record in list(sheet.good()):
            key, subject = (people[index], record.group_id), masked(record.person)
            if record.scheme not in SchemeChoice.Scheme.values:
                sheet.reject(index, "REG-233", _("没有此险种"), column=_("险种"), subject=subject)
            elif key not in members:
                sheet.reject(index, "REG-231", _("不在该群体名单中"), subject=subject)
            elif key in chosen:
                sheet.reject(index, "REG-232", _("已确认过险种"), subject=subject)
        rows = sheet.decide()
        bulk.insert(
            SchemeChoice,
            ["origin_id", "person_id", "group_id", "scheme", "signed_on", "evidence"],
            (
                (origin.pk, people[i], r.group_id, r.scheme, r.signed_on.isoformat(), r.evidence)
                for i, r in rows
            ),
        )
        return sheet.outcome(origin)
