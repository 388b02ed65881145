"""Release a run: from this moment its lines count as settled; account draws and receivables are booked with it."""

from __future__ import annotations

from typing import Any

from django.db import connection

from jingban.payments.models import Clearance, Run
from jingban.payments.models.runs import State
from jingban.payments.services._outcomes import fail
from jingban.payments.services._runs import get, move, note_decision
from jingban.store.models import Origin
from jingban.store.origins import Door, entering
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _


def release(run_id: int, door: Door) -> Run:
    """reviewed -> released. Codes: PAY-202 wrong state, PAY-207 the safeguards did not let it pass just now: they look at what
    was registered, settled or released since the preview.

    Callers above go through ``jingban.safeguards.gate.release``, which looks and releases in one transaction.
    """
    with entering(door) as origin, connection.cursor() as cursor:
        run = get(run_id)
        if run.state == State.REVIEWED and not _cleared(run, origin):
            raise refuse("PAY-207", _("没有做发放前检查，或检查之后又有新的登记，不能发放"))
        move(run, "to_released", origin, origin)
        note_decision("run.released", run, origin)
        _book_entries(cursor, run, origin.pk)
        _raise_receivables(cursor, run, origin.pk)
        cursor.execute("SELECT id FROM payments_order WHERE run_id = %s AND account = ''", [run.pk])
        fail(cursor, [(row[0], "", _("没有银行账户")) for row in cursor.fetchall()], origin.pk)
        return run


def _cleared(run: Run, origin: Origin) -> bool:
    """The last thing recorded before this release is that the safeguards let the run pass; the database asks the same."""
    last = Origin.objects.filter(pk__lt=origin.pk).order_by("-pk").values_list("pk", flat=True).first()
    return last is not None and Clearance.objects.filter(run=run, origin_id=last).exists()


def _book_entries(cursor: Any, run: Run, origin: int) -> None:
    cursor.execute(
        "INSERT INTO registry_accountentry "
        "(origin_id, retracted, person_id, ledger, kind, item, year, month, amount_fen, cause) "
        "SELECT %s, %s, person_id, ledger, kind, 0, month / 12, month, amount_fen, %s "
        "FROM payments_plannedentry WHERE run_id = %s ORDER BY id",
        [origin, False, f"run:{run.batch}", run.pk],
    )


def _raise_receivables(cursor: Any, run: Run, origin: int) -> None:
    cursor.execute(
        "INSERT INTO payments_receivable (run_id, person_id, origin_id, amount_fen, first_month, last_month, reason) "
        "SELECT %s, person_id, %s, CAST(-SUM(amount_fen) AS BIGINT), MIN(month), MAX(month), MAX(reason) "
        "FROM payments_line WHERE run_id = %s AND channel = 3 GROUP BY person_id HAVING SUM(amount_fen) < 0 ORDER BY person_id",
        [run.pk, origin, run.pk],
    )
