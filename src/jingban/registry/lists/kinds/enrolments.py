"""New participants (参保登记)."""

from __future__ import annotations

from typing import Any

from jingban.registry.lists import cells, columns
from jingban.registry.lists.kind import Column, Given, ListKind
from jingban.registry.models import Relation
from jingban.registry.services.enrol import EnrolRecord, enrol
from jingban.values.i18n import gettext as _
from jingban.values.months import FOREVER

ENTRIES = {
    "新参保": int(Relation.Entry.NEW),
    "转入": int(Relation.Entry.TRANSFER_IN),
    "特殊申请": int(Relation.Entry.SPECIAL),
}
_YES = {"是": True, "否": False, "1": True, "0": False}


def _record(values: dict[str, Any], row: int, given: Given) -> EnrolRecord:
    values = dict(values)
    groups = values.pop("groups", ())
    month = values.setdefault("from_month", given.month)
    values.setdefault("region", given.region)
    return EnrolRecord(**values, groups=[(group, month, FOREVER) for group in groups], row=row)


KIND = ListKind(
    "enrolments",
    _("新参保"),
    [
        *columns.identity(),
        Column("entry", _("参保方式"), cells.choice(ENTRIES), words=tuple(ENTRIES)),
        Column("student", _("在校学生"), cells.choice(_YES), words=("是", "否")),
        Column("covered_elsewhere", _("已参加其他制度"), cells.choice(_YES), words=("是", "否")),
    ],
    _record,
    lambda records, door, mode, dry_run: enrol(records, door, mode=mode, dry_run=dry_run),
    (_("参保年月不填时为导入时给出的月份。"),),
)
