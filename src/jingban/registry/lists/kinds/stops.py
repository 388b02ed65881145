"""Benefits stopped or held back."""

from __future__ import annotations

from typing import Any

from jingban.registry.lists import cells, columns
from jingban.registry.lists.kind import Column, Given, ListKind
from jingban.registry.lists.kinds.people import REASONS
from jingban.registry.services.stop import StopRecord, stop
from jingban.values.i18n import gettext as _
from jingban.values.months import FOREVER


def _record(values: dict[str, Any], row: int, given: Given) -> StopRecord:
    kind, reason = values["reason"]
    return StopRecord(
        person=values["id_number"],
        kind=kind,
        reason=reason,
        from_month=values.get("from_month", given.month),
        to_month=values["through_month"] + 1 if "through_month" in values else FOREVER,
        note=values.get("evidence", ""),
        row=row,
    )


KIND = ListKind(
    "stops",
    _("暂停"),
    [
        columns.person(),
        columns.name(required=False),
        Column("reason", _("暂停原因"), cells.choice(REASONS), ("aae160",), True, words=tuple(REASONS)),
        Column(
            "from_month",
            _("暂停起始年月"),
            cells.month,
            ("暂停年月", "起始年月"),
            help=_("不填则为导入时给出的月份"),
        ),
        Column("through_month", _("截止年月"), cells.month, help=_("不填为未定")),
        columns.remark(),
    ],
    _record,
    lambda records, door, mode, dry_run: stop(records, door, mode=mode, dry_run=dry_run),
)
