"""Freeze the list of a campaign at a day, as the register knew it then.

Codes: SAF-501 no such campaign, SAF-511 nobody to list, SAF-512 the name is taken, SAF-513 the days are in the wrong order.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from jingban.registry import relations
from jingban.registry.law import tables
from jingban.safeguards.models import Campaign, CampaignPerson
from jingban.schemes.loader import RESIDENTS
from jingban.store import audit, bulk, live
from jingban.store.models import Origin
from jingban.store.origins import Door, entering
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _
from jingban.values.months import of_date

OLD = 80
DISABLED = ", ".join(map(str, RESIDENTS.among("disabled")))
"""Groups of docs/internals/relations.md: 重残, 残疾."""
CHINA = dt.timezone(dt.timedelta(hours=8))


def campaign_of(code: str) -> Campaign:
    """A campaign by name; the newest when none is given. Refuses with SAF-501."""
    found = Campaign.objects.filter(code=code).first() if code else Campaign.objects.order_by("-pk").first()
    if found is None:
        text = (
            _("没有认证批次“%(code)s”") if code else _("还没有认证批次，先用 jingban certify freeze 定名单")
        )
        raise refuse("SAF-501", text % {"code": code})
    return found


def freeze(
    code: str, frozen_on: dt.date, due_on: dt.date, region: int, door: Door, *, everybody: bool = False
) -> Campaign:
    """List everybody in receipt on ``frozen_on`` whose certificate runs out by ``due_on``; ``everybody``: all in receipt."""
    if due_on < frozen_on:
        raise refuse("SAF-513", _("办结期限早于名单截止日"))
    with entering(door) as origin:
        if Campaign.objects.filter(code=code).exists():
            raise refuse("SAF-512", _("批次“%(code)s”已有") % {"code": code})
        horizon = _horizon(frozen_on)
        cycle = cycle_months(region, of_date(due_on), origin.day)
        until = 10**6 if everybody else of_date(due_on) - cycle
        rows = bulk.fetch(_listed(horizon, of_date(frozen_on), region), [until])
        if not rows:
            text = _("按 %(day)s 当天已登记的内容，没有需要认证的人")
            raise refuse("SAF-511", text % {"day": frozen_on})
        campaign = Campaign.objects.create(
            code=code, region_id=region, frozen_on=frozen_on, due_on=due_on, horizon=horizon, count=len(rows),
            maker=door.actor, origin=origin,
        )  # fmt: skip
        eighty = frozen_on.replace(year=frozen_on.year - OLD, day=min(frozen_on.day, 28))
        bulk.insert(
            CampaignPerson,
            ["campaign_id", "person_id", "township", "village", "group_name", "old", "disabled", "certified_month"],
            (
                (campaign.pk, person, township or "", village or "", group or "", _day(birth) <= eighty, bool(disabled), month)
                for person, birth, disabled, month, township, village, group in rows
            ),
        )  # fmt: skip
        detail = {"批次": code, "人数": len(rows)}
        audit.append([audit.Entry(door.actor, "certify.frozen", code, detail)], origin.recorded_at)
        return campaign


def _day(value: Any) -> dt.date:
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


def _horizon(day: dt.date) -> int:
    """The newest origin by the end of the day."""
    end = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), CHINA)
    found = Origin.objects.filter(recorded_at__lt=end).order_by("-pk").values_list("pk", flat=True).first()
    return found or 0


def cycle_months(region: int, month: int, known_on: dt.date) -> int:
    """Months a certificate lasts (R1.10-02), from the policy; refuses with SAF-514 when the policy has a hole."""
    for _region, start, end, months in tables(region, known_on)["cycle"]:
        if start <= month < end:
            return months
    raise refuse("SAF-514", _("没有这个月的认证周期参数"))


def waived(region: int, month: int, known_on: dt.date) -> bool:
    """Whether a waiver keeps everybody in payment in that month (R1.10-05)."""
    return any(start <= month < end for _region, start, end in tables(region, known_on)["waiver"])


def _listed(horizon: int, month: int, region: int) -> str:
    """person, birth date, disabled, last certificate, township, village, group; one parameter: the newest month listed."""

    def fact(name: str) -> str:
        return relations.select(name, horizon)

    certified = f"SELECT person_id, MAX(month) AS month FROM ({fact('f_certified')}) c GROUP BY person_id"
    group = (
        "SELECT 1 FROM registry_groupmembership g WHERE g.person_id = a.person_id "
        f"AND g.group_id IN ({DISABLED}) AND g.valid_from <= {month} AND {month} < g.valid_to "
        f"AND {live.where('registry_groupmembership', 'g', horizon)}"
    )
    stopped = (
        f"SELECT 1 FROM ({fact('f_stop')}) s WHERE s.person_id = a.person_id AND s.kind = 1 "
        f"AND s.from_month <= {month} AND {month} < s.to_month"
    )
    # Who is held for want of a certificate already knows it and comes by way of resumption.
    asked = (
        f"SELECT 1 FROM registry_stoppage q WHERE q.person_id = a.person_id AND q.reason = '{RESIDENTS.reason('uncertified')}' "
        f"AND q.valid_from <= {month} AND {month} < q.valid_to AND {live.where('registry_stoppage', 'q', horizon)}"
    )
    gone = " AND ".join(
        f"NOT EXISTS (SELECT 1 FROM ({fact(name)}) x WHERE x.person_id = a.person_id)"
        for name in ("f_death", "f_other_pension")
    )
    return (
        f"SELECT a.person_id, i.birth_date, CASE WHEN EXISTS ({group}) THEN 1 ELSE 0 END, "
        "COALESCE(c.month, a.start_month) AS certified, h.township, h.village, h.group_name "
        f"FROM ({fact('f_award')}) a JOIN ({fact('f_person')}) p ON p.person_id = a.person_id AND p.region_id = {int(region)} "
        f"JOIN registry_identity i ON i.person_id = a.person_id AND {live.where('registry_identity', 'i', horizon)} "
        f"LEFT JOIN registry_residence h ON h.person_id = a.person_id AND {live.where('registry_residence', 'h', horizon)} "
        f"LEFT JOIN ({certified}) c ON c.person_id = a.person_id "
        f"WHERE a.start_month <= {month} AND NOT EXISTS ({stopped}) AND NOT EXISTS ({asked}) AND {gone} "
        "AND COALESCE(c.month, a.start_month) <= %s "
        "ORDER BY h.township, h.village, h.group_name, a.person_id"
    )
