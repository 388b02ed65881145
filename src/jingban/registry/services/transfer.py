"""Move the relation to or from another place (关系转移接续, R1.15)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from jingban.registry.claims import paid_years
from jingban.registry.models import AccountEntry, OpeningHistory, Relation, Transfer
from jingban.registry.person_rows import PersonRef, PersonRows, masked
from jingban.registry.services import _benefits
from jingban.registry.services._accounts import ledger_balances
from jingban.registry.services.running_interest import credit_until, owed_until
from jingban.schemes.loader import RESIDENTS
from jingban.store import bulk
from jingban.store.origins import Door, entering
from jingban.store.rows import Mode, Outcome
from jingban.store.supersede import supersede
from jingban.values import months
from jingban.values.i18n import gettext as _

REASON_MOVED = RESIDENTS.reason("contributor_other_end")


@dataclass(slots=True, kw_only=True)
class TransferOutRecord:
    """Completed in ``month``; ``cash``: the balance goes along (across provinces), else it stays booked (R1.15-02)."""

    person: PersonRef
    month: int
    other_region: str
    reference: str = ""
    cash: bool = True
    row: int | None = None


@dataclass(slots=True, kw_only=True)
class TransferInRecord:
    """``balances``: sub-ledger -> fen received; ``years`` are added to the contribution years."""

    person: PersonRef
    month: int
    other_region: str
    region: str
    years: int
    through_year: int
    balances: Mapping[int, int] = field(default_factory=dict)
    reference: str = ""
    row: int | None = None


def transfer_out(
    records: Iterable[TransferOutRecord], door: Door, *, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """The account goes with its interest to the month (R1.5-05). Codes: REG-381 in receipt never moves (R1.15-01), REG-382 no live
    relation, REG-383 dead, REG-385 no rate of interest is known: later nobody could reach what is missing."""
    with entering(door, dry_run=dry_run) as origin:
        sheet = PersonRows(records, mode)
        people = sheet.resolve()
        sheet.once(people, "REG-382", _("与第 {row} 行是同一人"))
        awarded, died = _benefits.awards(people.values()), _benefits.deaths(people.values())
        related, years = _benefits.relations(people.values()), paid_years(people.values())
        for index, record in list(sheet.good()):
            person, subject = people[index], masked(record.person)
            if person in awarded:
                sheet.reject(index, "REG-381", _("已领取待遇，关系不转移"), subject=subject)
            elif person in died:
                sheet.reject(index, "REG-383", _("此人已死亡"), subject=subject)
            elif person not in related or not related[person][2] <= record.month < related[person][3]:
                sheet.reject(index, "REG-382", _("该月没有有效的参保关系"), subject=subject)
        going = {people[i]: r.month for i, r in sheet.good() if r.cash}
        held = ledger_balances(going)
        unknown = owed_until(going, origin.day).unknown
        for index, record in list(sheet.good()):
            if record.cash and people[index] in unknown and any(held.get(people[index], {}).values()):
                text = _("没有公布过的记账利率，利息无法随账户转移；补齐 interest_rate 参数后再办")
                sheet.reject(index, "REG-385", text, subject=masked(record.person))
        rows = sheet.decide()
        credit_until({people[i]: r.month for i, r in rows if r.cash}, origin)
        standing = ledger_balances(people[i] for i, r in rows if r.cash)
        bulk.insert(
            Transfer,
            ["origin_id", "person_id", "direction", "other_region", "reference", "month", "amount_fen", "years"],
            (
                (origin.pk, people[i], int(Transfer.Direction.OUT), r.other_region, r.reference, r.month,
                 sum(standing.get(people[i], {}).values()), years[people[i]])
                for i, r in rows
            ),
        )  # fmt: skip
        bulk.insert(
            AccountEntry,
            ["origin_id", "person_id", "ledger", "kind", "year", "month", "amount_fen", "cause"],
            (
                (origin.pk, people[i], ledger, int(AccountEntry.Kind.MOVED), months.year_of(r.month), r.month, -amount,
                 "transfer-out")
                for i, r in rows
                for ledger, amount in standing.get(people[i], {}).items()
                if amount
            ),
        )  # fmt: skip
        supersede(
            Relation,
            origin,
            {related[people[i]][0]: {"valid_to": r.month + 1, "end_reason": REASON_MOVED} for i, r in rows},
        )
        return sheet.outcome(origin, amount_fen=sum(sum(balance.values()) for balance in standing.values()))


def transfer_in(
    records: Iterable[TransferInRecord], door: Door, *, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """The person is registered already (perhaps by ``enrol`` with entry TRANSFER_IN). Codes: REG-384 amounts or years."""
    with entering(door, dry_run=dry_run) as origin:
        sheet = PersonRows(records, mode)
        people = sheet.resolve()
        related = _benefits.relations(people.values())
        for index, record in list(sheet.good()):
            if record.years < 0 or any(amount <= 0 for amount in record.balances.values()):
                sheet.reject(index, "REG-384", _("转入年限或金额不合理"), subject=masked(record.person))
        rows = sheet.decide()
        bulk.insert(
            Relation,
            ["origin_id", "person_id", "region_id", "valid_from", "entry"],
            (
                (origin.pk, people[i], int(r.region), r.month, int(Relation.Entry.TRANSFER_IN))
                for i, r in rows
                if people[i] not in related or related[people[i]][3] <= r.month
            ),
        )
        bulk.insert(
            Transfer,
            ["origin_id", "person_id", "direction", "other_region", "reference", "month", "amount_fen", "years"],
            (
                (origin.pk, people[i], int(Transfer.Direction.IN), r.other_region, r.reference, r.month,
                 sum(r.balances.values()), r.years)
                for i, r in rows
            ),
        )  # fmt: skip
        bulk.insert(
            OpeningHistory,
            ["origin_id", "person_id", "years", "through_year"],
            ((origin.pk, people[i], r.years, r.through_year) for i, r in rows if r.years),
        )
        bulk.insert(
            AccountEntry,
            ["origin_id", "person_id", "ledger", "kind", "year", "month", "amount_fen", "cause"],
            (
                (origin.pk, people[i], ledger, int(AccountEntry.Kind.PRINCIPAL), months.year_of(r.month), r.month, amount,
                 "transfer-in")
                for i, r in rows
                for ledger, amount in r.balances.items()
            ),
        )  # fmt: skip
        return sheet.outcome(origin, amount_fen=sum(sum(r.balances.values()) for _i, r in rows))
