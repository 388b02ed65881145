"""What the bank said about orders, and what a failure undoes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jingban.payments.models import OrderStatus
from jingban.rules import codes
from jingban.store import bulk

# The plus keeps SQLite from reading the whole run for each entry: a person's lines are few.
_ITEMS = {
    "draw": codes.DRAW, "pension": codes.ACCOUNT_PENSION, "moved": codes.TRANSFERRED, "refund": codes.DUPLICATE,
    "paid_out": codes.PAID_OUT, "heirs": codes.HEIRS,
}  # fmt: skip
_UNDO = """
INSERT INTO registry_accountentry (origin_id, retracted, person_id, ledger, kind, item, year, month, amount_fen, cause)
SELECT %s, %s, e.person_id, e.ledger, e.kind, 0, e.month / 12, e.month, -e.amount_fen, 'payment-failed'
FROM payments_order o
JOIN payments_plannedentry e ON e.run_id = o.run_id AND e.person_id = o.person_id
WHERE {among} AND EXISTS (
    SELECT 1 FROM payments_line l WHERE l.person_id = o.person_id AND +l.run_id = o.run_id AND l.order_id = o.id
    AND ((e.kind = {draw} AND l.item = {pension} AND l.month = e.month) OR (e.kind = {moved} AND l.item = {refund})
        OR (e.kind = {paid_out} AND l.item = {heirs})))
ORDER BY e.id
"""


def fail(cursor: Any, orders: Sequence[tuple[int, str, str]], origin: int) -> None:
    """(order, bank code, reason): their lines stop counting as settled, and the account entries they brought are undone."""
    if not orders:
        return
    bulk.insert(
        OrderStatus,
        ["order_id", "origin_id", "status", "code", "reason"],
        ((order, origin, OrderStatus.Status.FAILED.value, code, reason) for order, code, reason in orders),
    )
    undo(cursor, [order for order, _code, _reason in orders], origin)


def undo(cursor: Any, orders: Sequence[int], origin: int) -> None:
    """The account entries that these orders brought are taken back."""
    cursor.execute(_UNDO.format(among=bulk.among("o.id"), **_ITEMS), [origin, False, bulk.listed(orders)])


def succeed(cursor: Any, orders: Sequence[int], origin: int) -> None:
    """These orders reached their accounts."""
    cursor.execute(
        "INSERT INTO payments_orderstatus (order_id, origin_id, status, code, reason) "
        f"SELECT o.id, %s, %s, '', '' FROM payments_order o WHERE {bulk.among('o.id')} ORDER BY o.id",
        [origin, OrderStatus.Status.PAID.value, bulk.listed(orders)],
    )
