"""Set or change the bank account a person is paid on (R1.6-08; high risk, R1.19-02)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jingban.registry.models import BankAccount, Identity
from jingban.registry.person_rows import PersonRef, PersonRows, masked
from jingban.registry.services._people import refuse_shared_accounts
from jingban.store import bulk, live
from jingban.store.origins import Door, entering
from jingban.store.rows import Mode, Outcome
from jingban.store.supersede import supersede
from jingban.values.i18n import gettext as _


@dataclass(slots=True, kw_only=True)
class BankAccountRecord:
    """The new account replaces the old one from now on. ``holder`` empty: the person."""

    person: PersonRef
    bank: str
    account: str
    from_month: int
    holder: str = ""
    row: int | None = None


def set_bank_account(
    records: Iterable[BankAccountRecord], door: Door, *, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """Codes: REG-131, REG-132 account shared with another person, REG-133 not an account number;
    warning REG-134 when the holder is not the insured person (R1.19-04)."""
    with entering(door, dry_run=dry_run) as origin:
        sheet = PersonRows(records, mode)
        people = sheet.resolve()
        sheet.once(people, "REG-135", _("与第 {row} 行是同一人"))
        for index, record in list(sheet.good()):
            if not (8 <= len(record.account) <= 32 and record.account.isascii() and record.account.isdigit()):
                sheet.reject(
                    index,
                    "REG-133",
                    _("银行账号应为 8 至 32 位数字"),
                    column=_("银行账号"),
                    subject=masked(record.person),
                )
        refuse_shared_accounts(sheet, dict(people.items()))
        names = dict(live.rows(Identity, ["person_id", "name"], people.values()))
        for index, record in list(sheet.good()):
            if record.holder and record.holder != names[people[index]]:
                sheet.warn(
                    index,
                    "REG-134",
                    _("户名与参保人姓名不同"),
                    column=_("户名"),
                    subject=masked(record.person),
                )
        rows = sheet.decide()
        old = live.by_person(BankAccount, ["id"], (people[i] for i, _r in rows))
        values = {
            i: {
                "bank": r.bank,
                "account": r.account,
                "holder": r.holder or names[people[i]],
                "valid_from": r.from_month,
            }
            for i, r in rows
        }
        supersede(
            BankAccount, origin, {old[people[i]][-1][0]: values[i] for i, _r in rows if people[i] in old}
        )
        bulk.insert(
            BankAccount,
            ["origin_id", "person_id", "bank", "account", "holder", "valid_from"],
            ((origin.pk, people[i], *values[i].values()) for i, _r in rows if people[i] not in old),
        )
        return sheet.outcome(origin)
