"""Record deaths: the relation ends the month after (R1.12-01), the account bears interest to the month of death (R1.12-03); the estate
settlement follows from the rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from jingban.registry.models import Death, Identity, Relation
from jingban.registry.person_rows import PersonRef, PersonRows, masked
from jingban.registry.services import _benefits
from jingban.registry.services.running_interest import credit_until
from jingban.schemes.loader import RESIDENTS
from jingban.store import bulk, live
from jingban.store.origins import Door, entering
from jingban.store.rows import Mode, Outcome
from jingban.store.supersede import supersede
from jingban.values import months
from jingban.values.i18n import gettext as _

REASON_IN_RECEIPT, REASON_CONTRIBUTING = RESIDENTS.reason("death"), RESIDENTS.reason("contributor_death")
"""R1.1, termination reasons"""


@dataclass(slots=True, kw_only=True)
class DeathRecord:
    person: PersonRef
    died_on: dt.date
    evidence: str = ""
    row: int | None = None


def record_deaths(
    records: Iterable[DeathRecord], door: Door, *, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """Codes: REG-351 before birth, REG-352 already recorded, REG-353 in the future of the origin."""
    with entering(door, dry_run=dry_run) as origin:
        sheet = PersonRows(records, mode)
        people = sheet.resolve()
        sheet.once(people, "REG-352", _("与第 {row} 行是同一人"))
        births = dict(live.rows(Identity, ["person_id", "birth_date"], people.values()))
        died = _benefits.deaths(people.values())
        for index, record in list(sheet.good()):
            subject = masked(record.person)
            if record.died_on < births[people[index]]:
                sheet.reject(
                    index, "REG-351", _("死亡日期早于出生日期"), column=_("死亡日期"), subject=subject
                )
            elif people[index] in died:
                sheet.reject(index, "REG-352", _("已登记死亡"), subject=subject)
            elif record.died_on > origin.day:
                sheet.reject(index, "REG-353", _("死亡日期在将来"), column=_("死亡日期"), subject=subject)
        rows = sheet.decide()
        bulk.insert(
            Death,
            ["origin_id", "person_id", "died_on", "month", "evidence"],
            (
                (origin.pk, people[i], r.died_on.isoformat(), months.of_date(r.died_on), r.evidence)
                for i, r in rows
            ),
        )
        awarded = _benefits.awards(people[i] for i, _r in rows)
        related = _benefits.relations(people[i] for i, _r in rows)
        ends: dict[int, dict[str, object]] = {}
        for i, r in rows:
            relation = related.get(people[i])
            end = months.of_date(r.died_on) + 1
            if relation and relation[2] < end < relation[3]:
                reason = REASON_IN_RECEIPT if people[i] in awarded else REASON_CONTRIBUTING
                ends[relation[0]] = {"valid_to": end, "end_reason": reason}
        supersede(Relation, origin, ends)
        credit_until({people[i]: months.of_date(r.died_on) for i, r in rows}, origin)
        return sheet.outcome(origin)
