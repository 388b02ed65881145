"""The audit chain, for the audit administrator: read it by what is asked for, prove it, note its head."""

from __future__ import annotations

import datetime as dt

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from jingban.casework.services.chain import entries, noted, notices, said
from jingban.console import jobs
from jingban.console.access import administrator
from jingban.console.files import keep_in_chain
from jingban.console.models import Job
from jingban.console.tasks import verify
from jingban.store.audit import head
from jingban.store.models import AuditEntry
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _

PAGE_ROWS = 50
FILTERS = ("action", "subject", "actor", "first", "last")
chain_reader = administrator("audit")


@require_safe
@chain_reader
def index(request: HttpRequest) -> HttpResponse:
    """Newest first, as written: numbers are masked before they come onto the chain. That it was read stands on it too."""
    asked = {name: request.GET.get(name, "").strip()[:200] for name in FILTERS}
    found = entries(
        action=asked["action"],
        subject=asked["subject"],
        actor=asked["actor"],
        first=_day(asked["first"]),
        last=_day(asked["last"]),
    )
    page = Paginator(found, PAGE_ROWS).get_page(request.GET.get("page"))
    if any(asked.values()):
        keep_in_chain(request, "view.chain", "", {name: text for name, text in asked.items() if text})
    number, digest = head()
    around = {
        "title": _("审计链"),
        "page": page,
        "rows": [(entry, said(entry.detail)) for entry in page],
        "asked": asked,
        "actions": AuditEntry.objects.order_by("action").values_list("action", flat=True).distinct(),
        "head": f"{number}:{digest}",
        "notices": [(entry, said(entry.detail)) for entry in notices()],
        "proved": jobs.recent(Job.Task.VERIFY, "")[:5],
    }
    return render(request, "console/audit.html", around)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise refuse("CLI-005", _("日期应为 YYYY-MM-DD")) from None


@require_POST
@chain_reader
def prove(request: HttpRequest) -> HttpResponse:
    """Walk the whole chain in the background, against a head noted earlier where one is given."""
    text = request.POST.get("noted", "").strip()
    job = verify.start(noted(text) if text else None, request.user.get_username())
    return redirect("job", pk=job.pk)
