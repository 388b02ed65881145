"""Finding runs and moving them."""

from __future__ import annotations

from typing import Any

from django_fsm import TransitionNotAllowed

from jingban.payments.models import Run, RunEvent
from jingban.payments.models.runs import PAID_STATES
from jingban.registry import audit
from jingban.registry.models import Origin
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _
from jingban.values.months import format_month


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


def move(run: Run, transition: str, origin: Origin, *args: Any, note: str = "") -> None:
    """Make a move, save it and note it. Raises ``Refused`` PAY-202 when the state does not allow it."""
    try:
        getattr(run, transition)(*args)
    except TransitionNotAllowed as error:
        raise refuse(
            "PAY-202",
            _("批次 {batch} 现为「{state}」，不能做这一步").format(batch=run.batch, state=run.state_name()),
        ) from error
    run.save()
    RunEvent.objects.create(run=run, origin=origin, state=run.state, note=note)


def note_decision(action: str, run: Run, origin: Origin) -> None:
    """Who reviewed, released or gave up which run, on the audit chain."""
    detail = {
        "发放月": format_month(run.payroll_month),
        "人数": run.person_count,
        "金额（分）": run.amount_fen,
    }
    audit.append([audit.Entry(origin.actor, action, run.batch, detail)], origin.recorded_at)
