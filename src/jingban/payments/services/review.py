"""Another person agrees to a run (一事双岗双审, R1.19-01)."""

from __future__ import annotations

from jingban.payments.models import Run
from jingban.payments.services._runs import get, move, note_decision
from jingban.registry.origins import Door, entering
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _


def review(run_id: int, door: Door) -> Run:
    """draft -> reviewed. Codes: PAY-201 the maker may not review, PAY-202 wrong state."""
    with entering(door) as origin:
        run = get(run_id)
        if run.maker == door.actor:
            raise refuse("PAY-201", _("经办人不能复核自己做的批次"))
        move(run, "to_reviewed", origin, door.actor)
        note_decision("run.reviewed", run, origin)
        return run
