"""Second factors: which an account has, whether a code is right, and that two persons take one away.

Only under the settings of the pages, which hold the library's tables. A wrong code counts like a wrong password. Codes CAS-73x:
733 nothing to take away, 735 asked for already, 736 nobody asked, 737 a second administrator must confirm.
"""

from __future__ import annotations

from typing import Any

from allauth.core import context
from allauth.mfa.models import Authenticator
from axes.handlers.proxy import AxesProxyHandler
from axes.utils import reset
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed

from jingban.casework.models import FactorRemoval, FactorRequest
from jingban.casework.services.staff import accounts_of, holders, only_security
from jingban.store import audit
from jingban.store.origins import Door, entering
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _

CODES = frozenset({Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES})
"""Kinds that answer with a code."""
ALONE = frozenset({Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN})
"""Kinds that are a second factor by themselves."""
CONFIRMING = ("security", "system")


def kinds_of(user: User) -> frozenset[str]:
    """Which kinds of second factor an account has."""
    return frozenset(Authenticator.objects.filter(user=user).values_list("type", flat=True))


def open_to(user: User, request: Any) -> bool:
    """Whether this account may still try on this machine."""
    return bool(AxesProxyHandler.is_allowed(request, {"username": user.get_username()}))


def count_wrong(user: User, request: Any) -> None:
    """A wrong code counts towards the lock like a wrong password."""
    user_login_failed.send(
        sender=Authenticator, request=request, credentials={"username": user.get_username()}
    )


def right_code(user: User, code: str, request: Any) -> bool:
    """Whether a code opens; a wrong one counts."""
    with context.request_context(request):
        for one in Authenticator.objects.filter(user=user, type__in=CODES).order_by("-type"):
            if one.wrap().validate_code(code):
                one.record_usage()
                return True
    count_wrong(user, request)
    return False


def asked() -> dict[str, FactorRequest]:
    """Account → the request that waits for a second administrator."""
    waiting = FactorRequest.objects.filter(removal__isnull=True).order_by("pk")
    return {one.account: one for one in waiting}


def ask_removal(account: str, note: str, door: Door) -> None:
    """A security or system administrator asks that the second factors of an account go. Refuses CAS-702, CAS-733, CAS-735."""
    _administrator(door.actor)
    if not Authenticator.objects.filter(user__username=account).exists():
        raise refuse("CAS-733", _("账号“{name}”没有第二因素").format(name=account))
    with entering(door) as origin:
        if account in asked():
            raise refuse(
                "CAS-735", _("已有人申请取消“{name}”的第二因素，等待另一位管理员确认").format(name=account)
            )
        FactorRequest.objects.create(account=account, actor=door.actor, note=note[:200], origin=origin)
        audit.append(
            [audit.Entry(door.actor, "config.factor.asked", account, {"理由": note})], origin.recorded_at
        )


def confirm_removal(account: str, door: Door) -> None:
    """Another administrator confirms, and they go. Refuses CAS-702, CAS-736, CAS-737; the database refuses one person for both."""
    _administrator(door.actor)
    with entering(door) as origin:
        request = asked().get(account)
        if request is None:
            raise refuse("CAS-736", _("没有人申请取消“{name}”的第二因素").format(name=account))
        if {request.actor, account} & accounts_of(door.actor):
            raise refuse("CAS-737", _("申请人和账号本人都不能确认，须由另一位安全或系统管理员确认"))
        FactorRemoval.objects.create(request=request, asker=request.actor, actor=door.actor, origin=origin)
        Authenticator.objects.filter(user__username=account).delete()
        detail = {"申请": request.actor}
        audit.append([audit.Entry(door.actor, "config.second_factor", account, detail)], origin.recorded_at)


def _administrator(account: str) -> None:
    held = holders()
    if not any(account in held[role] for role in CONFIRMING):
        raise refuse("CAS-702", _("只有安全管理员或系统管理员可以这样做"))


def unlock(account: str, door: Door) -> None:
    """Wrong passwords and codes of an account are forgotten. Refuses CAS-702."""
    only_security(door.actor)
    with entering(door) as origin:
        reset(username=account)
        audit.append([audit.Entry(door.actor, "config.unlocked", account)], origin.recorded_at)
