"""``jingban serve``: the web pages of this centre."""

from __future__ import annotations

import os

import click

from jingban.cli.login import SETTINGS
from jingban.cli.shared import refusals, require_register
from jingban.cli.staff import open_first
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _


@click.command(
    "serve",
    help=_(
        "打开本中心的网页（默认只在本机 http://127.0.0.1:8000）。按 Ctrl+C 停止。\n\n"
        "第一次先开立安全管理员：jingban serve --first-account 账号 --staff 本人身份号码；登录后在“人员与权限”里给每位工作人员开账号、定岗位。"
    ),
)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help=_("监听地址；对外服务请放在反向代理之后")
)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help=_("端口"))
@click.option(
    "--threads", default=4, show_default=True, type=click.IntRange(1, 64), help=_("同时处理的请求数")
)
@click.option(
    "--first-account", metavar="NAME", help=_("开立第一个账号（安全管理员），口令在提示下输入，然后退出")
)
@click.option(
    "--staff", default="", metavar="NUMBER", help=_("第一个账号属于哪位工作人员（公民身份号码或工号）")
)
def serve(host: str, port: int, threads: int, first_account: str | None, staff: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    with refusals():
        require_register(web=True)
        if first_account:
            open_first(first_account, staff)
            return
        _say(host, port)
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    Server(
        "jingban.console.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,  # a package is made in a thread of the server; SQLite has one writer anyway
        blocking_threads=threads,
        log_level=LogLevels.warning,
    ).serve()


def _say(host: str, port: int) -> None:
    from django.conf import settings
    from django.contrib.auth.models import User

    if host not in ("127.0.0.1", "localhost", "::1") and not settings.CENTRE.https:
        click.secho(
            _(
                "注意：正在向其他机器提供服务而没有加密；请放在 HTTPS 代理之后并在 jingban.toml 写 https = true"
            ),
            fg="yellow",
            err=True,
        )
    if not User.objects.exists():
        raise refuse(
            "CLI-007", _("还没有账号：先运行 jingban serve --first-account 账号 --staff 本人身份号码")
        )
    shown = f"[{host}]" if ":" in host else host
    click.echo(_("{name}：请用浏览器打开 http://{host}:{port}（按 Ctrl+C 停止）").format(
        name=settings.CENTRE.name, host=shown, port=port
    ))  # fmt: skip
