"""One language for Django's words and the rooms' words; a strict content policy; refusals as a page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from jingban.casework.services.configuration import record_configuration
from jingban.values.findings import Refused
from jingban.values.i18n import speaking

Handler = Callable[[HttpRequest], HttpResponse]
POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)


def one_language(handler: Handler) -> Handler:
    """The rooms below know nothing of Django: tell them the language of this request, in this thread only."""

    def handle(request: HttpRequest) -> HttpResponse:
        with speaking((get_language() or "zh")[:2]):
            return handler(request)

    return handle


def configuration(handler: Handler) -> Handler:
    """Before anything is changed: is the configuration still that of the last entry? Every command asks the same.

    `jingban serve` asks when it starts; mere reading needs no such look.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and request.user.is_authenticated:
            record_configuration(request.user.get_username(), timezone.now())
        return handler(request)

    return handle


def content_policy(handler: Handler) -> Handler:
    """Nothing from other places, no inline scripts. A view that serves a document sets its own, stricter one."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = handler(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return handle


class refusals:
    """A service that refuses where no form can show it: its findings on a page of their own, status 422."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.handler(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return render(request, "console/refused.html", {"findings": exception.findings}, status=422)
        return None
