"""The bank's outcome is not known (a broken line, an unreadable answer): a state of its own."""

from __future__ import annotations

from jingban.payments.models import Run
from jingban.payments.services._runs import get, move
from jingban.store.origins import Door, entering


def mark_unknown(run_id: int, door: Door, note: str = "") -> Run:
    """filed -> unknown. The lines stay settled and nothing is re-sent; only an answer leads on. Code: PAY-202."""
    with entering(door) as origin:
        run = get(run_id)
        move(run, "to_unknown", origin, note=note)
        return run
