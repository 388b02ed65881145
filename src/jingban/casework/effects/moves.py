"""Effects that move relation and money: transfers within and across provinces, bridging with the employees' scheme.

Codes CAS-54x: 541 the years say the other direction, 542 already in receipt, 543 too old to move.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jingban.casework.effects import Situation
from jingban.casework.effects.together import together
from jingban.registry.claims import standings
from jingban.registry.law import policy
from jingban.registry.person_rows import find_persons
from jingban.registry.services import _benefits
from jingban.registry.services.record_other import CoverageRecord, record_coverage
from jingban.registry.services.transfer import TransferInRecord, TransferOutRecord
from jingban.registry.services.transfer import transfer_in as receive
from jingban.registry.services.transfer import transfer_out as send
from jingban.store.origins import Door
from jingban.store.rows import Mode, Outcome
from jingban.values.findings import Finding, Refused
from jingban.values.i18n import gettext as _
from jingban.values.months import of_date
from jingban.values.regions import chain

Values = Sequence[dict[str, Any]]
OWN, SUBSIDY = 1, 5
"""Sub-ledgers (docs/internals/relations.md)."""
EMPLOYEES = "employee"


def out(values: Values, door: Door, now: Situation, mode: Mode, dry_run: bool) -> Outcome:
    """转出 (R1.15): whether the balance goes along is the law's, within a province and between two (R1.15-02).

    CAS-543: past the pension age, and the law keeps the relation where it was (R1.15-01).
    """
    records = [
        TransferOutRecord(**{"month": of_date(now.today), "cash": _cash(row["other_region"], now), **row})
        for row in values
    ]
    _refuse_stayers(values, now)
    return send(records, door, mode=mode, dry_run=dry_run)


def _cash(other: str, now: Situation) -> bool:
    inside = chain(other)[-2] == chain(now.region)[-2]
    name = "transfer_moves_cash_inside_province" if inside else "transfer_moves_cash_between_provinces"
    return bool(policy().value(name, now.region, of_date(now.today), now.today))


def _refuse_stayers(rows: Values, now: Situation) -> None:
    stays = policy().find("transfer_after_60_stays", now.region, of_date(now.today), now.today)
    if stays is None or not stays.value:
        return
    found = find_persons([row["person"] for row in rows])
    rules = standings((person for matches in found.values() for person in matches), now.today)
    findings = [
        Finding(
            "CAS-543",
            _("已满 {age} 周岁的留在原参保地，不转移").format(age=rules[person].pension_age),
            row=row["row"],
        )
        for row in rows
        for person in found[row["person"]]
        if person in rules and row.get("month", of_date(now.today)) > rules[person].reached_month
    ]
    if findings:
        raise Refused(findings)


def into(values: Values, door: Door, now: Situation, mode: Mode, dry_run: bool) -> Outcome:
    """转入 (R1.15-03): entered when both the sheet and the money are here."""
    return receive([_incoming(row, now) for row in values], door, mode=mode, dry_run=dry_run)


def bridge_out(values: Values, door: Door, now: Situation, mode: Mode, dry_run: bool) -> Outcome:
    """居保转职保 (R1.16-02): the whole account goes; the years are not converted."""

    def act(rows: Sequence[dict[str, Any]]) -> Outcome:
        _years_decide(rows, now, "employee_years", enough=True)
        coverage = [
            CoverageRecord(person=r["person"], scheme=EMPLOYEES, from_month=r["month"], row=r["row"])
            for r in rows
        ]
        record_coverage(coverage, door)
        records = [
            TransferOutRecord(person=r["person"], month=r["month"], other_region=r["other_region"],
                              reference=r.get("reference", ""), cash=True, row=r["row"])
            for r in rows
        ]  # fmt: skip
        return send(records, door)

    return together(values, mode, dry_run, act)


def bridge_in(values: Values, door: Door, now: Situation, mode: Mode, dry_run: bool) -> Outcome:
    """职保转居保 (R1.16-03): the personal account comes, and the employees' years are added."""

    def act(rows: Sequence[dict[str, Any]]) -> Outcome:
        _years_decide(rows, now, "years", enough=False)
        return receive([_incoming(row, now) for row in rows], door)

    return together(values, mode, dry_run, act)


def _years_decide(rows: Sequence[dict[str, Any]], now: Situation, field: str, *, enough: bool) -> None:
    """R1.16-01: with enough employees' years the pension is drawn there, with fewer here; nobody in receipt moves any more."""
    needed = policy().value("bridging_needs_employee_years", now.region, of_date(now.today), now.today)
    found = find_persons([row["person"] for row in rows])
    awarded = _benefits.awards(person for matches in found.values() for person in matches)
    findings = []
    for row in rows:
        if (row[field] >= needed) != enough:
            text = _("职保缴费满 {years} 年的转入职保，不满的转入居保")
            findings.append(
                Finding("CAS-541", text.format(years=needed), row=row["row"], column=_("职保缴费年限"))
            )
        elif any(person in awarded for person in found[row["person"]]):
            findings.append(Finding("CAS-542", _("已领取待遇，不再衔接"), row=row["row"]))
    if findings:
        raise Refused(findings)


def _incoming(row: dict[str, Any], now: Situation) -> TransferInRecord:
    month = row.get("month") or of_date(now.today)
    balances = {OWN: row.get("own_fen", 0), SUBSIDY: row.get("subsidy_fen", 0)}
    return TransferInRecord(
        person=row["person"],
        month=month,
        other_region=row["other_region"],
        region=now.region,
        years=row.get("years", 0),
        through_year=row.get("through_year", now.today.year - 1),
        balances={ledger: amount for ledger, amount in balances.items() if amount},
        reference=row.get("reference", ""),
        row=row["row"],
    )
