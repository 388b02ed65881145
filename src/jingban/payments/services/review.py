"""Another person agrees to a run (一事双岗双审, R1.19-01)."""

from __future__ import annotations

from jingban.payments.models import Run
from jingban.payments.services._moves import agree
from jingban.payments.services._runs import get, note_decision
from jingban.store.origins import Door


def review(run_id: int, door: Door) -> Run:
    """draft -> reviewed. Codes: PAY-201 the maker may not review, PAY-202 wrong state, PAY-208 nobody is named for the account."""
    return agree(lambda: get(run_id), door, lambda run, origin: note_decision("run.reviewed", run, origin))
