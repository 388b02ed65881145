"""``jingban template``: write the workbook to fill in, with an explanation of every column."""

from __future__ import annotations

from pathlib import Path

import click

from jingban.cli.shared import open_register, refusals, this_month
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _

KINDS = (
    "people", "enrolments", "contributions", "accounts", "groups", "awards", "certifications", "deaths", "stops",
    "resumptions",
)  # fmt: skip
"""Names of ``jingban.registry.lists.kinds`` (a test compares them; spelt here so that help needs no Django)."""


@click.command("template", help=_("写出导入模板（XLSX，带填写说明）：") + "、".join(KINDS))
@click.argument("kind", type=click.Choice(KINDS))
@click.option(
    "-o", "--out", type=click.Path(path_type=Path, dir_okay=False), help=_("文件名，默认如“人员模板.xlsx”")
)
@click.option("--force", is_flag=True, help=_("覆盖已有文件"))
def template(kind: str, out: Path | None, force: bool) -> None:
    open_register()
    from jingban.registry.lists import write_template
    from jingban.registry.lists.kinds import Given, get

    spec = get(kind).spec(Given("", this_month()))
    path = out or Path(_("{title}模板.xlsx").format(title=spec.title))
    with refusals():
        if path.exists() and not force:
            raise refuse("CLI-005", _("已有文件 {name}；要覆盖请加 --force").format(name=path.name))
        write_template(spec, path)
    click.echo(_("已写出 {path}").format(path=path))
