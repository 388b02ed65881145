"""When a case must be done: the service target and the legal limit in working days, by the law in force on the day (R1.22)."""

from __future__ import annotations

import datetime as dt

from jingban.casework.kind import CaseKind
from jingban.policy.lookup import Policy
from jingban.values.months import of_date
from jingban.values.workdays import add_workdays


def due(
    kind: CaseKind, policy: Policy, region: str, received: dt.date
) -> tuple[dt.date | None, dt.date | None]:
    """(service target, legal limit); None where nothing was in force, as for every legal limit before 2023-12-01."""
    return _day(kind.target, policy, region, received), _day(kind.limit, policy, region, received)


def _day(name: str, policy: Policy, region: str, received: dt.date) -> dt.date | None:
    if not name:
        return None
    found = policy.find(name, region, of_date(received))
    return None if found is None else add_workdays(received, int(found.value))
