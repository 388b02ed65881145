"""Key data that change: name, ID number, birth date, sex, ethnicity (R1.1-05, reviewed)."""

from __future__ import annotations

from typing import Any

from jingban.registry.lists import columns
from jingban.registry.services.change_person import KeyDataRecord, change_key_data
from jingban.store.lists import Column, ListSpec
from jingban.store.lists.entry import Defaults, ListEntry
from jingban.values.i18n import gettext as _


def _record(values: dict[str, Any], row: int) -> KeyDataRecord:
    fields = {key.removeprefix("new_"): value for key, value in values.items() if key.startswith("new_")}
    return KeyDataRecord(person=values["id_number"], row=row, **fields)


def _spec(given: Defaults) -> ListSpec[KeyDataRecord]:
    return ListSpec(
        "changes",
        _("人员变更"),
        (
            columns.person(),
            columns.name(),
            Column("new_name", _("新姓名"), "text", False, ("变更后姓名",)),
            Column("new_id_number", _("新证件号码"), "digits", False, ("变更后证件号码",)),
            Column("new_birth_date", _("新出生日期"), "date", False, ("变更后出生日期",)),
            Column("new_sex", _("新性别"), "choice", False, ("变更后性别",), columns.SEXES),
            Column("new_ethnicity", _("新民族"), "text", False, ("变更后民族",)),
        ),
        _record,
    )


ENTRY = ListEntry(
    "changes",
    _("人员变更"),
    _spec,
    lambda records, door, mode, dry_run: change_key_data(records, door, mode=mode, dry_run=dry_run),
)
