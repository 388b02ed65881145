"""Give a run up before it is released: nothing was paid."""

from __future__ import annotations

from jingban.payments.models import Run
from jingban.payments.services._runs import get, move, note_decision
from jingban.store.origins import Door, entering


def cancel(run_id: int, door: Door, note: str = "") -> Run:
    """draft or reviewed -> cancelled. Code: PAY-202 wrong state."""
    with entering(door) as origin:
        run = get(run_id)
        move(run, "to_cancelled", origin, note=note)
        note_decision("run.cancelled", run, origin)
        return run
