"""The preview's report: totals, continuity of headcount and amount against the month before (R1.9 step 3), anomalies."""

from __future__ import annotations

from typing import Any

from jingban.payments.anomalies import find
from jingban.payments.models import Run
from jingban.payments.relations import failed
from jingban.rules.codes import PENSION_ITEMS

Rows = list[tuple[Any, ...]]


def make(cursor: Any, run: Run, before: Run | None) -> dict[str, Any]:
    """JSON-ready report of a run whose engine tables (``lines``, ``gate``, facts) are still there. Money in fen."""

    def fetch(sql: str) -> Rows:
        cursor.execute(sql)
        return list(cursor.fetchall())

    _compare_tables(cursor, run, before)
    report = {
        "total": _total(fetch, run),
        "items": _items(fetch, run),
        "channels": _channels(fetch, run),
        "held": _held(fetch),
        "continuity": _continuity(fetch, run, before) if before else None,
        "back_pay": _back_pay(fetch, run),
        "anomalies": find(fetch, run),
    }
    for table in ("cmp_before", "cmp_now"):
        cursor.execute(f"DROP TABLE {table}")
    return report


def _compare_tables(cursor: Any, run: Run, before: Run | None) -> None:
    """Regular amounts (bank, entitlement month = payroll month) by person, now and in the month paid before."""
    for table, payroll_month, condition in (
        ("cmp_before", before.payroll_month if before else -1, "r.release_id IS NOT NULL"),
        ("cmp_now", run.payroll_month, f"(r.release_id IS NOT NULL OR r.id = {run.pk})"),
    ):
        cursor.execute(
            # The plus leaves the column without a type, as the engine's tables are: SQLite uses an index between equals only.
            f"CREATE TEMP TABLE {table} AS SELECT +l.person_id AS person_id, CAST(SUM(l.amount_fen) AS BIGINT) AS amount_fen "
            "FROM payments_line l JOIN payments_run r ON r.id = l.run_id "
            f"WHERE r.region_id = {run.region_id} AND r.payroll_month = {payroll_month} AND {condition} "
            f"AND l.month = {payroll_month} AND l.channel = 1 AND l.item IN {PENSION_ITEMS} GROUP BY l.person_id HAVING SUM(l.amount_fen) > 0"
        )
        cursor.execute(f"CREATE INDEX {table}_person ON {table} (person_id)")


def _total(fetch: Any, run: Run) -> dict[str, int]:
    ((persons, amount),) = fetch(
        f"SELECT COUNT(*), COALESCE(SUM(amount_fen), 0) FROM payments_order WHERE run_id = {run.pk}"
    )
    ((lines,),) = fetch(f"SELECT COUNT(*) FROM payments_line WHERE run_id = {run.pk}")
    return {"persons": int(persons), "amount_fen": int(amount), "lines": int(lines)}


def _items(fetch: Any, run: Run) -> list[dict[str, int]]:
    rows = fetch(
        f"SELECT item, COUNT(DISTINCT person_id), SUM(amount_fen) FROM payments_line WHERE run_id = {run.pk} "
        "AND channel IN (1, 2) GROUP BY item ORDER BY item"
    )
    return [
        {"item": int(item), "persons": int(persons), "amount_fen": int(amount)}
        for item, persons, amount in rows
    ]


def _channels(fetch: Any, run: Run) -> list[dict[str, int]]:
    rows = fetch(
        f"SELECT channel, COUNT(DISTINCT person_id), SUM(amount_fen) FROM payments_line WHERE run_id = {run.pk} "
        "GROUP BY channel ORDER BY channel"
    )
    return [
        {"channel": int(c), "persons": int(persons), "amount_fen": int(amount)} for c, persons, amount in rows
    ]


def _held(fetch: Any) -> list[dict[str, int]]:
    """Owed and booked but not payable now, by reason of the gate."""
    rows = fetch(
        "SELECT reason, COUNT(DISTINCT person_id), SUM(amount_fen) FROM lines WHERE channel = 4 GROUP BY reason ORDER BY reason"
    )
    return [
        {"reason": int(reason), "persons": int(persons), "amount_fen": int(amount)}
        for reason, persons, amount in rows
    ]


_LEFT = """
SELECT cause, COUNT(*), SUM(amount_fen) FROM (
    SELECT b.person_id, b.amount_fen,
        CASE WHEN d.person_id IS NOT NULL THEN 'deaths'
             WHEN o.person_id IS NOT NULL OR e.person_id IS NOT NULL THEN 'terminations'
             WHEN g.gate = 2 OR s.person_id IS NOT NULL THEN 'suspensions'
             ELSE 'unexplained' END AS cause
    FROM cmp_before b
    LEFT JOIN cmp_now n ON n.person_id = b.person_id
    LEFT JOIN f_death d ON d.person_id = b.person_id
    LEFT JOIN f_other_pension o ON o.person_id = b.person_id
    LEFT JOIN gate g ON g.person_id = b.person_id
    LEFT JOIN (SELECT DISTINCT person_id FROM f_stop WHERE from_month <= {month} AND {month} < to_month) s
        ON s.person_id = b.person_id
    LEFT JOIN (SELECT +r.person_id AS person_id FROM registry_relation r WHERE NOT EXISTS
        (SELECT 1 FROM registry_relation w WHERE w.supersedes_id = r.id) AND NOT r.retracted
        AND r.person_id IN (SELECT x.person_id FROM cmp_before x LEFT JOIN cmp_now y ON y.person_id = x.person_id
            WHERE y.person_id IS NULL)
        GROUP BY r.person_id HAVING MAX(r.valid_to) <= {month}) e ON e.person_id = b.person_id
    WHERE n.person_id IS NULL
) t GROUP BY cause
"""

_CAME = """
SELECT cause, COUNT(*), SUM(amount_fen) FROM (
    SELECT n.person_id, n.amount_fen,
        CASE WHEN a.id IS NOT NULL THEN 'awards' ELSE 'resumptions' END AS cause
    FROM cmp_now n
    LEFT JOIN cmp_before b ON b.person_id = n.person_id
    LEFT JOIN (SELECT w.person_id, MIN(w.id) AS id FROM registry_award w
        WHERE w.origin_id > {horizon} OR w.start_month > {last} GROUP BY w.person_id) a ON a.person_id = n.person_id
    WHERE b.person_id IS NULL
) t GROUP BY cause
"""

# One sum for each item: sorting a quarter of a million rows into seven groups costs more than adding them up.
_CHANGED = """
SELECT {sums} FROM (
    SELECT l.person_id, l.item, l.amount_fen FROM payments_line l JOIN payments_run r ON r.id = l.run_id
    WHERE r.region_id = {region} AND r.payroll_month = {month} AND (r.release_id IS NOT NULL OR r.id = {run})
        AND l.month = {month} AND l.channel = 1 AND l.item IN {items}
    UNION ALL
    SELECT l.person_id, l.item, -l.amount_fen FROM payments_line l JOIN payments_run r ON r.id = l.run_id
    WHERE r.region_id = {region} AND r.payroll_month = {last} AND r.release_id IS NOT NULL
        AND l.month = {last} AND l.channel = 1 AND l.item IN {items}
) t
WHERE person_id IN (SELECT b.person_id FROM cmp_before b JOIN cmp_now n ON n.person_id = b.person_id)
"""


def _continuity(fetch: Any, run: Run, before: Run) -> dict[str, Any]:
    """N_p = N_{p-1} + awards + resumptions - deaths - suspensions - terminations, and the same in fen by cause."""
    values = {
        "month": run.payroll_month,
        "last": before.payroll_month,
        "horizon": before.horizon_id,
        "region": run.region_id,
        "run": run.pk,
    }
    moves = {
        cause: {"persons": int(persons), "amount_fen": int(amount)}
        for text in (_CAME, _LEFT)
        for cause, persons, amount in fetch(text.format(**values))
    }
    ((persons_before, amount_before),) = fetch(
        "SELECT COUNT(*), COALESCE(SUM(amount_fen), 0) FROM cmp_before"
    )
    ((persons_now, amount_now),) = fetch("SELECT COUNT(*), COALESCE(SUM(amount_fen), 0) FROM cmp_now")
    sums = ", ".join(f"SUM(CASE WHEN item = {item} THEN amount_fen ELSE 0 END)" for item in PENSION_ITEMS)
    (amounts,) = fetch(_CHANGED.format(sums=sums, items=PENSION_ITEMS, **values))
    changes = {item: int(amount) for item, amount in zip(PENSION_ITEMS, amounts, strict=True) if amount}
    none = {"persons": 0, "amount_fen": 0}
    plus = [moves.get(name, none) for name in ("awards", "resumptions")]
    minus = [moves.get(name, none) for name in ("deaths", "suspensions", "terminations", "unexplained")]
    expected_persons = persons_before + sum(m["persons"] for m in plus) - sum(m["persons"] for m in minus)
    expected_amount = (
        amount_before
        + sum(m["amount_fen"] for m in plus)
        - sum(m["amount_fen"] for m in minus)
        + sum(changes.values())
    )
    return {
        "before": {
            "month": before.payroll_month,
            "persons": int(persons_before),
            "amount_fen": int(amount_before),
        },
        "now": {"month": run.payroll_month, "persons": int(persons_now), "amount_fen": int(amount_now)},
        "moves": moves,
        "changes": changes,
        "holds": expected_persons == persons_now and expected_amount == amount_now,
    }


def _back_pay(fetch: Any, run: Run) -> list[dict[str, Any]]:
    """Months before the payroll month, by cause: new award, resumed, re-issued after a failure, other (standard, correction)."""
    horizon = run.before.horizon_id if run.before else 0
    rows = fetch(
        "SELECT cause, COUNT(DISTINCT person_id), SUM(amount_fen) FROM ("
        "SELECT l.person_id, l.amount_fen, CASE "
        f"WHEN l.person_id IN (SELECT person_id FROM registry_award WHERE origin_id > {horizon}) THEN 'awards' "
        "WHEN EXISTS (SELECT 1 FROM payments_line k WHERE k.person_id = l.person_id AND k.month = l.month AND k.item = l.item "
        f"AND k.order_id IN ({failed()})) THEN 'reissued' "
        "WHEN b.person_id IS NULL THEN 'resumptions' ELSE 'standard' END AS cause "
        "FROM payments_line l LEFT JOIN cmp_before b ON b.person_id = +l.person_id "
        f"WHERE l.run_id = {run.pk} AND l.channel = 1 AND l.month < {run.payroll_month}) t "
        "GROUP BY cause ORDER BY cause"
    )
    return [
        {"cause": cause, "persons": int(persons), "amount_fen": int(amount)}
        for cause, persons, amount in rows
    ]
