"""Small synthetic registers for tests: everything enters through the services."""

from __future__ import annotations

import datetime as dt
from typing import Any

from jingban.registry.services.import_people import ImportRecord, OpeningAward, import_people
from jingban.store.origins import Door
from jingban.values import citizen_id
from jingban.values.months import month

REGION = "510421"
CUTOVER = month(2020, 1)


def door(day: dt.date = dt.date(2020, 1, 2), actor: str = "maker", **more: Any) -> Door:
    """A door that opens on a fixed day."""
    at = dt.datetime(day.year, day.month, day.day, 9, tzinfo=dt.timezone(dt.timedelta(hours=8)))
    return Door(actor, at=at, **more)


def id_number(birth: dt.date, sequence: int) -> str:
    return citizen_id.generate(REGION, birth, sequence)


def account(sequence: int) -> str:
    return f"62148{sequence:014d}"


def record(sequence: int, birth: dt.date = dt.date(1970, 5, 3), **more: Any) -> ImportRecord:
    """A participant since 2012 with 8 contribution years and 1,000 yuan."""
    base: dict[str, Any] = {
        "id_number": id_number(birth, sequence), "name": f"测试{sequence}", "region": REGION, "from_month": month(2012, 1),
        "number": f"T{sequence:06d}", "township": "攀莲镇", "village": "某村", "bank": "NH", "account": account(sequence), "cutover": CUTOVER,
        "history_years": 8, "balances": {(1, 1): 80_000, (3, 1): 20_000}, "row": sequence,
    }  # fmt: skip
    return ImportRecord(**(base | more))


def recipient(sequence: int, birth: dt.date = dt.date(1950, 5, 3), **more: Any) -> ImportRecord:
    """In receipt since 2019-01: account pension 13,900 fen-yuan / 139, certified 2019-12."""
    award = OpeningAward(start_month=month(2019, 1), paid_years=8, balance_fen=139_000)
    return record(sequence, birth, **({"award": award, "certified_on": dt.date(2019, 12, 5)} | more))


def register(*records: ImportRecord) -> list[int]:
    """Import and return the person ids in order."""
    outcome = import_people(records, door())
    return [outcome.person_ids[item.row or index + 1] for index, item in enumerate(records)]
