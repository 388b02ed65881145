"""Effect of a special matter: it stands in the register of cases with reason, authority and result; no fact changes by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jingban.casework.effects import Situation
from jingban.registry.person_rows import PersonRef, PersonRows
from jingban.store.origins import Door, entering
from jingban.store.rows import Mode, Outcome


@dataclass(slots=True, kw_only=True)
class MatterRecord:
    """Whose matter it is."""

    person: PersonRef
    row: int | None = None


def settle(
    values: Sequence[dict[str, Any]], door: Door, now: Situation, mode: Mode, dry_run: bool
) -> Outcome:
    """特殊业务: refused for persons the register does not know; what was decided is the case itself."""
    with entering(door, dry_run=dry_run) as origin:
        sheet = PersonRows([MatterRecord(person=row["person"], row=row["row"]) for row in values], mode)
        sheet.resolve()
        rows = sheet.decide()
        return sheet.outcome(origin, accepted=len(rows))
