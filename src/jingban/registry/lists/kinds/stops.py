"""Benefits stopped or held back (R1.11)."""

from __future__ import annotations

from typing import Any

from jingban.registry.lists import columns
from jingban.registry.lists.kinds.people import REASONS
from jingban.registry.services.stop import StopRecord, stop
from jingban.store.lists import Column, ListSpec
from jingban.store.lists.entry import Defaults, ListEntry
from jingban.values.i18n import gettext as _
from jingban.values.months import FOREVER


def _record(values: dict[str, Any], row: int, given: Defaults) -> StopRecord:
    kind, reason = values["reason"]
    return StopRecord(
        person=values["id_number"],
        kind=kind,
        reason=reason,
        from_month=values.get("from_month", given.cutover),
        to_month=values["through_month"] + 1 if "through_month" in values else FOREVER,
        note=values.get("evidence", ""),
        row=row,
    )


def _spec(given: Defaults) -> ListSpec[StopRecord]:
    return ListSpec(
        "stops",
        _("暂停"),
        (
            columns.person(),
            columns.name(),
            Column("reason", _("暂停原因"), "choice", True, ("aae160",), REASONS),
            Column(
                "from_month",
                _("暂停起始年月"),
                "month",
                False,
                ("暂停年月", "起始年月"),
                help=_("不填则为导入时给出的月份"),
            ),
            Column("through_month", _("截止年月"), "month", help=_("不填为未定")),
            columns.evidence(),
        ),
        lambda values, row: _record(values, row, given),
    )


ENTRY = ListEntry(
    "stops",
    _("暂停"),
    _spec,
    lambda records, door, mode, dry_run: stop(records, door, mode=mode, dry_run=dry_run),
)
