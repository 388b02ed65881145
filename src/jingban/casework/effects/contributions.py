"""Effects on contributions: tier choice, catch-up payment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jingban.casework.effects import Situation
from jingban.registry.law import policy
from jingban.registry.models import Contribution
from jingban.registry.services.choices import TierChoiceRecord, choose_tier
from jingban.registry.services.record_contributions import ContributionRecord, record_contributions
from jingban.store.origins import Door
from jingban.store.rows import Mode, Outcome

Values = Sequence[dict[str, Any]]


def tier(values: Values, door: Door, now: Situation, mode: Mode, dry_run: bool) -> Outcome:
    """缴费档次选择: only a tier of that county and year, where the tiers could be sourced (R1.2-01)."""
    rows = policy().table("p_tier", [now.region], now.today)
    records = [
        TierChoiceRecord(**row, allowed=tuple(sorted({r[3] for r in rows if r[1] <= row["year"] < r[2]})))
        for row in values
    ]
    return choose_tier(records, door, mode=mode, dry_run=dry_run)


def catch_up(values: Values, door: Door, now: Situation, mode: Mode, dry_run: bool) -> Outcome:
    """补缴 (R1.2-05, R1.17): each missed year at a tier of today, without subsidy."""
    base = {"kind": int(Contribution.Kind.CATCH_UP), "paid_on": now.today}
    records = [ContributionRecord(**{**base, **row}) for row in values]
    return record_contributions(records, door, mode=mode, dry_run=dry_run)
