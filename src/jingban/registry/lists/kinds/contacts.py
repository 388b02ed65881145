"""Homes and telephones that change (R1.1-05, at once)."""

from __future__ import annotations

from typing import Any

from jingban.registry.lists import columns
from jingban.registry.services.change_person import ContactRecord, change_contact
from jingban.store.lists import Column, ListSpec
from jingban.store.lists.entry import Defaults, ListEntry
from jingban.values.i18n import gettext as _

_FIELDS = ("township_code", "township", "village_code", "village", "group_name", "address", "phone")


def _record(values: dict[str, Any], row: int, given: Defaults) -> ContactRecord:
    fields = {key: values[key] for key in _FIELDS if key in values}
    month = values.get("from_month", given.cutover)
    return ContactRecord(person=values["id_number"], from_month=month, row=row, **fields)


def _spec(given: Defaults) -> ListSpec[ContactRecord]:
    wanted = {"id_number", "name", *_FIELDS}
    return ListSpec(
        "contacts",
        _("住址电话变更"),
        (
            *(column for column in columns.identity() if column.key in wanted and column.key != "name"),
            columns.name(),
            Column("from_month", _("变更年月"), "month", help=_("不填则为导入时给出的月份")),
        ),
        lambda values, row: _record(values, row, given),
    )


ENTRY = ListEntry(
    "contacts",
    _("住址电话变更"),
    _spec,
    lambda records, door, mode, dry_run: change_contact(records, door, mode=mode, dry_run=dry_run),
)
