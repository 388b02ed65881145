"""Suspicions: the queue, giving them to somebody who did not find them, the verdict, what is done about it, the end."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from jingban.casework.services.duties import DUTIES
from jingban.casework.services.offices import scoped
from jingban.casework.services.readings import opened, subject_of
from jingban.console import asked
from jingban.console.access import door, duty, reader
from jingban.safeguards.kinds import title as kind_title
from jingban.safeguards.models import Suspicion, SuspicionEvent
from jingban.safeguards.services import flow
from jingban.safeguards.services.state import OPEN, queue
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _
from jingban.values.masking import mask_id, mask_name
from jingban.values.money import fen

PAGE_ROWS = 20
State, Measure = SuspicionEvent.State, SuspicionEvent.Measure
ALL = "all"
NARROWED = {"list": "suspicion__row__list", "first": "suspicion__gte", "last": "suspicion__lte"}
"""What a link may ask for → the condition: hits of one list, the suspicions of one comparison."""
MEASURES = (Measure.STOP, Measure.RECOVER, Measure.CORRECT)


@require_safe
@reader
def index(request: HttpRequest) -> HttpResponse:
    """What is open, certain hits first; on request one state or all, one kind, the hits of one list or of one comparison."""
    state, kind = request.GET.get("state", ""), request.GET.get("kind", "")
    states = (state,) if state in State.values else State.values if state == ALL else OPEN
    found = scoped(
        queue(states, kind).filter(**_asked(request)), request.user.get_username(), "suspicion__person"
    )
    page = Paginator(found, PAGE_ROWS).get_page(request.GET.get("page"))
    known = Suspicion.objects.order_by("kind").values_list("kind", flat=True).distinct()
    around = {
        "title": _("疑点核查"),
        "page": page,
        "rows": [{"event": one, "kind": kind_title(one.suspicion.kind)} for one in page],
        "states": [*State.choices, (ALL, _("全部"))],
        "state": state,
        "kinds": {one: kind_title(one) for one in known},
        "kind": kind,
        "clerks": _clerks(),
        "narrowed": [(name, request.GET[name]) for name in NARROWED if request.GET.get(name)],
    }
    return render(request, "console/suspicions.html", around)


def _asked(request: HttpRequest) -> dict[str, int]:
    """Conditions on the suspicion that the address names by number."""
    given = {condition: request.GET.get(name, "") for name, condition in NARROWED.items()}
    return {key: int(text) for key, text in given.items() if text.isascii() and text.isdigit()}


def _clerks() -> list[str]:
    """Whom a suspicion may be given to: open accounts that enter."""
    found = User.objects.filter(is_active=True, groups__name=DUTIES["enter"])
    return list(found.order_by("username").values_list("username", flat=True))


def _one(request: HttpRequest, pk: int) -> Suspicion:
    """A suspicion of those the account may see: one about a person of another office is not there."""
    mine = scoped(Suspicion.objects.select_related("row"), request.user.get_username())
    return get_object_or_404(mine, pk=pk)


@require_safe
@reader
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Where it came from, what was done, the step open now."""
    one = _one(request, pk)
    opened(request.user.get_username(), subject_of(one.person_id, f"S{pk}"), timezone.now())
    events = list(one.events.order_by("sequence"))
    me = request.user.get_username()
    listed = ""
    if one.row is not None:
        listed = f"{mask_id(one.row.id_number)} {mask_name(one.row.name)} {one.row.township}{one.row.village}"
    around: dict[str, Any] = {
        "title": kind_title(one.kind),
        "one": one,
        "listed": listed,
        "detail": [(name, value) for name, value in one.detail.items() if value not in ("", None)],
        "events": events,
        "last": events[-1],
        "mine": one.finder == me,
        "assigned": events[-1].assignee == me,
        "clerks": _clerks(),
        "measures": [(measure, measure.label) for measure in MEASURES],
    }
    return render(request, "console/suspicion.html", around)


@require_POST
@duty("enter")
def assign(request: HttpRequest) -> HttpResponse:
    """Give one or many to a clerk."""
    chosen = [int(text) for text in request.POST.getlist("one") if text.isascii() and text.isdigit()]
    clerk = request.POST.get("assignee", "")
    if not chosen or clerk not in _clerks():
        raise refuse("CON-310", _("没有选定疑点或核实人"))
    for pk in chosen:
        _one(request, pk)
    count = flow.assign(chosen, clerk, door(request, "suspicion"), note=_note(request))
    messages.success(request, _("已分派 %(count)s 个给 %(name)s") % {"count": count, "name": clerk})
    return redirect("suspicions") if len(chosen) > 1 else redirect("suspicion", pk=chosen[0])


@require_POST
@duty("enter")
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """The verdict, the measure, the end: the services refuse whoever may not."""
    _one(request, pk)
    there, note = door(request, "suspicion", name), _note(request)
    if name == "verify":
        verdict = request.POST.get("truth")
        if verdict not in ("true", "false"):
            raise Http404
        flow.verify([pk], verdict == "true", there, note=note)
        messages.success(request, _("已核实"))
    elif name == "act":
        measure = request.POST.get("measure", "")
        number = flow.act(
            pk, measure, there, settings.CENTRE.region, event_on=asked.day_or_none(request, "on"), amount_fen=_amount(request),
            case_number=request.POST.get("case", "").strip(), note=note,
        )  # fmt: skip
        said = _("，业务 %(number)s 待另一人审核") % {"number": number} if measure == Measure.STOP else ""
        messages.success(request, _("已处理") + said)
    elif name == "close":
        flow.close([pk], there, note=note)
        messages.success(request, _("已办结"))
    else:
        raise Http404
    return redirect("suspicion", pk=pk)


def _note(request: HttpRequest) -> str:
    return request.POST.get("note", "").strip()[:500]


def _amount(request: HttpRequest) -> int | None:
    text = request.POST.get("amount", "").strip()
    try:
        return fen(text) if text else None
    except (ValueError, ArithmeticError):
        raise refuse("SAF-304", _("金额应为元，最多两位小数")) from None
