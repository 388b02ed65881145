"""Stopped benefits that run again; what accrued meanwhile is paid by the next run (R1.10-04)."""

from __future__ import annotations

from typing import Any

from jingban.registry.lists import columns
from jingban.registry.services.resume import ResumeRecord, resume
from jingban.store.lists import Column, ListSpec
from jingban.store.lists.entry import Defaults, ListEntry
from jingban.values.i18n import gettext as _


def _record(values: dict[str, Any], row: int, given: Defaults) -> ResumeRecord:
    return ResumeRecord(
        person=values["id_number"], from_month=values.get("from_month", given.cutover), row=row
    )


def _spec(given: Defaults) -> ListSpec[ResumeRecord]:
    return ListSpec(
        "resumptions",
        _("恢复"),
        (
            columns.person(),
            columns.name(),
            Column(
                "from_month",
                _("恢复起始年月"),
                "month",
                False,
                ("恢复年月", "起始年月"),
                help=_("补发从这个月开始；不填则为导入时给出的月份"),
            ),
        ),
        lambda values, row: _record(values, row, given),
    )


ENTRY = ListEntry(
    "resumptions",
    _("恢复"),
    _spec,
    lambda records, door, mode, dry_run: resume(records, door, mode=mode, dry_run=dry_run),
)
