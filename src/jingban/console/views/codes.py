"""The books of codes: searched by number, name or alias, in the edition of a year."""

from __future__ import annotations

from typing import get_args

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jingban.console.access import reader
from jingban.console.context import year_of
from jingban.forms.codes import BookName, CodeEntry, code_book, plain
from jingban.values.i18n import gettext as _

FOUND_MAX = 200
OPTIONS_MAX = 30


def _titles() -> dict[str, str]:
    return {"function": _("支出功能分类"), "economic": _("部门预算支出经济分类")}


def _search(book: BookName, year: int, word: str) -> list[CodeEntry]:
    """Codes in force in a year whose number begins with the word or whose name contains it."""
    wanted = plain(word)
    codes = code_book(book)
    found = (codes.find(code, year) for code in sorted(codes.entries))
    return [
        entry
        for entry in found
        if entry is not None
        and (
            not wanted or entry.code.startswith(wanted) or any(wanted in plain(name) for name in entry.names)
        )
    ]


def _year(request: HttpRequest) -> int:
    text = request.GET.get("year", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else year_of(request)


@require_safe
@reader
def index(request: HttpRequest) -> HttpResponse:
    """Search a book."""
    chosen = request.GET.get("book", "function")
    book: BookName = "economic" if chosen == "economic" else "function"
    year, word = _year(request), request.GET.get("q", "").strip()
    found = _search(book, year, word)
    around = {
        "title": _("科目代码"),
        "titles": _titles(),
        "book": book,
        "q": word,
        "at": year,
        "found": found[:FOUND_MAX],
        "more": len(found) - FOUND_MAX,
        "leaf": code_book(book).levels[-1],
    }
    return render(request, "console/codes.html", around)


@require_safe
@reader
def options(request: HttpRequest, book: str) -> HttpResponse:
    """Suggestions for a field: lowest-level codes only, because only those can be booked."""
    if book not in get_args(BookName):
        raise Http404
    chosen: BookName = "economic" if book == "economic" else "function"
    word = next((request.GET[key] for key in request.GET if key.endswith(f"{book}_code")), "")
    leaf = code_book(chosen).levels[-1]
    found = [entry for entry in _search(chosen, _year(request), word) if len(entry.code) == leaf]
    return render(request, "console/code_options.html", {"found": found[:OPTIONS_MAX]})
