"""Effects that end a relation: death, termination, joined another scheme, settled abroad."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jingban.casework.effects import Situation
from jingban.casework.effects.together import together
from jingban.policy.catalogue import CATALOGUE
from jingban.registry.law import policy
from jingban.registry.services._benefits import awards
from jingban.registry.services.record_deaths import DeathRecord, record_deaths
from jingban.registry.services.record_other import CoverageRecord, record_other_pension
from jingban.registry.services.terminate import TerminationRecord
from jingban.registry.services.terminate import terminate as terminate_relation
from jingban.store.origins import Door
from jingban.store.rows import Mode, Outcome
from jingban.values.findings import Finding, Refused
from jingban.values.i18n import gettext as _
from jingban.values.months import of_date

Values = Sequence[dict[str, Any]]
RESIDENT = "resident"
FIRST_PLACE = list(CATALOGUE["dual_receipt_keeps"].choices).index("first_place")


def death(values: Values, door: Door, now: Situation, mode: Mode, dry_run: bool) -> Outcome:
    """死亡登记与终止 (R1.12): what is still due goes to the heirs with the next run; what was overpaid becomes a receivable."""
    return record_deaths([DeathRecord(**row) for row in values], door, mode=mode, dry_run=dry_run)


def terminate(values: Values, door: Door, now: Situation, mode: Mode, dry_run: bool) -> Outcome:
    """终止参保 (R1.11): nothing accrues from the month on; the balance is settled by the next run."""
    base = {"from_month": of_date(now.today) + 1}
    records = [TerminationRecord(**{**base, **row}) for row in values]
    return terminate_relation(records, door, mode=mode, dry_run=dry_run)


def dual_receipt(values: Values, door: Door, now: Situation, mode: Mode, dry_run: bool) -> Outcome:
    """重复领取清理 (R1.16-05, R1.16-06): the resident benefit ends in the month the other one began.

    CAS-544: of two resident benefits the law keeps the one here, so the other place has to clear it.
    """

    def act(rows: Sequence[dict[str, Any]]) -> Outcome:
        pensions = [CoverageRecord(**row) for row in rows]
        outcome = record_other_pension(pensions, door)
        keeps = policy().find("dual_receipt_keeps", now.region, of_date(now.today), now.today)
        awarded = awards(outcome.person_ids.values())
        kept = [
            row["row"]
            for row in rows
            if row["scheme"] == RESIDENT
            and keeps is not None
            and (person := outcome.person_ids.get(row["row"])) in awarded
            and (awarded[person][1] < row["from_month"]) == (keeps.value == FIRST_PLACE)
        ]
        if kept:
            text = _("按规定保留本地的待遇，由另一地清理")
            raise Refused([Finding("CAS-544", text, row=row, column=_("另一待遇起始年月")) for row in kept])
        return outcome

    return together(values, mode, dry_run, act)
