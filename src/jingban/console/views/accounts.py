"""People and what they may do. For the security administrator."""

from __future__ import annotations

import datetime as dt
import secrets

from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

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
from jingban.casework.services.factors import ask_removal, asked, confirm_removal, unlock
from jingban.casework.services.secrets import handed_by
from jingban.console.access import administrator, door
from jingban.console.settings import AXES_COOLOFF_TIME, AXES_FAILURE_LIMIT
from jingban.values.findings import Refused
from jingban.values.i18n import gettext as _

security_administrator = administrator("security")


def _roles() -> dict[str, str]:
    return {"system": _("系统管理员"), "security": _("安全管理员"), "audit": _("审计管理员")}


def _page(request: HttpRequest, **more: object) -> HttpResponse:
    waiting = asked()
    factors = set(Authenticator.objects.values_list("user", flat=True))
    rows = [
        {
            "user": user,
            "belongs": belongs(user.username),
            "duties": duties_of(user),
            "roles": [_roles()[role] for role in sorted(roles_of(user))],
            "factor": user.pk in factors,
            "asked": waiting.get(user.username),
            "handed": handed_by(user.username),
        }
        for user in User.objects.order_by("username")
    ]
    around = {"title": _("人员与权限"), "rows": rows, "known": {key: _(name) for key, name in DUTIES.items()}}
    around |= {"roles": _roles(), "locked": _locked()}
    return render(request, "console/accounts.html", {**around, **more})


def _locked() -> list[AccessAttempt]:
    """Who may not try any more for now."""
    since = timezone.now() - dt.timedelta(hours=AXES_COOLOFF_TIME)
    found = AccessAttempt.objects.filter(
        failures_since_start__gte=AXES_FAILURE_LIMIT, attempt_time__gte=since
    )
    return list(found.order_by("-attempt_time"))


@require_safe
@security_administrator
def index(request: HttpRequest) -> HttpResponse:
    """Every account."""
    return _page(request)


def _password() -> str:
    """A first password that is read out or copied: 16 characters without look-alikes."""
    letters = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789"
    return "".join(secrets.choice(letters) for _place in range(16))


@require_POST
@security_administrator
def new(request: HttpRequest) -> HttpResponse:
    """Open an account; its first password is shown once."""
    username, person = request.POST.get("username", "").strip(), request.POST.get("person", "").strip()
    password = _password()
    try:
        open_account(
            username, person, password, request.POST.getlist("duty"), door(request, "config.account"),
            role=request.POST.get("role", ""),
        )  # fmt: skip
    except Refused as refusal:
        return _page(request, findings=refusal.findings, typed={"username": username, "person": person})
    return _page(request, handed=(username, password))


@require_POST
@security_administrator
def change(request: HttpRequest, username: str) -> HttpResponse:
    """Duties, a new password, closing and reopening, a lost telephone, too many wrong passwords: one button each.

    That somebody lost the telephone is confirmed by another administrator, on the page :func:`factors`.
    """
    does = request.POST.get("do")
    there = door(request, "config.account")
    if does == "password":
        password = _password()
        set_password(username, password, there)
        return _page(request, handed=(username, password))
    if does in ("close", "reopen"):
        set_active(username, does == "reopen", there)
    elif does == "factor":
        ask_removal(username, request.POST.get("note", ""), there)
    elif does == "unlock":
        unlock(username, there)
    else:
        set_duties(username, request.POST.getlist("duty"), there)
    messages.success(request, _("已保存并记入审计链"))
    return redirect("accounts")


@require_http_methods(["GET", "HEAD", "POST"])
@administrator("security", "system")
def factors(request: HttpRequest) -> HttpResponse:
    """Second factors that one administrator asked to remove: another one confirms."""
    if request.method == "POST":
        confirm_removal(request.POST.get("account", ""), door(request, "config.account"))
        messages.success(request, _("已保存并记入审计链"))
        return redirect("factors")
    around = {"title": _("取消第二因素"), "waiting": asked().values(), "me": request.user.get_username()}
    return render(request, "console/factors.html", around)
