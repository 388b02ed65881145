"""``jingban manage``: Django's own management commands on the centre's database."""

from __future__ import annotations

import click

from jingban.cli.shared import open_register
from jingban.values.i18n import gettext as _


@click.command(
    "manage",
    help=_("数据库维护：把其余参数交给 Django 管理命令（migrate、createsuperuser、dbshell……）。"),
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    open_register()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["jingban manage", *arguments])
