"""Certification without being noticed (R1.10-01): traces of life that other bodies saw come before anybody is asked."""

from __future__ import annotations

import datetime as dt
from typing import Any

from jingban.registry.codebooks import DATA_MATCH
from jingban.safeguards.certification.answers import AnswerRecord, take_answers
from jingban.safeguards.certification.status import PENDING, standings
from jingban.safeguards.matching.match import list_table, match, register_table
from jingban.safeguards.models import Campaign, OtherList
from jingban.store import bulk
from jingban.store.origins import Door
from jingban.store.rows import Outcome
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _


def certify_from_traces(campaign: Campaign, since: dt.date, door: Door) -> Outcome:
    """Everybody still waiting whose number and name stand on a trace list with a day from ``since`` on: passed by data.

    Only an equal number with an equal name counts; the newest trace is the certificate. Code SAF-515: no trace lists.
    """
    lists = list(OtherList.objects.filter(source="traces").values_list("pk", flat=True))
    if not lists:
        raise refuse("SAF-515", _("没有生存轨迹名单，请先导入"))
    waiting = {one.person_id for one in standings(campaign) if one.result == PENDING}
    listed = list_table(lists)
    hits = [
        hit
        for hit in match(register_table(listed), listed, ranked=False)
        if hit.confidence == "certain" and hit.person_id in waiting
    ]
    rows = {
        row: (_day(on), text, source, number)
        for row, on, text, source, number in bulk.fetch(
            "SELECT r.id, r.event_on, r.detail, l.name, r.row FROM safeguards_otherrow r "
            f"JOIN safeguards_otherlist l ON l.id = r.list_id WHERE {bulk.among('r.id')}",
            [bulk.listed(hit.row_id for hit in hits)],
        )
    }
    newest: dict[int, tuple[dt.date, str]] = {}
    for hit in hits:
        day, text, source, number = rows[hit.row_id]
        if day and day >= since and (hit.person_id not in newest or day > newest[hit.person_id][0]):
            newest[hit.person_id] = day, f"{text} {source} #{number}".strip()
    records = [
        AnswerRecord(
            person=person,
            campaign=campaign.code,
            result="passed",
            channel=DATA_MATCH,
            happened_on=day,
            evidence=evidence,
        )
        for person, (day, evidence) in sorted(newest.items())
    ]
    return take_answers(records, door, "keep_good")


def _day(value: Any) -> dt.date | None:
    return dt.date.fromisoformat(value) if isinstance(value, str) else value
