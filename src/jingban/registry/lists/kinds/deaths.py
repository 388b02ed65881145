"""Deaths, as the monthly report of villages, police or civil affairs brings them (R1.12)."""

from __future__ import annotations

from typing import Any

from jingban.registry.lists import columns
from jingban.registry.services.record_deaths import DeathRecord, record_deaths
from jingban.store.lists import Column, ListSpec
from jingban.store.lists.entry import Defaults, ListEntry
from jingban.values.i18n import gettext as _


def _record(values: dict[str, Any], row: int) -> DeathRecord:
    return DeathRecord(
        person=values["id_number"], died_on=values["died_on"], evidence=values.get("evidence", ""), row=row
    )


def _spec(given: Defaults) -> ListSpec[DeathRecord]:
    return ListSpec(
        "deaths",
        _("死亡"),
        (
            columns.person(),
            columns.name(),
            Column("died_on", _("死亡日期"), "date", True, ("死亡时间",), example="2020-05-20"),
            columns.evidence(),
        ),
        _record,
    )


ENTRY = ListEntry(
    "deaths",
    _("死亡"),
    _spec,
    lambda records, door, mode, dry_run: record_deaths(records, door, mode=mode, dry_run=dry_run),
)
