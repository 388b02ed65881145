"""Deaths, as the monthly report of villages, police or civil affairs brings them."""

from __future__ import annotations

from typing import Any

from jingban.registry.lists import cells, columns
from jingban.registry.lists.kind import Column, Given, ListKind
from jingban.registry.services.record_deaths import DeathRecord, record_deaths
from jingban.values.i18n import gettext as _


def _record(values: dict[str, Any], row: int, given: Given) -> DeathRecord:
    return DeathRecord(
        person=values["id_number"], died_on=values["died_on"], evidence=values.get("evidence", ""), row=row
    )


KIND = ListKind(
    "deaths",
    _("死亡"),
    [
        columns.person(),
        columns.name(required=False),
        Column("died_on", _("死亡日期"), cells.date, ("死亡时间", "aae138"), True),
        columns.remark(),
    ],
    _record,
    lambda records, door, mode, dry_run: record_deaths(records, door, mode=mode, dry_run=dry_run),
)
