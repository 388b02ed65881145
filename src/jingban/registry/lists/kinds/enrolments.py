"""New participants (参保登记)."""

from __future__ import annotations

from typing import Any

from jingban.registry.lists import columns
from jingban.registry.models import Relation
from jingban.registry.services.enrol import EnrolRecord, enrol
from jingban.store.lists import Column, ListSpec
from jingban.store.lists.entry import Defaults, ListEntry
from jingban.values.i18n import gettext as _
from jingban.values.months import FOREVER

ENTRIES = {
    "新参保": int(Relation.Entry.NEW),
    "转入": int(Relation.Entry.TRANSFER_IN),
    "特殊申请": int(Relation.Entry.SPECIAL),
}


def _record(values: dict[str, Any], row: int, given: Defaults) -> EnrolRecord:
    fields = dict(values)
    month = fields.setdefault("from_month", given.cutover)
    fields.setdefault("region", given.region)
    groups = columns.group_ids(fields.pop("groups", ""))
    return EnrolRecord(**fields, groups=[(group, month, FOREVER) for group in groups], row=row)


def _spec(given: Defaults) -> ListSpec[EnrolRecord]:
    return ListSpec(
        "enrolments",
        _("新参保"),
        (
            *columns.identity(),
            Column("entry", _("参保方式"), "choice", choices=ENTRIES),
            Column("student", _("在校学生"), "flag"),
            Column("covered_elsewhere", _("已参加其他制度"), "flag"),
        ),
        lambda values, row: _record(values, row, given),
    )


ENTRY = ListEntry(
    "enrolments",
    _("新参保"),
    _spec,
    lambda records, door, mode, dry_run: enrol(records, door, mode=mode, dry_run=dry_run),
)
