"""Closed cases of a year become numbered volumes with their retention period (R1.21; 人社部令 3号).

A volume holds one kind; its papers stand in the order of their numbers. Retention counts from 1 January of the year after.
Codes CAS-9xx: 901 the year is not over, 902 nothing to file.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from jingban.casework.kind import kind_of
from jingban.casework.models import Case, CaseEvent, Filing, Volume
from jingban.casework.services.figures import CLOSED
from jingban.casework.services.state import in_state
from jingban.casework.stored import year_span
from jingban.registry.law import policy
from jingban.store import audit, bulk
from jingban.store.origins import Door, entering
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _
from jingban.values.months import month

PER_VOLUME = 200
PERMANENT = "permanent"
NATION = "000000"


@dataclass(frozen=True, slots=True)
class Filed:
    """One volume made."""

    year: int
    number: int
    kind: str
    retention: str
    count: int

    @property
    def destroy_from(self) -> int | None:
        """First year in which it may be destroyed; None: never."""
        return None if self.retention == PERMANENT else self.year + 1 + int(self.retention)


def archive(year: int, door: Door) -> list[Filed]:
    """File every case closed in the year that lies in no volume yet; asked again, it files only what came since."""
    with entering(door) as origin:
        if origin.recorded_at < year_span(year)[1]:
            raise refuse("CAS-901", _("%(year)d 年还没有结束") % {"year": year})
        groups: dict[str, list[int]] = {}
        for case, kind in _closed(year):
            groups.setdefault(kind, []).append(case)
        if not groups:
            raise refuse("CAS-902", _("%(year)d 年没有待归档的业务") % {"year": year})
        number = (
            Volume.objects.filter(year=year).order_by("-number").values_list("number", flat=True).first() or 0
        )
        made: list[Filed] = []
        for code in sorted(groups):
            for start in range(0, len(groups[code]), PER_VOLUME):
                part, number = groups[code][start : start + PER_VOLUME], number + 1
                retention = _retention(code, year)
                volume = Volume.objects.create(
                    year=year,
                    number=number,
                    kind=code,
                    retention=retention,
                    retained_from=year + 1,
                    origin=origin,
                )
                bulk.insert(
                    Filing,
                    ["volume_id", "case_id", "place"],
                    ((volume.pk, c, n) for n, c in enumerate(part, start=1)),
                )
                made.append(Filed(year, number, code, retention, len(part)))
        detail = {"卷": len(made), "件": sum(volume.count for volume in made)}
        audit.append([audit.Entry(door.actor, "archive.filed", str(year), detail)], origin.recorded_at)
        return made


def _retention(code: str, year: int) -> str:
    """Years of retention by the centre's law at the end of the year, or permanent. POL-201 where the law says nothing."""
    named = kind_of(code).retention
    if named == PERMANENT:
        return PERMANENT
    return str(policy().value(named, settings.CENTRE.region or NATION, month(year, 12)))


def _closed(year: int) -> list[tuple[int, str]]:
    start, end = year_span(year)
    ended = in_state(*CLOSED).filter(at__gte=start, at__lt=end, case__filing__isnull=True)
    return list(ended.order_by("case__kind", "case_id").values_list("case_id", "case__kind"))


def unfiled(year: int) -> int:
    """Cases of the year that are still open, and so in no volume."""
    start, end = year_span(year)
    return (
        in_state(CaseEvent.State.PENDING, CaseEvent.State.RETURNED)
        .filter(case__received_at__gte=start, case__received_at__lt=end)
        .count()
    )


def place_of(number: str) -> str:
    """``2020-0003-17`` of a case, or empty."""
    case = Case.objects.filter(number=number).first()
    filing = Filing.objects.select_related("volume").filter(case=case).first() if case else None
    return "" if filing is None else f"{filing.volume}-{filing.place:03d}"
