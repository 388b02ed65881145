"""Write the bank file of a released run."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from jingban.payments import bankfile
from jingban.payments.bankfile import GBK, Payment
from jingban.payments.models import Run
from jingban.payments.models.runs import State
from jingban.payments.services._runs import get, move
from jingban.store import bulk
from jingban.store.origins import Door, entering
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _


def write_bank_file(run_id: int, folder: Path, door: Door, *, encoding: str = GBK) -> tuple[Run, Path]:
    """released -> filed, then the file; asked again before the bank answered, it writes the identical file again.

    The state moves first: a process killed in between leaves a run that is filed without a file, and repeating this
    step writes it. The batch number stays the same, so a bank that was sent both knows them for one.
    Codes: PAY-202 wrong state, PAY-204 the outcome is unknown or in: nothing is re-sent, PAY-205 the file differs.
    """
    with entering(door) as origin:
        run = get(run_id)
        content = bankfile.write(run.batch, run.payroll_month, orders_to_send(run), encoding)
        seal = bankfile.digest(content)
        if run.state == State.FILED:
            if run.file_digest != seal:
                raise refuse("PAY-205", _("重新生成的报盘文件与原文件不一致（编码不同？），不能再次出盘"))
        elif run.state in (State.UNKNOWN, State.RETURNED, State.SETTLED):
            raise refuse("PAY-204", _("批次 {batch} 已送银行，不能再次出盘").format(batch=run.batch))
        else:
            move(run, "to_filed", origin, seal)
    path = folder / f"{run.batch}.txt"
    _replace(path, content)
    return run, path


def orders_to_send(run: Run) -> list[Payment]:
    """Orders with an account, in the order of their numbers, with the first and last entitlement month."""
    rows = bulk.fetch(
        "SELECT o.id, o.bank, o.account, o.holder, o.amount_fen, m.first_month, m.last_month FROM payments_order o "
        "JOIN (SELECT l.order_id, MIN(l.month) AS first_month, MAX(l.month) AS last_month FROM payments_line l "
        "WHERE l.run_id = %s GROUP BY l.order_id) m ON m.order_id = o.id WHERE o.run_id = %s AND o.account <> '' ORDER BY o.id",
        [run.pk, run.pk],
    )
    return [Payment(*row) for row in rows]


def _replace(path: Path, content: bytes) -> None:
    """Wholly there or not there, also after a crash."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".jingban-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
