"""`jingban audit`: show the audit chain and prove it."""

from __future__ import annotations

from typing import Any

import click
from rich.table import Table

from jingban.cli.screen import screen
from jingban.cli.shared import actor, as_option, refusals, require_register
from jingban.values.findings import Refused
from jingban.values.i18n import gettext as _


@click.group("audit", help=_("审计链：验证、查询"))
def audit() -> None:
    with refusals():
        require_register()


def _noted(_ctx: Any, _param: Any, text: str | None) -> tuple[int, str] | None:
    if text is None:
        return None
    from jingban.casework.services.chain import noted

    try:
        return noted(text)
    except Refused as refusal:
        raise click.BadParameter(refusal.findings[0].message) from None


@audit.command("verify", help=_("逐条验证审计链；断在哪一条就说哪一条（退出码 1）；打印末条的序号和摘要"))
@click.option(
    "--expect",
    callback=_noted,
    metavar="NUMBER:DIGEST",
    help=_("上次记下的末条“序号:摘要”：还在链上，就没有被截去末尾或整条重写"),
)
def verify(expect: tuple[int, str] | None) -> None:
    from jingban.casework.services.chain import verdict
    from jingban.store.audit import head
    from jingban.store.audit import verify as prove

    count, broken = prove(expect)
    if broken is not None:
        click.secho(verdict(count, broken), fg="red", bold=True)
        raise SystemExit(1)
    number, digest = head()
    click.echo(verdict(count, broken))
    if expect is not None:
        click.echo(_("上次记下的第 %(number)s 条还在。") % {"number": expect[0]})
    click.echo(_("末条 %(head)s（记在库外，下次用 --expect 核对）") % {"head": f"{number}:{digest}"})


@audit.command("show", help=_("最近的审计记录"))
@click.option("-n", "--number", default=20, show_default=True, help=_("条数"))
@click.option("--action", help=_("只看这类操作，如 case.approved"))
@click.option("--subject", help=_("只看这个对象，如业务编号"))
@as_option
def show(number: int, action: str | None, subject: str | None, who: str | None) -> None:
    from django.utils.timezone import localtime

    from jingban.casework.services.chain import entries, said
    from jingban.casework.services.staff import may_read_chain

    with refusals():
        may_read_chain(actor(who))
    table = Table(box=None, pad_edge=False)
    for title in (_("序号"), _("时间"), _("操作人"), _("操作"), _("对象"), _("摘要")):
        table.add_column(title, no_wrap=title not in (_("操作人"), _("对象")))
    table.add_column(_("内容"), ratio=1, overflow="fold")
    for entry in entries(action=action or "", subject=subject or "")[:number]:
        table.add_row(
            str(entry.number),
            f"{localtime(entry.at):%Y-%m-%d %H:%M:%S}",
            entry.actor,
            entry.action,
            entry.subject,
            entry.digest[:12],
            said(entry.detail),
        )
    screen().print(table)


def _door(who: str | None) -> Any:
    from jingban.store.origins import Door

    return Door(actor(who), "config")


@audit.command("roles", help=_("三类管理员各是谁"))
def roles() -> None:
    from jingban.casework.separation import ROLES
    from jingban.casework.services.staff import holders

    table = Table()
    for title in (_("角色"), _("名称"), _("账号")):
        table.add_column(title)
    for role, names in holders().items():
        table.add_row(role, ROLES[role], "、".join(names))
    screen().print(table)


@audit.command(
    "grant", help=_("设为管理员：system 系统、security 安全、audit 审计，一人不能兼任（数据库约束）")
)
@click.argument("role")
@click.argument("username")
@as_option
def grant(role: str, username: str, who: str | None) -> None:
    from jingban.casework.services.staff import grant as give

    with refusals():
        give(role, username, _door(who))
    click.echo(_("已记入审计链"))


@audit.command("revoke", help=_("收回管理员角色"))
@click.argument("role")
@click.argument("username")
@as_option
def revoke(role: str, username: str, who: str | None) -> None:
    from jingban.casework.services.staff import revoke as take

    with refusals():
        take(role, username, _door(who))
    click.echo(_("已记入审计链"))


@audit.command(
    "staff",
    help=_("登记账号是谁的（PERSON 为公民身份号码，只存摘要；或全用工号）：同一人的几个账号只算一个人"),
)
@click.argument("account")
@click.argument("person")
@as_option
def staff(account: str, person: str, who: str | None) -> None:
    from jingban.casework.services.staff import name_account

    with refusals():
        name_account(account, person, _door(who))
    click.echo(_("已记入审计链"))


@audit.command(
    "config", help=_("设置、本地参数、文书模板、业务类别、角色何时变过（每次运行先核对，有改动即记入审计链）")
)
@click.option("-n", "--number", default=10, show_default=True, help=_("最近几次"))
def config(number: int) -> None:
    from django.utils.timezone import localtime

    from jingban.casework.services.chain import said
    from jingban.casework.services.configuration import changes

    for entry in changes(number):
        click.echo(f"{localtime(entry.at):%Y-%m-%d %H:%M:%S}  {entry.actor}  {said(entry.detail)}")
