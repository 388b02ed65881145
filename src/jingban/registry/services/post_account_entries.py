"""Book entries in personal accounts directly: fishers' and land-lost subsidies, corrections, refunds (R1.4, R1.18)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jingban.registry.models import AccountEntry
from jingban.registry.person_rows import PersonRef, PersonRows, masked
from jingban.registry.services._benefits import balances
from jingban.store import bulk
from jingban.store.origins import Door, entering
from jingban.store.rows import Mode, Outcome
from jingban.values.i18n import gettext as _

LEDGERS = frozenset({1, 3, 4, 5, 6, 11, 21, 22, 31})
"""Sub-ledgers of docs/internals/relations.md."""


@dataclass(slots=True, kw_only=True)
class EntryRecord:
    """A signed booking in fen; ``month`` is the posting month, ``year`` the year it belongs to."""

    person: PersonRef
    ledger: int
    amount_fen: int
    month: int
    year: int
    kind: int = AccountEntry.Kind.PRINCIPAL
    cause: str = "manual"
    row: int | None = None


def post_account_entries(
    records: Iterable[EntryRecord], door: Door, *, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """Codes: REG-221 unknown sub-ledger or kind, REG-222 amount zero, REG-223 the account would fall below zero."""
    with entering(door, dry_run=dry_run) as origin:
        sheet = PersonRows(records, mode)
        people = sheet.resolve()
        standing = balances(people.values())
        for index, record in list(sheet.good()):
            subject = masked(record.person)
            if record.ledger not in LEDGERS or record.kind not in AccountEntry.Kind.values:
                sheet.reject(index, "REG-221", _("没有此分账或性质"), column=_("分账"), subject=subject)
            elif record.amount_fen == 0:
                sheet.reject(index, "REG-222", _("金额为零"), column=_("金额"), subject=subject)
            elif record.amount_fen < 0 and standing.get(people[index], 0) + record.amount_fen < 0:
                sheet.reject(index, "REG-223", _("账户余额不足"), column=_("金额"), subject=subject)
            else:
                standing[people[index]] = standing.get(people[index], 0) + record.amount_fen
        rows = sheet.decide()
        bulk.insert(
            AccountEntry,
            ["origin_id", "person_id", "ledger", "kind", "year", "month", "amount_fen", "cause"],
            (
                (origin.pk, people[i], r.ledger, int(r.kind), r.year, r.month, r.amount_fen, r.cause)
                for i, r in rows
            ),
        )
        return sheet.outcome(origin, amount_fen=sum(r.amount_fen for _i, r in rows))
