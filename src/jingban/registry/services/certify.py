"""Record successful life certifications (资格认证, R1.10)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from jingban.registry.codebooks import CERTIFICATION_CHANNELS
from jingban.registry.models import Certification
from jingban.registry.person_rows import PersonRef, PersonRows, masked
from jingban.registry.services import _benefits
from jingban.store import bulk, live
from jingban.store.origins import Door, entering
from jingban.store.rows import Mode, Outcome
from jingban.values import months
from jingban.values.i18n import gettext as _

CHANNELS = frozenset(CERTIFICATION_CHANNELS.values())


@dataclass(slots=True, kw_only=True)
class CertificationRecord:
    person: PersonRef
    certified_on: dt.date
    channel: str = "01"
    evidence: str = ""
    row: int | None = None


def certify(
    records: Iterable[CertificationRecord], door: Door, *, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """Codes: REG-361 channel, REG-362 the same day twice, REG-363 after death, REG-364 in the future of the origin."""
    with entering(door, dry_run=dry_run) as origin:
        sheet = PersonRows(records, mode)
        people = sheet.resolve()
        sheet.once(
            {i: (p, sheet.records[i].certified_on) for i, p in people.items()},
            "REG-362",
            _("与第 {row} 行重复认证"),
        )
        died = _benefits.deaths(people.values())
        known = set(live.rows(Certification, ["person_id", "certified_on"], people.values()))
        today = origin.day
        for index, record in list(sheet.good()):
            subject, person = masked(record.person), people[index]
            if record.channel not in CHANNELS:
                sheet.reject(index, "REG-361", _("没有此认证方式"), column=_("认证方式"), subject=subject)
            elif (person, record.certified_on) in known:
                sheet.reject(index, "REG-362", _("同一天已认证"), column=_("认证日期"), subject=subject)
            elif died.get(person, months.FOREVER) < months.of_date(record.certified_on):
                sheet.reject(
                    index, "REG-363", _("认证日期晚于死亡时间"), column=_("认证日期"), subject=subject
                )
            elif record.certified_on > today:
                sheet.reject(index, "REG-364", _("认证日期在将来"), column=_("认证日期"), subject=subject)
        rows = sheet.decide()
        bulk.insert(
            Certification,
            ["origin_id", "person_id", "month", "certified_on", "channel", "evidence"],
            (
                (
                    origin.pk,
                    people[i],
                    months.of_date(r.certified_on),
                    r.certified_on.isoformat(),
                    r.channel,
                    r.evidence,
                )
                for i, r in rows
            ),
        )
        return sheet.outcome(origin)
