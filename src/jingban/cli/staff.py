"""``jingban staff``: who works here, with which account, what each may do. For the security administrator."""

from __future__ import annotations

import os
import secrets
from typing import Any

import click

from jingban.cli.login import SETTINGS, hidden
from jingban.cli.shared import actor, as_option, refusals, require_register
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _

LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789"


@click.group(
    "staff",
    help=_("人员、账号、岗位：由安全管理员办理。新中心先开立第一个账号：jingban staff first 账号"),
)
def staff() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    with refusals():
        require_register(web=True)


def _door(who: str | None) -> Any:
    from jingban.store.origins import Door

    return Door(actor(who), "config.account")


def _kept() -> None:
    click.secho(_("已保存并记入审计链"), fg="green")


def first_password() -> str:
    """A first password that is read out or copied: 16 characters without look-alikes."""
    return "".join(secrets.choice(LETTERS) for _place in range(16))


def open_first(username: str, person: str) -> None:
    """The first account of a centre: its security administrator, who types a password of their own."""
    from jingban.casework.services.duties import first_account
    from jingban.store.origins import Door

    number = person or str(click.prompt(_("本人公民身份号码或工号")))
    password, again = hidden(_("口令（至少 10 个字符）")), hidden(_("再输一次"))
    if password != again:
        raise refuse("CAS-709", _("两次输入的不一样"))
    first_account(username, number, password, Door(username, "config.account"))
    click.secho(
        _("已开立安全管理员账号“{name}”；登录后给每位工作人员开账号：jingban login {name}，jingban staff open 账号 --staff 号码 --duty enter").format(name=username),
        fg="green",
    )  # fmt: skip


@staff.command("first", help=_("开立新中心的第一个账号（安全管理员）；已有能登录的账号时拒绝"))
@click.argument("account")
@click.option("--staff", "person", default="", metavar="NUMBER", help=_("本人公民身份号码或工号"))
def first(account: str, person: str) -> None:
    with refusals():
        open_first(account, person)


@staff.command("open", help=_("开立账号；初始口令只显示一次，本人第一次登录必须改掉"))
@click.argument("account")
@click.option("--staff", "person", required=True, metavar="NUMBER", help=_("本人公民身份号码或工号"))
@click.option(
    "--duty", "duties", multiple=True, help=_("岗位：enter 经办、review 复核、publish 公开（可多次）")
)
@click.option("--role", default="", help=_("或者是管理员：system、security、audit"))
@as_option
def open_(account: str, person: str, duties: tuple[str, ...], role: str, who: str | None) -> None:
    door = _door(who)
    from jingban.casework.services.duties import open_account

    password = first_password()
    open_account(account, person, password, duties, door, role=role)
    _hand(account, password)


def _hand(account: str, password: str) -> None:
    click.echo(
        _("账号“{name}”的口令（只显示这一次，请当面交给本人）：{password}").format(
            name=account, password=password
        )
    )
    click.echo(_("下一步：本人运行 jingban login {name}，改成自己的口令").format(name=account))


@staff.command("password", help=_("给一个新口令；本人下次登录必须改掉，并看到是谁、何时重设的"))
@click.argument("account")
@as_option
def password(account: str, who: str | None) -> None:
    door = _door(who)
    from jingban.casework.services.duties import set_password

    made = first_password()
    set_password(account, made, door)
    _hand(account, made)


@staff.command("duties", help=_("岗位：写几个就是几个，一个不写就全部收回"))
@click.argument("account")
@click.option("--duty", "duties", multiple=True, help=_("enter 经办、review 复核、publish 公开"))
@as_option
def duties(account: str, duties: tuple[str, ...], who: str | None) -> None:
    door = _door(who)
    from jingban.casework.services.duties import set_duties

    set_duties(account, duties, door)
    _kept()


@staff.command("close", help=_("停用账号；正在进行的登录随即结束"))
@click.argument("account")
@as_option
def close(account: str, who: str | None) -> None:
    door = _door(who)
    from jingban.casework.services.duties import set_active

    set_active(account, False, door)
    _kept()


@staff.command("reopen", help=_("恢复停用的账号"))
@click.argument("account")
@as_option
def reopen(account: str, who: str | None) -> None:
    door = _door(who)
    from jingban.casework.services.duties import set_active

    set_active(account, True, door)
    _kept()


@staff.command("bind", help=_("登记系统用户以哪个账号办理：此人登录服务器后不用再 jingban login"))
@click.argument("system_user")
@click.argument("account")
@as_option
def bind(system_user: str, account: str, who: str | None) -> None:
    door = _door(who)
    from jingban.casework.services.actors import bind as tie

    tie(system_user, account, door)
    _kept()


@staff.command("unbind", help=_("取消系统用户的登记"))
@click.argument("system_user")
@as_option
def unbind(system_user: str, who: str | None) -> None:
    door = _door(who)
    from jingban.casework.services.actors import bind as tie

    tie(system_user, "", door)
    _kept()


@staff.command("office", help=_("设立网点或改写其所辖乡镇：此网点的人只看得到这些乡镇的人和业务"))
@click.argument("name")
@click.option("--township", "townships", multiple=True, help=_("乡镇名称，与登记的一致（可多次）"))
@as_option
def office(name: str, townships: tuple[str, ...], who: str | None) -> None:
    door = _door(who)
    from jingban.casework.services.offices import set_office

    set_office(name, townships, door)
    _kept()


@staff.command("seat", help=_("账号属于哪个网点；不写网点就是全中心"))
@click.argument("account")
@click.argument("office", default="")
@as_option
def seat(account: str, office: str, who: str | None) -> None:
    door = _door(who)
    from jingban.casework.services.offices import seat as place

    place(account, office, door)
    _kept()


@staff.command("unlock", help=_("解除口令连错的锁定"))
@click.argument("account")
@as_option
def unlock(account: str, who: str | None) -> None:
    door = _door(who)
    from jingban.casework.services.factors import unlock as free

    free(account, door)
    _kept()


@staff.command(
    "factor",
    help=_("本人丢了手机和密钥：一位管理员申请取消第二因素，另一位安全或系统管理员加 --confirm 确认"),
)
@click.argument("account")
@click.option("--confirm", is_flag=True, help=_("确认别人的申请"))
@click.option("--note", default="", help=_("理由"))
@as_option
def factor(account: str, confirm: bool, note: str, who: str | None) -> None:
    door = _door(who)
    from jingban.casework.services.factors import ask_removal, confirm_removal

    if confirm:
        confirm_removal(account, door)
        _kept()
        return
    ask_removal(account, note, door)
    click.echo(
        _("已申请；另一位安全或系统管理员运行 jingban staff factor {name} --confirm").format(name=account)
    )


@staff.command("list", help=_("全部账号：是谁的登记没有，岗位，登记的系统用户"))
@as_option
def list_(who: str | None) -> None:
    from django.contrib.auth.models import User
    from rich.table import Table

    from jingban.casework.separation import ROLES
    from jingban.casework.services.actors import bindings
    from jingban.casework.services.duties import DUTIES, belongs, duties_of, roles_of
    from jingban.casework.services.offices import office_of
    from jingban.casework.services.secrets import handed_by
    from jingban.cli.screen import screen

    actor(who)
    tied: dict[str, list[str]] = {}
    for name, account in bindings().items():
        tied.setdefault(account, []).append(name)
    table = Table()
    for title in (_("账号"), _("状态"), _("岗位"), _("网点"), _("系统用户")):
        table.add_column(title)
    for user in User.objects.order_by("username"):
        held = [_(DUTIES[key]) for key in DUTIES if key in duties_of(user)]
        held += [_(ROLES[key]) for key in ROLES if key in roles_of(user)]
        state = [_("在用") if user.is_active else _("停用")]
        state += [] if belongs(user.username) else [_("没有登记属于谁")]
        state += [_("口令待改")] if handed_by(user.username) else []
        table.add_row(
            user.username,
            "、".join(state),
            "、".join(held),
            office_of(user.username),
            "、".join(tied.get(user.username, [])),
        )
    screen().print(table)
