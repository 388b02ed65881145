"""Performance targets: set them, see each with its score and what is missing, carry them through the year to the review."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jingban.budget.book import live
from jingban.budget.models import Project
from jingban.console.access import door, duty, reader
from jingban.console.context import unit_of, year_of
from jingban.console.forms import ListForm
from jingban.performance.lists import LISTS
from jingban.performance.measures import library
from jingban.performance.models import Assessment, Plan, Result, Review, Use
from jingban.performance.records import IndicatorRecord
from jingban.performance.scoring import score_plan
from jingban.performance.services import assess, finalise, measure_plan, monitor, review, use
from jingban.store.lists import Column, ListSpec, parse_grid
from jingban.store.lists.entry import Defaults
from jingban.values.findings import Finding, Refused, refuse
from jingban.values.i18n import gettext as _
from jingban.values.money import fen

PER_ROW = ({field.name for field in dataclasses.fields(IndicatorRecord)} - {"unit"}) | {"unit_of"}
"""Columns of the list that are about one indicator; the others say the same in every row of a plan."""
ROWS_AT_FIRST, ROWS_MAX = 6, 60


@require_safe
@reader
def index(request: HttpRequest) -> HttpResponse:
    """The plans of the year worked in, each with its state."""
    unit, year = unit_of(request), year_of(request)
    found = live(Plan).filter(unit=unit, year=year).select_related("project").order_by("pk")
    rows = [_state(plan) for plan in found]
    return render(request, "console/plans.html", {"title": _("绩效目标与自评"), "rows": rows})


def _state(plan: Plan) -> dict[str, Any]:
    scored = score_plan(plan)
    result = live(Result).filter(plan=plan, phase=Result.Phase.FINAL).order_by("-pk").first()
    checked = Review.objects.filter(result=result).first() if result else None
    moved = result is not None and str(scored.total) != result.total
    return {"plan": plan, "scored": scored, "result": result, "review": checked, "moved": moved}


def _plan(pk: int) -> Plan:
    return get_object_or_404(Plan.objects.select_related("unit", "project"), pk=pk)


@require_safe
@reader
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan: indicators with scores, everything missing, what was done so far."""
    plan = _plan(pk)
    state = _state(plan)
    missing: dict[str | None, list[Finding]] = {}
    for finding in state["scored"].missing:
        missing.setdefault(finding.subject, []).append(finding)
    rows = [
        {"row": row, "missing": missing.pop(row.indicator.name, []), "files": _files(row.indicator)}
        for row in state["scored"].rows
    ]
    result: Result | None = state["result"]
    around = {
        **state,
        "title": plan.project.name if plan.project else _("部门整体支出"),
        "rows": rows,
        "missing_other": [finding for group in missing.values() for finding in group],
        "missing_count": len(state["scored"].missing),
        "newer": not live(Plan).filter(pk=plan.pk).exists(),
        "monitored": live(Result).filter(plan=plan, phase=Result.Phase.MONITORING).order_by("day"),
        "assessments": live(Assessment).filter(plan=plan).order_by("-pk"),
        "uses": live(Use).filter(result=result) if result else [],
        "year_end": dt.date(plan.year, 12, 31),
        "points": assessment_points(),
        "whats": Use.What.choices,
        "conclusions": Assessment.Conclusion.choices,
    }
    return render(request, "console/plan.html", around)


def _files(indicator: Any) -> list[Any]:
    from jingban.performance.models import Actual

    actual = live(Actual).filter(indicator=indicator).order_by("-pk").first()
    return list(actual.attachments.defer("content")) if actual else []


def assessment_points() -> list[str]:
    """What an ex-ante assessment looks at (事前绩效评估的五个方面)."""
    return [_("立项必要性"), _("投入经济性"), _("绩效目标合理性"), _("实施方案可行性"), _("筹资合规性")]


# -- setting a plan ---------------------------------------------------------------------------------------------------


def _columns(spec: ListSpec[Any]) -> tuple[list[Column], list[Column]]:
    heads = [column for column in spec.columns if column.key not in PER_ROW]
    return heads, [column for column in spec.columns if column.key in PER_ROW]


@require_http_methods(["GET", "HEAD", "POST"])
@duty("enter")
def new(request: HttpRequest) -> HttpResponse:
    """Goals and indicators of a project (or of the unit as a whole) in one form, read by the list that also reads files."""
    spec = LISTS["plans"].describe(Defaults())
    heads, items = _columns(spec)
    unit = unit_of(request)
    start = {"unit": unit.code if unit else "", "year": year_of(request), "form": "pf-mof-project", "execution_weight": "10"}  # fmt: skip
    head = ListForm(heads, request.POST or None, initial=start)
    numbers = _numbers(request)
    rows = [ListForm(items, request.POST or None, prefix=f"r{number}") for number in numbers]
    if request.method == "POST":
        filled = [row for row in rows if not row.blank()]
        grid = [
            [column.title for column in (*heads, *items)],
            *(head.cells() + row.cells() for row in filled),
        ]
        parsed = parse_grid(spec, grid)
        findings = parsed.findings
        if not parsed.errors:
            try:
                LISTS["plans"].take(parsed.records, door(request, "page.plan"), "refuse_all", False)
            except Refused as refusal:
                findings = refusal.findings
            else:
                messages.success(request, _("绩效目标已设定"))
                return redirect("plans")
        _spread(findings, head, filled)
    around = {
        "title": _("设定绩效目标"),
        "head": head,
        "rows": rows,
        "titles": [(column.title, column.required) for column in items],
        "next": max(numbers) + 1,
        "projects": Project.objects.filter(unit=unit).order_by("code"),
        "measures": library().values(),
    }
    return render(request, "console/plan_entry.html", around)


def _numbers(request: HttpRequest) -> list[int]:
    if request.method != "POST":
        return list(range(ROWS_AT_FIRST))
    found = {
        key.partition("-")[0][1:] for key in request.POST if key.endswith("-level1") and key.startswith("r")
    }
    numbers = sorted(int(text) for text in found if text.isascii() and text.isdigit())
    return numbers[:ROWS_MAX] or [0]


def _spread(findings: list[Finding], head: ListForm, rows: list[ListForm]) -> None:
    """Each finding at its row and field; those about the plan at its head. Row 1 of the grid is the heading."""
    heads = {column.title for column in head.columns}
    own: list[Finding] = []
    by_row: dict[int, list[Finding]] = {}
    for finding in findings:
        place = (finding.row or 0) - 2
        if finding.column is None or finding.column in heads or not 0 <= place < len(rows):
            own.append(finding)
        else:
            by_row.setdefault(place, []).append(finding)
    head.take(dict.fromkeys(own))
    for place, group in by_row.items():
        rows[place].take(group)


@require_safe
@duty("enter")
def blank_row(request: HttpRequest) -> HttpResponse:
    """One more row of the form."""
    text = request.GET.get("n", "0")
    number = min(int(text), ROWS_MAX) if text.isascii() and text.isdigit() else 0
    items = _columns(LISTS["plans"].describe(Defaults()))[1]
    row = ListForm(items, prefix=f"r{number}")
    return render(request, "console/plan_row.html", {"row": row, "next": number + 1, "swap": True})


# -- the life of a plan -----------------------------------------------------------------------------------------------


def _day(request: HttpRequest, plan: Plan) -> dt.date:
    try:
        return dt.date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        return dt.date(plan.year, 12, 31)


@require_POST
@duty("enter")
def act(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Measure, monitor, finalise, assess: one button each. What speaks against it is shown in full."""
    plan = _plan(pk)
    there = door(request, f"performance.{step}")
    if step == "measure":
        found = measure_plan(plan, _day(request, plan), settings.CENTRE.region, there)
        messages.success(request, _("已从台账取数 %(count)s 项") % {"count": len(found)})
    elif step == "monitor":
        result, warnings = monitor(plan, _day(request, plan), there)
        for warning in warnings:
            text = f"{warning.subject}：{warning.message}" if warning.subject else warning.message
            messages.warning(request, f"[{warning.code}] {text}")
        values = {"day": result.day, "total": result.total, "count": len(warnings)}
        messages.success(request, _("到%(day)s试算%(total)s分，预警%(count)s条") % values)
    elif step == "final":
        result = finalise(plan, dt.date(plan.year, 12, 31), there)
        values = {"total": result.total, "grade": result.grade}
        messages.success(request, _("自评定稿：%(total)s分，%(grade)s，等待另一人复核") % values)
    elif step == "assess":
        titles = assessment_points()
        points = [(title, f"p{place}" in request.POST) for place, title in enumerate(titles)]
        opinion, conclusion = request.POST.get("opinion", ""), request.POST.get("conclusion", "")
        assess(plan, points, conclusion, opinion, there)
        messages.success(request, _("事前评估已登记"))
    else:
        raise Http404
    return redirect("plan", pk=pk)


@require_POST
@duty("review")
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Another person's review of the final self-evaluation."""
    plan = _plan(pk)
    result = live(Result).filter(plan=plan, phase=Result.Phase.FINAL).order_by("-pk").first()
    if result is None:
        raise refuse("PRF-302", _("没有此自评"))
    made = review(result, request.POST.get("opinion", ""), door(request, "performance.reviewed"))
    messages.success(request, _("复核完成：%(total)s分") % {"total": made.total})
    return redirect("plan", pk=pk)


@require_POST
@duty("enter")
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """What was made of the result."""
    plan = _plan(pk)
    result = live(Result).filter(plan=plan, phase=Result.Phase.FINAL).order_by("-pk").first()
    if result is None:
        raise refuse("PRF-302", _("没有此自评"))
    text = request.POST.get("amount", "").strip()
    try:
        amount = fen(text) if text else None
    except ValueError:
        raise refuse("LST-108", _("不是金额，或小于一分")) from None
    use(
        result,
        request.POST.get("what", ""),
        request.POST.get("detail", "").strip(),
        door(request, "performance.used"),
        amount_fen=amount,
    )
    messages.success(request, _("结果应用已登记"))
    return redirect("plan", pk=pk)


@require_safe
@reader
def measures(request: HttpRequest) -> HttpResponse:
    """Everything the system can count by itself."""
    entries = sorted(library().values(), key=lambda entry: entry.name)
    return render(request, "console/measures.html", {"title": _("取数方法"), "entries": entries})
