"""Money booked straight to personal accounts: fishers', land-lost farmers' subsidies, corrections (R1.4, R1.18)."""

from __future__ import annotations

from typing import Any

from jingban.registry.lists import columns
from jingban.registry.services.post_account_entries import EntryRecord, post_account_entries
from jingban.store.lists import Column, ListSpec
from jingban.store.lists.entry import Defaults, ListEntry
from jingban.values import months
from jingban.values.i18n import gettext as _

LEDGERS = {
    "个人缴费": 1, "省级补贴": 3, "市级补贴": 4, "县级补贴": 5, "集体补助": 6, "代缴": 11, "退捕渔民补助": 21,
    "被征地补助": 22, "转入": 31,
}  # fmt: skip


def _record(values: dict[str, Any], row: int, given: Defaults) -> EntryRecord:
    month = values.get("month", given.cutover)
    return EntryRecord(
        person=values["id_number"],
        ledger=values["ledger"],
        amount_fen=values["amount_fen"],
        month=month,
        year=values.get("year", months.year_of(month)),
        cause=values.get("evidence", "import"),
        row=row,
    )


def _spec(given: Defaults) -> ListSpec[EntryRecord]:
    return ListSpec(
        "entries",
        _("账户记账"),
        (
            columns.person(),
            columns.name(),
            Column("ledger", _("分账"), "choice", True, ("aae341",), LEDGERS),
            Column("amount_fen", _("金额"), "yuan", True, ("aae019",), help=_("冲减填负数")),
            Column("month", _("记账年月"), "month", help=_("不填则为导入时给出的月份")),
            Column("year", _("所属年度"), "integer"),
            columns.evidence(),
        ),
        lambda values, row: _record(values, row, given),
    )


ENTRY = ListEntry(
    "entries",
    _("账户记账"),
    _spec,
    lambda records, door, mode, dry_run: post_account_entries(records, door, mode=mode, dry_run=dry_run),
)
