"""What rests on a fact that is corrected is corrected with it, and what rests on that, to the end; all of it or nothing.

    contribution → account entry → award (balance) → account pension;   contribution, months insured elsewhere → award (years)
    months insured elsewhere → refund → award (balance);   birth date → award (start month) → account pension;   subsidy entry → its recalculation;   death → end of the relation

Money needs no mention here: it is owed by rule from the facts and comes with the next run.
Code CAS-525: what rests on the fact would lose its conditions; it must be corrected first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.db import models

from jingban.casework.effects.subsidies import CAUSES
from jingban.registry.claims import reached, standings
from jingban.registry.models import AccountEntry, Annuity, Award, Contribution, Death, Relation
from jingban.registry.services._benefits import relations
from jingban.registry.services.correct import CorrectionRecord, correct
from jingban.registry.services.record_contributions import LEDGERS
from jingban.schemes.loader import RESIDENTS
from jingban.store import bulk, live
from jingban.store.origins import Door
from jingban.store.rows import Outcome
from jingban.values.findings import Finding, Refused, refuse
from jingban.values.i18n import gettext as _
from jingban.values.months import FOREVER, format_month, of_date, year_of

Step = tuple[type[models.Model], CorrectionRecord]
BY_DEATH = (RESIDENTS.reason("death"), RESIDENTS.reason("contributor_death"))
FOLLOWED = "CAS-526"
REFUNDED = (Contribution.Kind.OWN, Contribution.Kind.CATCH_UP, Contribution.Kind.COLLECTIVE)
"""What goes back for months paid twice (R1.16-04)."""


def correct_with_consequences(model: type[models.Model], record: CorrectionRecord, door: Door) -> Outcome:
    """Correct one fact and everything that rests on it. Findings CAS-526 (info) name what was corrected with it."""
    old = model._default_manager.filter(pk=record.fact_id).first()
    outcome = correct(model, [record], door)
    if old is not None:
        for next_model, step in _resting(old, record):
            outcome.findings.append(Finding(FOLLOWED, _said(next_model, step), "info", record.row))
            step.row = record.row
            outcome.findings.extend(correct_with_consequences(next_model, step, door).findings)
    return outcome


def birth_date_changed(
    person: int, before: dt.date, after: dt.date, door: Door, row: int | None
) -> list[Finding]:
    """The start month of an award that rested on the old birth date moves with it."""
    findings: list[Finding] = []
    for pk, start in live.by_person(Award, ["id", "start_month"], [person]).get(person, ()):
        region = relations([person])[person][1]
        ages = reached({n: (of_date(day), region) for n, day in enumerate((before, after))}, dt.date.max)
        first, now = (ages[n][1] + 1 for n in (0, 1))
        if start == first != now:
            step = CorrectionRecord(fact_id=pk, changes={"start_month": now}, row=row)
            findings.append(Finding(FOLLOWED, _said(Award, step), "info", row))
            findings.extend(correct_with_consequences(Award, step, door).findings)
        elif start < now:
            text = _("待遇自 {month} 起，改后未满 {age} 周岁，应先更正待遇核定")
            message = text.format(month=format_month(start), age=ages[1][0])
            raise Refused([Finding("CAS-525", message, row=row, column=_("出生日期"))])
    return findings


def insured_elsewhere(person: int, refunded: Mapping[int, int], door: Door, row: int | None) -> list[Finding]:
    """Months that turn out to be paid twice count no more for an award decided here (R1.16-04), nor does their money.

    ``refunded``: January of the year → fen that this brings back.
    """
    findings: list[Finding] = []
    for award in awards_here(person):
        changes = {**_years(award), **_without(award, refunded)}
        if changes:
            step = CorrectionRecord(fact_id=award.pk, changes=changes, row=row)
            findings.append(Finding(FOLLOWED, _said(Award, step), "info", row))
            findings.extend(correct_with_consequences(Award, step, door).findings)
    return findings


def _without(award: Award, refunded: Mapping[int, int]) -> dict[str, Any]:
    """The balance of an award without the refunded part of what had been paid in when it was decided."""
    decided, paid = first_origin(award), live_facts(Contribution, award.person_id)
    less = 0
    for month, fen in refunded.items():
        year = [one for one in paid if one.arrived_on and one.kind in REFUNDED and one.year == year_of(month)]
        stood = sum(one.amount_fen for one in year if first_origin(one) < decided)
        less += fen * stood // max(1, sum(one.amount_fen for one in year))
    return {"balance_fen": award.balance_fen - less} if less else {}


def _root(fact: Any) -> Any:
    """The fact as it first stood, whatever was corrected since."""
    while fact.supersedes_id:
        fact = fact.supersedes
    return fact


def first_origin(fact: Any) -> int:
    """The origin that first brought a fact."""
    return int(_root(fact).origin_id)


def _said(model: type[models.Model], step: CorrectionRecord) -> str:
    what = _("撤回") if step.withdraw else _("更正")
    return _("同时%(what)s：%(title)s %(number)s") % {
        "what": what, "title": model._meta.verbose_name, "number": step.fact_id,
    }  # fmt: skip


def _resting(old: Any, record: CorrectionRecord) -> Iterator[Step]:
    follow = _FOLLOWERS.get(type(old))
    if follow is not None:
        yield from follow(old, record)


def _of_contribution(old: Contribution, record: CorrectionRecord) -> Iterator[Step]:
    same = {name: value for name, value in record.changes.items() if name in ("amount_fen", "year")}
    entry = _entry_of(old)
    if entry is not None and (record.withdraw or same):
        yield AccountEntry, CorrectionRecord(fact_id=entry, changes=same, withdraw=record.withdraw)
    for award in _awards_after(old):
        if years := _years(award):
            yield Award, CorrectionRecord(fact_id=award.pk, changes=years)


def _entry_of(paid: Contribution) -> int | None:
    """The live account entry that a contribution brought, or None when its money never arrived."""
    if paid.arrived_on is None:
        return None
    table = AccountEntry._meta.db_table
    rows = bulk.fetch(
        f"SELECT e.id FROM {table} e WHERE e.person_id = %s AND e.year = %s AND e.ledger = %s AND e.amount_fen = %s "
        f"AND e.cause IN ('contribution', 'owed') AND {live.where(table, 'e')} ORDER BY e.origin_id = %s DESC, e.id",
        [paid.person_id, paid.year, LEDGERS[Contribution.Kind(paid.kind)], paid.amount_fen, paid.origin_id],
    )
    return rows[0][0] if rows else None


def _years(award: Award) -> dict[str, Any]:
    """The years of an award as the rules count them now, where they changed."""
    rule = standings([award.person_id], dt.date.max).get(award.person_id)
    if rule is None or rule.paid == award.paid_years:
        return {}
    if award.basis != Award.Basis.SPECIAL and rule.paid < rule.required <= award.paid_years:
        text = _("更正后缴费 {years} 年，已核定的待遇不再满足 {needed} 年，应先撤回待遇核定")
        raise refuse("CAS-525", text.format(years=rule.paid, needed=rule.required))
    return {"paid_years": rule.paid}


def _of_entry(old: AccountEntry, record: CorrectionRecord) -> Iterator[Step]:
    moved = (0 if record.withdraw else record.changes.get("amount_fen", old.amount_fen)) - old.amount_fen
    if not moved:
        return
    for award in _awards_after(old):
        yield Award, CorrectionRecord(fact_id=award.pk, changes={"balance_fen": award.balance_fen + moved})
    if old.cause in CAUSES.values():
        for part in live_facts(Annuity, old.person_id):
            if part.cause == old.cause and part.balance_fen == old.amount_fen:
                yield Annuity, CorrectionRecord(
                    fact_id=part.pk, changes={} if record.withdraw else {"balance_fen": part.balance_fen + moved},
                    withdraw=record.withdraw,
                )  # fmt: skip


def _of_award(old: Award, record: CorrectionRecord) -> Iterator[Step]:
    renamed = {"start_month": "from_month", "balance_fen": "balance_fen", "divisor": "divisor"}
    same = {renamed[name]: value for name, value in record.changes.items() if name in renamed}
    if not same and not record.withdraw:
        return
    for part in live_facts(Annuity, old.person_id):
        first = (part.cause, part.from_month, part.balance_fen) == ("award", old.start_month, old.balance_fen)
        if first or record.withdraw:
            yield Annuity, CorrectionRecord(fact_id=part.pk, changes=same, withdraw=record.withdraw)


def _of_death(old: Death, record: CorrectionRecord) -> Iterator[Step]:
    for relation in live_facts(Relation, old.person_id):
        if relation.end_reason not in BY_DEATH:
            continue
        if record.withdraw:
            yield (
                Relation,
                CorrectionRecord(fact_id=relation.pk, changes={"valid_to": FOREVER, "end_reason": ""}),
            )
        elif "month" in record.changes:
            yield (
                Relation,
                CorrectionRecord(fact_id=relation.pk, changes={"valid_to": record.changes["month"] + 1}),
            )


def _awards_after(old: Any) -> list[Award]:
    """Live awards of the person that were decided here when the fact already stood."""
    return [award for award in awards_here(old.person_id) if first_origin(award) > first_origin(old)]


def awards_here(person: int) -> list[Award]:
    """Live awards that were decided here, not brought in with the register."""
    return [award for award in live_facts(Award, person) if _root(award).origin.kind != "import"]


def live_facts(model: Any, person: int) -> list[Any]:
    ids = [pk for (pk,) in live.by_person(model, ["id"], [person]).get(person, ())]
    return list(model._default_manager.filter(pk__in=ids).order_by("pk"))


_FOLLOWERS: dict[type[models.Model], Callable[[Any, CorrectionRecord], Iterator[Step]]] = {
    Contribution: _of_contribution, AccountEntry: _of_entry, Award: _of_award, Death: _of_death,
}  # fmt: skip
