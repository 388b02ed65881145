"""What `jingban import`, `template` and `export` share: the lists every room offers, the centre's defaults, messages.

Rooms offer their lists in a module-level ``LISTS`` (name → ``ListEntry``); this table names those modules.
"""

from __future__ import annotations

import importlib
import importlib.util

import click
from rich.console import Console
from rich.table import Table

from jingban.registry.lists.register import Defaults, ListEntry
from jingban.values.findings import Finding, Refused
from jingban.values.i18n import gettext as _

MODULES = ("jingban.registry.lists.register", "jingban.budget.lists", "jingban.safeguards.lists")
SHOWN_MAX = 30
"""Findings printed to the terminal; all of them go into the error report."""


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


def show_findings(console: Console, findings: list[Finding], title: str) -> None:
    """Findings as a table, the first ones only."""
    if not findings:
        return
    table = Table(title=title, show_lines=False, title_justify="left")
    for name in (_("行"), _("列"), _("代码"), _("说明"), _("对象")):
        table.add_column(name, overflow="fold")
    for finding in findings[:SHOWN_MAX]:
        style = "red" if finding.severity == "error" else "yellow"
        table.add_row(
            str(finding.row or ""),
            finding.column or "",
            finding.code,
            finding.message,
            finding.subject or "",
            style=style,
        )
    console.print(table)
    if len(findings) > SHOWN_MAX:
        console.print(_("……共 %(count)s 条，其余见错误报告") % {"count": len(findings)})


def show_refusal(console: Console, refused: Refused) -> None:
    """A refusal: nothing was written, and why."""
    console.print(f"[bold red]{_('未办理，什么也没有写入。')}[/]")
    show_findings(console, refused.findings, _("原因"))
