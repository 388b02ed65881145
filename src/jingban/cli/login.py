"""``jingban login``, ``logout``, ``whoami``: the command line acts as a person, signed in as on the pages."""

from __future__ import annotations

import logging
import os
import sys
from typing import TYPE_CHECKING, Any

import click

from jingban.cli.shared import refusals, require_register
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _

if TYPE_CHECKING:
    from django.contrib.auth.models import User

SETTINGS = "jingban.console.settings"
"""The login of the pages, with the same backends, lock-out and second factors."""


def hidden(prompt: str) -> str:
    """What is typed without being shown; a line of standard input where nobody sits at a terminal."""
    if sys.stdin.isatty():
        return str(click.prompt(prompt, hide_input=True))
    return sys.stdin.readline().rstrip("\r\n")


@click.command(
    "login",
    help=_(
        "登录：口令和第二因素与网页相同，连错同样锁定。此后的命令都以这个账号办理，直到 jingban logout 或过期。"
    ),
)
@click.argument("account")
def login(account: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    with refusals():
        require_register(web=True)
        from jingban.casework.services import actors

        if actors.is_practice():
            raise refuse("CAS-730", _("练习中心不用登录，用 --as 写明经办人"))
        from axes.handlers.proxy import AxesProxyHandler
        from django.utils import timezone

        from jingban.casework.services import sessions
        from jingban.casework.services.secrets import change_own, handed_by, last_set
        from jingban.cli import session

        user, request = _password(account)
        _second_factor(user, request)
        if handed_by(account):
            set_ = last_set(account)
            text = _("口令由{by}于 {day} 交来，请先改成自己的（至少 10 个字符）")
            click.echo(text.format(by=set_.actor, day=set_.origin.day) if set_ else "")
            change_own(user, _twice())
            click.secho(_("口令已改"), fg="green")
        AxesProxyHandler.user_logged_in(sender=type(user), request=request, user=user)
        key = sessions.sign_in(user, timezone.now())
        session.keep(key)
        minutes = _settings().idle_minutes
    click.secho(
        _("已登录：{name}（{minutes} 分钟不用即过期，结束请运行 jingban logout）").format(
            name=account, minutes=minutes
        ),
        fg="green",
    )


def _settings() -> Any:
    from django.conf import settings

    return settings.CENTRE


def _request() -> Any:
    from django.http import HttpRequest

    request = HttpRequest()
    logging.getLogger("axes").setLevel(logging.ERROR)  # the refusal says it
    request.META.update(REMOTE_ADDR="127.0.0.1", HTTP_USER_AGENT="jingban", PATH_INFO="/login/")
    request.method = "POST"
    return request


def _password(account: str) -> tuple[User, Any]:
    """Refuses CAS-731 (wrong), CAS-732 (locked)."""
    from axes.handlers.proxy import AxesProxyHandler
    from django.contrib.auth import authenticate

    request = _request()
    if not AxesProxyHandler.is_allowed(request, {"username": account}):
        raise refuse(
            "CAS-732",
            _("口令连错次数太多，暂时锁定；稍后再试，或请安全管理员解除：jingban staff unlock {name}").format(
                name=account
            ),
        )
    user: Any = authenticate(request, username=account, password=hidden(_("口令")))
    if user is None:
        raise refuse("CAS-731", _("账号或口令不对，或账号已停用"))
    return user, request


def _second_factor(user: User, request: Any) -> None:
    """Refuses CAS-726 (demanded, none there; or only a security key), CAS-731, CAS-732."""
    from jingban.casework.services import factors
    from jingban.casework.services.duties import demands_factor

    held = factors.kinds_of(user)
    if not held and demands_factor(user):
        raise refuse("CAS-726", _("您的岗位要求第二因素；请先在网页上点自己的账号名添加，再来登录"))
    if not held:
        return
    if not factors.CODES & held:
        raise refuse("CAS-726", _("安全密钥只能在网页上使用；命令行登录请另加动态验证码"))
    if not factors.right_code(user, hidden(_("动态验证码或恢复代码")), request):
        if not factors.open_to(user, request):
            raise refuse(
                "CAS-732",
                _(
                    "口令连错次数太多，暂时锁定；稍后再试，或请安全管理员解除：jingban staff unlock {name}"
                ).format(name=user.username),
            )
        raise refuse("CAS-731", _("动态验证码不对"))


def _twice() -> str:
    first, second = hidden(_("新口令")), hidden(_("再输一次"))
    if first != second:
        raise refuse("CAS-709", _("两次输入的不一样"))
    return first


@click.command("logout", help=_("结束命令行的登录"))
def logout() -> None:
    with refusals():
        require_register()
        from jingban.casework.services import sessions
        from jingban.cli import session

        key = session.token()
        if key:
            sessions.sign_out(key)
        session.forget()
    click.echo(_("已退出") if key else _("没有登录"))


@click.command("whoami", help=_("现在以谁的名义办理，凭什么"))
def whoami() -> None:
    with refusals():
        require_register()
        from django.contrib.auth.models import User

        from jingban.casework.separation import ROLES
        from jingban.casework.services import actors
        from jingban.casework.services.duties import DUTIES, duties_of, roles_of
        from jingban.cli import session
        from jingban.cli.shared import actor

        name = actor(None)
        if actors.is_practice():
            click.echo(_("{name}（练习中心）").format(name=name))
            return
        user = User.objects.get(username=name)
        held = [_(DUTIES[key]) for key in DUTIES if key in duties_of(user)]
        held += [_(ROLES[key]) for key in ROLES if key in roles_of(user)]
        how = _("已登录") if session.token() else _("系统用户 {name}").format(name=session.system_user())
        click.echo(_("{name}（{how}）：{held}").format(name=name, how=how, held="、".join(held)))
