"""``jingban import``: a clerk's list into the register, row by row."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jingban.cli.shared import MonthType, actor, as_option, refusals, require_register, show
from jingban.values.i18n import gettext as _

if TYPE_CHECKING:
    from jingban.store.lists.load import Report


@click.command(
    "import",
    help=_(
        "导入名册（XLSX、XLS、ODS、CSV）。列名认常用叫法与金保字段名；模板自己说明是哪种名册，别的文件按全部列判断，几种都合适时请用 --kind 指明。"
        "所有可见的工作表都读。\n\n"
        "默认有一行错误就整份不收；--keep-good 收下没有错误的行。错误行另存为“……-错误.xlsx”。\n\n"
        "退出码：0 全部收下；1 有错误行；2 文件不能读。"
    ),
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--kind", "--list", "kind", metavar="NAME", help=_("名册种类（见 jingban template）"))
@click.option("--sheet", metavar="NAME", help=_("只读这一张工作表（默认全部）"))
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="NAME=NAME",
    help=_("说明一个不认识的列，如 领待时间=待遇起始年月；等号后面空着是不读这一列"),
)
@click.option("--remember", is_flag=True, help=_("把 --column 记在 columns.yaml，以后的文件都照此读"))
@click.option("--dry-run", is_flag=True, help=_("只检查，什么都不写"))
@click.option("--keep-good", is_flag=True, help=_("收下没有错误的行"))
@click.option("--month", "--cutover", "month", type=MonthType(), help=_("建账月（人员）或生效月，默认本月"))
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help=_("错误报告写到哪里"))
@as_option
def import_(
    file: Path,
    kind: str | None,
    sheet: str | None,
    columns: tuple[str, ...],
    remember: bool,
    dry_run: bool,
    keep_good: bool,
    month: int | None,
    report: Path | None,
    who: str | None,
) -> None:
    with refusals(2):
        require_register()
        from jingban.cli.lists import all_lists, centre_defaults, entry
        from jingban.store.lists.load import detect, import_file
        from jingban.store.lists.names import keep
        from jingban.store.origins import Door

        name = actor(who, "enter", whole=True)
        explained = dict(_explained(one) for one in columns)
        defaults = centre_defaults(month or 0)
        listed = entry(kind) if kind else detect(file, all_lists().values(), defaults, sheet)
        if kind is None:
            click.echo(
                _("按“{title}”名册读入（--kind {kind}）").format(title=listed.title, kind=listed.name),
                err=True,
            )
        result = import_file(
            listed,
            file,
            Door(name, "import", file.name, listed.title),
            defaults,
            mode="keep_good" if keep_good else "refuse_all",
            dry_run=dry_run,
            sheet=sheet,
            columns=explained,
        )
        if remember and explained:
            click.echo(_("列名已记入 {path}").format(path=keep(listed.name, explained)))
    show(result.findings)
    tell(result, dry_run)
    if result.errors:
        write_report(result, report or file.with_name(f"{file.stem}-{_('错误')}.xlsx"))
        sys.exit(1)


def _explained(given: str) -> tuple[str, str]:
    name, equals, ours = given.partition("=")
    if not equals or not name.strip():
        raise click.UsageError(_("--column 应写成 文件列名=名册列名：{given}").format(given=given))
    return name.strip(), ours.strip()


def tell(result: Report, dry_run: bool) -> None:
    """What became of a file, in a line or two."""
    rows = len(result.parsed.rows)
    bad = len({finding.row for finding in result.parsed.errors} & result.parsed.rows.keys())
    if len(result.parsed.sheets) > 1:
        told = "、".join(
            _("{name} {count} 行").format(name=one.name, count=one.rows) for one in result.parsed.sheets
        )
        click.echo(_("工作表：{sheets}").format(sheets=told))
    if result.refused:
        why = _("{rows} 行中 {bad} 行有错误").format(rows=rows, bad=bad) if bad else _("文件本身不对")
        click.secho(_("整份未收：{why}，登记簿没有改动").format(why=why), fg="red")
        return
    verb = _("检查通过（没有写入）") if dry_run else _("已收下")
    click.secho(
        _("{verb}：{accepted} / {rows} 行").format(verb=verb, accepted=result.accepted, rows=rows), fg="green"
    )
    if result.parked:
        click.echo(_("其中搁置待核实 {count} 行").format(count=result.parked))
    if result.origin_id and not dry_run:
        click.echo(_("来源编号 {origin}").format(origin=result.origin_id))


def write_report(result: Report, path: Path) -> None:
    """The wrong rows beside what is wrong with them."""
    from jingban.store.lists import write_error_report

    write_error_report(result.parsed, path)
    click.echo(_("错误报告：{path}").format(path=path))
