"""Who reaches 60 soon, compared in advance, with a proposal of the award and what is missing (到龄即领, R1.6-04).

Code SAF-601: the lead time is not a number of months from 0 to 24.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from jingban.casework.kind import kind_of
from jingban.registry.claims import provided
from jingban.registry.law import policy
from jingban.registry.models import BankAccount, Identity, Residence
from jingban.safeguards.doubts import against
from jingban.store import bulk, live
from jingban.store.lists import write_list
from jingban.store.origins import Door, entering
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _
from jingban.values.money import yuan
from jingban.values.months import format_month, last_day

LEAD_MAX = 24


@dataclass(frozen=True, slots=True)
class Proposal:
    """One person who reaches 60 in ``birthday_month``. Amounts in fen. ``missing`` says what stands in the way."""

    person_id: int
    birthday_month: int
    ready: bool
    start_month: int
    required: int
    paid: int
    gap: int
    gap_fen: int
    balance_fen: int
    annuity_fen: int
    missing: tuple[str, ...] = field(default_factory=tuple)


def before60(region: int, month: int, lead: int | None = None) -> list[Proposal]:
    """Everybody who reaches 60 from ``month`` to ``month + lead``, by month and person; law as known at the month's end.

    ``lead`` None: the policy parameter ``reminder_lead``. Reads only.
    """
    known_on = last_day(month)
    months = lead if lead is not None else policy().value("reminder_lead", f"{region:06d}", month, known_on)
    if not isinstance(months, int) or not 0 <= months <= LEAD_MAX:
        raise refuse("SAF-601", _("提前月数应为 0 至 %(most)s") % {"most": LEAD_MAX})
    until = month + months
    age = policy().value("pension_age", f"{region:06d}", month, known_on)
    born = f"p.birth_month BETWEEN {month - 12 * age} AND {until - 12 * age}"
    with provided(region, until + 1, known_on, born) as engine:
        engine.build("award_proposal")
        found = engine.rows(
            "SELECT a.person_id, p.birth_month, a.ready, a.start_month, a.required, a.paid, a.gap, a.gap_fen, a.balance_fen, "
            "a.annuity_fen FROM award_proposal a JOIN f_person p ON p.person_id = a.person_id "
            "ORDER BY p.birth_month, a.person_id"
        )
    missing = _missing([row[0] for row in found], known_on)
    return [
        Proposal(person, birth + 12 * age, bool(ready), start, required, paid, gap, gap_fen, balance, annuity,
                 (*_gap(gap, gap_fen), *missing.get(person, ())))
        for person, birth, ready, start, required, paid, gap, gap_fen, balance, annuity in found
    ]  # fmt: skip


def _gap(gap: int, gap_fen: int) -> tuple[str, ...]:
    if not gap:
        return ()
    return (_("缴费年限差 %(gap)s 年，按最低档补缴 %(yuan)s 元") % {"gap": gap, "yuan": yuan(gap_fen)},)


def _missing(persons: list[int], today: dt.date) -> dict[int, list[str]]:
    """What the comparison in advance (提前比对) found: no bank account, an invalid number, what lists say against an award."""
    found: dict[int, list[str]] = {person: [] for person in persons}
    banked = {p for (p,) in live.rows(BankAccount, ["person_id"], persons)}
    for person in persons:
        if person not in banked:
            found[person].append(_("没有社保卡银行账户"))
    people = {}
    for person, status, number, name in live.rows(
        Identity, ["person_id", "id_status", "id_number", "name"], persons
    ):
        people[person] = (number, name)
        if status != "ok":
            found[person].append(_("证件号码待核实"))
    for finding in against(kind_of("award").asks, people, today):
        found[finding.row or 0].append(finding.message)
    return found


def export(proposals: list[Proposal], path: Path, door: Door) -> int:
    """The monthly list with full numbers; the export goes into the audit chain."""
    from jingban.store import audit

    ids = [item.person_id for item in proposals]
    people = {
        p: (number, name) for p, number, name in live.rows(Identity, ["person_id", "id_number", "name"], ids)
    }
    places = {
        p: place for p, *place in live.rows(Residence, ["person_id", "township", "village", "phone"], ids)
    }
    head = [
        _("乡镇"), _("村"), _("电话"), _("证件号码"), _("姓名"), _("到龄年月"), _("可核定"), _("待遇起始年月"), _("应缴年限"),
        _("已缴年限"), _("差年限"), _("补缴金额（元）"), _("账户余额（元）"), _("账户养老金（元/月）"), _("还缺什么"),
    ]  # fmt: skip
    rows = [
        (
            *places.get(item.person_id, ("", "", "")), *people[item.person_id], format_month(item.birthday_month), item.ready,
            format_month(item.start_month) if item.start_month else "", item.required, item.paid, item.gap,
            yuan(item.gap_fen), yuan(item.balance_fen), yuan(item.annuity_fen), "；".join(item.missing),
        )
        for item in proposals
    ]  # fmt: skip
    count = write_list(path, head, rows, title=_("到龄人员"))
    with entering(door) as origin:
        audit.append(
            [audit.Entry(door.actor, "before60.exported", path.name, {"行数": count})], origin.recorded_at
        )
    return count


def proposed_cases(proposals: list[Proposal]) -> list[dict[str, object]]:
    """Rows for ``bring("award", …)`` of everybody for whom nothing is missing; to be brought from the birthday month on."""
    ready = {item.person_id: item for item in proposals if item.ready and not item.missing}
    numbers = bulk.fetch(
        f"SELECT p.id, p.number FROM registry_person p WHERE {bulk.among('p.id')} ORDER BY p.id",
        [bulk.listed(ready)],
    )
    return [
        {
            "person": number,
            "start_month": ready[person].start_month,
            "required_years": ready[person].required,
        }
        for person, number in numbers
    ]
