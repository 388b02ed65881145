"""Book contributions as the tax authority reports them (R1.2-04), government-paid ones and collective aid included."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from jingban.registry.law import policy
from jingban.registry.models import AccountEntry, Contribution
from jingban.registry.person_rows import PersonRef, PersonRows, masked
from jingban.registry.services._benefits import deaths, relations
from jingban.registry.services._tiers import refuse_by_law
from jingban.store import bulk, live
from jingban.store.origins import Door, entering
from jingban.store.rows import Mode, Outcome
from jingban.values import months
from jingban.values.i18n import gettext as _

LEDGERS = {
    Contribution.Kind.OWN: 1,
    Contribution.Kind.CATCH_UP: 1,
    Contribution.Kind.GOVERNMENT: 11,
    Contribution.Kind.COLLECTIVE: 6,
}
"""Sub-ledger of the account that each kind of payment goes to (R1.4-01)."""
ITEM_GOVERNMENT_PAID = 402
NATION = "000000"


@dataclass(slots=True, kw_only=True)
class ContributionRecord:
    """One payment. Without ``arrived_on`` it is noted but not booked. ``reference`` is the tax office's receipt number."""

    person: PersonRef
    year: int
    amount_fen: int
    paid_on: dt.date
    kind: int = Contribution.Kind.OWN
    tier_fen: int = 0
    arrived_on: dt.date | None = None
    tax_posted_on: dt.date | None = None
    payer: str = ""
    reference: str = ""
    row: int | None = None


def record_contributions(
    records: Iterable[ContributionRecord], door: Door, *, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """Codes: REG-201 no live relation, REG-202 amount, REG-203 year, REG-204 dates, REG-205 receipt twice,
    REG-206 after death, REG-207 government pays once a year (R1.3-04), REG-208 catch-up for the current year,
    REG-209, 210, 213 to 217 what the law says of amounts, tiers, catch-up and who is due a pension already (``_tiers``)."""
    with entering(door, dry_run=dry_run) as origin:
        sheet = PersonRows(records, mode)
        people = sheet.resolve()
        _check(sheet, people)
        _refuse_twice(sheet, people)
        refuse_by_law(sheet, people, origin.day)
        rows = sheet.decide()
        bulk.insert(
            Contribution,
            ["origin_id", "person_id", "year", "kind", "tier_fen", "amount_fen", "payer", "reference", "paid_on",
             "tax_posted_on", "arrived_on", "month"],
            (
                (origin.pk, people[i], r.year, int(r.kind), r.tier_fen or r.amount_fen, r.amount_fen, r.payer, r.reference,
                 r.paid_on.isoformat(), _iso(r.tax_posted_on), _iso(r.arrived_on), months.of_date(r.paid_on))
                for i, r in rows
            ),
        )  # fmt: skip
        post_arrived(
            origin.pk,
            (
                (people[i], r.kind, r.year, months.of_date(r.arrived_on), r.amount_fen)
                for i, r in rows
                if r.arrived_on
            ),
        )
        return sheet.outcome(origin, amount_fen=sum(r.amount_fen for _i, r in rows))


def post_arrived(origin_id: int, arrived: Iterable[tuple[int, int, int, int, int]]) -> None:
    """Account entries of contributions whose money arrived: (person, kind, year, month of arrival, fen)."""
    bulk.insert(
        AccountEntry,
        ["origin_id", "person_id", "ledger", "kind", "item", "year", "month", "amount_fen", "cause"],
        (
            (origin_id, person, LEDGERS[Contribution.Kind(kind)], int(AccountEntry.Kind.PRINCIPAL),
             ITEM_GOVERNMENT_PAID if kind == Contribution.Kind.GOVERNMENT else 0, year, month, amount, "contribution")
            for person, kind, year, month, amount in arrived
        ),
    )  # fmt: skip


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _check(sheet: PersonRows[ContributionRecord], people: dict[int, int]) -> None:
    died, related = deaths(people.values()), relations(people.values())
    for index, record in list(sheet.good()):
        person, paid = people[index], months.of_date(record.paid_on)
        subject = masked(record.person)
        relation = related.get(person)
        if record.amount_fen <= 0:
            sheet.reject(index, "REG-202", _("缴费金额必须大于零"), column=_("金额"), subject=subject)
        elif record.year > record.paid_on.year + 1 or record.year < months.year_of(
            policy().begins("required_years", NATION)
        ):
            sheet.reject(index, "REG-203", _("缴费年度不合理"), column=_("缴费年度"), subject=subject)
        elif record.kind == Contribution.Kind.CATCH_UP and record.year >= record.paid_on.year:
            sheet.reject(index, "REG-208", _("补缴只能补以前年度"), column=_("缴费年度"), subject=subject)
        elif record.arrived_on and record.arrived_on < record.paid_on:
            sheet.reject(index, "REG-204", _("到账日期早于缴费日期"), column=_("到账日期"), subject=subject)
        elif died.get(person, months.FOREVER) < paid:
            sheet.reject(index, "REG-206", _("缴费日期晚于死亡时间"), column=_("缴费日期"), subject=subject)
        elif relation is None or not relation[2] <= paid < relation[3]:
            sheet.reject(index, "REG-201", _("缴费时没有有效的参保关系"), subject=subject)


def _refuse_twice(sheet: PersonRows[ContributionRecord], people: dict[int, int]) -> None:
    receipts = {index: record.reference for index, record in sheet.good() if record.reference}
    sheet.once(receipts, "REG-205", _("与第 {row} 行凭证号相同"), column=_("凭证号"))
    government = {i: (people[i], r.year) for i, r in sheet.good() if r.kind == Contribution.Kind.GOVERNMENT}
    sheet.once(government, "REG-207", _("与第 {row} 行重复：同一人同一年度只能代缴一次"))
    known: set[str] = set()
    if receipts:
        table = Contribution._meta.db_table
        known = {
            reference
            for (reference,) in bulk.fetch(
                f"SELECT c.reference FROM {table} c WHERE {bulk.among('c.person_id')} AND c.reference <> '' "
                f"AND {live.where(table, 'c')}",
                [bulk.listed(people.values())],
            )
        }
    paid = set()
    if government:
        paid = {
            (person, year)
            for person, year, kind in live.rows(
                Contribution, ["person_id", "year", "kind"], (person for person, _year in government.values())
            )
            if kind == Contribution.Kind.GOVERNMENT
        }
    for index, record in list(sheet.good()):
        if record.reference and record.reference in known:
            sheet.reject(
                index, "REG-205", _("凭证号已入账"), column=_("凭证号"), subject=masked(record.person)
            )
        elif index in government and government[index] in paid:
            sheet.reject(index, "REG-207", _("该年度已代缴"), subject=masked(record.person))
