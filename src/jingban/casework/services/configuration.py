"""What the centre chose for itself (settings, local parameters, letter templates), and when it changed, on the audit chain."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from jingban.casework.letter import FOLDER
from jingban.conf import FILE_NAME
from jingban.registry import audit
from jingban.registry.models import AuditEntry

ACTION = "config.changed"


def fingerprint() -> dict[str, str]:
    """File, relative to the centre's folder → digest of its content."""
    home = Path(settings.CENTRE.home)
    files = [home / FILE_NAME, *(home / FOLDER).rglob("*.*")]
    for overlay in settings.CENTRE.overlays:
        if Path(overlay).is_dir() and Path(overlay).is_relative_to(home):
            files += Path(overlay).rglob("*.yaml")
    return {
        path.relative_to(home).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        for path in sorted(files)
        if path.is_file()
    }


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
