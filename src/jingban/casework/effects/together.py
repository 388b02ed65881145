"""Effects that call more than one service: all of them for a row, or none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction

from jingban.store.rows import Mode, Outcome
from jingban.values.findings import Finding, Refused

Act = Callable[[Sequence[dict[str, Any]]], Outcome]


def together(values: Sequence[dict[str, Any]], mode: Mode, dry_run: bool, act: Act) -> Outcome:
    """Run ``act`` over the rows in one transaction; each service inside refuses as a whole.

    With ``keep_good`` the rows that a service refuses are left out and the rest is tried again, so a row either has every
    effect or none. Raises ``Refused`` as the services do when nothing may be kept.
    """
    rows, findings = list(values), list[Finding]()
    while rows:
        try:
            with transaction.atomic():
                outcome = act(rows)
                if dry_run:
                    transaction.set_rollback(True)
        except Refused as refused:
            bad = {finding.row for finding in refused.findings if finding.severity == "error"}
            kept = [row for row in rows if row["row"] not in bad]
            if mode == "refuse_all" or len(kept) == len(rows):
                raise
            findings.extend(refused.findings)
            rows = kept
            continue
        outcome.findings = [*findings, *outcome.findings]
        return outcome
    return Outcome(0, findings)
