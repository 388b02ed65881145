"""The settled side of the contract (docs/internals/relations.md): what counts as paid, and what is still to come back."""

from __future__ import annotations

from jingban.store import live
from jingban.values.months import FOREVER


def failed(horizon: int | None = None, since: int | None = None) -> str:
    """SELECT of ``order_id``: orders whose money did not stay: the bank could not pay them, or returned them after it had.

    As known at ``horizon``; ``since``: only what became known after that origin. They are few and stand in indexes of their own:
    one small set, asked for every line.
    """
    within = "" if horizon is None else f" AND x.origin_id <= {int(horizon)}"
    within += "" if since is None else f" AND x.origin_id > {int(since)}"
    return (
        f"SELECT x.order_id FROM payments_orderstatus x WHERE x.status = 'failed'{within} "
        f"UNION ALL SELECT x.order_id FROM payments_bounce x WHERE 1 = 1{within}"
    )


def payees(horizon: int | None = None) -> str:
    """SELECT of ``f_payee``: dead persons for whose estate somebody is named."""
    return f"SELECT k.person_id FROM payments_estatepayee k WHERE {live.where('payments_estatepayee', 'k', horizon)}"


def counting(line: str, run: str, horizon: int | None = None) -> str:
    """SQL condition: a line counts as settled: its run was released and its order has not failed, as known at ``horizon``."""
    released = f"{run}.release_id IS NOT NULL" if horizon is None else f"{run}.release_id <= {int(horizon)}"
    return f"{released} AND ({line}.order_id IS NULL OR {line}.order_id NOT IN ({failed(horizon)}))"


def settled(horizon: int | None = None, scope: str | None = None) -> str:
    """SELECT of ``f_settled``: lines that count and set-offs; with ``scope`` only the persons and months of that table."""
    columns = "l.person_id, l.item, l.month, l.amount_fen"
    return _settled(columns, columns, "", horizon, scope)


EVER_RELEASED = (
    "(SELECT p.id, p.region_id, p.payroll_month, COALESCE(p.release_id, (SELECT MIN(v.origin_id) FROM payments_runevent v "
    "WHERE v.run_id = p.id AND v.state NOT IN ('draft', 'reviewed', 'cancelled'))) AS release_id FROM payments_run p)"
)
"""Runs with the moment of their release as their events tell it, which nobody can take back: what was once sent to a bank counts,
whatever its run is called today."""


def settlements(horizon: int | None = None, scope: str | None = None, *, runs: str = "payments_run") -> str:
    """The same rows with what else is known of each: the one place that says what has been paid, where and when.

    ``runs``: :data:`EVER_RELEASED` for a proof that does not believe the state of a run. Columns: person_id, item, month (entitled), amount_fen, owed_fen (as known when it was settled), region_id,
    payroll_month (of the run; of the day a set-off was made), origin_id (release or set-off), channel (NULL: set-off).
    """
    shared = "l.person_id, l.item, l.month, l.amount_fen, l.owed_fen"
    made = "CAST(p.paid_on AS VARCHAR(10))"
    month = f"CAST(SUBSTR({made}, 1, 4) AS INTEGER) * 12 + CAST(SUBSTR({made}, 6, 2) AS INTEGER) - 1"
    return _settled(
        f"{shared}, r.region_id, r.payroll_month, r.release_id AS origin_id, l.channel",
        f"{shared}, r.region_id, {month} AS payroll_month, l.origin_id, NULL AS channel",
        " JOIN payments_repayment p ON p.id = l.repayment_id JOIN payments_receivable c ON c.id = p.receivable_id "
        "JOIN payments_run r ON r.id = c.run_id",
        horizon,
        scope,
        runs,
    )


def always(persons: str) -> str:
    """A scope for :func:`settlements`: every month of the persons of a SELECT of ``person_id``."""
    return f"(SELECT w.person_id, 0 AS from_month, {FOREVER + 1} AS to_month FROM ({persons}) w GROUP BY w.person_id)"


def _settled(
    line: str,
    set_off: str,
    set_off_joins: str,
    horizon: int | None,
    scope: str | None,
    runs: str = "payments_run",
) -> str:
    """Lines that count, and set-offs: each with its columns and joins."""
    join = (
        f" JOIN {scope} g ON g.person_id = l.person_id AND g.from_month <= l.month AND l.month < g.to_month"
        if scope
        else ""
    )
    within = "" if horizon is None else f" WHERE l.origin_id <= {int(horizon)}"
    return (
        f"SELECT {line} FROM payments_line l JOIN {runs} r ON r.id = l.run_id{join} "
        f"WHERE {counting('l', 'r', horizon)} "
        f"UNION ALL SELECT {set_off} FROM payments_setoff l{set_off_joins}{join}{within}"
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
