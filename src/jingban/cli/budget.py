"""``jingban budget``: the state of the agency's own books, its tables, and what is missing before publishing."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jingban.cli.shared import YEAR, actor, as_option, refusals, require_register, show
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _

if TYPE_CHECKING:
    from jingban.budget.models import Unit


def only_unit(code: str | None) -> Unit:
    """The unit of that code, or the only one there is. Refuses BUD-101."""
    from jingban.budget.models import Unit

    units = list(Unit.objects.filter(code=code) if code else Unit.objects.all()[:2])
    if len(units) == 1:
        return units[0]
    if code:
        raise refuse("BUD-101", _("没有预算单位“%(unit)s”") % {"unit": code})
    message = (
        _("还没有登记预算单位：先导入 units 名册") if not units else _("有多个预算单位，请用 --unit 指明")
    )
    raise refuse("BUD-101", message)


@click.group("budget", help=_("本单位的预算与收支：状态、决算表、公开前检查。名册用 jingban import 导入。"))
def budget() -> None:
    pass


@budget.command("status", help=_("各单位各年度账上有多少。"))
def status() -> None:
    with refusals():
        require_register()
        from jingban.budget.book import read_book, total
        from jingban.budget.models import Payment, Receipt, Unit
        from jingban.values.money import format_yuan

        for unit in Unit.objects.order_by("code"):
            click.echo(f"{unit.code}  {unit.name}（{unit.get_kind_display()}）")
            years = set(Payment.objects.filter(unit=unit).values_list("year", flat=True))
            years |= set(Receipt.objects.filter(unit=unit).values_list("year", flat=True))
            for year in sorted(years):
                book = read_book(unit, year)
                click.echo(
                    _(
                        "  {year}年  收入 {income} 元  支出 {spent} 元  年初结转 {opening} 元  凭证 {count} 张"
                    ).format(
                        year=year,
                        income=format_yuan(total(book.receipts)),
                        spent=format_yuan(total(book.payments)),
                        opening=format_yuan(total(book.openings)),
                        count=len(book.receipts) + len(book.payments),
                    )
                )


@budget.command("tables", help=_("显示一年的九张决算表。"))
@click.argument("year", type=YEAR)
@click.option("--unit", "unit_code", metavar="CODE", help=_("单位代码；只有一个单位时可不写"))
@click.option(
    "--in",
    "unit_of_money",
    type=click.Choice(["万元", "元"]),
    default="万元",
    show_default=True,
    help=_("金额单位"),
)
def tables(year: int, unit_code: str | None, unit_of_money: str) -> None:
    with refusals():
        require_register()
        from jingban.budget.figures import YearFigures
        from jingban.disclosure.grid import Money, grid_of
        from jingban.values.units import unit

        figures = YearFigures(only_unit(unit_code), year)
        if not figures.book.kept:
            raise refuse("BUD-201", _("%(year)s年度没有收入和支出凭证") % {"year": year})
        money = Money(unit(unit_of_money), 2, unit_of_money == "元")
        for form in figures.forms.values():
            click.secho(f"{form.form.number} {form.form.title}（{unit_of_money}）", bold=True)
            for row in grid_of(form, money).rows:
                click.echo("\t".join("" if cell is None else cell.text for cell in row))
            click.echo()


@budget.command("readiness", help=_("公开前检查：一次列出还缺什么。退出码：0 齐备；1 有缺。"))
@click.argument("year", type=YEAR)
@click.option("--unit", "unit_code", metavar="CODE", help=_("单位代码；只有一个单位时可不写"))
def readiness(year: int, unit_code: str | None) -> None:
    with refusals():
        require_register()
        from jingban.budget.figures import YearFigures
        from jingban.budget.readiness import readiness as missing

        found = missing(YearFigures(only_unit(unit_code), year))
    show(found, limit=None)
    errors = sum(finding.severity == "error" for finding in found)
    if errors:
        click.secho(_("还缺 {count} 项，不能公开").format(count=errors), fg="red")
        sys.exit(1)
    click.secho(_("材料齐备，可以公开"), fg="green")


@budget.command("load", help=_("导入一个文件夹里的全部名册（units.csv、payments.xlsx……，各以名册命名）。"))
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@as_option
def load(folder: Path, who: str | None) -> None:
    with refusals():
        require_register()
        from jingban.budget.loading import load_folder
        from jingban.store.origins import Door

        taken = load_folder(folder, Door(actor(who, "enter"), "import", folder.name))
    for name, count in taken.items():
        click.echo(_("{name}：{count} 行").format(name=name, count=count))


@budget.command("diff", help=_("与一份公开文件逐格比较：数、科目名称、表名。退出码：0 没有不同；1 有不同。"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("year", type=YEAR)
@click.option("--unit", "unit_code", metavar="CODE", help=_("单位代码；只有一个单位时可不写"))
@click.option("--sichuan", is_flag=True, help=_("按四川十五张表比较（不写为全国九张表）"))
def diff(file: Path, year: int, unit_code: str | None, sichuan: bool) -> None:
    with refusals():
        require_register()
        from jingban.budget.figures import YearFigures
        from jingban.disclosure.diff import compare, report

        figures = YearFigures(only_unit(unit_code), year)
        if not figures.book.kept:
            raise refuse("BUD-201", _("%(year)s年度没有收入和支出凭证") % {"year": year})
        found = compare(figures.all_forms if sichuan else figures.forms, file)
    click.echo(report(found))
    if found.differences:
        sys.exit(1)
