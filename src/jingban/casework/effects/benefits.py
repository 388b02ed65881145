"""Effects on benefits: award, special award, recalculation, suspension, resumption."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jingban.casework.effects import Situation
from jingban.registry.models import Award, Stoppage
from jingban.registry.origins import Door
from jingban.registry.services.award import AwardRecord
from jingban.registry.services.award import award as award_benefit
from jingban.registry.services.certify import CertificationRecord, certify
from jingban.registry.services.recalculate import RecalculationRecord
from jingban.registry.services.recalculate import recalculate as recalculate_benefit
from jingban.registry.services.resume import ResumeRecord
from jingban.registry.services.resume import resume as resume_benefit
from jingban.registry.services.stop import StopRecord, stop
from jingban.registry.sheet import Mode, Outcome
from jingban.values.months import of_date

Values = Sequence[dict[str, Any]]
REASON_CERTIFICATE, REASON_PRISON = "1201", "1202"


def award(values: Values, door: Door, now: Situation, mode: Mode, dry_run: bool) -> Outcome:
    """待遇核定 (R1.6): everything not on the form comes from the register."""
    records = [AwardRecord(**{"decided_on": now.today, **row}) for row in values]
    return award_benefit(records, door, mode=mode, dry_run=dry_run)


def special_award(values: Values, door: Door, now: Situation, mode: Mode, dry_run: bool) -> Outcome:
    """贫困人员特殊申请待遇 (R1.6-03): basic pension without contribution years."""
    base = {"decided_on": now.today, "basis": int(Award.Basis.SPECIAL)}
    return award_benefit([AwardRecord(**{**base, **row}) for row in values], door, mode=mode, dry_run=dry_run)


def recalculate(values: Values, door: Door, now: Situation, mode: Mode, dry_run: bool) -> Outcome:
    """待遇重算 (R1.8-04): effective from the month after the decision unless the form says otherwise."""
    base = {"from_month": of_date(now.today) + 1}
    records = [RecalculationRecord(**{**base, **row}) for row in values]
    return recalculate_benefit(records, door, mode=mode, dry_run=dry_run)


def suspend(values: Values, door: Door, now: Situation, mode: Mode, dry_run: bool) -> Outcome:
    """暂停发放 (R1.11): prison accrues nothing, everything else is held back and paid on resumption."""
    records = []
    for row in values:
        nothing = row["reason"] == REASON_PRISON
        kind = Stoppage.Kind.NOTHING if nothing else Stoppage.Kind.HELD
        records.append(StopRecord(**{"from_month": of_date(now.today) + 1, **row, "kind": int(kind)}))
    return stop(records, door, mode=mode, dry_run=dry_run)


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
