"""Relations that move to another place (R1.15)."""

from __future__ import annotations

from typing import Any

from jingban.registry.lists import columns
from jingban.registry.services.transfer import TransferOutRecord, transfer_out
from jingban.store.lists import Column, ListSpec
from jingban.store.lists.entry import Defaults, ListEntry
from jingban.values.i18n import gettext as _


def _record(values: dict[str, Any], row: int, given: Defaults) -> TransferOutRecord:
    return TransferOutRecord(
        person=values["id_number"],
        month=values.get("month", given.cutover),
        other_region=values["other_region"],
        reference=values.get("reference", ""),
        cash=values.get("cash", True),
        row=row,
    )


def _spec(given: Defaults) -> ListSpec[TransferOutRecord]:
    return ListSpec(
        "transfers",
        _("外出转移"),
        (
            columns.person(),
            columns.name(),
            Column(
                "other_region",
                _("转入地区划"),
                "digits",
                True,
                ("转入地", "转入地行政区划"),
                example="510402",
            ),
            Column("month", _("办结年月"), "month", False, ("转出年月",), help=_("不填则为导入时给出的月份")),
            Column("reference", _("联系函号"), "text", False, ("接收函号",)),
            Column("cash", _("转移资金"), "flag", help=_("省内转移只转关系的填“否”；不填为“是”")),
        ),
        lambda values, row: _record(values, row, given),
    )


ENTRY = ListEntry(
    "transfers",
    _("外出转移"),
    _spec,
    lambda records, door, mode, dry_run: transfer_out(records, door, mode=mode, dry_run=dry_run),
)
