"""Finding runs and moving them."""

from __future__ import annotations

from jingban.payments.models import Run
from jingban.payments.models.runs import PAID_STATES
from jingban.payments.services._moves import move, note
from jingban.store.models import Origin
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _
from jingban.values.months import format_month

__all__ = ["get", "latest_paid", "move", "note_decision"]


def get(run_id: int) -> Run:
    """The run as it stands now. Raises ``Refused`` PAY-104."""
    run = Run.objects.select_related("before").filter(pk=run_id).first()
    if run is None:
        raise refuse("PAY-104", _("没有编号为 {number} 的发放批次").format(number=run_id))
    return run


def latest_paid(region_id: int) -> Run | None:
    """The newest released monthly run of a county."""
    found = Run.objects.filter(region_id=region_id, kind=Run.Kind.MONTHLY, state__in=PAID_STATES)
    return found.order_by("-payroll_month").first()


def note_decision(action: str, run: Run, origin: Origin) -> None:
    """Who reviewed, released or gave up which run, on the audit chain."""
    detail = {
        "发放月": format_month(run.payroll_month),
        "人数": run.person_count,
        "金额（分）": run.amount_fen,
    }
    note(action, run, origin, detail)
