"""``jingban init``: a settings file and an empty database in the working directory."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import click

from jingban.cli.shared import open_register, refusals, require_register
from jingban.conf import FILE_NAME, county_code
from jingban.values import regions
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _

_DATABASE = "sqlite:///jingban.sqlite3"
_TEXT = """\
# 经办中心设置（jingban）。改后无需迁移；换数据库请先备份。
name = {name}
region = "{region}"
database = "{database}"
# 只在本机使用时不必改；对外服务时列出域名。
allowed_hosts = ["localhost", "127.0.0.1", "[::1]"]
# 本地政策参数目录，按次序叠加在随软件发布的参数之上。
overlays = [{overlays}]
secret_key = "{secret}"
"""


def write_settings(
    home: Path, *, region: str, name: str, database: str, overlays: tuple[str, ...] = ()
) -> Path:
    """Write ``jingban.toml``; readable by its owner only, because it holds the secret key. Refuses CLI-001, CLI-002."""
    import json

    path = home / FILE_NAME
    code = county_code(region)
    quoted = ", ".join(json.dumps(overlay, ensure_ascii=False) for overlay in overlays)
    text = _TEXT.format(
        name=json.dumps(name, ensure_ascii=False),
        region=code,
        database=database,
        overlays=quoted,
        secret=secrets.token_urlsafe(48),
    )
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise refuse("CLI-001", _("这里已有 {file}，没有改动它").format(file=FILE_NAME)) from None
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    return path


@click.command("init", help=_("在当前目录建立一个中心：写 jingban.toml，建数据库。"))
@click.option("--region", required=True, metavar="510421", help=_("统筹区：六位县级行政区划代码"))
@click.option("--name", metavar="NAME", help=_("中心名称"))
@click.option(
    "--database",
    default=_DATABASE,
    show_default=True,
    help=_("sqlite:///文件 或 postgresql://用户:口令@主机/库"),
)
@click.option("--overlay", "overlays", multiple=True, metavar="DIR", help=_("本地政策参数目录（可多次）"))
@click.option(
    "--practice",
    is_flag=True,
    help=_("练习中心：不用登录，可以用 --as 写明任何人；不能办真实业务，也改不回来"),
)
def init(region: str, name: str | None, database: str, overlays: tuple[str, ...], practice: bool) -> None:
    home = Path.cwd()
    with refusals():
        county = regions.name(county_code(region))
        title = name or _("{region}城乡居民养老保险经办中心").format(region=county)
        path = write_settings(home, region=region, name=title, database=database, overlays=overlays)
        try:
            os.environ["JINGBAN_HOME"] = str(home)
            migrate(practice=practice)
            require_register()
        except BaseException:
            path.unlink()
            raise
    click.echo(_("已建立：{name}（{region}）").format(name=title, region=region))
    click.echo(
        _("设置文件 {file}；数据库 {database}").format(file=path.name, database=database.split("@")[-1])
    )
    click.echo(_("下一步："))
    if practice:
        click.secho(_("这是练习中心：每次办理都会注明，不要录入真实的人"), fg="magenta")
    else:
        click.echo(
            _("  jingban staff first 账号         开立安全管理员，再由其给每人开账号（jingban staff open）")
        )
        click.echo(_("  jingban login 账号               各人登录后办理"))
    click.echo(_("  jingban template people          写出人员模板，填好后"))
    click.echo(_("  jingban import 人员模板.xlsx --dry-run   先试，没有问题再去掉 --dry-run"))
    click.echo(_("  jingban policy check             核对本地政策参数"))


def migrate(*, practice: bool = False) -> None:
    """Create or bring up to date the tables of the configured database; ``practice``: mark a new centre as one."""
    open_register()
    from django.core.management import call_command
    from django.utils import timezone

    call_command("migrate", verbosity=0, interactive=False)
    if practice:
        from jingban.casework.services.actors import is_practice, make_practice

        if not is_practice():
            make_practice(timezone.now())
