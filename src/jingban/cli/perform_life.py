"""`jingban perform`: ex-ante assessment, what monitoring said, the rows behind a figure, the use of a result, the advice for next year's budget."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click
from rich.table import Table

from jingban.cli.screen import screen
from jingban.cli.shared import YEAR, as_option, county, refusals
from jingban.values.i18n import gettext as _

if TYPE_CHECKING:
    from jingban.budget.models import Unit

ANSWERS = {"是": True, "否": False, "yes": True, "no": False}
CONCLUSIONS, USES = ("support", "adjust", "reject"), ("raise", "keep", "cut", "stop", "rectify", "publish")


@click.command("assess", help=_("事前绩效评估：逐个要点写“要点=是”或“要点=否”，结论 support、adjust、reject"))
@click.argument("plan", type=int)
@click.argument("conclusion", type=click.Choice(CONCLUSIONS))
@click.option(
    "--point", "points", multiple=True, required=True, metavar=_("要点=是"), help=_("评估要点（可多次）")
)
@click.option("--opinion", default="", help=_("评估意见"))
@as_option
def assess(plan: int, conclusion: str, points: tuple[str, ...], opinion: str, who: str | None) -> None:
    from jingban.cli.perform import by_number, door_of
    from jingban.performance.services import assess as assess_plan

    pairs = [point.partition("=") for point in points]
    if not all(title and answer in ANSWERS for title, _mark, answer in pairs):
        raise click.BadParameter(_("应写成“要点=是”或“要点=否”"), param_hint="--point")
    with refusals():
        judged = [(title, ANSWERS[answer]) for title, _mark, answer in pairs]
        made = assess_plan(by_number(plan), judged, conclusion, opinion, door_of(who, "assessed"))
    click.echo(_("事前评估：%(conclusion)s") % {"conclusion": _(made.get_conclusion_display())})


@click.command("rows", help=_("一个由系统取数的指标背后的明细行（截止到某日）"))
@click.argument("indicator", type=int)
@click.option("--day", help=_("截止日，默认年末"))
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 100_000))
def rows(indicator: int, day: str | None, limit: int) -> None:
    from django.db import connection

    from jingban.cli.perform import day_of
    from jingban.performance.counted import basis_of
    from jingban.performance.measures import entry
    from jingban.performance.models import Indicator
    from jingban.values.findings import refuse

    with refusals():
        found = Indicator.objects.filter(pk=indicator).select_related("plan__unit", "plan__project").first()
        if found is None or not found.measure:
            raise refuse("PRF-108", _("没有此指标，或不是由系统取数"))
        measured = entry(found.measure).compute(
            basis_of(found.plan, found, day_of(day, found.plan.year), f"{county():06d}")
        )
    shown = "" if measured.value is None else f"{measured.value:.6f}".rstrip("0").rstrip(".")
    click.echo(f"{found.name}：{shown}{measured.unit}  {measured.trace}")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM ({measured.rows}) t LIMIT {int(limit)}")
        table = Table(*[column[0] for column in cursor.description])
        for row in cursor.fetchall():
            table.add_row(*["" if cell is None else str(cell) for cell in row])
    screen().print(table)


@click.command("monitored", help=_("一年的年中监控结果：每个目标试算多少分、预警什么"))
@click.argument("year", type=YEAR)
@click.option("--unit", "unit_code", metavar="CODE", help=_("单位代码；只有一个单位时可不写"))
def monitored(year: int, unit_code: str | None) -> None:
    from jingban.cli.budget import only_unit

    with refusals():
        unit = only_unit(unit_code)
    for line in monitored_lines(unit, year):
        click.echo(line)


def monitored_lines(unit: Unit, year: int) -> Iterator[str]:
    """Every monitoring of a year with what it warned of."""
    from jingban.budget.book import live
    from jingban.performance.models import Result

    rows = live(Result).filter(plan__unit=unit, plan__year=year, phase=Result.Phase.MONITORING)
    for one in rows.select_related("plan__project").order_by("day", "plan_id"):
        name = one.plan.project.name if one.plan.project else _("部门整体支出")
        yield _("年中监控 %(day)s %(name)s：试算%(total)s分，预警%(count)s条") % {
            "day": one.day, "name": name, "total": one.total, "count": len(one.warnings),
        }  # fmt: skip
        yield from (f"  {warning}" for warning in one.warnings)


@click.command(
    "use",
    help=_("结果应用：次年预算建议 raise 增加、keep 保持、cut 核减、stop 取消；rectify 整改；publish 公开"),
)
@click.argument("result", type=int)
@click.argument("what", type=click.Choice(USES))
@click.argument("detail")
@click.option("--yuan", "amount", metavar=_("元"), help=_("建议的次年预算"))
@as_option
def use(result: int, what: str, detail: str, amount: str | None, who: str | None) -> None:
    from jingban.cli.perform import door_of
    from jingban.performance.models import Result
    from jingban.performance.services import use as use_result
    from jingban.values.findings import refuse
    from jingban.values.money import fen

    try:
        amount_fen = fen(amount) if amount else None
    except (ValueError, ArithmeticError):
        raise click.BadParameter(_("金额应为元，最多两位小数"), param_hint="--yuan") from None
    with refusals():
        found = Result.objects.filter(pk=result).select_related("plan").first()
        if found is None:
            raise refuse("PRF-302", _("没有此自评"))
        made = use_result(found, what, detail, door_of(who, "used"), amount_fen=amount_fen)
    click.echo(_("结果应用：%(what)s") % {"what": _(made.get_what_display())})


@click.command("advice", help=_("按一年的评价结果，对次年预算的建议（编制次年预算时用）"))
@click.argument("year", type=YEAR)
@click.option("--unit", "unit_code", metavar="CODE", help=_("单位代码；只有一个单位时可不写"))
def advice(year: int, unit_code: str | None) -> None:
    from jingban.cli.budget import only_unit
    from jingban.performance.services import advice as advised
    from jingban.values.money import format_yuan

    table = Table(_("项目"), _("总分"), _("等级"), _("建议"), _("建议次年预算（元）"), _("说明"))
    with refusals():
        found = advised(only_unit(unit_code), year)
    for one in found:
        plan = one.result.plan
        name = plan.project.name if plan.project else _("部门整体支出")
        amount = "" if one.amount_fen is None else format_yuan(one.amount_fen)
        table.add_row(name, one.result.total, one.result.grade, _(one.get_what_display()), amount, one.detail)
    screen().print(table)
