"""What the rules say of one person at this moment, asked step by step: for letters, and for cases that rest on an amount owed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import connection

from jingban.payments import scope
from jingban.payments.pipeline import prepare
from jingban.registry.law import tables

Row = tuple[int, int, int]
"""(item, month, fen)"""
_OPEN_REFUND = (
    "SELECT d.item, d.month, d.amount_fen - COALESCE(s.amount_fen, 0) AS amount_fen FROM duplicate_due d LEFT JOIN "
    "(SELECT person_id, item, month, SUM(amount_fen) AS amount_fen FROM f_settled GROUP BY person_id, item, month) s "
    "ON s.person_id = d.person_id AND s.item = d.item AND s.month = d.month "
    "WHERE d.amount_fen > COALESCE(s.amount_fen, 0)"
)


def rows_of(
    region: int,
    person: int,
    month: int,
    day: dt.date,
    sql: str,
    params: Sequence[Any],
    step: str,
    *,
    check_law: bool = True,
) -> list[Row]:
    """Rows of one step for a payroll month by the law known on a day; only what this step reads is asked for."""
    with connection.cursor() as cursor:
        engine = prepare(
            cursor,
            region,
            month,
            None,
            tables(region, day),
            lambda reach: scope.full(month, [person], reach=reach),
            targets=(step,),
            check_law=check_law,
        )
        engine.build(step)
        cursor.execute(f"{sql} ORDER BY 1, 2", params)
        rows = [(int(item), int(when), int(fen)) for item, when, fen in cursor.fetchall()]
        engine.drop()
    return rows


def refunds(region: int, person: int, month: int, day: dt.date) -> dict[int, int]:
    """January of the year → fen of contributions paid twice (R1.16-04), settled or not."""
    sql = "SELECT item, month, amount_fen FROM duplicate_due"
    return {when: fen for _item, when, fen in rows_of(region, person, month, day, sql, [], "duplicate_due")}


def open_refunds(region: int, person: int, month: int, day: dt.date) -> list[Row]:
    """Of these, what the next run still has to pay back."""
    return rows_of(region, person, month, day, _OPEN_REFUND, [], "duplicate_due")
