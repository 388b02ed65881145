"""A small county with a month paid, for the tests of the safeguards."""

from __future__ import annotations

import datetime as dt
from typing import Any

from jingban.safeguards.take import OtherRecord, take
from jingban.values.months import month
from tests.support.people import REGION, door, recipient, record, register
from tests.support.runs import paid as paid_run

COUNTY = int(REGION)
JAN, FEB = month(2020, 1), month(2020, 2)
VILLAGES = ("某村", "邻村")


def people(count: int = 4, **more: Any) -> list[int]:
    """``count`` recipients in two villages in turn, and one contributor (the last)."""
    rows = [recipient(n, village=VILLAGES[n % 2], group_name="一组", **more) for n in range(1, count + 1)]
    return register(*rows, record(90))


def on(number: int, of: int = 2) -> dt.date:
    """A day in 2020."""
    return dt.date(2020, of, number)


def listed(
    source: str,
    *rows: dict[str, Any],
    day: dt.date | None = None,
    list_month: int = JAN,
    mode: Any = "refuse_all",
) -> Any:
    records = [OtherRecord(**{"month": list_month, "row": n, **row}) for n, row in enumerate(rows, start=2)]
    return take(source, records, door(day or on(20), actor="名单员", source=f"{source}.xlsx"), mode)


__all__ = ["COUNTY", "FEB", "JAN", "VILLAGES", "door", "listed", "on", "paid_run", "people"]
