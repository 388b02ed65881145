"""A file of cases, taken in like any other list: every row's fate is told, the wrong rows come back in an error report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from jingban.casework.kind import CaseKind
from jingban.casework.services.bring import Brought, Intake, bring, check
from jingban.store.lists.entry import Defaults, ListEntry
from jingban.store.lists.load import Report, import_file
from jingban.store.origins import Door
from jingban.store.rows import Mode, Outcome


def bring_file(
    kind: CaseKind, path: Path, intake: Intake, evidence: Mapping[str, str], *, mode: Mode = "refuse_all"
) -> tuple[Report, Brought]:
    """Bring a case for each row. Raises ``Refused`` when the file is no list at all (LST-1xx)."""
    brought = Brought()

    def take(records: Iterable[dict[str, Any]], _door: Door, how: Mode, dry_run: bool) -> Outcome:
        nonlocal brought
        rows = list(records)
        if dry_run:
            return Outcome(0, check(kind.code, rows, intake, evidence))
        brought = bring(kind.code, rows, intake, evidence=dict(evidence), mode=how)
        return Outcome(len(brought.numbers), brought.findings)

    entry = ListEntry(kind.code, kind.title, lambda _given: kind.listing(), take)
    door, given = Door(intake.maker, at=intake.at), Defaults(intake.region, 0, intake.at.date())
    return import_file(entry, path, door, given, mode=mode), brought
