"""`jingban template`: write the workbook of a list, to be filled in and imported."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console

from jingban.values.i18n import gettext as _


@click.command("template", help=_("写出导入模板（xlsx，含填写说明）。不给名称则列出全部名册。"))
@click.argument("name", required=False)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help=_("文件名，默认 名册.xlsx")
)
def template(name: str | None, output: Path | None) -> None:
    from jingban.cli.database import open_database

    open_database()
    from jingban.cli.lists import all_lists, centre_defaults, entry
    from jingban.registry.lists import write_template

    console = Console()
    if name is None:
        for listed in all_lists().values():
            console.print(f"{listed.name:24} {_(listed.title)}")
        return
    spec = entry(name).describe(centre_defaults())
    path = output or Path(f"{name}.xlsx")
    write_template(spec, path)
    console.print(
        _("已写出 %(path)s；填好后：jingban import %(path)s --list %(name)s") % {"path": path, "name": name}
    )
