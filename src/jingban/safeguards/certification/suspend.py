"""After the cycle: whoever has not been certified is suspended by a case that somebody else approves (R1.10-03).

Codes: SAF-516 a waiver holds in that month, SAF-517 nobody to suspend.
"""

from __future__ import annotations

from jingban.casework.services.bring import Brought, Intake, bring
from jingban.registry.models import Award, Certification, Person, Stoppage
from jingban.registry.services._benefits import deaths
from jingban.safeguards.certification.answers import REASON_CERTIFICATE
from jingban.safeguards.certification.campaign import cycle_months, waived
from jingban.safeguards.certification.status import Result, standings
from jingban.safeguards.models import Campaign
from jingban.store import live
from jingban.store.origins import Door, entering
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _
from jingban.values.months import format_month


def to_suspend(campaign: Campaign, month: int, known_on: object) -> list[int]:
    """Persons not certified whose last certificate no longer covers the month and who are not stopped for it yet."""
    failed = [one.person_id for one in standings(campaign) if one.result not in (Result.PASSED, Result.DEAD)]
    cycle = cycle_months(campaign.region_id, month, known_on)  # type: ignore[arg-type]
    last = dict(live.rows(Award, ["person_id", "start_month"], failed))
    for person, certified in live.rows(Certification, ["person_id", "month"], failed):
        last[person] = max(last.get(person, 0), certified)
    stopped = {
        person
        for person, reason, end in live.rows(Stoppage, ["person_id", "reason", "valid_to"], failed)
        if reason == REASON_CERTIFICATE and end > month
    }
    gone = set(deaths(failed)) | stopped
    return [person for person in failed if person not in gone and last[person] + cycle < month]


def suspend(campaign: Campaign, month: int, door: Door) -> Brought:
    """Bring one batch of suspension cases, effective from ``month``."""
    with entering(door) as origin:
        today = origin.day
        if waived(campaign.region_id, month, today):
            text = _("%(month)s 在延期认证政策之内，未认证也不暂停发放")
            raise refuse("SAF-516", text % {"month": format_month(month)})
        persons = to_suspend(campaign, month, today)
        if not persons:
            raise refuse("SAF-517", _("没有需要暂停的人"))
        numbers: list[str] = []
        for start in range(0, len(persons), 900):
            found = Person.objects.filter(pk__in=persons[start : start + 900]).order_by("pk")
            numbers.extend(found.values_list("number", flat=True))
        rows = [
            {"person": number, "reason": REASON_CERTIFICATE, "from_month": month, "note": campaign.code}
            for number in numbers
        ]
        intake = Intake(
            door.actor, origin.recorded_at, f"{campaign.region_id:06d}", "batch", source=campaign.code
        )
        return bring("suspension", rows, intake, mode="keep_good")
