"""Awards recalculated because money reached the account afterwards (R1.8-04, R1.18)."""

from __future__ import annotations

from typing import Any

from jingban.registry.lists import columns
from jingban.registry.services.recalculate import RecalculationRecord, recalculate
from jingban.store.lists import Column, ListSpec
from jingban.store.lists.entry import Defaults, ListEntry
from jingban.values.i18n import gettext as _


def _record(values: dict[str, Any], row: int, given: Defaults) -> RecalculationRecord:
    return RecalculationRecord(
        person=values["id_number"],
        from_month=values.get("from_month", given.cutover),
        balance_fen=values["amount_fen"],
        cause=values.get("evidence", "recalculation"),
        row=row,
    )


def _spec(given: Defaults) -> ListSpec[RecalculationRecord]:
    return ListSpec(
        "recalculations",
        _("待遇重算"),
        (
            columns.person(),
            columns.name(),
            Column(
                "amount_fen",
                _("新记入金额"),
                "yuan",
                True,
                ("金额",),
                help=_("每月增发 = 新记入金额 ÷ 当地规定的计发月数"),
            ),
            Column(
                "from_month",
                _("重算起始年月"),
                "month",
                False,
                ("起始年月",),
                help=_("不填则为导入时给出的月份"),
            ),
            columns.evidence(),
        ),
        lambda values, row: _record(values, row, given),
    )


ENTRY = ListEntry(
    "recalculations",
    _("待遇重算"),
    _spec,
    lambda records, door, mode, dry_run: recalculate(records, door, mode=mode, dry_run=dry_run),
)
