"""`jingban audit`: show the audit chain and prove it."""

from __future__ import annotations

import click
from rich.console import Console
from rich.table import Table

from jingban.cli.shared import refusals, require_register
from jingban.values.i18n import gettext as _


@click.group("audit", help=_("审计链：验证、查询"))
def audit() -> None:
    with refusals():
        require_register()


@audit.command("verify", help=_("逐条验证审计链；断在哪一条就说哪一条（退出码 1）"))
def verify() -> None:
    from jingban.registry.audit import verify as prove

    console = Console()
    count, broken = prove()
    if broken is None:
        console.print(_("审计链完好，共 %(count)s 条。") % {"count": count})
        return
    reasons = {"digest": _("内容被改动"), "before": _("与上一条接不上"), "gap": _("缺失")}
    console.print(
        f"[bold red]{_('审计链在第 %(number)s 条断开：%(reason)s。之前 %(count)s 条完好。')}[/]"
        % {"number": broken.number, "reason": reasons[broken.reason], "count": count}
    )
    raise SystemExit(1)


@audit.command("show", help=_("最近的审计记录"))
@click.option("-n", "--number", default=20, show_default=True, help=_("条数"))
@click.option("--action", help=_("只看这类操作，如 case.approved"))
@click.option("--subject", help=_("只看这个对象，如业务编号"))
def show(number: int, action: str | None, subject: str | None) -> None:
    from django.utils.timezone import localtime

    from jingban.registry.models import AuditEntry

    entries = AuditEntry.objects.order_by("-number")
    if action:
        entries = entries.filter(action=action)
    if subject:
        entries = entries.filter(subject=subject)
    table = Table()
    for title in (_("序号"), _("时间"), _("操作人"), _("操作"), _("对象"), _("内容"), _("摘要")):
        table.add_column(title)
    for entry in entries[:number]:
        detail = "；".join(f"{key}：{value}" for key, value in entry.detail.items())
        table.add_row(
            str(entry.number),
            f"{localtime(entry.at):%Y-%m-%d %H:%M:%S}",
            entry.actor,
            entry.action,
            entry.subject,
            detail,
            entry.digest[:12],
        )
    Console().print(table)
