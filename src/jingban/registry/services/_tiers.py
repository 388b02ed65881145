"""What the law says of an amount and of a catch-up before it is booked: tiers (R1.2), years and age (R1.17).

Codes: REG-209 above the highest tier, REG-210 below the lowest tier open to the person, REG-213 a catch-up that is no tier,
REG-214 no rule admits this catch-up, REG-215 more years than may be caught up, REG-216 the pension is due already,
REG-217 the amount after raising the tier is no tier; warning REG-218: whether this catch-up is admitted is not in the law.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from jingban.registry.claims import Standing, standings
from jingban.registry.law import policy, tables
from jingban.registry.models import Contribution, GroupMembership
from jingban.registry.person_rows import masked
from jingban.registry.services._benefits import relations
from jingban.rules.codes import HARDSHIP_GROUPS
from jingban.store import live
from jingban.store.rows import Rows
from jingban.values import months
from jingban.values.i18n import gettext as _
from jingban.values.money import format_yuan

Kind = Contribution.Kind
PAY_DIFFERENCE = "pay_difference"
Found = tuple[str, str, str]
"""Code, message, column."""


class Tiers:
    """The tiers of a county and year by the law known on a day; nothing where the law has none."""

    def __init__(self, known_on: dt.date) -> None:
        self.known_on = known_on

    def _of(self, region: int, year: int) -> list[tuple[int, ...]]:
        rows = tables(region, self.known_on)["scale"]
        return [row for row in rows if row[1] <= year < row[2]]

    def listed(self, region: int, year: int) -> list[int]:
        """Every tier where a province or a place nearer lists them all."""
        return [tier for _r, _from, _to, tier, _only, listed in self._of(region, year) if listed]

    def lowest(self, region: int, year: int, hardship: bool) -> int:
        """The lowest tier open to a person, 0 where the law has none."""
        return min((row[3] for row in self._of(region, year) if hardship or not row[4]), default=0)


@dataclass(frozen=True, slots=True)
class _Person:
    """What is known of the payer when one payment is looked at."""

    region: int
    standing: Standing | None
    joined: int
    hardship: list[tuple[int, int]]

    def poor_in(self, year: int) -> bool:
        return any(first < 12 * year + 12 and until > 12 * year for first, until in self.hardship)


def refuse_by_law(sheet: Rows[Any], people: dict[int, int], known_on: dt.date) -> None:
    """Reject the good rows of contributions that the law does not take; government money is the government's affair."""
    tiers, persons = Tiers(known_on), _persons(people, known_on)
    known: dict[tuple[int, int, int], int] = {}
    for person, year, kind, amount in live.rows(
        Contribution, ["person_id", "year", "kind", "amount_fen"], people.values()
    ):
        known[person, year, kind] = known.get((person, year, kind), 0) + amount
    booked, caught = set(known), dict[int, set[int]]()
    for index, record in list(sheet.good()):
        person, kind = people[index], int(record.kind)
        if kind == Kind.GOVERNMENT:
            continue
        key = (person, record.year, kind)
        before = known.get(key, 0)
        fresh = {
            year for year in {*caught.get(person, ()), record.year} if (person, year, kind) not in booked
        }
        found = (
            _amount(tiers, persons[person], record, before)
            or (_catch_up(persons[person], record, len(fresh), known_on) if kind == Kind.CATCH_UP else None)
            or _due_already(persons[person], record)
        )
        if found is not None:
            code, text, column = found
            sheet.reject(index, code, text, column=column, subject=masked(record.person))
            continue
        if asked := _unsourced(persons[person], record):
            sheet.warn(index, "REG-218", asked, column=_("缴费年度"), subject=masked(record.person))
        known[key] = before + record.amount_fen
        if kind == Kind.CATCH_UP:
            caught.setdefault(person, set()).add(record.year)


def _persons(people: dict[int, int], known_on: dt.date) -> dict[int, _Person]:
    related, rules = relations(people.values()), standings(people.values(), known_on)
    groups = live.by_person(GroupMembership, ["group_id", "valid_from", "valid_to"], people.values())
    return {
        person: _Person(
            related[person][1],
            rules.get(person),
            related[person][2],
            [(first, until) for group, first, until in groups.get(person, ()) if group in HARDSHIP_GROUPS],
        )
        for person in set(people.values())
        if person in related
    }


def _amount(tiers: Tiers, who: _Person, record: Any, before: int) -> Found | None:
    """R1.2-02, R1.2-06, R1.2-03: between the lowest and the highest tier of the year; a catch-up is a tier of its own day."""
    catch_up, aid = record.kind == Kind.CATCH_UP, record.kind == Kind.COLLECTIVE
    year = record.paid_on.year if catch_up else record.year
    listed, total = tiers.listed(who.region, year), before + record.amount_fen
    lowest = 0 if aid else tiers.lowest(who.region, year, who.poor_in(record.year))
    if listed and total > max(listed) and (not aid or _switch("collective_aid_within_top_tier", who, record)):
        text = _("该年度累计 {total} 元，超过最高档次 {top} 元")
        return "REG-209", text.format(total=format_yuan(total), top=format_yuan(max(listed))), _("金额")
    if total < lowest:
        text = _("该年度累计 {total} 元，不到此人可选的最低档次 {lowest} 元")
        return "REG-210", text.format(total=format_yuan(total), lowest=format_yuan(lowest)), _("金额")
    if catch_up and listed and total not in listed:
        text = _("补缴 {total} 元不是 {year} 年的缴费档次")
        return "REG-213", text.format(total=format_yuan(total), year=year), _("金额")
    changed = before and not catch_up and not aid and listed and total not in listed
    if changed and _word("tier_change_in_year", who, record) == PAY_DIFFERENCE:
        text = _("本地同一年度再次缴费应补足到更高档次；累计 {total} 元不是缴费档次")
        return "REG-217", text.format(total=format_yuan(total)), _("金额")
    return None


def _catch_up(who: _Person, record: Any, fresh: int, known_on: dt.date) -> Found | None:
    """R1.17: which rule admits this catch-up, and how many years it may bring."""
    rule, paid = who.standing, months.of_date(record.paid_on)
    if rule is None:
        return None
    name = _admitted_by(who, rule, paid)
    admits = policy().find(name, f"{who.region:06d}", paid) if name else None
    if admits is not None and not admits.value:
        text = _("{title}：本地规定不受理（参数 {name}）")
        return "REG-214", text.format(title=policy().spec(name).title, name=name), _("缴费年度")
    most = policy().find("catch_up_total_years", f"{who.region:06d}", paid, known_on)
    if _late_joiner(rule) and most is not None and rule.paid + fresh > most.value:
        text = _("补缴后累计 {years} 年，超过 {most} 年")
        return "REG-215", text.format(years=rule.paid + fresh, most=most.value), _("缴费年度")
    return None


def _late_joiner(rule: Standing) -> bool:
    """So near the pension age at the launch that the years until then are fewer than the minimum, or just as many."""
    return rule.launch_age + rule.minimum >= rule.pension_age


def _admitted_by(who: _Person, rule: Standing, paid: int) -> str:
    """The parameter that decides on a catch-up paid in a month; empty: every late joiner may (国发〔2014〕8号 七)."""
    if paid > rule.reached_month and who.joined > rule.reached_month:
        return "catch_up_over_60"
    if _late_joiner(rule):
        return ""
    return "catch_up_interrupted" if paid <= rule.reached_month else "catch_up_top_up_at_60"


def _unsourced(who: _Person, record: Any) -> str:
    """What to ask the reviewer where nobody could source whether this catch-up is admitted."""
    if record.kind != Kind.CATCH_UP or who.standing is None:
        return ""
    paid = months.of_date(record.paid_on)
    name = _admitted_by(who, who.standing, paid)
    if not name or policy().find(name, f"{who.region:06d}", paid) is not None:
        return ""
    text = _("{title}：没有查到本地规定（参数 {name}），请对照省级文件核实")
    return text.format(title=policy().spec(name).title, name=name)


def _due_already(who: _Person, record: Any) -> Found | None:
    """Own money after all conditions are met raises nothing any more."""
    rule = who.standing
    if record.kind != Kind.OWN or rule is None or not rule.start_month:
        return None
    if months.of_date(record.paid_on) < rule.start_month:
        return None
    text = _("此人自 {month} 起已具备领取条件，应申领待遇，不再缴费")
    return "REG-216", text.format(month=months.format_month(rule.start_month)), _("缴费日期")


def _switch(name: str, who: _Person, record: Any) -> bool:
    found = policy().find(name, f"{who.region:06d}", months.of_date(record.paid_on))
    return found is not None and bool(found.value)


def _word(name: str, who: _Person, record: Any) -> str:
    found = policy().find(name, f"{who.region:06d}", months.of_date(record.paid_on))
    return "" if found is None else list(policy().spec(name).choices)[found.value]
