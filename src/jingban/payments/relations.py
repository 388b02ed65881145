"""The settled side of the contract (docs/internals/relations.md): what counts as paid, and what is still to come back."""

from __future__ import annotations

FAILED = (
    "SELECT 1 FROM payments_orderstatus x WHERE x.order_id = {line}.order_id AND x.status = 'failed'{within}"
)


def counting(line: str, run: str, horizon: int | None = None) -> str:
    """SQL condition: a line counts as settled: its run was released and its order has not failed, as known at ``horizon``."""
    released = f"{run}.release_id IS NOT NULL" if horizon is None else f"{run}.release_id <= {int(horizon)}"
    within = "" if horizon is None else f" AND x.origin_id <= {int(horizon)}"
    return f"{released} AND NOT EXISTS ({FAILED.format(line=line, within=within)})"


def settled(horizon: int | None = None, scope: str | None = None) -> str:
    """SELECT of ``f_settled``: lines that count and set-offs; with ``scope`` only the persons and months of that table."""
    join = (
        f" JOIN {scope} c ON c.person_id = l.person_id AND c.from_month <= l.month AND l.month < c.to_month"
        if scope
        else ""
    )
    within = "" if horizon is None else f" WHERE l.origin_id <= {int(horizon)}"
    return (
        "SELECT l.person_id, l.item, l.month, l.amount_fen FROM payments_line l "
        f"JOIN payments_run r ON r.id = l.run_id{join} WHERE {counting('l', 'r', horizon)} "
        f"UNION ALL SELECT l.person_id, l.item, l.month, l.amount_fen FROM payments_setoff l{join}{within}"
    )


def receivables(horizon: int | None = None) -> str:
    """SELECT of ``f_receivable``."""
    within = "" if horizon is None else f" AND {{alias}}.origin_id <= {int(horizon)}"

    def total(table: str) -> str:
        return (
            f"CAST(COALESCE((SELECT SUM(t.amount_fen) FROM {table} t WHERE t.receivable_id = r.id"
            f"{within.format(alias='t')}), 0) AS BIGINT)"
        )

    return (
        f"SELECT r.id AS receivable_id, r.person_id, r.amount_fen AS raised_fen, {total('payments_repayment')} AS repaid_fen, "
        f"{total('payments_writeoff')} AS written_off_fen FROM payments_receivable r WHERE 1 = 1{within.format(alias='r')}"
    )
