"""Change who a person is (key data: reviewed, R1.1-05) and where they live (contact data: at once)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from jingban.registry.models import Identity, Residence
from jingban.registry.person_rows import PersonRef, PersonRows, masked
from jingban.store import bulk, live
from jingban.store.origins import Door, entering
from jingban.store.rows import Mode, Outcome
from jingban.store.supersede import supersede
from jingban.values import citizen_id
from jingban.values.i18n import gettext as _
from jingban.values.masking import mask_id


@dataclass(slots=True, kw_only=True)
class KeyDataRecord:
    """What is None stays. A changed ID number brings its own birth date unless ``birth_date`` names the approved one."""

    person: PersonRef
    name: str | None = None
    id_number: str | None = None
    birth_date: dt.date | None = None
    sex: str | None = None
    ethnicity: str | None = None
    row: int | None = None


@dataclass(slots=True, kw_only=True)
class ContactRecord:
    """What is None stays."""

    person: PersonRef
    from_month: int
    township_code: str | None = None
    township: str | None = None
    village_code: str | None = None
    village: str | None = None
    group_name: str | None = None
    address: str | None = None
    phone: str | None = None
    row: int | None = None


def change_key_data(
    records: Iterable[KeyDataRecord], door: Door, *, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """Codes: REG-111 ID number, REG-113 birth date and number disagree, REG-115 the number belongs to another person,
    REG-151 nothing to change."""
    with entering(door, dry_run=dry_run) as origin:
        sheet = PersonRows(records, mode)
        people = sheet.resolve()
        sheet.once(people, "REG-135", _("与第 {row} 行是同一人"))
        current = {
            row[0]: row[1:] for row in live.rows(Identity, ["person_id", "id", "id_number"], people.values())
        }
        changes: dict[int, dict[str, Any]] = {}
        numbers: dict[int, str] = {}
        for index, record in list(sheet.good()):
            changed = _key_changes(sheet, index, record)
            if changed is None:
                continue
            if not changed:
                sheet.reject(index, "REG-151", _("没有要变更的内容"), subject=masked(record.person))
                continue
            told = citizen_id.parse(changed.get("id_number", current[people[index]][1])).birth
            if told is not None and changed.get("birth_date", told.isoformat()) != told.isoformat():
                sheet.reject(
                    index,
                    "REG-113",
                    _("出生日期与证件号码不一致"),
                    column=_("出生日期"),
                    subject=masked(record.person),
                )
                continue
            if "id_number" in changed:
                numbers[index] = changed["id_number"]
            changes[index] = changed
        sheet.once(numbers, "REG-114", _("与第 {row} 行证件号码相同"), column=_("证件号码"))
        held = bulk.fetch(
            f"SELECT i.id_number, i.person_id FROM registry_identity i WHERE {bulk.among('i.id_number', text=True)} "
            f"AND {live.where('registry_identity', 'i')}",
            [bulk.listed(numbers.values())],
        )
        owner = dict(held)
        for index, number in numbers.items():
            if index not in sheet.bad and owner.get(number, people[index]) != people[index]:
                sheet.reject(
                    index,
                    "REG-115",
                    _("证件号码已登记在他人名下"),
                    column=_("证件号码"),
                    subject=mask_id(number),
                )
        rows = sheet.decide()
        supersede(Identity, origin, {current[people[i]][0]: changes[i] for i, _r in rows})
        return sheet.outcome(origin)


def _key_changes(
    sheet: PersonRows[KeyDataRecord], index: int, record: KeyDataRecord
) -> dict[str, Any] | None:
    """The fields to change; None after a rejection."""
    changed: dict[str, Any] = {
        key: value
        for key in ("name", "sex", "ethnicity")
        if (value := getattr(record, key)) is not None and value.strip()
    }
    if record.id_number is not None:
        parsed = citizen_id.parse(record.id_number)
        if not parsed.ok:
            sheet.reject(
                index, "REG-111", _("证件号码有误"), column=_("证件号码"), subject=mask_id(parsed.number)
            )
            return None
        changed |= {"id_number": parsed.number, "id_status": "ok"}
        if parsed.birth:
            changed["birth_date"] = parsed.birth.isoformat()
    if record.birth_date is not None:
        changed["birth_date"] = record.birth_date.isoformat()
    return changed


def change_contact(
    records: Iterable[ContactRecord], door: Door, *, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """Code: REG-151 nothing to change."""
    with entering(door, dry_run=dry_run) as origin:
        sheet = PersonRows(records, mode)
        people = sheet.resolve()
        sheet.once(people, "REG-135", _("与第 {row} 行是同一人"))
        current = live.by_person(Residence, ["id"], people.values())
        keys = ("township_code", "township", "village_code", "village", "group_name", "address", "phone")
        changes: dict[int, dict[str, Any]] = {}
        for index, record in list(sheet.good()):
            changes[index] = {key: value for key in keys if (value := getattr(record, key)) is not None}
            if not changes[index]:
                sheet.reject(index, "REG-151", _("没有要变更的内容"), subject=masked(record.person))
        rows = sheet.decide()
        supersede(
            Residence,
            origin,
            {
                current[people[i]][-1][0]: {**changes[i], "valid_from": r.from_month}
                for i, r in rows
                if people[i] in current
            },
        )
        fresh = [(i, r) for i, r in rows if people[i] not in current]
        bulk.insert(
            Residence,
            ["origin_id", "person_id", "valid_from", *keys],
            (
                (origin.pk, people[i], r.from_month, *(changes[i].get(key, "") for key in keys))
                for i, r in fresh
            ),
        )
        return sheet.outcome(origin)
