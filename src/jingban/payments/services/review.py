"""Another person agrees to a run (一事双岗双审, R1.19-01)."""

from __future__ import annotations

from django.db import DatabaseError

from jingban.payments.models import Run
from jingban.payments.services._runs import get, move, note_decision
from jingban.registry.origins import Door, entering
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _


def review(run_id: int, door: Door) -> Run:
    """draft -> reviewed. Codes: PAY-201 the maker may not review, PAY-202 wrong state, PAY-208 nobody is named for the account."""
    text = _("经办人不能复核自己做的批次")
    try:
        with entering(door) as origin:
            run = get(run_id)
            if run.maker == door.actor:
                raise refuse("PAY-201", text)
            move(run, "to_reviewed", origin, door.actor)
            note_decision("run.reviewed", run, origin)
            return run
    except DatabaseError as error:
        # the triggers know which accounts are one person's, and which nobody's
        if "CAS-004" in str(error):
            raise refuse("PAY-201", text) from None
        if "CAS-006" in str(error):
            unknown = _(
                "账号“{account}”没有登记是谁的，不能复核；请先运行 jingban audit staff {account} 公民身份号码"
            )
            raise refuse("PAY-208", unknown.format(account=door.actor)) from None
        raise
