"""Consultations at the counter and by telephone: counted, without personal data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from jingban.casework.models import Case, Consultation
from jingban.store import bulk
from jingban.store.origins import Door, entering
from jingban.values.findings import Finding, Refused
from jingban.values.i18n import gettext as _

PHONE = "phone"
CHANNELS = (*Case.Channel.values, PHONE)


@dataclass(frozen=True, slots=True)
class ConsultRecord:
    """One question: when, about what, how."""

    at: dt.datetime
    subject: str
    channel: str = Case.Channel.COUNTER
    office: str = ""
    actor: str = ""


def record_consultations(records: Iterable[ConsultRecord], door: Door) -> int:
    """Enter consultations. Refuses CAS-801 no subject, CAS-802 unknown channel, CAS-803 in the future."""
    rows = list(records)
    with entering(door) as origin:
        findings = []
        for index, record in enumerate(rows, start=1):
            if not record.subject.strip():
                findings.append(Finding("CAS-801", _("没有咨询事项"), row=index))
            elif record.channel not in CHANNELS:
                findings.append(Finding("CAS-802", _("没有此渠道"), row=index))
            elif record.at > origin.recorded_at:
                findings.append(Finding("CAS-803", _("咨询时间在将来"), row=index))
        if findings:
            raise Refused(findings)
        return bulk.insert(
            Consultation,
            ["at", "subject", "channel", "office", "actor", "origin_id"],
            (
                (
                    bulk.moment(r.at),
                    r.subject.strip(),
                    str(r.channel),
                    r.office,
                    r.actor or door.actor,
                    origin.pk,
                )
                for r in rows
            ),
        )
