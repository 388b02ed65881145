"""Identities that must hold to the fen, for the demonstration, the tests and the auditor."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import connection

from jingban.payments import law, opening, scope
from jingban.payments.models import Run
from jingban.payments.pipeline import prepare
from jingban.payments.relations import EVER_RELEASED, settlements
from jingban.payments.relations import settled as settled_rows
from jingban.payments.services._runs import latest_paid
from jingban.registry.law import tables
from jingban.store import live
from jingban.values.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Proof:
    """One identity: ``left`` must equal ``right`` (fen, or a count where the label says so)."""

    id: str
    label: str
    left: int
    right: int

    @property
    def holds(self) -> bool:
        return self.left == self.right


def whole_is_settled_plus_open(region_id: int, payroll_month: int, known_on: dt.date) -> list[Proof]:
    """Everything owed since the books were opened, recomputed from nothing: it is what was settled and what is open (lines of
    every channel), and nothing open lies where the next monthly run would not look."""
    law_now = tables(region_id, known_on)
    with connection.cursor() as cursor:

        def value(sql: str) -> int:
            cursor.execute(sql)
            return int(cursor.fetchone()[0])

        engine = prepare(
            cursor,
            region_id,
            payroll_month,
            None,
            law_now,
            lambda reach: scope.full(payroll_month, reach=reach),
        )
        engine.build("lines")
        owed = sum(
            value(f"SELECT COALESCE(SUM(amount_fen), 0) FROM {part}") for part in ("accrued", "heirs_due")
        )
        settled = value(
            f"SELECT COALESCE(SUM(amount_fen), 0) FROM ({settlements()}) s "
            f"WHERE s.region_id = {int(region_id)} AND s.month <= {int(payroll_month)}"
        )
        # What the former system had settled where something reaches back behind the opening of the books.
        settled += value("SELECT COALESCE(SUM(amount_fen), 0) FROM f_settled") - value(
            f"SELECT COALESCE(SUM(amount_fen), 0) FROM ({settled_rows(None, 'f_scope')}) s"
        )
        still = value("SELECT COALESCE(SUM(amount_fen), 0) FROM lines")
        overlooked = 0
        if (before := latest_paid(region_id)) is not None:
            since = scope.Since(before, law.changed_from(before.law, law_now))
            looked_at = scope.touched(
                payroll_month, since, reach=opening.law_reaches_to(opening.laws(region_id, {}), law_now)
            )
            overlooked = value(
                f"SELECT COUNT(*) FROM lines l LEFT JOIN ({looked_at}) n "
                "ON n.person_id = l.person_id AND n.from_month <= l.month WHERE n.person_id IS NULL"
            )
        engine.drop()
    return [
        Proof("owed-settled-open", _("应付 = 已结 + 未结"), owed, settled + still),
        Proof("overlooked", _("全部重算得出、逐月发放却不会看到的明细（应为 0）"), overlooked, 0),
    ]


def balances_are_sums_of_entries() -> Proof:
    """Account balances = sum of entries: opening and posted money less what released runs took, by two roads."""
    entries = f"registry_accountentry e WHERE {live.where('registry_accountentry', 'e')}"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COALESCE(SUM(balance_fen), 0) FROM (SELECT e.person_id, SUM(e.amount_fen) AS balance_fen "
            f"FROM {entries} GROUP BY e.person_id) t"
        )
        balances = int(cursor.fetchone()[0])
        cursor.execute(
            f"SELECT COALESCE(SUM(e.amount_fen), 0) FROM {entries} AND e.cause NOT LIKE 'run:%' AND e.cause <> 'payment-failed'"
        )
        posted = int(cursor.fetchone()[0])
        cursor.execute(
            "SELECT COALESCE(SUM(e.amount_fen), 0) FROM payments_plannedentry e JOIN payments_run r ON r.id = e.run_id "
            "WHERE r.release_id IS NOT NULL"
        )
        planned = int(cursor.fetchone()[0])
        cursor.execute(f"SELECT COALESCE(SUM(e.amount_fen), 0) FROM {entries} AND e.cause = 'payment-failed'")
        undone = int(cursor.fetchone()[0])
    return Proof("balances-entries", _("账户余额 = 明细之和"), balances, posted + planned + undone)


def orders_are_sums_of_lines() -> Proof:
    """Bank orders of released runs = their lines."""
    return Proof(
        "orders-lines",
        _("支付单 = 发放明细"),
        _sum("payments_order o", "o"),
        _sum("payments_line o", "o", " AND o.order_id IS NOT NULL"),
    )


def outcomes_are_orders() -> Proof:
    """Orders = paid + failed + without an outcome yet, over released runs (R1.9, reconciliation identity)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COALESCE(SUM(CASE WHEN s.status = 'paid' THEN o.amount_fen ELSE 0 END), 0) "
            "+ COALESCE(SUM(CASE WHEN s.status = 'failed' THEN o.amount_fen ELSE 0 END), 0) "
            "+ COALESCE(SUM(CASE WHEN s.id IS NULL THEN o.amount_fen ELSE 0 END), 0) "
            "FROM payments_order o JOIN payments_run r ON r.id = o.run_id LEFT JOIN payments_orderstatus s ON s.order_id = o.id "
            "WHERE r.release_id IS NOT NULL"
        )
        right = int(cursor.fetchone()[0])
    return Proof(
        "orders-outcomes", _("支付单 = 成功 + 失败 + 结果未回"), _sum("payments_order o", "o"), right
    )


# Only where something was settled in several goes, set off, or settled above what was owed can too much be settled.
_DOUBTFUL = (
    "(SELECT k.person_id, k.month AS from_month, k.month + 1 AS to_month FROM ("
    "SELECT person_id, month FROM payments_line GROUP BY person_id, month, item HAVING COUNT(*) > 1 "
    "UNION SELECT person_id, month FROM payments_line WHERE amount_fen > owed_fen "
    "UNION SELECT person_id, month FROM payments_setoff) k)"
)


def nobody_paid_twice() -> Proof:
    """Persons, items and months for which more was settled, set-offs included, than the last settlement said was owed: none.

    Every line that was ever released counts, whatever became of its run, but for orders that the bank named as failed or returned.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH s AS ({settlements(scope=_DOUBTFUL, runs=EVER_RELEASED)}), last AS (SELECT person_id, month, item, "
            "SUM(amount_fen) AS settled_fen, MAX(origin_id) AS origin_id FROM s GROUP BY person_id, month, item "
            "HAVING SUM(amount_fen) > MIN(owed_fen)) "
            "SELECT COUNT(*) FROM last t JOIN s ON s.person_id = t.person_id AND s.month = t.month AND s.item = t.item "
            "AND s.origin_id = t.origin_id WHERE t.settled_fen > s.owed_fen"
        )
        doubled = int(cursor.fetchone()[0])
    return Proof("paid-twice", _("重复支付的人次（应为 0）"), doubled, 0)


def batches_are_their_events() -> Proof:
    """Runs and credits whose state or release is not what their events say: none."""

    def differing(table: str, events: str, key: str, decided: str, state: str) -> str:
        last = f"(SELECT v.state FROM {events} v WHERE v.{key} = b.id ORDER BY v.id DESC LIMIT 1)"
        when = f"COALESCE((SELECT MIN(v.origin_id) FROM {events} v WHERE v.{key} = b.id AND v.state = '{state}'), 0)"
        return f"(SELECT COUNT(*) FROM {table} b WHERE COALESCE({last}, '') <> b.state OR COALESCE(b.{decided}, 0) <> {when})"

    runs = differing("payments_run", "payments_runevent", "run_id", "release_id", "released")
    yearly = differing("payments_credit", "payments_creditevent", "credit_id", "posting_id", "posted")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {runs} + {yearly}")
        count = int(cursor.fetchone()[0])
    return Proof("batches-events", _("状态与经过不符的批次（应为 0）"), count, 0)


def receivables_are_lines() -> Proof:
    """Receivables raised = minus the receivable lines of released runs."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(SUM(amount_fen), 0) FROM payments_receivable")
        raised = int(cursor.fetchone()[0])
    return Proof(
        "receivables-lines",
        _("应收款 = 应收明细"),
        raised,
        -_sum("payments_line o", "o", " AND o.channel = 3"),
    )


def all_proofs(region_id: int, payroll_month: int, known_on: dt.date) -> list[Proof]:
    """Every identity."""
    return [*whole_is_settled_plus_open(region_id, payroll_month, known_on), *books_agree()]


def books_agree() -> list[Proof]:
    """The identities that add up what was written, without asking the rules again."""
    return [
        balances_are_sums_of_entries(),
        orders_are_sums_of_lines(),
        outcomes_are_orders(),
        receivables_are_lines(),
        nobody_paid_twice(),
        batches_are_their_events(),
    ]


def _sum(table: str, alias: str, extra: str = "") -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT COALESCE(SUM({alias}.amount_fen), 0) FROM {table} JOIN payments_run r ON r.id = {alias}.run_id "
            f"WHERE r.release_id IS NOT NULL{extra}"
        )
        return int(cursor.fetchone()[0])


def file_totals(run: Run, content: bytes, encoding: str = "gb18030") -> Proof:
    """The trailer of a bank file = the run's lines that have an account."""
    trailer: list[Any] = content.rstrip(b"\r\n").decode(encoding).splitlines()[-1].split("|")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COALESCE(SUM(l.amount_fen), 0) FROM payments_line l JOIN payments_order o ON o.id = l.order_id "
            "WHERE l.run_id = %s AND o.account <> ''",
            [run.pk],
        )
        lines = int(cursor.fetchone()[0])
    return Proof("file-lines", _("报盘文件 = 发放明细"), int(trailer[2]), lines)
