"""`jingban perform`: targets, actuals, scores, monitoring, self-evaluation, review."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from jingban.cli.perform_framework import framework
from jingban.cli.perform_life import advice, assess, monitored, rows, use
from jingban.cli.screen import screen
from jingban.cli.shared import YEAR, actor, as_option, county, refusals, require_register, show
from jingban.values.i18n import gettext as _


@click.group(
    "perform",
    help=_(
        "预算绩效的全过程。\n\n"
        "import 绩效目标（名册 plans）→ assess 事前评估 → monitor 年中监控 → measure 取数、actual 手工填列、judge 评定、"
        "reason 原因 → score 试算 → final 定稿 → review 另一人复核 → use 结果应用 → advice 次年预算建议。"
    ),
)
def perform() -> None:
    with refusals():
        require_register()


for command in (assess, monitored, rows, use, advice, framework):
    perform.add_command(command)


def day_of(text: str | None, year: int) -> dt.date:
    try:
        return dt.date.fromisoformat(text) if text else dt.date(year, 12, 31)
    except ValueError:
        raise click.BadParameter(_("应为日期，如 2020-12-31"), param_hint="--day") from None


def by_number(number: int) -> Any:
    from jingban.performance.models import Plan
    from jingban.values.findings import refuse

    plan = Plan.objects.filter(pk=number).first()
    if plan is None:
        raise refuse("PRF-104", _("没有编号为%(number)s的绩效目标") % {"number": number})
    return plan


def door_of(who: str | None, kind: str) -> Any:
    from jingban.store.origins import Door

    return Door(actor(who, "review" if kind == "reviewed" else "enter"), f"performance.{kind}")


@perform.command("measures", help=_("能由系统取数的指标"))
def measures() -> None:
    from jingban.performance.measures import library

    table = Table(_("取数方法"), _("名称"), _("单位"), _("算法"), _("参数"))
    for entry in library().values():
        needs = "；".join(
            f"{one.name}{'*' if one.required else ''}（{one.title}）" for one in entry.arguments
        )
        table.add_row(entry.name, entry.title, entry.unit, entry.formula, needs)
    screen().print(table)


@perform.command("plans", help=_("已设定的绩效目标及指标编号"))
@click.option("--year", type=YEAR)
def plans(year: int | None) -> None:
    from jingban.budget.book import live
    from jingban.performance.models import Plan
    from jingban.performance.reading import live_indicators

    rows = live(Plan).order_by("year", "pk")
    table = Table(
        _("目标"), _("年度"), _("项目"), _("指标"), _("一级"), _("三级指标"), _("目标值"), _("分值")
    )
    for plan in rows.filter(year=year) if year else rows:
        name = plan.project.name if plan.project else _("部门整体支出")
        for indicator in live_indicators(plan):
            table.add_row(
                str(plan.pk), str(plan.year), name, str(indicator.pk), indicator.level1, indicator.name,
                f"{indicator.direction}{indicator.target}{indicator.unit}", indicator.weight,
            )  # fmt: skip
    screen().print(table)


@perform.command("measure", help=_("按台账取数"))
@click.argument("plan", type=int)
@click.option("--day", help=_("截止日，默认年末"))
@as_option
def measure(plan: int, day: str | None, who: str | None) -> None:
    from jingban.performance.services import measure_plan

    with refusals():
        found = by_number(plan)
        actuals = measure_plan(found, day_of(day, found.year), f"{county():06d}", door_of(who, "measured"))
    for one in actuals:
        behind = f"（{one.numerator}÷{one.denominator}）" if one.denominator else ""
        value = f"{one.value}{one.indicator.unit}" if one.applicable else _("不适用")
        click.echo(f"{one.indicator.name}：{value}{behind}  {one.trace}")


@perform.command("actual", help=_("手工填列实际完成值，须附依据"))
@click.argument("indicator", type=int)
@click.argument("value")
@click.option("--evidence", required=True, help=_("依据"))
@click.option(
    "--file", "files", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=_("佐证材料（可多个，存入系统）"),
)  # fmt: skip
@click.option("--day", help=_("截止日，默认年末"))
@click.option("--not-applicable", is_flag=True, help=_("本年度不适用"))
@as_option
def actual(
    indicator: int,
    value: str,
    evidence: str,
    files: tuple[Path, ...],
    day: str | None,
    not_applicable: bool,
    who: str | None,
) -> None:
    from jingban.performance.models import Indicator
    from jingban.performance.records import EvidenceFile, TypedActual
    from jingban.performance.services import type_actuals

    known = Indicator.objects.filter(pk=indicator).select_related("plan").first()
    when = day_of(day, known.plan.year if known else dt.MINYEAR)
    record = TypedActual(
        indicator=indicator, day=when, value=value, evidence=evidence, applicable=not not_applicable,
        files=[EvidenceFile(path.name, path.read_bytes()) for path in files],
    )  # fmt: skip
    with refusals():
        type_actuals([record], door_of(who, "typed"))


@perform.command("judge", help=_("评定定性指标：achieved、partly、missed 三档"))
@click.argument("indicator", type=int)
@click.argument("band", type=click.Choice(["achieved", "partly", "missed"]))
@click.argument("percent")
@click.option("--reason", required=True, help=_("理由"))
@as_option
def judge(indicator: int, band: str, percent: str, reason: str, who: str | None) -> None:
    from decimal import Decimal, InvalidOperation

    from jingban.performance.records import JudgementRecord
    from jingban.performance.services import judge as judge_indicators

    try:
        share = Decimal(percent)
    except InvalidOperation:
        raise click.BadParameter(_("应为百分数，如 95"), param_hint="PERCENT") from None
    with refusals():
        record = JudgementRecord(indicator=indicator, band=band, percent=share, reason=reason)
        judge_indicators([record], door_of(who, "judged"))


@perform.command("reason", help=_("说明未达目标的原因和改进措施"))
@click.argument("indicator", type=int)
@click.argument("text")
@click.option("--improvement", default="", help=_("改进措施"))
@as_option
def reason(indicator: int, text: str, improvement: str, who: str | None) -> None:
    from jingban.performance.records import DeviationRecord
    from jingban.performance.services import explain_deviations

    with refusals():
        record = DeviationRecord(indicator=indicator, reason=text, improvement=improvement)
        explain_deviations([record], door_of(who, "explained"))


@perform.command("score", help=_("试算得分，列出还缺什么"))
@click.argument("plan", type=int)
def score(plan: int) -> None:
    from jingban.performance.scoring import score_plan

    with refusals():
        scored = score_plan(by_number(plan))
    table = Table(_("指标"), _("目标值"), _("实际完成值"), _("分值"), _("得分"), _("算式"), _("原因"))
    funds = scored.funds
    rate = "" if funds.rate is None else f"{funds.rate:.2f}%"
    table.add_row(_("预算执行率"), "100%", rate, str(funds.weight), str(funds.score or ""), "", "")
    for row in scored.rows:
        points = _("不适用") if row.score is None else str(row.score)
        table.add_row(
            row.indicator.name, row.target, row.actual, str(row.weight), points, row.formula, row.reason
        )
    screen().print(table)
    click.echo(_("总分 %(total)s，等级 %(grade)s") % {"total": scored.total, "grade": scored.grade})
    show(scored.missing)


@perform.command("monitor", help=_("年中绩效监控：到某日的进度与预警"))
@click.argument("plan", type=int)
@click.option("--day", required=True, help=_("截止日"))
@as_option
def monitor(plan: int, day: str, who: str | None) -> None:
    from jingban.performance.services import monitor as monitor_plan

    with refusals():
        found = by_number(plan)
        result, warnings = monitor_plan(
            found, day_of(day, found.year), door_of(who, "monitored"), f"{county():06d}"
        )
    show(warnings)
    click.echo(
        _("到%(day)s试算%(total)s分，预警%(count)s条")
        % {"day": result.day, "total": result.total, "count": len(warnings)}
    )


@perform.command("final", help=_("年终自评定稿；缺数、缺原因、分值不合都不能定稿"))
@click.argument("plan", type=int)
@as_option
def final(plan: int, who: str | None) -> None:
    from jingban.performance.services import finalise

    with refusals():
        found = by_number(plan)
        result = finalise(found, dt.date(found.year, 12, 31), door_of(who, "final"))
    click.echo(
        _("自评定稿：%(total)s分，%(grade)s；编号%(number)s，等待另一人复核")
        % {"total": result.total, "grade": result.grade, "number": result.pk}
    )


@perform.command("review", help=_("复核年终自评（自评人以外的人）"))
@click.argument("result", type=int)
@click.option("--opinion", default="", help=_("复核意见"))
@as_option
def review(result: int, opinion: str, who: str | None) -> None:
    from jingban.performance.models import Result
    from jingban.performance.services import review as review_result
    from jingban.values.findings import refuse

    with refusals():
        found = Result.objects.filter(pk=result).first()
        if found is None:
            raise refuse("PRF-302", _("没有此自评"))
        made = review_result(found, opinion, door_of(who, "reviewed"))
    click.echo(_("复核完成：%(total)s分") % {"total": made.total})
