"""Pieces of SQL that several exports share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection

from jingban.payments.models import Run
from jingban.store import live

GROUPS = {
    1: "建档立卡", 2: "低保", 3: "特困", 4: "重度残疾", 5: "退捕渔民", 6: "被征地农民", 7: "返贫致贫、监测户", 8: "残疾",
}  # fmt: skip
LEDGERS = {
    1: "个人缴费", 3: "省级补贴", 4: "市级补贴", 5: "县级补贴", 6: "集体补助", 11: "代缴", 21: "退捕渔民补助",
    22: "被征地补助", 31: "转入",
}  # fmt: skip


OUTCOMES = {"paid": "成功", "failed": "失败", "bounced": "付后退回"}
RUN_OF = "JOIN payments_run r ON r.id = {}.run_id"


def of_month(month: int) -> str:
    """SQL condition over ``payments_run r``: the runs of a payroll month that were not given up."""
    return f"r.payroll_month = {int(month)} AND r.state <> 'cancelled'"


def of_run(run: Run) -> str:
    """SQL condition over ``payments_run r``: one run."""
    return f"r.id = {int(run.pk)}"


def alive(table: str, alias: str) -> str:
    """SQL: the row is live now."""
    return live.where(table, alias)


def person_joins(owner: str) -> str:
    """Joins that give ``i`` (identity) and ``h`` (home) of ``owner.person_id``; everybody has both."""
    return (
        f"JOIN registry_identity i ON i.person_id = {owner}.person_id AND {alive('registry_identity', 'i')} "
        f"JOIN registry_residence h ON h.person_id = {owner}.person_id AND {alive('registry_residence', 'h')}"
    )


ORDER = "h.township_code, h.township, h.village_code, h.village, h.group_name, i.id_number"


def stream(sql: str, params: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
    """Rows one batch after another; a county's list need not fit into memory."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        while batch := cursor.fetchmany(5_000):
            yield from batch


def day(value: Any) -> str:
    """A date column on either engine as text."""
    return "" if value is None else str(value)[:10]
