"""Service: handling times and on-time rates of cases, consultations, satisfaction."""

from __future__ import annotations

from decimal import Decimal

from jingban.budget.book import live
from jingban.casework.models import CaseEvent, Consultation
from jingban.performance.measures import Basis, Measured, measure, percentage
from jingban.performance.measures.counting import CHINA
from jingban.performance.models import Survey
from jingban.values.i18n import gettext as _


def _closed(basis: Basis) -> list[CaseEvent]:
    """Final events of the year's closed cases, of one kind when the argument names it."""
    events = CaseEvent.objects.filter(
        state__in=["done", "rejected"], at__year=basis.year, at__date__lte=basis.day
    ).select_related("case")
    kind = basis.arguments.get("kind")
    return list(events.filter(case__kind=kind) if kind else events)


@measure("cases_closed", "办结业务件数", "件")
def cases_closed(basis: Basis) -> Measured:
    """Cases closed in the year."""
    return Measured(Decimal(len(_closed(basis))), "件", _("本年度办结业务数"))


@measure("cases_on_time", "业务按时办结率", "%")
def cases_on_time(basis: Basis) -> Measured:
    """Closed by the service target (or the legal limit where no target stands)."""
    timed = [(event, event.case.due_on or event.case.legal_due_on) for event in _closed(basis)]
    judged = [(event, due) for event, due in timed if due is not None]
    kept = sum(event.at.astimezone(CHINA).date() <= due for event, due in judged)
    return percentage(kept, len(judged), _("按时办结件数÷有时限的办结件数"))


@measure("consultations", "接待咨询件次", "件次")
def consultations(basis: Basis) -> Measured:
    """Questions answered at the counter and by telephone."""
    asked = Consultation.objects.filter(at__year=basis.year, at__date__lte=basis.day).count()
    return Measured(Decimal(asked), "件次", _("咨询登记簿"))


@measure("satisfaction", "服务对象满意度", "%")
def satisfaction(basis: Basis) -> Measured:
    """Satisfied among valid answers of the year's surveys (R5.1-07), one survey when the argument names it."""
    surveys = live(Survey).filter(unit=basis.unit, year=basis.year, day__lte=basis.day)
    name = basis.arguments.get("survey")
    rows = list(surveys.filter(name=name) if name else surveys)
    valid, satisfied = sum(row.valid for row in rows), sum(row.satisfied for row in rows)
    methods = "、".join(sorted({row.method for row in rows}))
    return percentage(satisfied, valid, _("满意数÷有效答卷数（%(method)s）") % {"method": methods or "—"})
