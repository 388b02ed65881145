"""What stands before every page: idle sessions end, handed-over passwords are changed, demanded second factors are set up."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from jingban.casework.services import sessions
from jingban.casework.services.duties import demands_factor
from jingban.casework.services.factors import ALONE, kinds_of
from jingban.casework.services.secrets import handed_by, last_set
from jingban.values.i18n import gettext as _

Handler = Callable[[HttpRequest], HttpResponse]
_OPEN = ("account_logout", "account_change_password", "account_reauthenticate", "set_language")


def idle(handler: Handler) -> Handler:
    """A session nobody used for too long, or that is too old, is over."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and not sessions.used(request.session, timezone.now()):
            logout(request)
            messages.info(request, _("很久没有操作，已自动退出，请重新登录"))
        return handler(request)

    return handle


def first_things(handler: Handler) -> Handler:
    """Nothing is done with a password somebody else knows, or without the second factor that the duty demands."""

    def handle(request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        if not user.is_authenticated or _allowed(request.path):
            return handler(request)
        if handed_by(user.username):
            set_ = last_set(user.username)
            if set_ is not None:
                text = _("您的口令由%(by)s于 %(day)s 设定，请先改成自己的")
                messages.warning(request, text % {"by": set_.actor, "day": set_.origin.day})
            return redirect("account_change_password")
        if demands_factor(user) and not ALONE & kinds_of(user):
            messages.warning(request, _("您的岗位要求第二因素，请先添加动态验证码或安全密钥"))
            return redirect("mfa_index")
        return handler(request)

    return handle


def _allowed(path: str) -> bool:
    """Where one changes the password, sets up the second factor, or leaves."""
    return path.startswith(("/static/", reverse("mfa_index"))) or path in map(reverse, _OPEN)


def client_address(request: HttpRequest) -> str:
    """Where the client is: what our own proxies say, from the nearest outwards, and nobody else's word (``trusted_proxies``)."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    said = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    while said and _ours(address):
        try:
            address = str(ipaddress.ip_address(said.pop()))
        except ValueError:
            break
    return address


def _ours(address: str) -> bool:
    try:
        one = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(one in ipaddress.ip_network(net) for net in settings.CENTRE.trusted_proxies)
