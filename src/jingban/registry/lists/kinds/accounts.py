"""Bank accounts to which pensions go."""

from __future__ import annotations

from typing import Any

from jingban.registry.lists import columns
from jingban.registry.services.set_bank_account import BankAccountRecord, set_bank_account
from jingban.store.lists import Column, ListSpec
from jingban.store.lists.entry import Defaults, ListEntry
from jingban.values.i18n import gettext as _


def _record(values: dict[str, Any], row: int, given: Defaults) -> BankAccountRecord:
    return BankAccountRecord(
        person=values["id_number"],
        bank=values["bank"],
        account=values["account"],
        holder=values.get("holder", ""),
        from_month=values.get("from_month", given.cutover),
        row=row,
    )


def _spec(given: Defaults) -> ListSpec[BankAccountRecord]:
    return ListSpec(
        "accounts",
        _("银行账户"),
        (
            columns.person(),
            columns.name(),
            *columns.bank(required=True),
            Column("from_month", _("起始年月"), "month", help=_("不填则为导入时给出的月份")),
        ),
        lambda values, row: _record(values, row, given),
    )


ENTRY = ListEntry(
    "accounts",
    _("银行账户"),
    _spec,
    lambda records, door, mode, dry_run: set_bank_account(records, door, mode=mode, dry_run=dry_run),
)
