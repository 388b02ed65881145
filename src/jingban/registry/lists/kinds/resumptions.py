"""Stopped benefits that run again."""

from __future__ import annotations

from typing import Any

from jingban.registry.lists import cells, columns
from jingban.registry.lists.kind import Column, Given, ListKind
from jingban.registry.services.resume import ResumeRecord, resume
from jingban.values.i18n import gettext as _


def _record(values: dict[str, Any], row: int, given: Given) -> ResumeRecord:
    return ResumeRecord(person=values["id_number"], from_month=values.get("from_month", given.month), row=row)


KIND = ListKind(
    "resumptions",
    _("恢复"),
    [
        columns.person(),
        columns.name(required=False),
        Column(
            "from_month",
            _("恢复起始年月"),
            cells.month,
            ("恢复年月", "起始年月"),
            help=_("补发从这个月开始；不填则为导入时给出的月份"),
        ),
        columns.remark(),
    ],
    _record,
    lambda records, door, mode, dry_run: resume(records, door, mode=mode, dry_run=dry_run),
)
