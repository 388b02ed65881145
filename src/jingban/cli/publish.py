"""``jingban publish``: the published package of a year, checked by the checker."""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jingban.cli.shared import YEAR, actor, as_option, refusals, require_register, show
from jingban.disclosure.narrative.styles import STYLES, packaged
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _

if TYPE_CHECKING:
    from jingban.disclosure.package import Checked, Published


@click.command(
    "publish",
    help=_(
        "生成一年的公开材料（DOCX、PDF、XLSX、HTML、TXT 和开放数据），再逐份自查。\n\n"
        "缺什么就一次列全，不生成任何文件。退出码：0 全部通过；1 自查有发现或有未核；2 材料不齐，没有生成。"
    ),
)
@click.option("--year", type=YEAR, required=True, help=_("决算年度"))
@click.option("--unit", "unit_code", metavar="CODE", help=_("单位代码；只有一个单位时可不写"))
@click.option("--style", type=click.Choice(STYLES), default="central", show_default=True, help=_("版式"))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help=_("写到哪个文件夹"))
@click.option(
    "--templates",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help=_("本单位的说明模板文件夹（内有 hunan.txt 等）"),
)
@click.option(
    "--copy-templates",
    type=click.Path(path_type=Path, file_okay=False),
    is_eager=True,
    expose_value=False,
    callback=lambda context, option, folder: _copy_templates(context, folder),
    help=_("把系统的说明模板复制到文件夹（已有的不覆盖），改好后用 --templates 指明；不生成材料"),
)
@click.option("--format", "formats", multiple=True, metavar="NAME", help=_("只要这些格式（可多次）"))
@as_option
def publish(
    year: int,
    unit_code: str | None,
    style: str,
    out: Path | None,
    templates: Path | None,
    formats: tuple[str, ...],
    who: str | None,
) -> None:
    with refusals(2, limit=None):
        require_register()
        actor(who, "publish")
        from jingban.cli.budget import only_unit
        from jingban.disclosure.package import publish as make
        from jingban.disclosure.render import FORMATS

        unit = only_unit(unit_code)
        if templates and not (templates / f"{style}.txt").is_file():
            raise refuse("DIS-203", _("文件夹“%(folder)s”里没有 %(style)s.txt；模板的文件名就是版式名") % {"folder": templates, "style": style})  # fmt: skip
        folder = out or Path(_("公开材料-{unit}-{year}").format(unit=unit.code, year=year))
        result = make(
            unit.code,
            year,
            style,
            folder,
            templates=templates,
            formats=formats or FORMATS,
            progress=lambda name: click.echo(f"  {name}", err=True),
        )
    show(result.warnings)
    tell(result)
    if not result.clean:
        sys.exit(1)


def _copy_templates(context: click.Context, folder: Path | None) -> None:
    """Put the packaged templates where a person can edit them, in the encoding every Windows editor knows, and stop."""
    if folder is None:
        return
    folder.mkdir(parents=True, exist_ok=True)
    for style in STYLES:
        path = folder / f"{style}.txt"
        if path.exists():
            click.echo(_("{path} 已经有了，没有覆盖").format(path=path))
        else:
            path.write_text(packaged(style), "utf-8-sig")
            click.echo(str(path))
    context.exit()


def tell(result: Published) -> None:
    """Where the package is, what the checker said of each document, how long each part took."""
    click.echo(
        _("公开材料：{folder}（{count} 个文件）").format(folder=result.folder, count=len(result.paths))
    )
    accounts = sorted(result.checker_account, key=lambda one: one.path.stem)
    for name, formats in groupby(accounts, lambda one: one.path.stem):
        _tell_document(name, list(formats))
    kinds = [finding["severity"] for one in accounts for finding in one.result.findings]
    click.echo(
        _(
            "合计：{documents} 份文件，可核 {checkable} 项，已核 {verified} 项；错误 {errors}，警告 {warnings}"
        ).format(
            documents=len(accounts),
            checkable=result.checkable,
            verified=result.verified,
            errors=kinds.count("error"),
            warnings=kinds.count("warning"),
        )
    )
    named = {"figures": _("取数"), "data": _("开放数据"), "check": _("核对")}
    spent = _("，").join(
        f"{named.get(part, part.upper())} {seconds:.1f}s" for part, seconds in result.seconds.items()
    )
    click.echo(_("用时：{spent}；共 {total:.1f}s").format(spent=spent, total=result.elapsed))


def _tell_document(name: str, formats: list[Checked]) -> None:
    """One line a document, format by format; below it what was found or could not be verified."""
    shown = _("，").join(
        f"{one.path.suffix[1:]} {one.result.verified}/{one.result.checkable}" for one in formats
    )
    clean = all(one.clean for one in formats)
    click.secho(_("  {name}：已核 {shown}").format(name=name, shown=shown), fg="green" if clean else "red")
    for one in formats:
        for finding in one.result.findings:
            if finding["severity"] != "info":
                click.echo(f"    {one.path.suffix[1:]} {finding['code']} {finding['message']}")
        for missed in one.result.unverified:
            click.echo(_("    未核：{subject}（{reason}）").format(**missed))
