"""Effect of the refund of duplicate months (R1.16-04): only the months insured elsewhere are a fact, the refund is owed by rule."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jingban.casework.effects import Situation
from jingban.registry.origins import Door
from jingban.registry.services.record_other import CoverageRecord, record_coverage
from jingban.registry.sheet import Mode, Outcome


def refund(
    values: Sequence[dict[str, Any]], door: Door, now: Situation, mode: Mode, dry_run: bool
) -> Outcome:
    """重复缴费清退: item 303 of the next run. ``to_month`` is the last month insured elsewhere, as people say it."""
    records = [
        CoverageRecord(person=r["person"], scheme=r["scheme"], from_month=r["from_month"], to_month=r["to_month"] + 1, row=r["row"])
        for r in values
    ]  # fmt: skip
    return record_coverage(records, door, mode=mode, dry_run=dry_run)
