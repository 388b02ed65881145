"""People and what they may do. For the security administrator."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from jingban.casework.services.duties import (
    DUTIES,
    belongs,
    duties_of,
    open_account,
    roles_of,
    set_active,
    set_duties,
    set_password,
)
from jingban.console.access import door, security
from jingban.values.findings import Refused
from jingban.values.i18n import gettext as _


def _roles() -> dict[str, str]:
    return {"system": _("系统管理员"), "security": _("安全管理员"), "audit": _("审计管理员")}


def _page(request: HttpRequest, **more: object) -> HttpResponse:
    rows = [
        {
            "user": user,
            "belongs": belongs(user.username),
            "duties": duties_of(user),
            "roles": [_roles()[role] for role in sorted(roles_of(user))],
        }
        for user in User.objects.order_by("username")
    ]
    around = {"title": _("人员与权限"), "rows": rows, "known": {key: _(name) for key, name in DUTIES.items()}}
    return render(request, "console/accounts.html", {**around, **more})


@require_safe
@security
def index(request: HttpRequest) -> HttpResponse:
    """Every account."""
    return _page(request)


def _password() -> str:
    """A first password that is read out or copied: 16 characters without look-alikes."""
    letters = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789"
    return "".join(secrets.choice(letters) for _place in range(16))


@require_POST
@security
def new(request: HttpRequest) -> HttpResponse:
    """Open an account; its first password is shown once."""
    username, person = request.POST.get("username", "").strip(), request.POST.get("person", "").strip()
    password = _password()
    try:
        open_account(
            username, person, password, request.POST.getlist("duty"), door(request, "config.account")
        )
    except Refused as refusal:
        return _page(request, findings=refusal.findings, typed={"username": username, "person": person})
    return _page(request, handed=(username, password))


@require_POST
@security
def change(request: HttpRequest, username: str) -> HttpResponse:
    """Duties, a new password, closing and reopening: one button each."""
    does = request.POST.get("do")
    there = door(request, "config.account")
    if does == "password":
        password = _password()
        set_password(username, password, there)
        return _page(request, handed=(username, password))
    if does in ("close", "reopen"):
        set_active(username, does == "reopen", there)
    else:
        set_duties(username, request.POST.getlist("duty"), there)
    messages.success(request, _("已保存并记入审计链"))
    return redirect("accounts")
