"""Effects that end a relation: death, termination, joined another scheme, settled abroad."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jingban.casework.effects import Situation
from jingban.casework.effects.together import together
from jingban.registry.origins import Door
from jingban.registry.services.record_deaths import DeathRecord, record_deaths
from jingban.registry.services.record_other import CoverageRecord, record_other_pension
from jingban.registry.services.terminate import TerminationRecord
from jingban.registry.services.terminate import terminate as terminate_relation
from jingban.registry.sheet import Mode, Outcome
from jingban.values.months import of_date

Values = Sequence[dict[str, Any]]


def death(values: Values, door: Door, now: Situation, mode: Mode, dry_run: bool) -> Outcome:
    """死亡登记与终止 (R1.12): what is still due goes to the heirs with the next run; what was overpaid becomes a receivable."""
    return record_deaths([DeathRecord(**row) for row in values], door, mode=mode, dry_run=dry_run)


def terminate(values: Values, door: Door, now: Situation, mode: Mode, dry_run: bool) -> Outcome:
    """终止参保 (R1.11): nothing accrues from the month on; the balance is settled by the next run."""
    base = {"from_month": of_date(now.today) + 1}
    records = [TerminationRecord(**{**base, **row}) for row in values]
    return terminate_relation(records, door, mode=mode, dry_run=dry_run)


def dual_receipt(values: Values, door: Door, now: Situation, mode: Mode, dry_run: bool) -> Outcome:
    """重复领取清理 (R1.16-05, R1.16-06): the resident benefit ends in the month the other one began."""

    def act(rows: Sequence[dict[str, Any]]) -> Outcome:
        pensions = [CoverageRecord(**row) for row in rows]
        return record_other_pension(pensions, door)

    return together(values, mode, dry_run, act)
