"""Accounts of the pages and what each may do: enter, review, publish (经办、复核、公开). Who decides is the security administrator.

A duty is a Django group. Administrators hold none: who hands out rights does no business. Codes CAS-7xx: 708 an
administrator may hold no duty, 709 password or name not good enough, 710 no such duty or account, 711 the first account is
there already; and those of naming whose account it is.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from jingban.casework.models import Staff
from jingban.casework.separation import ROLES
from jingban.casework.services.secrets import note_set
from jingban.casework.services.staff import name_account, only_security
from jingban.store import audit
from jingban.store.origins import Door, entering
from jingban.values.findings import Finding, Refused, refuse
from jingban.values.i18n import gettext as _

DUTIES = {"enter": "经办岗", "review": "复核岗", "publish": "公开岗"}
"""Key → name of the Django group."""


def duties_of(user: User) -> frozenset[str]:
    """What an account may do. A superuser may do everything; two pairs of eyes stay two even so."""
    if user.is_superuser:
        return frozenset(DUTIES)
    names = set(user.groups.values_list("name", flat=True))
    return frozenset(key for key, name in DUTIES.items() if name in names)


def roles_of(user: User) -> frozenset[str]:
    """Which of the three administrators an account is."""
    names = set(user.groups.values_list("name", flat=True))
    return frozenset(key for key, name in ROLES.items() if name in names)


def demands_factor(user: User) -> bool:
    """Whether one of the account's duties or roles demands a second factor (``second_factor`` in jingban.toml)."""
    return bool(set(settings.CENTRE.second_factor) & (duties_of(user) | roles_of(user)))


def belongs(username: str) -> bool:
    """Whether it is known whose account it is."""
    return Staff.objects.filter(account=username).exists()


def first_account(username: str, person: str, password: str, door: Door) -> None:
    """The security administrator of a new centre. Refused once anybody can log in (CAS-711)."""
    if any(user.has_usable_password() for user in User.objects.all()):
        raise refuse("CAS-711", _("已有能登录的账号；新账号由安全管理员在“人员与权限”中开立"))
    with entering(door) as origin:
        user = _create(username, person, password, door)
        note_set(username, door.actor, origin)
        user.groups.add(Group.objects.get(name=ROLES["security"]))
        detail = {"角色": ROLES["security"]}
        audit.append([audit.Entry(door.actor, "config.account.first", username, detail)], origin.recorded_at)


def open_account(
    username: str, person: str, password: str, duties: Iterable[str], door: Door, *, role: str = ""
) -> None:
    """An account of one member of staff, with its duties, or as one of the three administrators."""
    only_security(door.actor)
    wanted = _known(duties)
    if role not in ("", *ROLES):
        raise refuse("CAS-701", _("没有“%(role)s”这个角色") % {"role": role})
    if role and wanted:
        raise refuse("CAS-708", _("管理员不兼业务岗位"))
    with entering(door) as origin:
        user = _create(username, person, password, door)
        note_set(username, door.actor, origin)
        user.groups.set([Group.objects.get(name=ROLES[role])] if role else _groups(wanted))
        detail: dict[str, object] = (
            {"角色": ROLES[role]} if role else {"岗位": [DUTIES[key] for key in wanted]}
        )
        audit.append([audit.Entry(door.actor, "config.account.opened", username, detail)], origin.recorded_at)


def set_duties(username: str, duties: Iterable[str], door: Door) -> None:
    """Give and take duties, so that the account holds exactly these."""
    only_security(door.actor)
    wanted = _known(duties)
    with entering(door) as origin:
        user = _user(username)
        if wanted and roles_of(user):
            raise refuse("CAS-708", _("管理员不兼业务岗位"))
        user.groups.remove(*_groups(list(DUTIES)))
        user.groups.add(*_groups(wanted))
        detail = {"岗位": [DUTIES[key] for key in wanted]}
        audit.append([audit.Entry(door.actor, "config.duties", username, detail)], origin.recorded_at)


def set_active(username: str, active: bool, door: Door) -> None:
    """Close an account, or open it again. Nobody closes their own."""
    only_security(door.actor)
    if username == door.actor:
        raise refuse("CAS-710", _("不能停用自己的账号"))
    with entering(door) as origin:
        user = _user(username)
        user.is_active = active
        user.save(update_fields=["is_active"])
        action = "config.account.resumed" if active else "config.account.closed"
        audit.append([audit.Entry(door.actor, action, username)], origin.recorded_at)


def set_password(username: str, password: str, door: Door) -> None:
    """A new password, handed over by the security administrator."""
    only_security(door.actor)
    with entering(door) as origin:
        user = _user(username)
        check_password_rules(password, user)
        user.set_password(password)
        user.save(update_fields=["password"])
        note_set(username, door.actor, origin)
        audit.append([audit.Entry(door.actor, "config.password", username)], origin.recorded_at)


def _create(username: str, person: str, password: str, door: Door) -> User:
    user = User(username=username)
    findings = [] if person.strip() else [Finding("CAS-709", _("没有写明是谁的账号"), column=_("工作人员"))]
    try:
        user.full_clean(exclude=["password"])
    except ValidationError as wrong:
        findings += [Finding("CAS-709", text, column=_("账号")) for text in wrong.messages]
    if findings:
        raise Refused(findings)
    check_password_rules(password, user)
    user.set_password(password)
    user.save()
    name_account(username, person, door)
    return user


def check_password_rules(password: str, user: User) -> None:
    """Refuses CAS-709."""
    try:
        validate_password(password, user)
    except ValidationError as wrong:
        raise Refused([Finding("CAS-709", text, column=_("口令")) for text in wrong.messages]) from None


def _user(username: str) -> User:
    found = User.objects.filter(username=username).first()
    if found is None:
        raise refuse("CAS-710", _("没有账号“%(name)s”") % {"name": username})
    return found


def _known(duties: Iterable[str]) -> list[str]:
    wanted = list(dict.fromkeys(duties))
    if unknown := [key for key in wanted if key not in DUTIES]:
        raise refuse("CAS-710", _("没有“%(name)s”这个岗位") % {"name": unknown[0]})
    return wanted


def _groups(duties: Iterable[str]) -> list[Group]:
    return [Group.objects.get_or_create(name=DUTIES[key])[0] for key in duties]
