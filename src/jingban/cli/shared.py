"""What the commands of a centre share: opening the database, showing findings, saying who acts."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from jingban.values.findings import Finding, Refused
from jingban.values.i18n import gettext as _

F = TypeVar("F", bound=Callable[..., Any])
FINDINGS_SHOWN_MAX = 20
YEAR = click.IntRange(2000, 2100)
"""A year of the books: outside of it a number is a slip of the pen."""
READ = "read"
"""What a command asks of an account that only looks: any duty."""
_COLOURS = {"error": "red", "warning": "yellow", "info": "blue"}


def open_register() -> None:
    """Set Django up; the settings file is found from the working directory upwards (``jingban.conf``)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jingban.settings")
    import django

    django.setup()


def require_register(*, web: bool = False) -> None:
    """Set Django up and refuse to go on when the database was never made (CLI-003) or is of an older version (CLI-005).

    ``web``: the tables of the login libraries are laid or brought up to date on the way; they hold no fact of the centre.
    """
    open_register()
    from django.db import connection
    from django.db.utils import DatabaseError, OperationalError

    from jingban.values.findings import refuse

    try:
        # SQLite would make the file on being asked.
        there = connection.vendor != "sqlite" or Path(connection.settings_dict["NAME"]).is_file()
        tables = set(connection.introspection.table_names()) if there else set()
    except (OperationalError, DatabaseError) as error:
        raise refuse(
            "CLI-004", _("连不上数据库：{reason}").format(reason=str(error).splitlines()[0])
        ) from None
    if "registry_origin" not in tables:
        raise refuse(
            "CLI-003", _("这里还没有建立中心：先运行 jingban init（或到有 jingban.toml 的目录里运行）")
        )
    if web:
        from django.conf import settings
        from django.core.management import call_command

        # Only the settings of the web pages have them.
        for label in getattr(settings, "WEB_TABLES", ()):
            call_command("migrate", label, verbosity=0, interactive=False)
    if _behind(connection):
        raise refuse("CLI-005", _("数据库是旧版本建的：先备份，再运行 jingban manage migrate 升级"))
    from django.utils import timezone

    from jingban.casework.services.configuration import record_configuration

    record_configuration(_observer(), timezone.now())


def county(region: str | None = None) -> int:
    """The county that is asked for, else the centre's own. Refuses CLI-002."""
    from django.conf import settings

    return int(settings.CENTRE.county(region))


def _behind(connection: Any) -> bool:
    """Whether this version of the program has migrations the database has not seen."""
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def actor(given: str | None, duty: str = "", *, whole: bool = False) -> str:
    """Who acts, for every command that writes or shows somebody's data; ``duty``: what the account must be allowed to do;
    ``whole``: what is done or shown concerns the whole centre, so an account of one office is refused (CAS-741).

    A real centre: the signed-in session (``jingban login``), else the account to which the user of the operating system is
    bound. A practice centre: ``--as``, ``JINGBAN_ACTOR`` or the login name, and a line says so. Refuses CAS-722 to CAS-727 and CAS-738.
    """
    from django.utils import timezone

    from jingban.casework.services import actors
    from jingban.cli import session

    named = given or os.environ.get("JINGBAN_ACTOR")
    if actors.is_practice():
        name = named or session.system_user()
        said = click.get_current_context().meta.setdefault("jingban.practice", set())
        if name not in said:
            said.add(name)
            text = _("【练习中心】以“{name}”的名义办理，身份未经核实").format(name=name)
            click.secho(text, fg="magenta", err=True)
        return name
    if named:
        from jingban.values.findings import refuse

        text = _(
            "--as 和 JINGBAN_ACTOR 只能在练习中心使用（jingban init --practice）；请本人登录：jingban login 账号"
        )
        raise refuse("CAS-738", text)
    name = actors.acting(session.token(), session.system_user(), timezone.now(), duty)
    if whole:
        from jingban.casework.services.offices import whole_centre

        whole_centre(name)
    return name


def _observer() -> str:
    """Who saw changed configuration first: no act, so the user of the operating system is enough to say."""
    from jingban.casework.services import actors
    from jingban.cli import session

    named = os.environ.get("JINGBAN_ACTOR") if actors.is_practice() else None
    return named or _("系统用户 {name}").format(name=session.system_user())


def show(findings: Iterable[Finding], limit: int | None = FINDINGS_SHOWN_MAX) -> None:
    """Findings on standard error, the first ``limit`` of them (None: all)."""
    shown = list(findings)
    limit = len(shown) if limit is None else limit
    for finding in shown[:limit]:
        text = str(finding)
        if finding.subject and finding.subject not in text:
            text = _("{text}（{subject}）").format(text=text, subject=finding.subject)
        click.secho(text, fg=_COLOURS[finding.severity], err=True)
    if len(shown) > limit:
        click.echo(_("……另有 {count} 条").format(count=len(shown) - limit), err=True)


@contextmanager
def refusals(code: int = 1, limit: int | None = FINDINGS_SHOWN_MAX) -> Iterator[None]:
    """A refusal ends the command with its findings (``limit`` as of :func:`show`) and exit status ``code``; a bug still shows
    as one.

    CLI-008: another writer kept SQLite busy for longer than a command waits; its transaction is rolled back.
    """
    try:
        yield
    except Refused as refusal:
        show(refusal.findings, limit)
        sys.exit(code)
    except Exception as error:
        if type(error).__name__ != "OperationalError" or "locked" not in str(error):
            raise
        text = _("别人正在写入，等了很久也没有轮到；本次没有写入任何内容，请稍后再办")
        show([Finding("CLI-008", text)])
        sys.exit(code)


def as_option(command: F) -> F:
    """For a command that acts: ``who`` is given to :func:`actor`. Who may not act hears why, with exit status 1."""

    @functools.wraps(command)
    def heard(*args: Any, **kwargs: Any) -> Any:
        with refusals():
            return command(*args, **kwargs)

    named = click.option(
        "--as", "who", metavar="NAME", help=_("经办人：只在练习中心可用，否则先 jingban login")
    )
    return named(heard)  # type: ignore[return-value]


class MonthType(click.ParamType[int]):
    """``2026-11`` as an int64 month."""

    name = "YYYY-MM"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        from jingban.values.months import parse_month

        if isinstance(value, int):
            return value
        try:
            return parse_month(str(value))
        except ValueError:
            self.fail(_("应为年月，如 2026-11"), param, ctx)
