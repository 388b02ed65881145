"""Award the pension (待遇核定, R1.6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from jingban.registry.claims import Standing, divisor, standings
from jingban.registry.law import policy
from jingban.registry.models import Annuity, Award, GroupMembership, OtherPension, Stoppage
from jingban.registry.person_rows import PersonRef, PersonRows, masked
from jingban.registry.services import _benefits
from jingban.registry.services.running_interest import credit_until
from jingban.schemes.loader import RESIDENTS
from jingban.store import bulk, live
from jingban.store.origins import Door, entering
from jingban.store.rows import Mode, Outcome
from jingban.values import months
from jingban.values.i18n import gettext as _

POOR = RESIDENTS.among("poor")
"""Groups that a special award is for (R1.6-03): registered poor, dibao, destitute, watched for poverty."""


@dataclass(slots=True, kw_only=True)
class AwardRecord:
    """A decision. What is None comes from the rules: required and paid years, start month (R1.6-02, R1.6-05), basis.

    ``required_years``: what the clerk worked out, compared with the rule; it counts by itself only where the law has no launch
    month for the county. ``basis`` SPECIAL (R1.6-03) wants no years.
    """

    person: PersonRef
    decided_on: dt.date
    start_month: int | None = None
    basis: int | None = None
    required_years: int | None = None
    row: int | None = None


def award(
    records: Iterable[AwardRecord], door: Door, *, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """Codes: REG-301 before 60, REG-302 years short, REG-303 already awarded, REG-304 dead, REG-305 other benefit,
    REG-306 no relation, REG-307 start month before the conditions are met or after the decision's next month, REG-308 the
    stated years are not the rule's (warning REG-309: no rule can tell), REG-310 in prison at the start (R1.6-07), REG-314 the
    county's law admits nobody without years (R1.6-03), REG-315 in no group that it admits, REG-317 (warning)
    no rate of interest is known, so the balance has none of the running year yet."""
    with entering(door, dry_run=dry_run) as origin:
        sheet = PersonRows(records, mode)
        people = sheet.resolve()
        sheet.once(people, "REG-303", _("与第 {row} 行是同一人"))
        rules = standings(people.values(), origin.day)
        starts = _check(sheet, people, rules)
        _refuse_unadmitted(sheet, people, origin.day)
        rows = sheet.decide()
        regions = {person: row[1] for person, row in _benefits.relations(people.values()).items()}
        divisors = {
            i: divisor("divisor", regions[people[i]], rules[people[i]].pension_age, starts[i], origin.day)
            for i, _r in rows
        }
        running = credit_until({people[i]: months.of_date(r.decided_on) for i, r in rows}, origin)
        for i, r in rows:
            if people[i] in running.unknown:
                text = _("没有公布过的记账利率，储存额未含当年利息；利率补齐、结息后自动补算")
                sheet.warn(i, "REG-317", text, subject=masked(r.person))
        balance = _benefits.balances(people[i] for i, _r in rows)
        amounts = {i: balance.get(people[i], 0) for i, _r in rows}
        bulk.insert(
            Award,
            ["origin_id", "person_id", "start_month", "paid_years", "basis", "balance_fen", "divisor", "decided_on"],
            (
                (origin.pk, people[i], starts[i], rules[people[i]].paid, _basis(r, rules[people[i]]), amounts[i], divisors[i],
                 r.decided_on.isoformat())
                for i, r in rows
            ),
        )  # fmt: skip
        bulk.insert(
            Annuity,
            ["origin_id", "person_id", "from_month", "balance_fen", "divisor", "cause", "interest_fen"],
            (
                (
                    origin.pk,
                    people[i],
                    starts[i],
                    amounts[i],
                    divisors[i],
                    "award",
                    running.fen.get(people[i], 0),
                )
                for i, r in rows
            ),
        )
        return sheet.outcome(origin)


def _basis(record: AwardRecord, rule: Standing) -> int:
    if record.basis is not None:
        return int(record.basis)
    needed = rule.required if record.required_years is None else record.required_years
    return int(Award.Basis.TRANSITIONAL if needed < rule.minimum else Award.Basis.REGULAR)


def _check(
    sheet: PersonRows[AwardRecord], people: dict[int, int], rules: dict[int, Standing]
) -> dict[int, int]:
    """Reject what R1.6 forbids; index -> start month of the rest."""
    awarded, died = _benefits.awards(people.values()), _benefits.deaths(people.values())
    related = _benefits.relations(people.values())
    other = live.by_person(OtherPension, ["from_month"], people.values())
    prison = live.by_person(Stoppage, ["valid_from", "valid_to", "kind"], people.values())
    starts: dict[int, int] = {}
    for index, record in list(sheet.good()):
        person, subject = people[index], masked(record.person)
        if person in awarded:
            sheet.reject(index, "REG-303", _("已核定待遇，不能重复核定"), subject=subject)
            continue
        if person not in related or person not in rules:
            sheet.reject(index, "REG-306", _("没有有效的参保关系"), subject=subject)
            continue
        rule = rules[person]
        earliest, needed, unproven = _conditions(record, rule, related[person][2])
        earliest = max(earliest, _after_enrolment(*related[person][1:3], rule.reached_month))
        start = starts[index] = record.start_month if record.start_month is not None else earliest
        if person in died and died[person] < start:
            sheet.reject(index, "REG-304", _("此人在待遇起始月前已死亡"), subject=subject)
        elif related[person][3] <= start:
            sheet.reject(index, "REG-306", _("没有有效的参保关系"), subject=subject)
        elif start <= rule.reached_month:
            text = _("未满 {age} 周岁不能领取待遇").format(age=rule.pension_age)
            sheet.reject(index, "REG-301", text, column=_("待遇起始月"), subject=subject)
        elif any(first <= start for (first,) in other.get(person, ())):
            sheet.reject(index, "REG-305", _("已领取其他基本养老待遇"), subject=subject)
        elif record.required_years is not None and rule.launch_known and record.required_years != needed:
            text = _("应缴年限按规则是 {needed} 年").format(needed=needed)
            sheet.reject(index, "REG-308", text, column=_("应缴年限"), subject=subject)
        elif rule.paid < needed:
            sheet.reject(index, "REG-302", _short(rule, needed), column=_("缴费年限"), subject=subject)
        elif start > months.of_date(record.decided_on) + 1:
            sheet.reject(
                index, "REG-307", _("待遇起始月晚于核定次月"), column=_("待遇起始月"), subject=subject
            )
        elif start < earliest:
            text = _("条件在 {month} 才满足，待遇从次月起").format(month=months.format_month(earliest - 1))
            sheet.reject(index, "REG-307", text, column=_("待遇起始月"), subject=subject)
        elif any(
            kind == Stoppage.Kind.NOTHING and first <= start < until
            for first, until, kind in prison.get(person, ())
        ):
            sheet.reject(index, "REG-310", _("服刑期间不核定，待释放后申领"), subject=subject)
        elif unproven:
            text = _("本县没有制度启动年月的参数，应缴年限以经办所填为准")
            sheet.warn(index, "REG-309", text, column=_("应缴年限"), subject=subject)
    return starts


def _conditions(record: AwardRecord, rule: Standing, joined: int) -> tuple[int, int, bool]:
    """First month possible, years needed, and whether those years are only the clerk's word."""
    if record.basis == Award.Basis.SPECIAL:
        return max(rule.reached_month, joined) + 1, 0, False
    stated = record.required_years
    first = rule.start_month or rule.reached_month + 1
    if stated is not None and not rule.launch_known and stated < rule.minimum:
        return first, stated, True
    return first, rule.required, False


def _refuse_unadmitted(sheet: PersonRows[AwardRecord], people: dict[int, int], known_on: dt.date) -> None:
    """R1.6-03: without years only where the county's law admits the poor, and only the poor."""
    special = [(i, r) for i, r in sheet.good() if r.basis == Award.Basis.SPECIAL]
    member = live.by_person(
        GroupMembership, ["group_id", "valid_from", "valid_to"], (people[i] for i, _r in special)
    )
    related = _benefits.relations(people[i] for i, _r in special)
    for index, record in special:
        person, month, subject = people[index], months.of_date(record.decided_on), masked(record.person)
        admitted = policy().find("poverty_admission", f"{related[person][1]:06d}", month, known_on)
        if admitted is None or not admitted.value:
            text = _("本地没有允许困难人员不缴费直接领取的规定（参数 poverty_admission）")
            sheet.reject(index, "REG-314", text, subject=subject)
        elif not any(g in POOR and first <= month < until for g, first, until in member.get(person, ())):
            text = _("不是建档立卡、低保、特困或监测对象，不能特殊申请")
            sheet.reject(index, "REG-315", text, subject=subject)


def _after_enrolment(region: int, joined: int, reached: int) -> int:
    """Who enrolled after the pension age draws from the month after (R1.6-05), unless the county pays back to the beginning."""
    if joined <= reached or policy().value("late_enrolment_back_pay", f"{region:06d}", joined):
        return 0
    return joined + 1


def _short(rule: Standing, needed: int) -> str:
    text = _("缴费 {years} 年，不足 {needed} 年").format(years=rule.paid, needed=needed)
    if rule.launch_known:
        return text
    return text + _("（本县没有制度启动年月的参数，过渡条件无法核对）")
