"""Lists of the agency's own books: look, enter, correct, withdraw, upload, download."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_tables2 import RequestConfig

from jingban.budget.services import correct, withdraw
from jingban.console import asked, books, forms
from jingban.console.access import door, duty, reader
from jingban.console.context import unit_of, year_of
from jingban.console.files import keep_in_chain, sent, shelve, shelved
from jingban.safeguards.sources import SOURCES
from jingban.store.lists import write_error_report, write_list, write_template
from jingban.store.lists.entry import Defaults, ListEntry
from jingban.store.lists.load import Report, import_file
from jingban.values.findings import Refused
from jingban.values.i18n import gettext as _
from jingban.values.money import yuan
from jingban.values.months import format_month, of_date

PAGE_ROWS = 20


def _entry(name: str) -> ListEntry:
    entry = books.entry_of(name)
    if entry is None:
        raise Http404
    return entry


def _kept(name: str) -> ListEntry:
    """A list whose rows are kept one by one."""
    entry = _entry(name)
    if entry.table is None:
        raise Http404
    return entry


def _row(entry: ListEntry, pk: int) -> Any:
    table = entry.table
    assert table is not None
    return get_object_or_404(table, pk=pk)


@require_safe
@reader
def show(request: HttpRequest, name: str) -> HttpResponse:
    """The list, filtered to the year and unit worked in unless the reader asks otherwise."""
    if name == "plans":
        return redirect("plans")
    entry = _kept(name)
    keys = {column.key for column in books.described(entry).columns}
    data = request.GET.copy()
    unit = unit_of(request)
    if "year" in keys and "year" not in data:
        data["year"] = str(year_of(request))
    if "unit" in keys and "unit" not in data and unit is not None:
        data["unit"] = str(unit.pk)
    chosen = books.filter_of(entry, data)
    table = books.table_of(entry, chosen.qs)
    RequestConfig(request, paginate={"per_page": PAGE_ROWS}).configure(table)
    money = [column for column in books.described(entry).columns if column.key == "amount_fen"]
    total = sum(chosen.qs.values_list("amount_fen", flat=True)) if money else None
    around = {"entry": entry, "title": _(entry.title), "filter": chosen, "table": table, "total": total}
    return render(request, "console/book.html", {**around, "count": chosen.qs.count()})


@require_safe
@reader
def row(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """One record with everything it was before."""
    entry = _kept(name)
    found = _row(entry, pk)
    columns = books.shown(books.described(entry))
    versions = [found]
    if books.correctable(entry):
        while versions[-1].supersedes is not None:
            versions.append(versions[-1].supersedes)
        versions.reverse()
        while (later := versions[-1].superseded_by.first()) is not None:
            versions.append(later)
        versions.reverse()
    in_force = not books.correctable(entry) or (versions[0].pk == found.pk and not found.retracted)
    return render(
        request,
        "console/row.html",
        {
            "entry": entry,
            "title": _(entry.title),
            "row": found,
            "cells": [(column.title, books.text_of(column, found)) for column in columns],
            "versions": [_version(columns, version) for version in versions],
            "in_force": in_force,
            "correctable": books.correctable(entry) and in_force,
        },
    )


def _version(columns: list[Any], version: Any) -> dict[str, Any]:
    before = getattr(version, "supersedes", None)
    changed = [
        (column.title, books.text_of(column, before), books.text_of(column, version))
        for column in columns
        if before is not None and books.value_of(column, before) != books.value_of(column, version)
    ]
    return {"row": version, "changed": changed, "retracted": getattr(version, "retracted", False)}


@require_http_methods(["GET", "HEAD", "POST"])
@duty("enter")
def new(request: HttpRequest, name: str) -> HttpResponse:
    """Enter one record."""
    entry = _kept(name)
    spec = books.described(entry)
    unit = unit_of(request)
    start = {"year": year_of(request), "unit": unit.code if unit else "", "opening": _("是")}
    given = {**start, **{key: value for key, value in request.GET.items() if value}}
    form = forms.ListForm(
        spec.columns, request.POST or None, initial=forms.initial_of(spec.columns, _worded(spec, given))
    )
    if request.method == "POST":
        parsed = forms.parse(spec, form)
        findings = parsed.findings
        if not parsed.errors:
            try:
                entry.take(parsed.records, door(request, "page", entry.name), "refuse_all", False)
            except Refused as refusal:
                findings = refusal.findings
            else:
                messages.success(request, _("已登记：%(list)s") % {"list": _(entry.title)})
                if request.POST.get("again"):
                    return redirect(request.get_full_path())
                return redirect(request.GET["back"] if _ours(request) else f"/books/{name}/")
        form.take(findings)
    around = {"entry": entry, "title": _(entry.title), "form": form, "fresh": True}
    return render(request, "console/entry.html", around)


def _worded(spec: Any, given: dict[str, Any]) -> dict[str, Any]:
    """Choices in an address go by their stored value; a form shows their words."""
    for column in spec.columns:
        if column.kind == "choice" and column.key in given:
            words = {stored: name for name, stored in reversed((column.choices or {}).items())}
            given[column.key] = words.get(given[column.key], given[column.key])
    return given


def _ours(request: HttpRequest) -> bool:
    back = request.GET.get("back", "")
    return back.startswith("/") and not back.startswith("//") and "\\" not in back


@require_http_methods(["GET", "HEAD", "POST"])
@duty("enter")
def amend(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """Correct a record: a new one takes its place, the old one stays to be seen."""
    entry = _kept(name)
    old = _row(entry, pk)
    if not books.correctable(entry):
        raise Http404
    spec = books.described(entry)
    initial = {column.key: books.text_of(column, old) for column in spec.columns}
    form = forms.ListForm(spec.columns, request.POST or None, initial=initial)
    note = request.POST.get("note", "")
    if request.method == "POST":
        parsed = forms.parse(spec, form)
        findings = parsed.findings
        if not parsed.errors:
            try:
                correct(old, parsed.records[0], door(request, "page.correction", entry.name, note))
            except Refused as refusal:
                findings = refusal.findings
            else:
                messages.success(request, _("已更正；原来的一条保留可查"))
                newest = old.superseded_by.get()
                return redirect("row", name=name, pk=newest.pk)
        form.take(findings)
    around = {"entry": entry, "title": _(entry.title), "form": form, "row": old, "note": note}
    return render(request, "console/entry.html", around)


@require_POST
@duty("enter")
def retract(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """Withdraw a record."""
    entry = _kept(name)
    old = _row(entry, pk)
    if not books.correctable(entry):
        raise Http404
    withdraw(old, door(request, "page.withdrawal", entry.name, request.POST.get("note", "")))
    messages.success(request, _("已撤回；这一条保留可查，不再计入账目"))
    return redirect("book", name=name)


@require_http_methods(["GET", "HEAD", "POST"])
@duty("enter")
def upload(request: HttpRequest, name: str) -> HttpResponse:
    """Take a file of this list; every wrong row is told."""
    entry = _entry(name)
    around: dict[str, Any] = {"entry": entry, "title": _(entry.title), "spec": books.described(entry)}
    around["back"] = books.home_of(name)
    if name in SOURCES:
        around["month"] = format_month(asked.month_or(request, of_date(timezone.localdate())))
    if request.method == "POST":
        file = request.FILES.get("file")
        if file is None:
            around["none"] = True
        else:
            dry = request.POST.get("how") == "check"
            keep = request.POST.get("keep") == "on"
            try:
                if name in SOURCES:
                    around["month"] = format_month(asked.month(request))
                report = _read(request, entry, file, dry_run=dry, keep_good=keep)
            except Refused as refusal:
                around["findings"] = refusal.findings
            else:
                around |= {"report": report, "findings": report.findings, "dry": dry}
                if report.errors:
                    waiting = shelve(".xlsx")
                    write_error_report(report.parsed, waiting)
                    around["errors_file"] = waiting.name
    return render(request, "console/upload.html", around)


def _read(request: HttpRequest, entry: ListEntry, file: Any, *, dry_run: bool, keep_good: bool) -> Report:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"list{Path(file.name).suffix.lower()}"
        with path.open("wb") as out:
            for chunk in file.chunks():
                out.write(chunk)
        return import_file(
            entry,
            path,
            door(request, "page.upload", Path(file.name).name[:200], entry.title),
            Defaults(
                region=settings.CENTRE.region,
                cutover=asked.month(request) if entry.name in SOURCES else 0,
                today=timezone.localdate(),
            ),
            mode="keep_good" if keep_good else "refuse_all",
            dry_run=dry_run,
            sheet=request.POST.get("sheet", "").strip() or None,
        )


@require_safe
@duty("enter")
def errors(request: HttpRequest, waiting: str) -> HttpResponseBase:
    """The wrong rows of an upload, with a column that says what is wrong."""
    path = shelved(waiting)
    if path is None:
        raise Http404
    return sent(path, _("错误行.xlsx"))


@require_safe
@reader
def template(request: HttpRequest, name: str) -> HttpResponseBase:
    """The workbook to fill in."""
    spec = books.described(_entry(name))
    path = shelve(".xlsx")
    write_template(spec, path)
    return sent(path, _("{title}模板.xlsx").format(title=spec.title))


@require_safe
@reader
def export(request: HttpRequest, name: str, suffix: str) -> HttpResponseBase:
    """The list as filtered, as a file that the same list reads back. Kept on the audit chain."""
    entry = _kept(name)
    spec = books.described(entry)
    found = books.filter_of(entry, request.GET).qs
    path = shelve(f".{suffix}")
    count = write_list(
        path,
        [column.title for column in spec.columns],
        ([_cell(column, one) for column in spec.columns] for one in found.iterator(1000)),
        title=spec.title,
    )
    keep_in_chain(request, f"export.{name}", spec.title, {"文件": 1, "行": count})
    return sent(path, f"{spec.title}.{suffix}")


def _cell(column: Any, one: Any) -> Any:
    if column.kind == "yuan":
        amount = books.value_of(column, one)
        return None if amount is None else yuan(amount)
    return books.text_of(column, one) or None
