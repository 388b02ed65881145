"""What is configured: the centre's settings, local parameters and letters, the shipped kinds, the roles and accounts.

Every command and the pages ask :func:`record_configuration` when they start, so a change stands on the audit chain from the moment
the program first sees it, whoever made it and by whatever means.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from jingban import __version__
from jingban.casework.models import Practice, Staff
from jingban.conf import FILE_NAME
from jingban.store import audit
from jingban.store.models import AuditEntry
from jingban.values.i18n import document as _

ACTION = "config.changed"
FOLDER = "文书"
"""Where a centre keeps its own letters, beside its settings."""


def fingerprint() -> dict[str, str]:
    """What is configured → digest or, for roles, who. Files are named relative to the centre's folder."""
    practice = {_("练习中心"): _("是")} if Practice.objects.exists() else {}
    return {**_files(), **_shipped(), **_people(), **practice}


def _files() -> dict[str, str]:
    home = Path(settings.CENTRE.home)
    found = [home / FILE_NAME, *(home / FOLDER).rglob("*.*")]
    for overlay in settings.CENTRE.overlays:
        found += Path(overlay).rglob("*.yaml")
    return {_name(path, home): _digest(path.read_bytes()) for path in sorted(found) if path.is_file()}


def _name(path: Path, home: Path) -> str:
    """Relative to the centre; a folder of parameters elsewhere goes by its own name."""
    try:
        return path.relative_to(home).as_posix()
    except ValueError:
        return "/".join(path.parts[-2:])


def _shipped() -> dict[str, str]:
    """Case kinds and letters are configuration that comes with the program: an exchanged file shows."""
    found = {_("程序版本"): __version__}
    for title, folder in ((_("业务类别"), "kinds"), (_("文书模板"), "letters")):
        parts = sorted(files("jingban.casework").joinpath(folder).iterdir(), key=lambda one: one.name)
        found[title] = _digest(
            b"".join(one.name.encode() + one.read_bytes() for one in parts if one.is_file())
        )
    return found


def _people() -> dict[str, str]:
    """Who holds which role, and whose the accounts are (a digest)."""
    held: dict[str, list[str]] = {}
    for group, user in User.groups.through.objects.order_by("group__name", "user__username").values_list(
        "group__name", "user__username"
    ):
        held.setdefault(_("角色“%(name)s”") % {"name": group}, []).append(user)
    found = {title: "、".join(names) for title, names in held.items()}
    staff = list(Staff.objects.order_by("account").values_list("account", "person"))
    return {**found, _("账号登记"): _digest(repr(staff).encode())} if staff else found


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def changes(number: int) -> list[AuditEntry]:
    """The newest changes, newest first."""
    return list(AuditEntry.objects.filter(action=ACTION).order_by("-number")[:number])


def record_configuration(actor: str, at: dt.datetime) -> dict[str, list[str]]:
    """Append an entry if anything changed since the last one. Returns what: ``new``, ``changed``, ``gone`` (empty: nothing)."""
    now = fingerprint()
    last: dict[str, Any] | None = (
        AuditEntry.objects.filter(action=ACTION).order_by("-number").values_list("detail", flat=True).first()
    )
    before: dict[str, str] = (last or {}).get("files", {})
    if last is not None and before == now:
        return {}
    found = {
        "new": [name for name in now if name not in before],
        "changed": [name for name in now if name in before and before[name] != now[name]],
        "gone": [name for name in before if name not in now],
    }
    with transaction.atomic():
        audit.append([audit.Entry(actor, ACTION, FILE_NAME, {"files": now, **found})], at)
    return found
