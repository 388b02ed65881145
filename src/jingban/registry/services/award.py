"""Award the pension (待遇核定, R1.6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from jingban.registry import bulk, live
from jingban.registry.models import Annuity, Award, Identity, OtherPension
from jingban.registry.origins import Door, entering
from jingban.registry.services import _benefits
from jingban.registry.services._people import age_at
from jingban.registry.sheet import Mode, Outcome, PersonRef, Sheet, masked
from jingban.values import months
from jingban.values.i18n import gettext as _

AWARD_AGE, AWARD_YEARS = 60, 15
"""R1.6-01"""


@dataclass(slots=True, kw_only=True)
class AwardRecord:
    """A decision. What is None is taken from the register: start month (R1.6-05), years, account balance.

    ``basis``: REGULAR wants 15 years; TRANSITIONAL wants ``required_years`` (R1.6-02, measured at the local launch);
    SPECIAL (R1.6-03) wants none.
    """

    person: PersonRef
    decided_on: dt.date
    start_month: int | None = None
    basis: int = Award.Basis.REGULAR
    required_years: int = AWARD_YEARS
    paid_years: int | None = None
    balance_fen: int | None = None
    divisor: int = 139
    row: int | None = None


def award(
    records: Iterable[AwardRecord], door: Door, *, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """Codes: REG-301 before 60, REG-302 years short, REG-303 already awarded, REG-304 dead, REG-305 other benefit,
    REG-306 no relation, REG-307 start month before the conditions are met or after the decision's next month."""
    with entering(door, dry_run=dry_run) as origin:
        sheet = Sheet(records, mode)
        people = sheet.resolve()
        sheet.once(people, "REG-303", _("与第 {row} 行是同一人"))
        paid = _benefits.paid_years(people.values())
        starts = _check(sheet, people, paid)
        rows = sheet.decide()
        balance = _benefits.balances(people[i] for i, _r in rows)
        amounts = {i: balance.get(people[i], 0) if r.balance_fen is None else r.balance_fen for i, r in rows}
        bulk.insert(
            Award,
            ["origin_id", "person_id", "start_month", "paid_years", "basis", "balance_fen", "divisor", "decided_on"],
            (
                (origin.pk, people[i], starts[i], paid[people[i]] if r.paid_years is None else r.paid_years, int(r.basis),
                 amounts[i], r.divisor, r.decided_on.isoformat())
                for i, r in rows
            ),
        )  # fmt: skip
        bulk.insert(
            Annuity,
            ["origin_id", "person_id", "from_month", "balance_fen", "divisor", "cause"],
            ((origin.pk, people[i], starts[i], amounts[i], r.divisor, "award") for i, r in rows),
        )
        return sheet.outcome(origin)


def _check(sheet: Sheet[AwardRecord], people: dict[int, int], paid: dict[int, int]) -> dict[int, int]:
    """Reject what R1.6 forbids; index -> start month of the rest."""
    births = dict(live.rows(Identity, ["person_id", "birth_date"], people.values()))
    awarded, died = _benefits.awards(people.values()), _benefits.deaths(people.values())
    related = _benefits.relations(people.values())
    other = live.by_person(OtherPension, ["from_month"], people.values())
    starts: dict[int, int] = {}
    for index, record in list(sheet.good()):
        person, subject = people[index], masked(record.person)
        sixty = months.of_date(births[person]) + AWARD_AGE * 12
        start = record.start_month if record.start_month is not None else sixty + 1
        years = paid[person] if record.paid_years is None else record.paid_years
        needed = 0 if record.basis == Award.Basis.SPECIAL else record.required_years
        if person in awarded:
            sheet.reject(index, "REG-303", _("已核定待遇，不能重复核定"), subject=subject)
        elif person in died and died[person] < start:
            sheet.reject(index, "REG-304", _("此人在待遇起始月前已死亡"), subject=subject)
        elif person not in related or related[person][3] <= start:
            sheet.reject(index, "REG-306", _("没有有效的参保关系"), subject=subject)
        elif age_at(births[person], start - 1) < AWARD_AGE:
            sheet.reject(
                index, "REG-301", _("未满 60 周岁不能领取待遇"), column=_("待遇起始月"), subject=subject
            )
        elif start > months.of_date(record.decided_on) + 1:
            sheet.reject(
                index, "REG-307", _("待遇起始月晚于核定次月"), column=_("待遇起始月"), subject=subject
            )
        elif years < needed:
            text = _("缴费 {years} 年，不足 {needed} 年").format(years=years, needed=needed)
            sheet.reject(index, "REG-302", text, column=_("缴费年限"), subject=subject)
        elif any(first <= start for (first,) in other.get(person, ())):
            sheet.reject(index, "REG-305", _("已领取其他基本养老待遇"), subject=subject)
        starts[index] = start
    return starts
