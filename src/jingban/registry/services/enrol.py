"""Enrol people (参保登记, R1.1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from jingban.registry.claims import reached
from jingban.registry.law import policy
from jingban.registry.models import Relation
from jingban.registry.services._people import (
    PersonRecord,
    check_groups,
    read_identities,
    refuse_known,
    refuse_shared_accounts,
    write_people,
)
from jingban.registry.services.award import POOR
from jingban.store.origins import Door, entering
from jingban.store.rows import Mode, Outcome, Rows
from jingban.values import months
from jingban.values.i18n import gettext as _
from jingban.values.masking import mask_id


@dataclass(slots=True, kw_only=True)
class EnrolRecord(PersonRecord):
    """One new participant; ``student`` and ``covered_elsewhere`` as found by data comparison (R1.1-01, R1.1-06)."""

    student: bool = False
    covered_elsewhere: bool = False
    entry: int = Relation.Entry.NEW


def enrol(
    records: Iterable[EnrolRecord], door: Door, *, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """Register new participants. Codes REG-110 to REG-132; below the joining age on the
    day of registration REG-118, student or covered elsewhere REG-119, past the pension age where no rule of the county admits it REG-120."""
    with entering(door, dry_run=dry_run) as origin:
        sheet = Rows(records, mode)
        read = read_identities(sheet)
        births = {i: (months.of_date(read[i].birth), int(r.region)) for i, r in sheet.good()}
        ages = reached(births, origin.day)
        for index, record in list(sheet.good()):
            subject = mask_id(read[index].id_number)
            joining = policy().value(
                "join_age",
                record.region,
                max(record.from_month, policy().begins("join_age", record.region)),
                origin.day,
            )
            if _age_on(read[index].birth, _registered(record, origin.day)) < joining:
                text = _("登记当日未满 {age} 周岁，不能参保").format(age=joining)
                sheet.reject(index, "REG-118", text, subject=subject)
            elif record.from_month > ages[index][1] and not _admitted(
                record, births[index][0], ages[index][0], origin.day
            ):
                text = _(
                    "已满 {age} 周岁，本地没有允许到龄后新参保的规定（参数 catch_up_over_60、poverty_admission）"
                )
                sheet.reject(index, "REG-120", text.format(age=ages[index][0]), subject=subject)
            elif record.student or record.covered_elsewhere:
                sheet.reject(
                    index,
                    "REG-119",
                    _("在校学生或已在其他制度参保，不能参保"),
                    subject=mask_id(read[index].id_number),
                )
        refuse_known(sheet, read)
        check_groups(sheet)
        refuse_shared_accounts(sheet)
        rows = sheet.decide()
        sheet.people = write_people(origin, rows, read, Relation.Entry.NEW)
        return sheet.outcome(origin)


def _registered(record: EnrolRecord, today: dt.date) -> dt.date:
    """The day of registration: today in its month, the last day of an earlier or later one."""
    return today if months.of_date(today) == record.from_month else months.last_day(record.from_month)


def _age_on(birth: dt.date, day: dt.date) -> int:
    """Completed years on a day."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _admitted(record: EnrolRecord, birth_month: int, age: int, known_on: dt.date) -> bool:
    """Who may still join past the pension age: as old as that at the launch (no years asked, R1.6-02), by a one-time payment
    (R1.17), or poor (R1.6-03). Without a launch month only who was that old before the scheme began anywhere is sure."""
    launch = policy().find("scheme_launch", record.region, record.from_month, known_on)
    begun = launch.value if launch is not None else policy().begins("pension_age", record.region)
    rules = {
        name: policy().find(name, record.region, record.from_month, known_on)
        for name in ("catch_up_over_60", "poverty_admission")
    }
    allowed = {name for name, found in rules.items() if found is not None and found.value}
    poor = any(group in POOR and first <= record.from_month < until for group, first, until in record.groups)
    return (
        birth_month + 12 * age <= begun
        or "catch_up_over_60" in allowed
        or ("poverty_admission" in allowed and poor)
    )
