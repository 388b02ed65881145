"""What `jingban import`, `template` and `export` share: the lists every room offers, the centre's defaults, messages.

Rooms offer their lists in a module-level ``LISTS`` (name → ``ListEntry``); this table names those modules.
"""

from __future__ import annotations

import importlib
import importlib.util

import click

from jingban.store.lists.entry import Defaults, ListEntry
from jingban.values.i18n import gettext as _

MODULES = (
    "jingban.registry.lists.register",
    "jingban.budget.lists",
    "jingban.safeguards.lists",
    "jingban.performance.lists",
)


def all_lists() -> dict[str, ListEntry]:
    """Every list on offer, by name."""
    found: dict[str, ListEntry] = {}
    for module in MODULES:
        if importlib.util.find_spec(module):
            found.update(importlib.import_module(module).LISTS)
    return found


def entry(name: str) -> ListEntry:
    """A list by name; a usage error that names the others when there is none."""
    lists = all_lists()
    if name not in lists:
        raise click.UsageError(
            _("没有名册“%(name)s”；可用：%(names)s") % {"name": name, "names": "、".join(lists)}
        )
    return lists[name]


def centre_defaults(cutover: int = 0) -> Defaults:
    """Region of the centre, the first month computed here, today (the door is where the clock is read)."""
    from django.utils import timezone

    from jingban.conf import load
    from jingban.values.months import of_date

    today = timezone.localdate()
    return Defaults(region=load().region, cutover=cutover or of_date(today), today=today)
