"""Whose matters somebody opened: noted once a day each; who opens many in a day is reported to the auditor."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.timezone import localtime

from jingban.casework.models import Reading
from jingban.casework.services.offices import outside
from jingban.registry.person_rows import find_persons
from jingban.store import audit
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _

ACTION = "report.many_persons"
"""Of the entry that reports it: once when the number is reached, again at each further multiple of it."""


def opened(actor: str, subject: str, at: dt.datetime) -> None:
    """``subject``: a person (``#12``) or a case without one. The auditor hears when ``many_persons`` of a day is reached."""
    day = localtime(at).date()
    if Reading.objects.filter(actor=actor, day=day, subject=subject).exists():
        return
    try:
        with transaction.atomic():
            Reading.objects.create(actor=actor, day=day, subject=subject, at=at)
    except IntegrityError:  # opened twice in the same moment
        return
    count, many = Reading.objects.filter(actor=actor, day=day).count(), settings.CENTRE.many_persons
    if many > 0 and count % many == 0:
        with transaction.atomic():
            detail = {"日期": day.isoformat(), "人数": count}
            audit.append([audit.Entry(actor, ACTION, actor, detail)], at)


def subject_of(person: int | None, otherwise: str) -> str:
    """How a reading names whom it is about."""
    return f"#{person}" if person else otherwise


def open_person(reference: str, actor: str, at: dt.datetime) -> None:
    """Somebody asks for a person by number. One of another office is not in the register for them: refuses REG-101."""
    found = find_persons([reference])[reference]
    for person in found:
        open_found(person, actor, at)


def open_found(person: int, actor: str, at: dt.datetime) -> None:
    """Somebody opens a person who was found. One of another office is not there for them: refuses REG-101."""
    if outside([person], actor):
        raise refuse("REG-101", _("登记簿中没有此人"))
    opened(actor, subject_of(person, ""), at)
