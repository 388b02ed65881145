"""The yearly enrolment drive (全民参保): who is interrupted, hesitant or not insured at all, and what asking them found out.

Codes: SAF-602 the year's list is frozen already, SAF-603 not on the year's list, SAF-604 nobody to ask.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from jingban.registry import relations
from jingban.registry.law import policy
from jingban.safeguards.matching.match import list_table, match, register_table
from jingban.safeguards.models import DrivePerson, DriveResult, OtherList
from jingban.store import audit, bulk, live
from jingban.store.origins import Door, entering
from jingban.store.rows import Mode, Outcome, Rows
from jingban.values import citizen_id
from jingban.values.citizen_id import normalise
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _
from jingban.values.masking import mask_id
from jingban.values.months import month as month_of
from jingban.values.months import of_date

HESITANT_AFTER = 2
"""Years without a contribution from which a person is called hesitant, not only interrupted."""


def freeze_drive(region: int, year: int, door: Door) -> Counter[str]:
    """Write the year's list once: register people without a contribution the year before, and household rows nobody matches."""
    with entering(door) as origin:
        if DrivePerson.objects.filter(year=year).exists():
            raise refuse("SAF-602", _("%(year)s 年的扩面名单已经生成") % {"year": year})
        rows = [*_lapsed(region, year), *_uninsured(region, year)]
        if not rows:
            raise refuse("SAF-604", _("没有需要动员的人"))
        unique = {row[3]: row for row in reversed(rows)}
        fields = [
            "year",
            "why",
            "person_id",
            "id_number",
            "name",
            "township",
            "village",
            "last_year",
            "origin_id",
        ]
        bulk.insert(DrivePerson, fields, ((*row, origin.pk) for row in reversed(unique.values())))
        counts = Counter(row[1] for row in unique.values())
        audit.append([audit.Entry(door.actor, "drive.frozen", str(year), dict(counts))], origin.recorded_at)
        return counts


def _ages(region: int, month: int) -> tuple[int, int]:
    """The age from which people contribute and the age at which they are paid, by the law of a month."""
    code = f"{region:06d}"
    return policy().value("join_age", code, month), policy().value("pension_age", code, month)


def _lapsed(region: int, year: int) -> list[tuple[Any, ...]]:
    """People of contributing age whose newest contribution year is before ``year - 1``."""
    january = month_of(year, 1)
    joining, ending = _ages(region, january)
    rows = bulk.fetch(
        "SELECT p.person_id, i.id_number, i.name, h.township, h.village, "
        "COALESCE((SELECT MAX(c.year) FROM registry_contribution c WHERE c.person_id = p.person_id AND c.kind <> 4 "
        f"AND c.arrived_on IS NOT NULL AND {live.where('registry_contribution', 'c')}), 0), "
        "COALESCE((SELECT MAX(o.through_year) FROM registry_openinghistory o WHERE o.person_id = p.person_id AND o.years > 0 "
        f"AND {live.where('registry_openinghistory', 'o')}), 0) "
        f"FROM ({relations.select('f_person')}) p "
        f"JOIN registry_identity i ON i.person_id = p.person_id AND {live.where('registry_identity', 'i')} "
        f"JOIN registry_relation r ON r.person_id = p.person_id AND {live.where('registry_relation', 'r')} AND r.valid_to > %s "
        f"LEFT JOIN registry_residence h ON h.person_id = p.person_id AND {live.where('registry_residence', 'h')} "
        f"WHERE p.region_id = %s AND %s - p.birth_month BETWEEN {12 * joining} AND {12 * ending - 1} "
        f"AND NOT EXISTS (SELECT 1 FROM ({relations.select('f_award')}) a WHERE a.person_id = p.person_id) "
        f"AND NOT EXISTS (SELECT 1 FROM ({relations.select('f_death')}) d WHERE d.person_id = p.person_id) ORDER BY p.person_id",
        [january, region, january],
    )
    found = []
    for person, number, name, township, village, paid, brought in rows:
        last = max(paid, brought)
        if last < year - 1:
            why = DrivePerson.Why.HESITANT if last < year - HESITANT_AFTER else DrivePerson.Why.INTERRUPTED
            found.append((year, why.value, person, number, name, township or "", village or "", last))
    return found


def _uninsured(region: int, year: int) -> list[tuple[Any, ...]]:
    """Rows of household lists with a valid number, of contributing age, whom no rule finds in the register."""
    lists = list(OtherList.objects.filter(source="household").values_list("pk", flat=True))
    if not lists:
        return []
    listed = list_table(lists)
    hit = {one.row_id for one in match(register_table(listed), listed, ranked=False)}
    elsewhere = {
        number
        for (number,) in bulk.fetch(
            "SELECT DISTINCT r.id_number FROM safeguards_otherrow r JOIN safeguards_otherlist l ON l.id = r.list_id "
            "WHERE l.source = 'other_insured'"
        )
    }
    rows = bulk.fetch(
        f"SELECT id, id_number, name, township, village FROM safeguards_otherrow WHERE {bulk.among('list_id')} ORDER BY id",
        [bulk.listed(lists)],
    )
    january = month_of(year, 1)
    joining, ending = _ages(region, january)
    found = []
    for pk, number, name, township, village in rows:
        born = citizen_id.parse(number).birth
        if pk in hit or number in elsewhere or born is None:
            continue
        if joining <= (january - of_date(born)) // 12 < ending:
            found.append((year, DrivePerson.Why.UNINSURED.value, None, number, name, township, village, 0))
    return found


@dataclass(slots=True, kw_only=True)
class DriveRecord:
    """What came of asking one person of a year's list."""

    year: int
    id_number: str
    result: str
    note: str = ""
    row: int | None = None


def record_results(
    records: Iterable[DriveRecord], door: Door, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """Write results; the newest counts."""
    with entering(door, dry_run=dry_run) as origin:
        sheet = Rows(records, mode)
        years = {record.year for record in sheet.records}
        asked = {
            (year, number): pk
            for pk, year, number in DrivePerson.objects.filter(year__in=years).values_list(
                "pk", "year", "id_number"
            )
        }
        keys = {index: (record.year, normalise(record.id_number)) for index, record in sheet.good()}
        sheet.once(keys, "SAF-509", _("与第 {row} 行是同一人"))
        for index, record in list(sheet.good()):
            if keys[index] not in asked:
                sheet.reject(index, "SAF-603", _("不在这一年的扩面名单上"), subject=mask_id(record.id_number))
        rows = sheet.decide()
        bulk.insert(
            DriveResult,
            ["asked_id", "result", "note", "origin_id"],
            ((asked[keys[index]], record.result, record.note, origin.pk) for index, record in rows),
        )
        return sheet.outcome(origin)


def progress(year: int) -> dict[str, Counter[str]]:
    """Why -> newest result (``open``: not asked yet) -> persons."""
    newest: dict[int, str] = dict(
        DriveResult.objects.filter(asked__year=year).order_by("pk").values_list("asked_id", "result")
    )
    found: dict[str, Counter[str]] = {}
    for pk, why in DrivePerson.objects.filter(year=year).values_list("pk", "why"):
        found.setdefault(why, Counter())[newest.get(pk, "open")] += 1
    return found
