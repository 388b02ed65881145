"""Payment runs: preview, another person's review, release through the safeguards, the bank's file and answer, settlement."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from jingban.console import asked, jobs
from jingban.console.access import door, duty, held, reader
from jingban.console.files import attachment, keep_in_chain, sent, tell
from jingban.console.models import Job
from jingban.console.tasks import preview
from jingban.payments.bankfile import GBK
from jingban.payments.exports import failed, payroll, receivables
from jingban.payments.exports import held as held_back
from jingban.payments.models import Run
from jingban.payments.models.runs import State
from jingban.payments.sections import sections
from jingban.payments.services.again import preview_again
from jingban.payments.services.bank_file import write_bank_file
from jingban.payments.services.cancel import cancel
from jingban.payments.services.returns import import_returns
from jingban.payments.services.review import review
from jingban.payments.services.settle import settle
from jingban.payments.services.unknown import mark_unknown
from jingban.safeguards.gate import blockers, release
from jingban.store.exports import Split, as_bytes
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _
from jingban.values.masking import mask_account, mask_id
from jingban.values.money import format_yuan
from jingban.values.months import format_month

PAGE_ROWS = 20
KINDS = (Run.Kind.MONTHLY, Run.Kind.ESTATE)
ENCODINGS = (GBK, "utf-8")
LIST_ROWS = 50
LISTS: dict[str, Any] = {"payroll": payroll, "failed": failed, "held": held_back, "receivables": receivables}
"""Lists of one run: the modules that export them."""
FORMS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
MASKED: dict[str, Callable[[Any], str]] = {"证件号码": mask_id, "银行账号": mask_account}
AMOUNTS = {
    "当月", "以前月份", "支付金额", "抵转", "应收", "应计未发", "金额", "已收", "核销", "未收",
}  # fmt: skip
WAITING_FOR = {
    State.DRAFT: "等待另一人复核",
    State.REVIEWED: "等待发放",
    State.RELEASED: "等待出盘",
    State.FILED: "等待银行回盘",
    State.UNKNOWN: "结果不明，等待银行回盘",
    State.RETURNED: "等待结算",
}
"""State → what comes next."""


def _run(pk: int) -> Run:
    return get_object_or_404(Run.objects.select_related("before"), pk=pk)


@require_safe
@reader
def index(request: HttpRequest) -> HttpResponse:
    """Every run, newest month first, and the way to a new one."""
    county = asked.county()
    found = Run.objects.filter(region_id=county).order_by("-payroll_month", "-pk")
    page = Paginator(found, PAGE_ROWS).get_page(request.GET.get("page"))
    rows = [
        {"run": run, "month": format_month(run.payroll_month), "next": WAITING_FOR.get(State(run.state), "")}
        for run in page
    ]
    last = found.filter(kind=Run.Kind.MONTHLY).exclude(state=State.CANCELLED).first()
    today = timezone.localdate()
    following = last.payroll_month + 1 if last else today.year * 12 + today.month - 1
    newest = jobs.recent(Job.Task.PREVIEW, f"{county:06d}")[:1]
    around = {
        "title": _("待遇发放"),
        "rows": rows,
        "page": page,
        "month": format_month(following),
        "kinds": [(kind, kind.label) for kind in KINDS],
        "jobs": [job for job in newest if job.state != Job.State.DONE],
    }
    return render(request, "console/runs.html", around)


@require_safe
@reader
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One run: the report, what stands against its release, the steps open now, what was done so far."""
    run = _run(pk)
    head, *rest = sections(run)
    waiting = run.state in (State.DRAFT, State.REVIEWED)
    around: dict[str, Any] = {
        "title": _("待遇发放"),
        "run": run,
        "month": format_month(run.payroll_month),
        "head": head,
        "sections": rest,
        "holds": (run.report.get("continuity") or {}).get("holds"),
        "against": [one.finding() for one in blockers(run.region_id, run.payroll_month, run.pk)]
        if waiting
        else [],
        "events": run.events.select_related("origin").order_by("pk"),
        "mine": run.maker == request.user.get_username(),
        "may_review": "review" in held(request),
        "may_enter": "enter" in held(request),
        "next": WAITING_FOR.get(State(run.state), ""),
        "file": _file(run).name if run.file_digest and _file(run).is_file() else "",
        "encodings": ENCODINGS,
        "lists": [
            (name, _(LISTS[name].EXPORT.title), count) for name, count in _counts(run).items() if count
        ],
    }
    return render(request, "console/run.html", around)


def _counts(run: Run) -> dict[str, int]:
    """Rows of each list of a run."""
    return {
        "payroll": len(run.persons()),
        "failed": run.orders.filter(Q(outcome__status="failed") | Q(bounce__isnull=False)).count(),
        "held": run.held.count(),
        "receivables": run.receivables.count(),
    }


@require_safe
@reader
def listed(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """One list of a run, with names; certificate and account numbers masked."""
    run = _run(pk)
    if what not in LISTS:
        raise Http404
    chosen = LISTS[what].of(run)
    page = Paginator(range(_counts(run)[what]), LIST_ROWS).get_page(request.GET.get("page"))
    first = (page.number - 1) * LIST_ROWS
    rows = islice(chosen.rows(run.payroll_month), first, first + LIST_ROWS)
    hidden = [MASKED.get(title, str) for title in chosen.header]
    around = {
        "title": chosen.title,
        "run": run,
        "what": what,
        "header": chosen.header,
        "right": [place for place, title in enumerate(chosen.header) if title in AMOUNTS],
        "rows": [[hide(cell) for hide, cell in zip(hidden, row.cells, strict=True)] for row in rows],
        "page": page,
        "may_take": not held(request).isdisjoint(("enter", "review")),
    }
    return render(request, "console/run_list.html", around)


@require_safe
@duty("enter", "review")
def list_file(request: HttpRequest, pk: int, what: str, form: str) -> HttpResponseBase:
    """The same list with full numbers: one workbook, or a ZIP of one a village. Who takes it is kept on the audit chain."""
    run = _run(pk)
    if what not in LISTS or form not in FORMS:
        raise Http404
    chosen = LISTS[what].of(run)
    split: Split | None = "village" if form == "zip" else None
    content = as_bytes(chosen, run.payroll_month, door(request, "export"), split=split)
    return attachment(content, f"{chosen.title}.{form}", FORMS[form])


@require_POST
@duty("enter")
def new(request: HttpRequest) -> HttpResponse:
    """Preview a month, in the background. Nothing is paid by it; it can be cancelled until it is released."""
    kind = request.POST.get("kind", "")
    month = asked.month(request)
    if kind not in KINDS:
        raise Http404
    job = preview.start(asked.county(), month, kind, request.user.get_username())
    return redirect("job", pk=job.pk)


@require_POST
@duty("review")
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Another person agrees; who made the run is refused by the service, and by the database behind it."""
    review(_run(pk).pk, door(request, "run", "review"))
    messages.success(request, _("复核通过，等待发放"))
    return redirect("run", pk=pk)


@require_POST
@duty("review")
def pay(request: HttpRequest, pk: int) -> HttpResponse:
    """Release, which only the safeguards can do: they forbid it, or let it pass with warnings."""
    released = release(_run(pk).pk, door(request, "run", "release"))
    tell(request, released.warnings)
    messages.success(request, _("已发放，等待出盘"))
    return redirect("run", pk=pk)


@require_POST
@duty("enter")
def act(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """The clerk's steps after the release, and cancelling before it."""
    note = request.POST.get("note", "").strip()[:200]
    steps: dict[str, Callable[[Run], None]] = {
        "file": lambda run: _write(request, run),
        "returns": lambda run: _answered(request, run),
        "settle": lambda run: _done(request, settle(run.pk, door(request, "run", step))),
        "unknown": lambda run: _done(request, mark_unknown(run.pk, door(request, "run", step), note)),
        "cancel": lambda run: _done(request, cancel(run.pk, door(request, "run", step), note)),
    }
    if step == "again":
        made = preview_again(_run(pk).pk, door(request, "run", step))
        messages.success(request, _("已撤销原批次并重新预览，等待另一人复核"))
        return redirect("run", pk=made.pk)
    if step not in steps:
        raise Http404
    steps[step](_run(pk))
    return redirect("run", pk=pk)


def _done(request: HttpRequest, run: Run) -> None:
    messages.success(request, _("批次%(batch)s：%(state)s") % {"batch": run.batch, "state": run.state_name()})


def _encoding(request: HttpRequest) -> str:
    given = request.POST.get("encoding", GBK)
    return given if given in ENCODINGS else GBK


def _folder() -> Path:
    """Where `jingban run` writes them too when it is called in the centre's folder."""
    return Path(settings.CENTRE.home) / "bank"


def _file(run: Run) -> Path:
    return _folder() / f"{run.batch}.txt"


def _write(request: HttpRequest, run: Run) -> None:
    write_bank_file(run.pk, _folder(), door(request, "run", "file"), encoding=_encoding(request))
    messages.success(request, _("报盘文件已写好，可以下载"))


def _answered(request: HttpRequest, run: Run) -> None:
    file = request.FILES.get("file")
    if file is None:
        raise refuse("CON-309", _("没有选文件"))
    name = Path(file.name or "").name[:200]
    returned = import_returns(
        run.pk, file.read(), door(request, "run", "returns"), name=name, encoding=_encoding(request)
    )
    tell(request, returned.findings)
    text = _("回盘：成功 {paid} 笔 {paid_yuan} 元，失败 {failed} 笔 {failed_yuan} 元，未回 {missing} 笔")
    said = text.format(
        paid=returned.paid,
        paid_yuan=format_yuan(returned.paid_fen),
        failed=returned.failed,
        failed_yuan=format_yuan(returned.failed_fen),
        missing=returned.missing,
    )
    messages.success(request, said)


@require_safe
@duty("enter")
def bank_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The bank's file of a run; it carries full accounts, so who takes it is kept on the audit chain."""
    run = _run(pk)
    path = _file(run)
    if not run.file_digest or not path.is_file():
        raise Http404
    keep_in_chain(
        request, "export.bank_file", run.batch, {"笔数": run.orders.count(), "摘要": run.file_digest}
    )
    return sent(path)
