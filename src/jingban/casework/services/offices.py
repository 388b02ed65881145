"""Offices (网点): who works at one sees the people who live where it serves, and their matters; nobody else's.

One function scopes a query by who asks. What is of the whole centre (runs, proofs, exports, lists of other bodies) is never
shortened: an account of an office is refused it. Codes CAS-74x: 741 only an account of the whole centre, 742 the person belongs to
another office, 743 no such office.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from django.contrib.auth.models import User
from django.db.models import Model, Q, QuerySet

from jingban.casework.models import Case, Desk, Office
from jingban.casework.services.staff import only_security
from jingban.registry.models import Residence
from jingban.store import audit
from jingban.store.origins import Door, entering
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _

M = TypeVar("M", bound=Model)


def office_of(account: str) -> str:
    """The office an account works at; empty: the whole centre."""
    last = Desk.objects.filter(account=account).order_by("-pk").values_list("office", flat=True)
    return last.first() or ""


def offices() -> dict[str, list[str]]:
    """Office → townships, as they stand now."""
    return dict(Office.objects.order_by("pk").values_list("name", "townships"))


def scoped(found: QuerySet[M], account: str, person: str = "person", own: Q | None = None) -> QuerySet[M]:
    """The rows that ``account`` may see. ``person``: the path to the person; ``own``: rows that are the account's for another reason."""
    office = office_of(account)
    if not office:
        return found
    live = Residence.objects.filter(retracted=False, superseded_by__isnull=True)
    homes = live.filter(township__in=offices().get(office, [])).values("person_id")
    return found.filter(Q(**{f"{person}__in": homes}) | (own if own is not None else Q(pk__in=())))


def scoped_cases(found: QuerySet[M], account: str, case: str = "") -> QuerySet[M]:
    """Cases of the office's people, and those received at its counter. ``case``: the path to the case, with its underscores."""
    here = Q(**{f"{case}office": office_of(account)}) | Q(**{f"{case}maker": account})
    return scoped(found, account, f"{case}person", here)


def visible(numbers: Sequence[str], account: str) -> list[str]:
    """Those of the cases that the account may see, in the order asked for."""
    if not office_of(account):
        return list(numbers)
    seen: set[Any] = set()
    for start in range(0, len(numbers), 900):
        found = scoped_cases(Case.objects.filter(number__in=numbers[start : start + 900]), account)
        seen |= set(found.values_list("number", flat=True))
    return [number for number in numbers if number in seen]


def outside(persons: Sequence[int], account: str) -> set[int]:
    """Those persons who belong to another office."""
    if not office_of(account):
        return set()
    wanted, found = list(set(persons)), set()
    for start in range(0, len(wanted), 900):
        homes = Residence.objects.filter(
            retracted=False, superseded_by__isnull=True, person_id__in=wanted[start : start + 900]
        )
        found |= set(scoped(homes, account).values_list("person_id", flat=True))
    return set(wanted) - found


def whole_centre(account: str) -> None:
    """Refuses CAS-741 unless the account works for the whole centre: what is whole is shown whole or not at all."""
    if office := office_of(account):
        text = _("账号“{name}”属于网点“{office}”；全中心的清单、批次只给不分网点的账号")
        raise refuse("CAS-741", text.format(name=account, office=office))


def set_office(name: str, townships: Sequence[str], door: Door) -> None:
    """Open an office, or say anew which townships it serves. Refuses CAS-702, CAS-743."""
    only_security(door.actor)
    if not name.strip():
        raise refuse("CAS-743", _("没有写明网点名称"))
    with entering(door) as origin:
        listed = list(dict.fromkeys(one.strip() for one in townships if one.strip()))
        Office.objects.create(name=name.strip(), townships=listed, origin=origin)
        audit.append(
            [audit.Entry(door.actor, "config.office", name.strip(), {"乡镇": listed})], origin.recorded_at
        )


def seat(account: str, office: str, door: Door) -> None:
    """Say at which office an account works (empty: the whole centre). Refuses CAS-702, CAS-710, CAS-743."""
    only_security(door.actor)
    if not User.objects.filter(username=account).exists():
        raise refuse("CAS-710", _("没有账号“%(name)s”") % {"name": account})
    if office and office not in offices():
        raise refuse(
            "CAS-743",
            _("没有网点“{name}”；先运行 jingban staff office {name} --township 乡镇").format(name=office),
        )
    with entering(door) as origin:
        Desk.objects.create(account=account, office=office, origin=origin)
        audit.append([audit.Entry(door.actor, "config.desk", account, {"网点": office})], origin.recorded_at)
