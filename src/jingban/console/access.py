"""Who may do what on the pages: duties of the account, and the member of staff it belongs to."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from jingban.casework.separation import ROLES
from jingban.casework.services.duties import DUTIES, belongs, duties_of, roles_of
from jingban.casework.services.offices import office_of
from jingban.store.origins import Door
from jingban.values.i18n import gettext as _

View = Callable[..., HttpResponseBase]
WHOLE = ("runs", "campaigns", "others", "outreach", "yearly")
"""Rooms of the pages that show the whole centre: whole or not at all."""


def held(request: HttpRequest) -> frozenset[str]:
    """The duties of whoever asks, looked up once a request."""
    found: frozenset[str] | None = getattr(request, "duties", None)
    if found is None:
        user: Any = request.user
        found = duties_of(user) if user.is_authenticated else frozenset()
        request.duties = found  # type: ignore[attr-defined]
    return found


def reader(view: View) -> View:
    """Any account with a duty may read."""
    return _guard(view, (), writing=False)


def duty(*names: str) -> Callable[[View], View]:
    """Only an account with one of these duties, tied to a member of staff."""
    return lambda view: _guard(view, names, writing=True)


def administrator(*roles: str) -> Callable[[View], View]:
    """Only one of the three administrators: ``system``, ``security`` or ``audit``; each sees only their own pages."""

    def guard(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not any(is_administrator(request, role) for role in roles):
                names = "、".join(_(ROLES[role]) for role in roles)
                return _refused(request, _("这一页只有%(role)s可以使用。") % {"role": names})
            return view(request, *args, **kwargs)

        return guarded

    return guard


def is_administrator(request: HttpRequest, role: str) -> bool:
    """Whether whoever asks holds the role. A superuser opened the centre: security and system, never the audit of himself."""
    user: Any = request.user
    return role in roles_of(user) or (user.is_superuser and role != "audit")


def _guard(view: View, names: tuple[str, ...], *, writing: bool) -> View:
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        duties = held(request)
        if not duties:
            return _refused(request, _("您的账号还没有业务岗位，请找安全管理员。"))
        if names and not duties.intersection(names):
            lacking = "、".join(_(DUTIES[name]) for name in names)
            return _refused(request, _("您的账号没有“%(duty)s”，不能这样做。") % {"duty": lacking})
        if view.__module__.rpartition(".")[2] in WHOLE and office_of(request.user.get_username()):
            return _refused(request, _("这里是全中心的批次和名单，只给不分网点的账号；请找中心的同事。"))
        if writing and not belongs(request.user.get_username()):
            return _refused(request, _("这个账号还没有登记属于哪位工作人员，不能办理；请找安全管理员登记。"))
        return view(request, *args, **kwargs)

    return guarded


def _refused(request: HttpRequest, reason: str) -> HttpResponseBase:
    return render(request, "console/forbidden.html", {"reason": reason}, status=403)


def door(request: HttpRequest, kind: str, source: str = "", note: str = "") -> Door:
    """Whoever is logged in, as the one who brings facts in."""
    return Door(request.user.get_username(), kind, source, note)
