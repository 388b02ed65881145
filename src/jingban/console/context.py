"""What stands around every page: the menu, the year and unit worked in, who is logged in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from jingban import __version__
from jingban.budget.lists import LISTS
from jingban.budget.models import Unit
from jingban.console.access import held, is_administrator
from jingban.values.i18n import gettext as _

ADMINISTRATION = {"system": "system", "security": "accounts", "audit": "audit"}
"""Role → the page it works on."""


@dataclass(slots=True)
class Entry:
    """One line of the menu."""

    title: str
    url: str
    icon: str = ""


@dataclass(slots=True)
class Group:
    """A part of the menu that opens and closes."""

    title: str
    icon: str
    entries: list[Entry] = field(default_factory=list)
    open: bool = False


def year_of(request: HttpRequest) -> int:
    """The budget year worked in: the one chosen last in this session, else last year (the one being closed)."""
    chosen = request.session.get("year")
    return int(chosen) if chosen else timezone.localdate().year - 1


def unit_of(request: HttpRequest) -> Unit | None:
    """The unit worked for: the one chosen last, else the first there is."""
    chosen = request.session.get("unit")
    found = Unit.objects.filter(code=chosen).first() if chosen else None
    return found or Unit.objects.order_by("code").first()


def around(request: HttpRequest) -> dict[str, Any]:
    """Names every template may use. Nothing is read from the database for somebody who is not logged in."""
    known: dict[str, Any] = {"centre": settings.CENTRE, "version": __version__}
    user: Any = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return known
    year = year_of(request)
    unit = unit_of(request)
    duties = held(request)
    today = timezone.localdate().year
    return {
        **known,
        "duties": duties,
        "menu": _menu(request, duties),
        "year": year,
        "years": sorted({*range(today - 7, today + 2), year}, reverse=True),
        "unit": unit,
        "units": list(Unit.objects.order_by("code")),
    }


def _menu(request: HttpRequest, duties: frozenset[str]) -> list[Group]:
    found = []
    if duties:
        found = [
            Group(_("工作台"), "house", [Entry(_("首页"), reverse("home"))]),
            Group(
                _("本单位预决算"),
                "wallet2",
                [Entry(_(entry.title), reverse("book", args=[name])) for name, entry in LISTS.items()],
            ),
            Group(
                _("预算绩效"),
                "bullseye",
                [
                    Entry(_("绩效目标与自评"), reverse("plans")),
                    Entry(_("满意度调查"), reverse("book", args=["surveys"])),
                    Entry(_("取数方法"), reverse("measures")),
                ],
            ),
            Group(_("信息公开"), "file-earmark-zip", [Entry(_("年度公开材料"), reverse("year"))]),
            Group(
                _("业务办理"),
                "inbox",
                [
                    Entry(_("待办业务"), reverse("cases")),
                    Entry(_("受理业务"), reverse("case-kinds")),
                    Entry(_("待遇发放"), reverse("runs")),
                    Entry(_("年度记账"), reverse("credits")),
                    Entry(_("财政补助测算"), reverse("claims")),
                    Entry(_("政策测算"), reverse("costs")),
                    Entry(_("重算核对"), reverse("replays")),
                    Entry(_("外部名单"), reverse("others")),
                    Entry(_("疑点核查"), reverse("suspicions")),
                    Entry(_("资格认证"), reverse("campaigns")),
                    Entry(_("到龄、扩面、公示"), reverse("outreach")),
                ],
            ),
            Group(_("查询"), "search", [Entry(_("科目代码"), reverse("codes"))]),
        ]
    own = {"system": _("系统状态"), "security": _("人员与权限"), "audit": _("审计链")}
    entries = [
        Entry(title, reverse(ADMINISTRATION[role]))
        for role, title in own.items()
        if is_administrator(request, role)
    ]
    if any(is_administrator(request, role) for role in ("security", "system")):
        entries.append(Entry(_("取消第二因素"), reverse("factors")))
    if entries:
        found.append(Group(_("系统管理"), "shield-lock", entries))
    for group in found:
        group.open = any(
            request.path == entry.url or (entry.url != "/" and request.path.startswith(entry.url))
            for entry in group.entries
        )
    return found
