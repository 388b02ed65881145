"""Service: handling times and on-time rates of cases, consultations, archives, satisfaction."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db.models import QuerySet

from jingban.budget.book import live
from jingban.casework.models import Case, CaseEvent, Consultation
from jingban.casework.services.state import in_state
from jingban.performance.measures import Argument, Basis, Measured, measure, percentage, quotient
from jingban.performance.measures.counting import CHINA, counted, midnight, until, window
from jingban.performance.models import Survey
from jingban.values.i18n import document

KIND = Argument("kind", "业务类别，如 award（不填为全部）")
SURVEY = Argument("survey", "调查名称（不填为本年度全部调查）")
FINAL = (CaseEvent.State.DONE, CaseEvent.State.REJECTED)


def _span(basis: Basis) -> tuple[dt.datetime, dt.datetime]:
    """The year up to the end of the day (and of what is known)."""
    return midnight(dt.date(basis.year, 1, 1)), until(basis)


def _rows(table: str, found: list[int], columns: str = "*") -> str:
    return f"SELECT {columns} FROM {table} WHERE id IN (" + ", ".join(map(str, [0, *found])) + ")"


def _closed(basis: Basis) -> list[CaseEvent]:
    """Final events of the year's closed cases, of one kind when the argument names it."""
    begin, end = _span(basis)
    events = in_state(*FINAL).filter(at__gte=begin, at__lt=end)
    kind = basis.arguments.get("kind")
    return list(events.filter(case__kind=kind) if kind else events)


def _case_rows(events: list[CaseEvent]) -> str:
    return _rows("casework_case", [event.case_id for event in events], "number, kind, received_at")


@measure(
    "cases_closed",
    "办结业务件数",
    "件",
    formula="本年度办结业务数",
    rooms="casework",
    printed="MHZ",
    arguments=(KIND,),
)
def cases_closed(basis: Basis) -> Measured:
    """Cases closed in the year."""
    events = _closed(basis)
    return Measured(Decimal(len(events)), rows=_case_rows(events))


def _received(basis: Basis) -> QuerySet[Case]:
    begin, end = _span(basis)
    cases = Case.objects.filter(received_at__gte=begin, received_at__lt=end)
    kind = basis.arguments.get("kind")
    return cases.filter(kind=kind) if kind else cases


@measure(
    "cases_received",
    "受理业务件数",
    "件",
    formula="本年度受理业务数",
    rooms="casework",
    printed="MZ",
    arguments=(KIND,),
)
def cases_received(basis: Basis) -> Measured:
    """Cases received in the year."""
    found = list(_received(basis).values_list("pk", flat=True))
    return Measured(Decimal(len(found)), rows=_rows("casework_case", found, "number, kind, received_at"))


@measure(
    "service_rate", "参保人服务率", "%", formula="本年度受理业务中已办结的件数÷受理件数", rooms="casework", printed="Z",
    arguments=(KIND,),
)  # fmt: skip
def service_rate(basis: Basis) -> Measured:
    """Cases received in the year and closed by the day over cases received."""
    received = set(_received(basis).values_list("pk", flat=True))
    served = [event for event in _closed(basis) if event.case_id in received]
    return percentage(len(served), len(received), _case_rows(served))


@measure(
    "cases_on_time", "业务按时办结率", "%", formula="按时办结件数÷有时限的办结件数", rooms="casework", printed="MZB",
    arguments=(KIND,),
)  # fmt: skip
def cases_on_time(basis: Basis) -> Measured:
    """Closed by the service target (or the legal limit where no target stands)."""
    timed = [(event, event.case.due_on or event.case.legal_due_on) for event in _closed(basis)]
    judged = [(event, due) for event, due in timed if due is not None]
    kept = [event for event, due in judged if event.at.astimezone(CHINA).date() <= due]
    return percentage(len(kept), len(judged), _case_rows(kept))


@measure(
    "handling_days", "业务平均办理天数", "天", formula="受理到办结的日历天数之和÷办结件数", rooms="casework", printed="ZB",
    arguments=(KIND,),
)  # fmt: skip
def handling_days(basis: Basis) -> Measured:
    """Mean calendar days from receipt to the final decision."""
    events = _closed(basis)
    days = sum(
        (event.at.astimezone(CHINA).date() - event.case.received_at.astimezone(CHINA).date()).days
        for event in events
    )
    return quotient(days, len(events), _case_rows(events))


@measure(
    "benefit_reviews",
    "待遇申请复核人次",
    "人次",
    formula="本年度窗口受理并办结的待遇申请",
    rooms="casework",
    printed="M",
)
def benefit_reviews(basis: Basis) -> Measured:
    """Applications for a benefit made at the counter and reviewed one by one (those of township lists are not)."""
    begin, end = _span(basis)
    events = in_state(CaseEvent.State.DONE).filter(
        case__kind__in=("award", "special_award"),
        case__channel=Case.Channel.COUNTER,
        at__gte=begin,
        at__lt=end,
    )
    found = list(events)
    return Measured(Decimal(len(found)), rows=_case_rows(found))


@measure("consultations", "接待咨询件次", "件次", formula="咨询登记簿", rooms="casework", printed="M")
def consultations(basis: Basis) -> Measured:
    """Questions answered at the counter and by telephone."""
    begin, end = _span(basis)
    asked = list(Consultation.objects.filter(at__gte=begin, at__lt=end).values_list("pk", flat=True))
    return Measured(
        Decimal(len(asked)), rows=_rows("casework_consultation", asked, "id, at, subject, channel")
    )


@measure("volumes", "档案归档卷数", "卷", formula="本年度组卷归档的案卷数", rooms="casework", printed="M")
def volumes(basis: Basis) -> Measured:
    """Volumes bound and filed in the year."""
    return counted(
        f"SELECT v.id, v.year, v.number, v.kind FROM casework_volume v WHERE {window(basis).within('v')}"
    )


@measure(
    "satisfaction", "服务对象满意度", "%", formula="满意数÷有效答卷数", rooms="performance", printed="MHSZB",
    arguments=(SURVEY,),
)  # fmt: skip
def satisfaction(basis: Basis) -> Measured:
    """Satisfied among valid answers of the year's surveys (R5.1-07), one survey when the argument names it."""
    surveys = live(Survey, basis.horizon).filter(unit=basis.unit, year=basis.year, day__lte=basis.day)
    name = basis.arguments.get("survey")
    found = list(surveys.filter(name=name) if name else surveys)
    valid, satisfied = sum(row.valid for row in found), sum(row.satisfied for row in found)
    methods = "、".join(sorted({row.method for row in found}))
    note = document("%(method)s，有效答卷%(valid)s份") % {"method": methods, "valid": valid} if found else ""
    return percentage(
        satisfied,
        valid,
        _rows("performance_survey", [row.pk for row in found], "name, day, valid, satisfied"),
        note,
    )
