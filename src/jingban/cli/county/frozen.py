"""The list frozen on 10 September: in receipt, and the last certificate has run out, as known that day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jingban.cli.county import schedule
from jingban.cli.county.births import EIGHTY
from jingban.cli.county.query import alive
from jingban.registry import bulk, relations
from jingban.registry.lists.writing import write_list
from jingban.values import months

_CYCLE = 12
"""R1.10-02"""
_HEADER = ("乡镇", "村", "组", "证件号码", "姓名", "80岁以上", "残疾人", "认证日期", "认证方式", "未通过原因")


@dataclass(frozen=True, slots=True)
class Listed:
    """One person of the list."""

    person: int
    birth: dt.date
    disabled: bool
    township: str
    village: str
    group: str
    number: str
    name: str

    @property
    def old(self) -> bool:
        return self.birth <= EIGHTY


def frozen_list(horizon: int) -> list[Listed]:
    """Everybody on the list, by township and village."""
    month = months.of_date(schedule.FROZEN)
    certified = f"SELECT person_id, MAX(month) AS month FROM ({relations.select('f_certified', horizon)}) c GROUP BY person_id"
    disabled = (
        "SELECT 1 FROM registry_groupmembership g WHERE g.person_id = a.person_id AND g.group_id IN (4, 8) "
        f"AND g.valid_from <= {month} AND {month} < g.valid_to AND {alive('registry_groupmembership', 'g', horizon)}"
    )
    stopped = (
        f"SELECT 1 FROM ({relations.select('f_stop', horizon)}) s WHERE s.person_id = a.person_id "
        f"AND s.from_month <= {month} AND {month} < s.to_month"
    )
    dead = f"SELECT 1 FROM ({relations.select('f_death', horizon)}) d WHERE d.person_id = a.person_id"
    rows = bulk.fetch(
        "SELECT a.person_id, i.birth_date, CASE WHEN EXISTS (" + disabled + ") THEN 1 ELSE 0 END, "
        "h.township, h.village, h.group_name, i.id_number, i.name "
        f"FROM ({relations.select('f_award', horizon)}) a "
        f"JOIN registry_identity i ON i.person_id = a.person_id AND {alive('registry_identity', 'i', horizon)} "
        f"JOIN registry_residence h ON h.person_id = a.person_id AND {alive('registry_residence', 'h', horizon)} "
        f"LEFT JOIN ({certified}) c ON c.person_id = a.person_id "
        f"WHERE a.start_month <= {month} AND COALESCE(c.month, a.start_month) + {_CYCLE} < {month} "
        f"AND NOT EXISTS ({stopped}) AND NOT EXISTS ({dead}) "
        "ORDER BY h.township_code, h.village_code, h.group_name, a.person_id"
    )
    return [
        Listed(
            person,
            birth if isinstance(birth, dt.date) else dt.date.fromisoformat(birth),
            bool(disabled_),
            *rest,
        )
        for person, birth, disabled_, *rest in rows
    ]


def write_lists(horizon: int, folder: Path) -> Iterator[Path]:
    """One file for each township, to hand to the villages."""
    folder.mkdir(parents=True, exist_ok=True)
    by_township: dict[str, list[Listed]] = {}
    for row in frozen_list(horizon):
        by_township.setdefault(row.township, []).append(row)
    for township, listed in by_township.items():
        path = folder / f"{township}.xlsx"
        rows = [
            (
                r.township,
                r.village,
                r.group,
                r.number,
                r.name,
                "是" if r.old else "",
                "是" if r.disabled else "",
            )
            for r in listed
        ]
        write_list(path, _HEADER, rows, title=township)
        yield path
