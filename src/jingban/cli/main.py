"""The `jingban` command: chooses the language, then loads only the command that was asked for.

Commands that need no database never import Django (start under 0.3 s).
"""

from __future__ import annotations

import gc
import importlib
import importlib.util
import sys
from typing import Any

import click

from jingban import __version__
from jingban.cli.shared import refusals
from jingban.cli.table import COMMANDS
from jingban.values.findings import refuse
from jingban.values.i18n import activate, language_from
from jingban.values.i18n import gettext as _


class LazyGroup(click.Group):
    """A click group whose commands live in one module each and are imported when asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name, (target, _summary) in COMMANDS.items() if _exists(target)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = COMMANDS.get(cmd_name)
        if entry is None or not _exists(entry[0]):
            return None
        module, _sep, attribute = entry[0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Whatever is refused ends in its findings, whichever command forgot to say so."""
        with refusals(2):
            return super().invoke(ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, _(COMMANDS[name][1])) for name in self.list_commands(ctx)]
        if not rows:
            return
        with formatter.section(_("命令")):
            formatter.write_dl(rows)


def _exists(target: str) -> bool:
    return importlib.util.find_spec(target.partition(":")[0]) is not None


@click.group(cls=LazyGroup, help="", context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--lang", expose_value=False, help="zh / en")
@click.version_option(__version__, prog_name="jingban")
@click.pass_context
def root(ctx: click.Context) -> None:
    pass


def main(argv: list[str] | None = None) -> Any:
    """Entry point: language first (``--lang``, ``JINGBAN_LANG``, ``LANG``), commands after.

    A command of the agency in an installation of the base alone is refused with what to install (CLI-009).
    """
    args = sys.argv[1:] if argv is None else argv
    gc.set_threshold(20_000, 20, 20)  # start-up makes many lasting objects and no cycles
    activate(language_from(args))
    root.help = _("经办：从个人账户到公开报告，办一家社保经办机构；也核对任何机构公开的报告。")
    try:
        return root.main(args=args, prog_name="jingban")
    except ModuleNotFoundError as missing:
        package = (missing.name or "").partition(".")[0]
        if package in ("", "jingban"):
            raise
        text = _(
            "这条命令要用软件包 {package}，现在装的只有核对与查政策的部分：pip install 'jingban[agency]' 后再试"
        )
        click.secho(str(refuse("CLI-009", text.format(package=package))), fg="red", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
