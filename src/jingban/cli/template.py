"""``jingban template``: write the workbook to fill in, with an explanation of every column."""

from __future__ import annotations

from pathlib import Path

import click

from jingban.cli.shared import open_register, refusals
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _


@click.command("template", help=_("写出导入模板（XLSX，带填写说明与下拉选项）。不说名册名称时列出全部名册。"))
@click.argument("name", required=False, metavar="NAME")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path, dir_okay=False), help=_("文件名，默认如“人员模板.xlsx”")
)
@click.option("--force", is_flag=True, help=_("覆盖已有文件"))
def template(name: str | None, out: Path | None, force: bool) -> None:
    open_register()
    from jingban.cli.lists import all_lists, centre_defaults, entry
    from jingban.store.lists import write_template

    if name is None:
        for listed in all_lists().values():
            click.echo(f"{listed.name:<16}{listed.title}")
        return
    spec = entry(name).describe(centre_defaults())
    path = out or Path(_("{title}模板.xlsx").format(title=spec.title))
    with refusals():
        if path.exists() and not force:
            raise refuse("CLI-005", _("已有文件 {name}；要覆盖请加 --force").format(name=path.name))
        write_template(spec, path)
    click.echo(_("已写出 {path}").format(path=path))
