"""Preview a run: what would be paid, to whom, and how it differs from the month before. Nothing is paid by it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import connection

from jingban.engine.base import Told
from jingban.payments import kept, law, opening, report, rules_kept, scope
from jingban.payments.models import Run, RunEvent
from jingban.payments.models.runs import PAID_STATES, State
from jingban.payments.pipeline import TARGETS, prepare
from jingban.payments.services._runs import latest_paid
from jingban.registry.law import Rows
from jingban.registry.law import tables as law_tables
from jingban.store.models import Origin
from jingban.store.origins import Door, entering
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _
from jingban.values.months import format_month


def preview(
    region_id: int,
    payroll_month: int,
    door: Door,
    *,
    kind: str = Run.Kind.MONTHLY,
    persons: Sequence[int] | None = None,
    known_on: dt.date | None = None,
    everything: bool = False,
    told: Told | None = None,
) -> Run:
    """Compute owed minus settled for one payroll month and keep the lines as a draft run.

    ``kind``: monthly (the county), estate (the dead), extra (``persons``). ``known_on``: law published by that day
    (default: the day the door opens). ``everything``: look at every month since the books were opened. ``told`` hears of
    each rule step.
    Codes: PAY-101 a run for this month exists, PAY-102 a later month was paid, PAY-103 the run before is not released,
    PAY-105 an extra run names no persons; ENG-101 when the law has a hole.
    """
    with entering(door) as origin, connection.cursor() as cursor:
        _refuse_second(region_id, payroll_month, kind, persons)
        before = latest_paid(region_id)
        today = known_on or origin.day
        tables = law_tables(region_id, today)
        start = None if everything else before

        def make_scope(reach: int) -> str:
            return scope.of(kind, payroll_month, start, tables, persons, reach=reach)

        engine = prepare(cursor, region_id, payroll_month, origin.pk, tables, make_scope)
        engine.build(*TARGETS, told=told)
        run = _keep(cursor, region_id, payroll_month, kind, origin, today, tables, before)
        run.report = report.make(cursor, run, before)
        run.person_count, run.amount_fen = run.report["total"]["persons"], run.report["total"]["amount_fen"]
        run.save()
        engine.drop()
        RunEvent.objects.create(run=run, origin=origin, state=State.DRAFT)
        return run


def _as_opened(region_id: int) -> dict[str, dict[str, list[list[int]]]]:
    return {day.isoformat(): law.kept(known) for day, known in opening.laws(region_id, {}).items()}


def _refuse_second(region_id: int, payroll_month: int, kind: str, persons: Sequence[int] | None) -> None:
    if kind == Run.Kind.EXTRA:
        if not persons:
            raise refuse("PAY-105", _("补充发放必须指明人员"))
        return
    same = Run.objects.filter(region_id=region_id, kind=kind).exclude(state=State.CANCELLED)
    if existing := same.filter(payroll_month=payroll_month).first():
        raise refuse(
            "PAY-101",
            _("{month} 已有批次 {batch}（{state}），不能再做一批").format(
                month=format_month(payroll_month), batch=existing.batch, state=existing.state_name()
            ),
        )
    if kind == Run.Kind.MONTHLY:
        if later := same.filter(payroll_month__gt=payroll_month, state__in=PAID_STATES).first():
            raise refuse(
                "PAY-102",
                _("{month} 已发放，不能回头做更早的月份").format(month=format_month(later.payroll_month)),
            )
        if open_run := same.filter(state__in=[State.DRAFT, State.REVIEWED]).first():
            raise refuse("PAY-103", _("批次 {batch} 尚未发放，请先发放或撤销").format(batch=open_run.batch))


def _keep(
    cursor: Any,
    region_id: int,
    payroll_month: int,
    kind: str,
    origin: Origin,
    known_on: dt.date,
    tables: dict[str, Rows],
    before: Run | None,
) -> Run:
    """Run, orders, lines and planned entries, straight from the engine's tables."""
    attempts = Run.objects.filter(region_id=region_id, payroll_month=payroll_month, kind=kind).count()
    run = Run.objects.create(
        region_id=region_id,
        payroll_month=payroll_month,
        kind=kind,
        attempt=attempts + 1,
        horizon=origin,
        known_on=known_on,
        law={**law.kept(tables), law.OPENED: _as_opened(region_id)},
        rules=rules_kept.keep(TARGETS),
        before=before,
        maker=origin.actor,
    )
    number = run.pk
    cursor.execute(
        "INSERT INTO payments_order (run_id, person_id, channel, bank, account, holder, amount_fen) "
        f"SELECT {number}, t.* FROM ({kept.orders(origin.pk)}) t ORDER BY t.person_id"
    )
    cursor.execute(
        "INSERT INTO payments_line (run_id, order_id, person_id, item, month, owed_fen, settled_fen, channel, reason, amount_fen) "
        f"SELECT {number}, o.id, l.* FROM ({kept.lines()}) l LEFT JOIN payments_order o "
        f"ON o.run_id = {number} AND o.person_id = l.person_id AND l.channel IN (1, 2) ORDER BY l.person_id, l.month, l.item"
    )
    cursor.execute(
        "INSERT INTO payments_held (run_id, person_id, reason, first_month, last_month, amount_fen) "
        f"SELECT {number}, h.* FROM ({kept.held()}) h ORDER BY h.person_id"
    )
    cursor.execute(
        "INSERT INTO payments_plannedentry (run_id, person_id, ledger, kind, month, amount_fen) "
        f"SELECT {number}, e.* FROM ({kept.entries()}) e"
    )
    return run
