"""``jingban rule``: list the checking rules, or show one rule's page."""

from __future__ import annotations

import sys

import click

from jingban.values.i18n import active
from jingban.values.i18n import gettext as _


@click.command("rule", help=_("显示一条核对规则的说明；不给编码则列出全部规则。"))
@click.argument("code", required=False)
def rule(code: str | None) -> None:
    from jingban.checker import registry

    if code is None:
        _list()
        return
    wanted = code.strip()
    if wanted.upper() in registry.codes():
        click.echo(_page(wanted.upper()))
        return
    named = [one.code for one in registry.rules() if one.name == wanted.lower()]
    group = [one for one in registry.codes() if one.startswith(wanted.upper())]
    if named or group:
        click.echo(_page(named[0]) if named else "\n".join(_line(one) for one in group))
        return
    click.echo(_("没有规则 {}（用 jingban rule 列出全部）").format(code), err=True)
    sys.exit(2)


def _list() -> None:
    from jingban.checker import registry

    group = ""
    for code in registry.codes():
        if code[:2] != group:
            group = code[:2]
            zh, en = registry.GROUPS.get(group, (group, group))
            click.echo(
                ("\n" if code != registry.codes()[0] else "") + f"{group} {en if active() == 'en' else zh}"
            )
        click.echo("  " + _line(code))


def _line(code: str) -> str:
    from jingban.checker import registry
    from jingban.checker.output.terminal import word

    one = registry.rule(code)
    title = one.title_en if active() == "en" else one.title
    return f"{code}  {word(one.severity)}  {title}  {one.name}"


def _page(code: str) -> str:
    from jingban.checker.manual import page

    return page(code, english=active() == "en")
