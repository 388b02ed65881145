"""Service figures of a period, counted from the time stamps of the steps: handling time, on-time rate, workload, backlog."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from statistics import median

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import get_current_timezone

from jingban.casework.models import Case, CaseEvent, Consultation
from jingban.casework.stored import day_of
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _
from jingban.values.workdays import count_workdays

CLOSED = (CaseEvent.State.DONE, CaseEvent.State.REJECTED, CaseEvent.State.WITHDRAWN)
REVIEWING = (
    CaseEvent.Action.APPROVED,
    CaseEvent.Action.RETURNED,
    CaseEvent.Action.REJECTED,
    CaseEvent.Action.FAILED,
)


@dataclass(slots=True)
class KindFigures:
    """One kind of business. Days are working days from the day of receipt; ``late``: closed or open after the target day."""

    received: int = 0
    done: int = 0
    refused: int = 0
    returned: int = 0
    open: int = 0
    with_target: int = 0
    on_time: int = 0
    days: list[int] = field(default_factory=list)

    @property
    def mean_days(self) -> float:
        return sum(self.days) / len(self.days) if self.days else 0.0

    @property
    def median_days(self) -> float:
        return float(median(self.days)) if self.days else 0.0

    @property
    def on_time_rate(self) -> float | None:
        """None where no kind of target was in force."""
        return self.on_time / self.with_target if self.with_target else None


@dataclass(slots=True)
class Figures:
    """Everything about one period: cases received from ``first`` to ``last``, as they stand on the day asked for.

    ``backlog`` and ``overdue``: every case open at the end, whenever it was received; ``closed``: closed within the period.
    """

    first: dt.date
    last: dt.date
    kinds: dict[str, KindFigures]
    made: Counter[str]
    """Person → cases brought."""
    reviewed: Counter[str]
    """Person → decisions taken."""
    offices: Counter[str]
    closed: int
    backlog: int
    overdue: int
    consultations: int
    consulted: Counter[str]
    """Subject → consultations."""


def figures(year: int, until: dt.date) -> Figures:
    """A calendar year as it stands on a day."""
    return figures_between(dt.date(year, 1, 1), dt.date(year, 12, 31), until)


def figures_between(first: dt.date, last: dt.date, until: dt.date) -> Figures:
    """The days from ``first`` to ``last``, both included. Counted again from the tables each time; nothing is kept.

    Raises ``Refused`` CAS-804 when the days are in the wrong order.
    """
    if last < first:
        raise refuse("CAS-804", _("止日早于起日"))
    end = min(last, until)
    found = Figures(
        first, last, defaultdict(KindFigures), Counter(), Counter(), Counter(), 0, 0, 0, 0, Counter()
    )
    span = (_midnight(first), _midnight(last + dt.timedelta(days=1)))
    for case, history in _cases(*span):
        _count(found, case, history, until)
    asked = Consultation.objects.filter(at__gte=span[0], at__lt=span[1])
    found.consulted.update(asked.values_list("subject", flat=True))
    found.consultations = found.consulted.total()
    found.kinds = dict(sorted(found.kinds.items()))
    found.closed = CaseEvent.objects.filter(
        state__in=CLOSED, at__gte=span[0], at__lt=min(span[1], _midnight(until + dt.timedelta(days=1)))
    ).count()
    left = _open_on(end)
    found.backlog, found.overdue = left.count(), left.filter(due_on__lt=end).count()
    return found


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), get_current_timezone())


def _open_on(day: dt.date) -> QuerySet[Case]:
    """Cases received by the end of a day and not closed by then."""
    end = _midnight(day + dt.timedelta(days=1))
    closed = CaseEvent.objects.filter(case_id=OuterRef("pk"), state__in=CLOSED, at__lt=end)
    return Case.objects.filter(~Exists(closed), received_at__lt=end)


def _cases(start: dt.datetime, end: dt.datetime) -> Iterator[tuple[Case, list[CaseEvent]]]:
    cases = (
        Case.objects.filter(received_at__gte=start, received_at__lt=end)
        .order_by("pk")
        .defer("content", "evidence")
    )
    events = CaseEvent.objects.filter(case__received_at__gte=start, case__received_at__lt=end)
    waiting = iter(events.order_by("case_id", "sequence").defer("content", "findings").iterator(5_000))
    event = next(waiting, None)
    for case in cases.iterator(5_000):
        history = []
        while event is not None and event.case_id == case.pk:
            history.append(event)
            event = next(waiting, None)
        yield case, history


def _count(found: Figures, case: Case, history: Iterable[CaseEvent], until: dt.date) -> None:
    events = [event for event in history if day_of(event.at) <= until]
    if not events:
        return
    last, kind = events[-1], found.kinds[case.kind]
    kind.received += 1
    found.made[case.maker] += 1
    found.offices[case.office or "—"] += 1
    found.reviewed.update(event.actor for event in events if event.action in REVIEWING)
    kind.returned += sum(
        event.action in (CaseEvent.Action.RETURNED, CaseEvent.Action.FAILED) for event in events
    )
    closed = last.state in CLOSED
    kind.done += last.state == CaseEvent.State.DONE
    kind.refused += last.state == CaseEvent.State.REJECTED
    ended = day_of(last.at) if closed else until
    if closed:
        kind.days.append(count_workdays(day_of(case.received_at), ended))
    else:
        kind.open += 1
    if case.due_on is not None:
        late = ended > case.due_on
        if closed or late:
            kind.with_target += 1
            kind.on_time += not late
