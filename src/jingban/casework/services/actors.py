"""Who acts on the command line: a signed-in session, or a user of the operating system whom the security administrator bound.

Codes CAS-72x and 738: 722 nobody is signed in or bound, 723 the session is
over, 724 the account is closed or holds nothing, 725 a handed-over password must be changed first, 726 a second factor is
demanded, 727 the account has not the duty, 728 this user of the operating system belongs to nobody, 738 naming somebody (`--as`) is for practice centres only.
"""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.models import User

from jingban.casework.models import Practice, SystemUser
from jingban.casework.services import sessions
from jingban.casework.services.duties import DUTIES, demands_factor, duties_of, roles_of
from jingban.casework.services.secrets import handed_by
from jingban.casework.services.staff import only_security
from jingban.store import audit
from jingban.store.origins import Door, entering
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _

EVERYBODY = ("root", "Administrator", "SYSTEM")
"""Users of the operating system behind whom anybody may stand."""


def is_practice() -> bool:
    """Whether this is a practice centre."""
    return Practice.objects.exists()


def make_practice(at: dt.datetime) -> None:
    """Mark a new centre as one for practice. The database refuses it for a centre in which anything was done (CAS-007)."""
    Practice.objects.create(since=at)


def acting(token: str | None, system_user: str, at: dt.datetime, duty: str = "") -> str:
    """The account that acts in a real centre: that of the session, else of the operating system's user.

    ``duty``: what it must be allowed (``enter``, ``review``, ``publish``; ``read``: any of them). Refuses CAS-722 to CAS-727.
    """
    account = sessions.account_of(token, at) if token else bound_to(system_user)
    if account is None and token:
        raise refuse("CAS-723", _("登录已过期或已被结束；请重新登录：jingban login 账号"))
    if account is None:
        raise refuse(
            "CAS-722",
            _("不知道是谁在办理：请先登录（jingban login 账号），或请安全管理员登记系统用户（jingban staff bind {user} 账号）").format(user=system_user),
        )  # fmt: skip
    return _fit(account, duty, signed_in=token is not None)


def _fit(account: str, duty: str, *, signed_in: bool) -> str:
    user = User.objects.filter(username=account, is_active=True).first()
    held = (duties_of(user), roles_of(user)) if user is not None else (frozenset(), frozenset())
    if user is None or not any(held):
        text = _("账号“{name}”已停用或没有岗位；请安全管理员办理：jingban staff duties {name} --duty enter")
        raise refuse("CAS-724", text.format(name=account))
    if duty == "read" and not held[0]:
        raise refuse("CAS-727", _("管理员不办业务、不看业务资料；请用有岗位的账号登录"))
    if duty not in ("", "read", *held[0]):
        text = _("账号“{name}”没有“{duty}”；请安全管理员办理：jingban staff duties {name} --duty {key}")
        raise refuse("CAS-727", text.format(name=account, duty=_(DUTIES[duty]), key=duty))
    if by := handed_by(account):
        text = _("账号“{name}”的口令是{by}交来的，须先改成自己的：jingban login {name}")
        raise refuse("CAS-725", text.format(name=account, by=by))
    if not signed_in and demands_factor(user):
        text = _("账号“{name}”的岗位要求第二因素，不能凭系统用户办理；请登录：jingban login {name}")
        raise refuse("CAS-726", text.format(name=account))
    return account


def bound_to(system_user: str) -> str | None:
    """The account a user of the operating system acts as."""
    last = SystemUser.objects.filter(name=system_user).order_by("-pk").values_list("account", flat=True)
    return last.first() or None


def bindings() -> dict[str, str]:
    """User of the operating system → account, those in force."""
    found = dict(SystemUser.objects.order_by("pk").values_list("name", "account"))
    return {name: account for name, account in found.items() if account}


def bind(system_user: str, account: str, door: Door) -> None:
    """Say which account a user of the operating system acts as; an empty account ends it. Refuses CAS-702, CAS-710, CAS-728."""
    only_security(door.actor)
    if system_user in EVERYBODY:
        raise refuse("CAS-728", _("系统用户“{user}”谁都可能在用，不能登记给一个人").format(user=system_user))
    if account and not User.objects.filter(username=account, is_active=True).exists():
        raise refuse("CAS-710", _("没有账号“%(name)s”") % {"name": account})
    with entering(door) as origin:
        SystemUser.objects.create(name=system_user, account=account, origin=origin)
        action = "config.bound" if account else "config.unbound"
        detail = {"账号": account} if account else {}
        audit.append([audit.Entry(door.actor, action, system_user, detail)], origin.recorded_at)
