"""Money of contributions noted earlier has reached the fund (划拨, R1.2-04): they count and are booked from now on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from jingban.registry.models import Contribution
from jingban.registry.person_rows import PersonRef, PersonRows, masked
from jingban.registry.services.record_contributions import post_arrived
from jingban.store import live
from jingban.store.origins import Door, entering
from jingban.store.rows import Mode, Outcome
from jingban.store.supersede import supersede
from jingban.values import months
from jingban.values.i18n import gettext as _


@dataclass(slots=True, kw_only=True)
class ArrivalRecord:
    """``reference``: the receipt number under which the contribution was noted."""

    person: PersonRef
    reference: str
    arrived_on: dt.date
    row: int | None = None


def record_arrivals(
    records: Iterable[ArrivalRecord], door: Door, *, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """Codes: REG-211 no such receipt of this person, REG-212 already arrived, REG-204 arrival before payment."""
    with entering(door, dry_run=dry_run) as origin:
        sheet = PersonRows(records, mode)
        people = sheet.resolve()
        fields = ["reference", "id", "kind", "year", "amount_fen", "paid_on", "arrived_on"]
        noted = {
            (person, reference): tuple(rest)
            for person, reference, *rest in live.rows(Contribution, ["person_id", *fields], people.values())
        }
        sheet.once(
            {i: (people[i], r.reference) for i, r in sheet.good()}, "REG-205", _("与第 {row} 行凭证号相同")
        )
        for index, record in list(sheet.good()):
            found = noted.get((people[index], record.reference))
            if found is None:
                sheet.reject(
                    index,
                    "REG-211",
                    _("没有此凭证号的缴费"),
                    column=_("凭证号"),
                    subject=masked(record.person),
                )
            elif found[5] is not None:
                sheet.reject(
                    index, "REG-212", _("此笔缴费已到账"), column=_("凭证号"), subject=masked(record.person)
                )
            elif record.arrived_on < found[4]:
                sheet.reject(
                    index,
                    "REG-204",
                    _("到账日期早于缴费日期"),
                    column=_("到账日期"),
                    subject=masked(record.person),
                )
        rows = [(i, r, noted[people[i], r.reference]) for i, r in sheet.decide()]
        supersede(
            Contribution,
            origin,
            {found[0]: {"arrived_on": r.arrived_on.isoformat()} for _i, r, found in rows},
        )
        post_arrived(
            origin.pk,
            ((people[i], found[1], found[2], months.of_date(r.arrived_on), found[3]) for i, r, found in rows),
        )
        return sheet.outcome(origin, amount_fen=sum(found[3] for _i, _r, found in rows))
