"""Money of contributions noted earlier that has reached the fund, as the tax office or the treasury reports it (R1.2-04)."""

from __future__ import annotations

from typing import Any

from jingban.registry.lists import columns
from jingban.registry.services.record_arrivals import ArrivalRecord, record_arrivals
from jingban.store.lists import Column, ListSpec
from jingban.store.lists.entry import Defaults, ListEntry
from jingban.values.i18n import gettext as _


def _record(values: dict[str, Any], row: int) -> ArrivalRecord:
    return ArrivalRecord(
        person=values["id_number"], reference=values["reference"], arrived_on=values["arrived_on"], row=row
    )


def _spec(given: Defaults) -> ListSpec[ArrivalRecord]:
    return ListSpec(
        "arrivals",
        _("缴费到账"),
        (
            columns.person(),
            columns.name(),
            Column("reference", _("凭证号"), "digits", True, ("税票号", "电子税票号码", "流水号")),
            Column("arrived_on", _("到账日期"), "date", True, ("划拨日期", "入库日期"), example="2020-09-18"),
        ),
        _record,
        _("缴费先登记、后到账的，到账以后才计入账户、计算年限。"),
    )


ENTRY = ListEntry(
    "arrivals",
    _("缴费到账"),
    _spec,
    lambda records, door, mode, dry_run: record_arrivals(records, door, mode=mode, dry_run=dry_run),
)
