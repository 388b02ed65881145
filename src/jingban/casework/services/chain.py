"""Reading the audit chain: entries by what is asked for, in words; a head noted outside, and what proving it found.

Code CAS-713: a noted head is not written as number and digest.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from jingban.store.audit import Broken
from jingban.store.models import AuditEntry
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _

_HEAD = re.compile(r"(\d+):([0-9a-f]{64})")


def entries(
    *, action: str = "", subject: str = "", actor: str = "", first: dt.date | None = None, last: dt.date | None = None
) -> QuerySet[AuditEntry]:  # fmt: skip
    """Newest first. ``action``: that one or everything under it (``case`` finds ``case.approved``); days both included."""
    found = AuditEntry.objects.order_by("-number")
    if action:
        found = found.filter(action=action) | found.filter(action__startswith=f"{action}.")
    if subject:
        found = found.filter(subject=subject)
    if actor:
        found = found.filter(actor=actor)
    if first:
        found = found.filter(at__gte=_midnight(first))
    if last:
        found = found.filter(at__lt=_midnight(last + dt.timedelta(days=1)))
    return found


NOTICES = (
    "config.password", "config.unlocked", "config.factor.asked", "config.second_factor", "config.bound", "report.many_persons",
)  # fmt: skip
"""What the auditor hears of without asking: what gives one person the means of another, and unusual reading."""


def notices(count: int = 20) -> list[AuditEntry]:
    """The newest of them, newest first."""
    return list(AuditEntry.objects.filter(action__in=NOTICES).order_by("-number")[:count])


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def said(detail: dict[str, Any]) -> str:
    """What an entry says, in a line; of a configuration only what changed in it."""
    titles = {"new": _("新增"), "changed": _("改动"), "gone": _("不在了")}
    return "；".join(
        f"{titles.get(key, key)}：{'、'.join(map(str, value)) if isinstance(value, list) else value}"
        for key, value in detail.items()
        if key != "files" and value not in ([], "")
    )


def noted(text: str) -> tuple[int, str]:
    """A head as it was printed: ``number:digest``. Refuses CAS-713."""
    found = _HEAD.fullmatch(text.strip().lower())
    if found is None:
        raise refuse("CAS-713", _("应写成“序号:摘要”，照上次验证时打印的抄"))
    return int(found[1]), found[2]


def verdict(count: int, broken: Broken | None) -> str:
    """What proving the chain found, in a sentence."""
    if broken is None:
        return _("审计链完好，共 %(count)s 条。") % {"count": count}
    reasons = {
        "digest": _("内容被改动"),
        "before": _("与上一条接不上"),
        "gap": _("缺失"),
        "cut": _("从这一条起被截去"),
        "rewritten": _("与上次记下的摘要不符，整条链被重写"),
    }
    text = _("审计链在第 %(number)s 条断开：%(reason)s。之前 %(count)s 条完好。")
    return text % {"number": broken.number, "reason": reasons[broken.reason], "count": count}
