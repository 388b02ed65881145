"""Name who receives what is left for an estate (R1.12-04)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jingban.payments.models import EstatePayee
from jingban.registry.models import Death
from jingban.registry.person_rows import PersonRef, PersonRows, masked
from jingban.store import bulk, live
from jingban.store.origins import Door, entering
from jingban.store.rows import Mode, Outcome
from jingban.store.supersede import supersede
from jingban.values.i18n import gettext as _


@dataclass(slots=True, kw_only=True)
class PayeeRecord:
    person: PersonRef
    name: str
    bank: str
    account: str
    relationship: str = ""
    row: int | None = None


def set_estate_payee(
    records: Iterable[PayeeRecord], door: Door, *, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """Codes: PAY-611 the person is not recorded as dead, PAY-612 no account."""
    with entering(door, dry_run=dry_run) as origin:
        sheet = PersonRows(records, mode)
        people = sheet.resolve()
        sheet.once(people, "REG-135", _("与第 {row} 行是同一人"))
        dead = {person for (person,) in live.rows(Death, ["person_id"], people.values())}
        for index, record in list(sheet.good()):
            if people[index] not in dead:
                sheet.reject(index, "PAY-611", _("此人没有死亡登记"), subject=masked(record.person))
            elif not record.account.strip() or not record.name.strip():
                sheet.reject(
                    index,
                    "PAY-612",
                    _("没有领取人或账号"),
                    column=_("银行账号"),
                    subject=masked(record.person),
                )
        rows = sheet.decide()
        old = live.by_person(EstatePayee, ["id"], (people[i] for i, _r in rows))
        values = {
            i: {"name": r.name, "bank": r.bank, "account": r.account, "relationship": r.relationship}
            for i, r in rows
        }
        supersede(
            EstatePayee, origin, {old[people[i]][-1][0]: values[i] for i, _r in rows if people[i] in old}
        )
        bulk.insert(
            EstatePayee,
            ["origin_id", "person_id", "name", "bank", "account", "relationship"],
            ((origin.pk, people[i], *values[i].values()) for i, _r in rows if people[i] not in old),
        )
        return sheet.outcome(origin)
