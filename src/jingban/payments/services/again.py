"""Preview a run again after something was registered that concerns people in it."""

from __future__ import annotations

import datetime as dt

from jingban.payments.models import Run
from jingban.payments.services._runs import get
from jingban.payments.services.cancel import cancel
from jingban.payments.services.preview import preview
from jingban.store.origins import Door, entering
from jingban.values.i18n import gettext as _


def preview_again(run_id: int, door: Door, *, known_on: dt.date | None = None) -> Run:
    """Give the run up and preview the same month and kind (an extra run: the same persons) with all that is known now.

    Both or neither. Codes: PAY-202 the run is released already; otherwise those of ``preview``.
    """
    with entering(door):
        old = get(run_id)
        persons = old.persons() if old.kind == Run.Kind.EXTRA else None
        cancel(run_id, door, _("重新预览"))
        return preview(
            old.region_id, old.payroll_month, door, kind=old.kind, persons=persons, known_on=known_on
        )
