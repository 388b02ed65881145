"""Enrol people (参保登记, R1.1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jingban.registry.models import Relation
from jingban.registry.origins import Door, entering
from jingban.registry.services._people import (
    PersonRecord,
    age_at,
    check_groups,
    read_identities,
    refuse_known,
    refuse_shared_accounts,
    write_people,
)
from jingban.registry.sheet import Mode, Outcome, Sheet
from jingban.values.i18n import gettext as _
from jingban.values.masking import mask_id

JOINING_AGE = 16
"""R1.1-01"""


@dataclass(slots=True, kw_only=True)
class EnrolRecord(PersonRecord):
    """One new participant; ``student`` and ``covered_elsewhere`` as found by data comparison (R1.1-01, R1.1-06)."""

    student: bool = False
    covered_elsewhere: bool = False
    entry: int = Relation.Entry.NEW


def enrol(
    records: Iterable[EnrolRecord], door: Door, *, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """Register new participants. Codes REG-110 to REG-132; under 16 REG-118, student or covered elsewhere REG-119."""
    with entering(door, dry_run=dry_run) as origin:
        sheet = Sheet(records, mode)
        read = read_identities(sheet)
        for index, record in list(sheet.good()):
            if age_at(read[index].birth, record.from_month) < JOINING_AGE:
                sheet.reject(
                    index, "REG-118", _("未满 16 周岁，不能参保"), subject=mask_id(read[index].id_number)
                )
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
