"""Effects on benefits: award, special award, recalculation, suspension, resumption."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jingban.casework.by_rule import open_refunds
from jingban.casework.effects import Situation
from jingban.casework.effects.consequences import first_origin, live_facts
from jingban.casework.effects.together import together
from jingban.policy.model import StopRule
from jingban.registry.law import policy
from jingban.registry.models import AccountEntry, Annuity, Award, OtherCoverage, Stoppage
from jingban.registry.services.award import AwardRecord
from jingban.registry.services.award import award as award_benefit
from jingban.registry.services.certify import CertificationRecord, certify
from jingban.registry.services.recalculate import RecalculationRecord
from jingban.registry.services.recalculate import recalculate as recalculate_benefit
from jingban.registry.services.resume import ResumeRecord
from jingban.registry.services.resume import resume as resume_benefit
from jingban.registry.services.stop import StopRecord, stop
from jingban.store import live
from jingban.store.origins import Door
from jingban.store.rows import Mode, Outcome
from jingban.values.findings import Finding, Refused
from jingban.values.i18n import gettext as _
from jingban.values.money import format_yuan
from jingban.values.months import of_date

Values = Sequence[dict[str, Any]]


def award(values: Values, door: Door, now: Situation, mode: Mode, dry_run: bool) -> Outcome:
    """待遇核定 (R1.6): everything not on the form comes from the register."""
    return _award(values, {"decided_on": now.today}, door, now, mode, dry_run)


def special_award(values: Values, door: Door, now: Situation, mode: Mode, dry_run: bool) -> Outcome:
    """贫困人员特殊申请待遇 (R1.6-03): basic pension without contribution years."""
    base = {"decided_on": now.today, "basis": int(Award.Basis.SPECIAL)}
    return _award(values, base, door, now, mode, dry_run)


def _award(
    values: Values, base: dict[str, Any], door: Door, now: Situation, mode: Mode, dry_run: bool
) -> Outcome:
    """CAS-533: money paid twice still lies in the account the pension would be computed from; the next run pays it back first."""

    def act(rows: Values) -> Outcome:
        outcome = award_benefit([AwardRecord(**{**base, **row}) for row in rows], door)
        doubled = {p for (p,) in live.rows(OtherCoverage, ["person_id"], outcome.person_ids.values())}
        waiting = {
            row: fen
            for row, person in outcome.person_ids.items()
            if person in doubled
            and (
                fen := sum(
                    f for *_key, f in open_refunds(int(now.region), person, of_date(now.today), now.today)
                )
            )
        }
        if waiting:
            text = _("有重复缴费 {yuan} 元待清退，下一批次清退以后再核定")
            raise Refused(
                [
                    Finding("CAS-533", text.format(yuan=format_yuan(fen)), row=row)
                    for row, fen in waiting.items()
                ]
            )
        return outcome

    return together(values, mode, dry_run, act)


def recalculate(values: Values, door: Door, now: Situation, mode: Mode, dry_run: bool) -> Outcome:
    """待遇重算 (R1.8-04): effective from the month after the decision unless the form says otherwise."""
    base = {"from_month": of_date(now.today) + 1}

    def act(rows: Values) -> Outcome:
        outcome = recalculate_benefit([RecalculationRecord(**{**base, **row}) for row in rows], door)
        wrong = [
            finding for row, person in outcome.person_ids.items() if (finding := _uncovered(person, row))
        ]
        if wrong:
            raise Refused(wrong)
        return outcome

    return together(values, mode, dry_run, act)


def _uncovered(person: int, row: int) -> Finding | None:
    """CAS-534: a pension rises by money that came into the account after the award, and once: none rises from nothing."""
    decided = max(first_origin(award) for award in live_facts(Award, person))
    credited = sum(
        entry.amount_fen
        for entry in live_facts(AccountEntry, person)
        if entry.kind == AccountEntry.Kind.PRINCIPAL and first_origin(entry) > decided
    )
    counted = sum(
        part.balance_fen
        for part in live_facts(Annuity, person)
        if part.cause != "award" and first_origin(part) > decided
    )
    if counted <= credited:
        return None
    text = _("核定以后计入账户的本金是 {credited} 元，重算合计 {counted} 元，超出的没有依据")
    shown = text.format(credited=format_yuan(credited), counted=format_yuan(counted))
    return Finding("CAS-534", shown, row=row, column=_("新计入账户金额"))


def suspend(values: Values, door: Door, now: Situation, mode: Mode, dry_run: bool) -> Outcome:
    """暂停发放 (R1.11): by the stop rule of the reason nothing accrues, or what accrues is held back and paid on resumption.

    CAS-535: by the law's rule this is no ground to stop payment.
    """
    records = []
    rules = {rule.reason_code: rule for rule in _stop_rules(now)}
    for row in values:
        rule = rules.get(row["reason"])
        if rule is not None and rule.effect not in ("hold", "stop"):
            raise Refused(
                [Finding("CAS-535", _("按规定这不是暂停发放的情形"), row=row["row"], column=_("暂停原因"))]
            )
        nothing = rule is not None and rule.effect == "stop"
        kind = Stoppage.Kind.NOTHING if nothing else Stoppage.Kind.HELD
        records.append(StopRecord(**{"from_month": of_date(now.today) + 1, **row, "kind": int(kind)}))
    return stop(records, door, mode=mode, dry_run=dry_run)


def _stop_rules(now: Situation) -> list[StopRule]:
    month = of_date(now.today)
    found = (
        policy().find("stop_rules", now.region, month, now.today, key) for key in policy().keys("stop_rules")
    )
    return [dated.value for dated in found if dated is not None]


def resume(values: Values, door: Door, now: Situation, mode: Mode, dry_run: bool) -> Outcome:
    """恢复发放: ends the stoppage; what accrued while held back is paid by the next run (owed minus settled)."""
    base = {"from_month": of_date(now.today)}
    records = [ResumeRecord(**{**base, **row}) for row in values]
    return resume_benefit(records, door, mode=mode, dry_run=dry_run)


def certification(values: Values, door: Door, now: Situation, mode: Mode, dry_run: bool) -> Outcome:
    """资格认证 at the counter (R1.10)."""
    base = {"certified_on": now.today}
    return certify(
        [CertificationRecord(**{**base, **row}) for row in values], door, mode=mode, dry_run=dry_run
    )
