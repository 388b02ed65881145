"""Who is who in the office: accounts of one person, and the three administrators (系统、安全、审计).

Codes CAS-7xx: 701 no such role, 702 only a security administrator may do this, 703 one user cannot hold two of the three, 704 the
account already belongs to somebody, 712 an account that nobody is named for may not decide, 707 no ID number although the others were named by theirs, 714 an ID number that is wrong, 705 only an audit administrator may read the chain, 706 the user does not hold the role, 744 a staff number in letters that look
like others, 745 the last security administrator stays.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from django.contrib.auth.models import Group, User
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from jingban.casework.models import Staff
from jingban.casework.separation import ROLES
from jingban.store import audit
from jingban.store.origins import Door, entering
from jingban.values import citizen_id
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _

_AN_ID_NUMBER = 14
"""So many digits are a citizen ID number (15 or 18 places, perhaps one lost), not a staff number."""
_PLAIN = re.compile(r"[A-Z0-9\u4e00-\u9fff]+")
_BY_NUMBER = "id:"
"""Marks the digest of an ID number in ``Staff.person``."""


def person_key(person: str) -> str:
    """How a person is remembered: the digest of a valid citizen ID number, or the staff number in one spelling.

    ``E01``, ``e01``, ``Ｅ０１`` and ``E-01`` are one; what is not of Latin letters, digits and Han characters is refused (CAS-744), since
    other letters look like them. What is an ID number with a mistake in it is refused (CAS-714), never kept as it stands.
    """
    spelled = _spelled(person)
    if not _PLAIN.fullmatch(spelled):
        text = _("工号只用字母、数字和汉字：有别的字符，看上去相同的工号会成为两个人；没有保存，请重新录入")
        raise refuse("CAS-744", text, column=_("工作人员"))
    read = citizen_id.parse(spelled)
    if not read.ok:
        if sum(letter.isdigit() for letter in spelled) >= _AN_ID_NUMBER:
            text = _("公民身份号码不对：{reason}；没有保存，请照证件核对")
            raise refuse("CAS-714", text.format(reason=citizen_id.explain(read.status)), column=_("工作人员"))
        return spelled
    return _BY_NUMBER + hashlib.sha256(f"jingban-staff:{read.number}".encode()).hexdigest()[:40]


def accounts_of(account: str) -> set[str]:
    """Every account of the person behind this one, itself included."""
    persons = Staff.objects.filter(account=account).values("person")
    return {account, *Staff.objects.filter(person__in=persons).values_list("account", flat=True)}


def name_account(account: str, person: str, door: Door) -> None:
    """Say whose account it is. ``person``: the citizen ID number, kept as a digest; a staff number only if all have one.

    Refuses CAS-702, CAS-704, CAS-707.
    """
    _only("security", door.actor)
    key = person_key(person)
    try:
        with entering(door) as origin:
            other = Staff.objects.exclude(account=account).first()
            if other is not None and other.person.startswith(_BY_NUMBER) != key.startswith(_BY_NUMBER):
                raise refuse("CAS-707", _("账号都按公民身份号码登记，或者都按工号登记，不能混用"))
            Staff.objects.create(account=account, person=_as_kept(key), origin=origin)
            audit.append([audit.Entry(door.actor, "config.staff", account)], origin.recorded_at)
    except IntegrityError:
        raise refuse("CAS-704", _("账号“%(account)s”已登记过") % {"account": account}) from None


def _as_kept(key: str) -> str:
    """The spelling under which this person stands already: rows from before there was one spelling are never changed."""
    kept = Staff.objects.exclude(person__startswith=_BY_NUMBER).values_list("person", flat=True).distinct()
    return next((one for one in kept if _spelled(one) == key), key)


def _spelled(person: str) -> str:
    """Compatible forms and cases made one; blanks, signs and invisible characters left out."""
    plain = unicodedata.normalize("NFKC", person).upper()
    return "".join(letter for letter in plain if unicodedata.category(letter)[0] in "LMN")


def must_be_known(account: str) -> None:
    """Refuses CAS-712: once the office has named one account, an account that nobody is named for decides nothing.

    A second account would otherwise be a second pair of eyes as long as nobody names it. A centre that has named nobody is free.
    """
    if Staff.objects.exists() and not Staff.objects.filter(account=account).exists():
        text = _(
            "账号“%(account)s”没有登记是谁的，不能审核、核实、发放；请先运行 jingban audit staff %(account)s 公民身份号码"
        )
        raise refuse("CAS-712", text % {"account": account})


def holders() -> dict[str, list[str]]:
    """Role → user names."""
    return {
        role: list(
            User.objects.filter(groups__name=name).order_by("username").values_list("username", flat=True)
        )
        for role, name in ROLES.items()
    }


def grant(role: str, username: str, door: Door) -> None:
    """Make somebody an administrator; an account is made if there is none (without a password it cannot log in)."""
    group = _group(role)
    _only("security", door.actor)
    try:
        with entering(door) as origin:
            user, made = User.objects.get_or_create(username=username)
            if made:
                user.set_unusable_password()
                user.save()
            user.groups.add(group)
            audit.append(
                [audit.Entry(door.actor, "config.role.granted", username, {"角色": group.name})],
                origin.recorded_at,
            )
    except DatabaseError as error:
        if "CAS-002" not in str(error):
            raise
        raise refuse("CAS-703", _("“%(name)s”已是另一类管理员，不能兼任") % {"name": username}) from None


def revoke(role: str, username: str, door: Door) -> None:
    """Take a role back. Refuses CAS-706 when it is not held, CAS-745 for the last security administrator: after that nobody would
    be one, and everybody could make themselves one."""
    group = _group(role)
    _only("security", door.actor)
    with entering(door) as origin:
        user = User.objects.filter(username=username, groups=group).first()
        if user is None:
            raise refuse("CAS-706", _("“%(name)s”不是%(role)s") % {"name": username, "role": group.name})
        if role == "security" and holders()[role] == [username]:
            raise refuse(
                "CAS-745", _("“{name}”是唯一的安全管理员：先任命另一人，再收回").format(name=username)
            )
        user.groups.remove(group)
        audit.append(
            [audit.Entry(door.actor, "config.role.revoked", username, {"角色": group.name})],
            origin.recorded_at,
        )


def may_read_chain(username: str) -> None:
    """Refuses CAS-705 unless an audit administrator asks; while no role was given to anybody, everybody may."""
    _only("audit", username, "CAS-705", _("只有审计管理员可以查阅审计链"))


def _only(role: str, username: str, code: str = "CAS-702", text: str = "") -> None:
    held = holders()
    if any(held.values()) and username not in held[role] and (held[role] or role == "audit"):
        raise refuse(code, text or _("只有安全管理员可以这样做"))


def only_security(account: str) -> None:
    """Refuses CAS-702 unless a security administrator acts (in a centre that has one)."""
    _only("security", account)


def _group(role: str) -> Group:
    if role not in ROLES:
        raise refuse("CAS-701", _("没有“%(role)s”这个角色") % {"role": role})
    with transaction.atomic():
        return Group.objects.get(name=ROLES[role])
