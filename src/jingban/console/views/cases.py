"""The desk: receive a matter of any kind by its declarative form, check it, decide it, print its letter, see its trail."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jingban.casework.kind import CaseKind, kind_of, kinds
from jingban.casework.letter import letter_name, write_letter, write_notice
from jingban.casework.models import Case, CaseEvent
from jingban.casework.services import bring, current, decide, open_cases, resubmit, withdraw
from jingban.casework.services.bring import COMMITTED, SHOWN, Intake, check, lacking
from jingban.casework.services.configuration import record_configuration
from jingban.casework.services.look import record_look, whose
from jingban.casework.services.offices import scoped_cases, visible
from jingban.casework.services.readings import opened, subject_of
from jingban.casework.services.staff import may_read_chain
from jingban.casework.services.state import Current
from jingban.casework.stored import from_stored
from jingban.console.access import duty, held, reader
from jingban.console.books import text_of_value
from jingban.console.files import attachment, tell
from jingban.console.forms import ListForm, parse, title_of
from jingban.store.models import AuditEntry
from jingban.values.findings import Finding, Refused, refuse
from jingban.values.i18n import gettext as _
from jingban.values.masking import mask_account, mask_id

PAGE_ROWS = 20
HIDDEN = {"id_number": mask_id, "person": mask_id, "account": mask_account}


@require_safe
@reader
def index(request: HttpRequest) -> HttpResponse:
    """What waits for a decision or a correction; or one case by its number."""
    number = request.GET.get("number", "").strip()
    me = request.user.get_username()
    if number and visible([number], me) and Case.objects.filter(number=number).exists():
        return redirect("case", number=number)
    kind = request.GET.get("kind", "")
    found = scoped_cases(open_cases(kind if kind in kinds() else None), me, "case__")
    batch = request.GET.get("batch", "").strip()
    if batch:
        found = found.filter(case__batch=batch)
    page = Paginator(found, PAGE_ROWS).get_page(request.GET.get("page"))
    rows = [
        {
            "event": event,
            "case": event.case,
            "title": kind_of(event.case.kind).name,
            "mine": event.case.maker == me,
        }
        for event in page
    ]
    around = {
        "title": _("待办业务"),
        "rows": rows,
        "page": page,
        "kinds": {code: one.name for code, one in kinds().items()},
        "kind": kind,
        "number": number,
        "batch": batch,
        "today": timezone.localdate(),
        "may_review": "review" in held(request),
    }
    return render(request, "console/cases.html", around)


@require_safe
@reader
def kinds_page(request: HttpRequest) -> HttpResponse:
    """Every kind of matter there is."""
    rows = [{"kind": kind, "title": kind.name} for kind in kinds().values()]
    return render(request, "console/case_kinds.html", {"title": _("受理业务"), "rows": rows})


def _kind(code: str) -> CaseKind:
    if code not in kinds():
        raise Http404
    return kind_of(code)


@require_http_methods(["GET", "HEAD", "POST"])
@duty("enter")
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Receive one case; or tell in writing, all at once, what stands against receiving it (一次性告知书)."""
    kind = _kind(code)
    form = ListForm(kind.fields, request.POST or None)
    papers = _papers(request, kind, {})
    if request.method == "POST":
        parsed, given = parse(kind.listing(), form), _given(papers)
        findings = parsed.findings
        office = request.POST.get("office", "")[:60]
        me, key = request.user.get_username(), _sending(request)
        intake = Intake(me, timezone.now(), settings.CENTRE.region, office=office, key=key)
        if request.POST.get("do") == "notice":
            findings = findings if parsed.errors else check(code, parsed.records, intake, given)
            if any(finding.severity == "error" for finding in findings) or lacking(kind, given):
                return _notice(kind, form, given, findings, intake)
            messages.success(request, _("什么都不缺，可以受理"))
        elif not parsed.errors:
            try:
                brought = bring(code, parsed.records, intake, evidence=given)
            except Refused as refusal:
                findings = refusal.findings
            else:
                [number] = brought.numbers.values()
                tell(request, brought.findings)
                text = _("已受理，业务编号%(number)s，等待另一人审核")
                if brought.repeated:
                    text = _("这张表单已经提交过，业务编号%(number)s，没有再受理一件")
                messages.success(request, text % {"number": number})
                return redirect("case", number=number)
        form.take(findings)
    around = {"title": kind.name, "kind": kind, "form": form, "papers": papers}
    around["once"] = request.POST.get("once") or secrets.token_hex(16)
    return render(request, "console/case_entry.html", around)


def _sending(request: HttpRequest) -> str:
    """The key of this sending of a form, of this person: a double click sends the same one again.

    A form carries a key of its own; what comes without one is known by all that it says, in this session.
    """
    once = (
        request.POST.get("once")
        or f"{request.session.session_key}\x1f{request.path}\x1f{request.POST.urlencode()}"
    )
    who = request.user.get_username()
    return hashlib.sha256(f"{who}\x1f{once}".encode()).hexdigest()[:48]


def _notice(
    kind: CaseKind, form: ListForm, given: dict[str, str], findings: Sequence[Finding], intake: Intake
) -> HttpResponse:
    """What the person who is turned away takes home; that they were told goes on the audit chain."""
    values = dict(zip((column.key for column in kind.fields), form.cells(), strict=True))
    content = write_notice(kind, values, lacking(kind, given), findings, intake)
    record_look(intake.maker, "case.told", whose(values), intake.at, {"业务": kind.code})
    return attachment(content, f"{_('一次性告知书')}-{kind.title}.pdf", "application/pdf")


def _papers(request: HttpRequest, kind: CaseKind, before: Mapping[str, str]) -> list[dict[str, Any]]:
    """Each paper with how it is given: as the form says, else as before; nobody is taken at his word by default."""
    posted = request.method == "POST"
    return [
        {
            "paper": paper,
            "title": title_of(paper),
            "how": request.POST.get(f"paper-{paper.key}", "") if posted else before.get(paper.key, ""),
        }
        for paper in kind.evidence
    ]


def _given(papers: list[dict[str, Any]]) -> dict[str, str]:
    return {one["paper"].key: one["how"] for one in papers if one["how"] in (SHOWN, COMMITTED)}


def _case(request: HttpRequest, number: str) -> Current:
    """A case of those the account may see: one of another office is not there."""
    found = current(visible([number], request.user.get_username())).get(number)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@reader
def show(request: HttpRequest, number: str) -> HttpResponse:
    """A case, masked. Asking for the full numbers (POST) is itself kept on the audit chain."""
    found = _case(request, number)
    kind = kind_of(found.case.kind)
    opened(request.user.get_username(), subject_of(found.case.person_id, number), timezone.now())
    full = request.method == "POST"
    if full:
        record_look(
            request.user.get_username(),
            "view.full",
            number,
            timezone.now(),
            {"证件": whose(found.case.content)},
        )
    cells = []
    for column in kind.fields:
        if found.values.get(column.key) not in (None, ""):
            text = text_of_value(column, found.values[column.key])
            cells.append((title_of(column), text if full else HIDDEN.get(column.key, str)(text)))
    me = request.user.get_username()
    shown = {SHOWN: _("已出示"), COMMITTED: _("告知承诺")}
    around = {
        "title": kind.name,
        "kind": kind,
        "case": found.case,
        "last": found.last,
        "state": found,
        "cells": cells,
        "full": full,
        "papers": [
            (title_of(paper), shown.get(found.evidence.get(paper.key, ""), "—")) for paper in kind.evidence
        ],
        "events": found.case.events.order_by("sequence"),
        "chain": _chain(me, number),
        "pending": found.last.state == CaseEvent.State.PENDING,
        "returned": found.last.state == CaseEvent.State.RETURNED,
        "may_review": "review" in held(request),
        "mine": found.case.maker == me,
        "open": found.last.state in (CaseEvent.State.PENDING, CaseEvent.State.RETURNED),
        "letter": _has_letter(found),
    }
    return render(request, "console/case.html", around)


def _chain(me: str, number: str) -> Any:
    """The links of the audit chain about a case, for those who may read it."""
    try:
        may_read_chain(me)
    except Refused:
        return []
    return AuditEntry.objects.filter(subject=number).order_by("number")


def _has_letter(found: Current) -> bool:
    try:
        return bool(letter_name(found))
    except Refused:
        return False


@require_POST
@duty("review")
def decide_one(request: HttpRequest, number: str) -> HttpResponse:
    """Approve, return or reject. The maker is refused by the service, and by the database behind it."""
    _decide(request, [number])
    return redirect("case", number=number)


@require_POST
@duty("review")
def decide_many(request: HttpRequest) -> HttpResponse:
    """The same decision over every case chosen in the list; what the register refuses goes back, the others are done."""
    chosen = request.POST.getlist("one")
    if not chosen:
        raise refuse("CON-314", _("没有选定业务"))
    _decide(request, chosen)
    return redirect(f"{reverse('cases')}?{request.POST.get('address', '')}")


def _decide(request: HttpRequest, numbers: list[str]) -> None:
    wanted: Any = request.POST.get("decision")
    if wanted not in ("approve", "return", "reject"):
        raise Http404
    note = request.POST.get("note", "").strip()
    if wanted != "approve" and not note:
        raise Refused([Finding("CON-307", _("退回或不予办理须写明意见"))])
    mode: Any = "keep_good" if len(numbers) > 1 else "refuse_all"
    me, region = request.user.get_username(), settings.CENTRE.region
    done = decide(numbers, wanted, me, timezone.now(), region, note=note, mode=mode)
    tell(request, done.findings)
    said = {
        _("已办结"): done.done,
        _("已通过本级，待下一级审批"): done.pending,
        _("办理时未通过校验，已退回"): done.failed,
        _("已退回或不予办理"): done.closed,
    }
    for text, several in said.items():
        if several:
            messages.success(request, text if len(numbers) == 1 else f"{text}：{len(several)}")


@require_http_methods(["GET", "HEAD", "POST"])
@duty("enter")
def correct(request: HttpRequest, number: str) -> HttpResponse:
    """The maker corrects a returned case and submits it again; the form stands filled with what was received.

    It shows full numbers, so opening it is kept on the audit chain like any other look at them.
    """
    found, me = _case(request, number), request.user.get_username()
    kind = kind_of(found.case.kind)
    if found.case.maker != me or found.last.state != CaseEvent.State.RETURNED:
        raise refuse("CAS-306", _("只有退回的业务，由经办人本人更正"))
    typed = from_stored(kind, dict(found.values))
    initial = {column.key: text_of_value(column, typed.get(column.key)) for column in kind.fields}
    form, papers = (
        ListForm(kind.fields, request.POST or None, initial=initial),
        _papers(request, kind, found.evidence),
    )
    if request.method == "POST":
        parsed = parse(kind.listing(), form)
        findings = parsed.findings
        if not parsed.errors:
            values = {key: value for key, value in parsed.records[0].items() if key != "row"}
            note = request.POST.get("note", "").strip()
            try:
                resubmit(number, values, me, timezone.now(), note=note, evidence=_given(papers))
            except Refused as refusal:
                findings = refusal.findings
            else:
                messages.success(request, _("已再次提交，等待审核"))
                return redirect("case", number=number)
        form.take(findings)
    else:
        record_look(me, "view.full", number, timezone.now(), {"证件": whose(found.case.content)})
    around = {"title": kind.name, "kind": kind, "form": form, "papers": papers, "returned": found}
    return render(request, "console/case_entry.html", around)


@require_POST
@duty("enter")
def withdraw_one(request: HttpRequest, number: str) -> HttpResponse:
    """The maker takes a case back."""
    withdraw(number, request.user.get_username(), timezone.now(), note=request.POST.get("note", ""))
    messages.success(request, _("已撤回"))
    return redirect("case", number=number)


@require_safe
@reader
def letter(request: HttpRequest, number: str) -> HttpResponse:
    """The letter due now, as PDF; kept on the audit chain, because it carries full numbers."""
    found = _case(request, number)
    record_configuration(request.user.get_username(), timezone.now())  # the template may have been exchanged
    content = write_letter(number)
    record_look(
        request.user.get_username(),
        "view.letter",
        number,
        timezone.now(),
        {"证件": whose(found.case.content)},
    )
    return attachment(content, f"{letter_name(found)}-{number}.pdf", "application/pdf")
