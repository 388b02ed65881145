"""``jingban compare``: lists of other bodies, matching, suspicions, standing checks, the gate before a payroll."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

import click

from jingban.cli.shared import READ, MonthType, actor, as_option, county, refusals, require_register, show
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _

DAY = click.DateTime(["%Y-%m-%d"])


@click.group(
    "compare",
    help=_(
        "外部名单比对与疑点核查。\n\n"
        "import 导入名单 → match 比对（号码姓名一致的暂缓发放，其余待核） → list 疑点 → assign 分派 → verify 核实（须另一人）"
        " → act 处理 → close 办结；checks 每月例行核查；completeness 各村报送情况；gate 发放前检查。"
    ),
)
def compare() -> None:
    with refusals(2):
        require_register()


def _door(who: str | None, source: str = "") -> Any:
    from jingban.store.origins import Door

    return Door(actor(who, "enter", whole=True), "compare", source)


def _day(value: dt.datetime | None) -> dt.date | None:
    return value.date() if value else None


@compare.command("sources", help=_("可以导入的名单"))
def sources() -> None:
    from jingban.safeguards.sources import SOURCES

    for source in SOURCES.values():
        hold = (
            _("号码姓名一致的暂缓发放")
            if source.hold
            else _("只待核实")
            if source.suspicion
            else _("参考数据")
        )
        click.echo(f"{source.name:20} {_(source.title)}　{hold}")


@compare.command("import", help=_("导入一份外部名单（模板：jingban template <来源>）"))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--source", required=True, metavar="NAME", help=_("来源，见 jingban compare sources"))
@click.option("--month", type=MonthType(), help=_("数据月份，默认本月"))
@click.option("--sheet", metavar="NAME", help=_("只读这一张工作表（默认全部）"))
@click.option("--keep-good", is_flag=True, help=_("收下没有错误的行"))
@click.option("--dry-run", is_flag=True, help=_("只检查，什么都不写"))
@as_option
def import_list(
    file: Path,
    source: str,
    month: int | None,
    sheet: str | None,
    keep_good: bool,
    dry_run: bool,
    who: str | None,
) -> None:
    from jingban.safeguards.sources import SOURCES

    if source not in SOURCES:
        raise click.UsageError(
            _("没有来源“%(name)s”；可用：%(names)s") % {"name": source, "names": "、".join(SOURCES)}
        )
    take_file(source, file, month, sheet, keep_good, dry_run, who)


def take_file(
    name: str,
    file: Path,
    month: int | None,
    sheet: str | None,
    keep_good: bool,
    dry_run: bool,
    who: str | None,
) -> None:
    """Read one of this room's lists and tell every row's fate; exit status 1 when rows were wrong."""
    from jingban.cli.import_ import tell, write_report
    from jingban.cli.lists import centre_defaults
    from jingban.safeguards.lists import LISTS
    from jingban.store.lists.load import import_file
    from jingban.store.origins import Door

    with refusals(2):
        entry = LISTS[name]
        door = Door(actor(who), "import", file.name, entry.title)
        report = import_file(
            entry, file, door, centre_defaults(month or 0), mode="keep_good" if keep_good else "refuse_all",
            dry_run=dry_run, sheet=sheet,
        )  # fmt: skip
    show(report.findings)
    tell(report, dry_run)
    if report.errors:
        write_report(report, file.with_name(f"{file.stem}-{_('错误')}.xlsx"))
        sys.exit(1)


@compare.command("match", help=_("与登记簿比对，产生疑点；MONTH 是将要发放的月份"))
@click.argument("month", type=MonthType())
@click.option("--source", "wanted", multiple=True, metavar="NAME", help=_("只比对这些来源"))
@click.option("--list-month", type=MonthType(), help=_("只比对这个数据月份的名单"))
@click.option("--no-rank", is_flag=True, help=_("不给待人工比对的排序（快）"))
@as_option
def match(
    month: int, wanted: tuple[str, ...], list_month: int | None, no_rank: bool, who: str | None
) -> None:
    from jingban.safeguards.services.compare import compare as run

    with refusals():
        done = run(month, _door(who), sources=wanted, month=list_month, ranked=not no_rank)
    show(done.raised.findings)
    click.echo(
        _("名单 %(lists)s 份 %(rows)s 行：不在册 %(unknown)s 行，登记簿已有记载 %(settled)s 人次")
        % {"lists": done.lists, "rows": done.rows, "unknown": done.unknown, "settled": done.settled}
    )
    click.echo(
        _("新疑点 %(new)s 个（已有 %(known)s，补充 %(noted)s），暂缓发放 %(held)s 人")
        % {
            "new": len(done.raised.raised),
            "known": done.raised.known,
            "noted": done.raised.noted,
            "held": done.raised.held,
        }
    )


@compare.command("checks", help=_("每月例行核查（R1.19-04）；不写名称时全部"))
@click.argument("month", type=MonthType())
@click.argument("names", nargs=-1)
@as_option
def checks(month: int, names: tuple[str, ...], who: str | None) -> None:
    from jingban.safeguards.checks import CHECKS, run_checks

    with refusals():
        done = run_checks(county(), month, _door(who, "checks"), names)
    for name, raised in done.items():
        text = _("新疑点 %(new)s 个，已有 %(known)s") % {"new": len(raised.raised), "known": raised.known}
        click.echo(f"{name:22} {_(CHECKS[name][0])}：{text}")


@compare.command("list", help=_("疑点清单：先确定的，再按可能性"))
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice(["found", "assigned", "true", "false", "acted", "closed"]),
)
@click.option("--kind", default="", help=_("只看这一类"))
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 10_000))
@as_option
def list_(states: tuple[str, ...], kind: str, limit: int, who: str | None) -> None:
    from rich.table import Table

    from jingban.cli.screen import screen
    from jingban.safeguards.kinds import title as title_of
    from jingban.safeguards.services.state import OPEN, queue
    from jingban.values.money import format_yuan

    actor(who, READ, whole=True)
    found = queue(states or OPEN, kind)
    table = Table()
    for title in (
        _("疑点"),
        _("类别"),
        _("人员"),
        _("把握"),
        _("日期"),
        _("疑似多发（元）"),
        _("状态"),
        _("核实人"),
    ):
        table.add_column(title, overflow="fold")
    for event in found[:limit]:
        one = event.suspicion
        table.add_row(
            str(one.pk), title_of(one.kind), f"#{one.person_id}", _(one.get_confidence_display()), str(one.event_on or ""),
            format_yuan(one.amount_fen), _(event.get_state_display()), event.assignee,
        )  # fmt: skip
    screen().print(table)
    click.echo(_("共 %(count)s 个") % {"count": found.count()})


@compare.command("show", help=_("一个疑点的来由与经过"))
@click.argument("number", type=int)
@as_option
def show_one(number: int, who: str | None) -> None:
    from django.utils.timezone import localtime

    from jingban.safeguards.kinds import title as title_of
    from jingban.safeguards.models import Suspicion
    from jingban.values.masking import mask_id, mask_name
    from jingban.values.money import format_yuan

    actor(who, READ, whole=True)
    one = Suspicion.objects.select_related("row").filter(pk=number).first()
    if one is None:
        with refusals():
            raise refuse("SAF-301", _("没有疑点 %(number)s") % {"number": number})
    click.echo(
        f"{one.pk} {title_of(one.kind)}（{one.kind}） #{one.person_id} {_(one.get_confidence_display())} "
        f"{one.method} {one.event_on or ''}"
    )
    titles = {"来源": _("来源"), "理由": _("理由"), "内容": _("内容"), "也见于": _("也见于")}
    for key, value in one.detail.items():
        said = "；".join(value) if isinstance(value, list) else _(value) if isinstance(value, str) else value
        click.echo(f"  {titles.get(key, key)}：{said}")
    if one.row:
        said = f"{mask_id(one.row.id_number)} {mask_name(one.row.name)} {one.row.township}{one.row.village}"
        click.echo("  " + _("名单第 %(row)s 行：%(said)s") % {"row": one.row.row, "said": said})
    for event in one.events.order_by("sequence"):
        amount = f" {format_yuan(event.amount_fen)}" if event.amount_fen else ""
        click.echo(
            f"  {localtime(event.at):%Y-%m-%d %H:%M} {event.actor} {_(event.get_action_display())} "
            f"{_(event.get_state_display())}{amount} {event.case_number} {event.note}".rstrip()
        )


@compare.command("assign", help=_("分派给核实人（不能是发现人）"))
@click.argument("numbers", nargs=-1, required=True, type=int)
@click.option("--to", "assignee", required=True, metavar="NAME")
@click.option("--note", default="")
@as_option
def assign(numbers: tuple[int, ...], assignee: str, note: str, who: str | None) -> None:
    from jingban.safeguards.services.flow import assign as step

    with refusals():
        count = step(numbers, assignee, _door(who), note=note)
    click.echo(_("已分派 %(count)s 个给 %(name)s") % {"count": count, "name": assignee})


@compare.command("verify", help=_("核实：属实，或不属实（撤销暂缓，下期补发）"))
@click.argument("numbers", nargs=-1, required=True, type=int)
@click.option("--true/--false", "truth", required=True, default=None, help=_("属实／不属实"))
@click.option("--note", default="", help=_("核实情况"))
@as_option
def verify(numbers: tuple[int, ...], truth: bool, note: str, who: str | None) -> None:
    from jingban.safeguards.services.flow import verify as step

    with refusals():
        count = step(numbers, truth, _door(who), note=note)
    click.echo(_("已核实 %(count)s 个") % {"count": count})


@compare.command("act", help=_("处理属实的疑点：stop 停发（受理相应业务）、recover 追回、correct 更正"))
@click.argument("number", type=int)
@click.argument("measure", type=click.Choice(["stop", "recover", "correct"]))
@click.option("--on", type=DAY, help=_("核实后的发生日期（默认名单上的）"))
@click.option("--yuan", "amount", metavar=_("元"), help=_("追回金额（默认为不应发而已发的）"))
@click.option("--case", "case_number", default="", help=_("更正业务的编号"))
@click.option("--note", default="")
@as_option
def act(
    number: int,
    measure: str,
    on: dt.datetime | None,
    amount: str | None,
    case_number: str,
    note: str,
    who: str | None,
) -> None:
    from jingban.conf import load
    from jingban.safeguards.services.flow import act as step
    from jingban.values.findings import refuse
    from jingban.values.money import fen

    with refusals():
        try:
            amount_fen = fen(amount) if amount else None
        except (ValueError, ArithmeticError):
            raise refuse("SAF-304", _("金额应为元，最多两位小数")) from None
        case = step(
            number, measure, _door(who), load().region, event_on=_day(on), amount_fen=amount_fen, case_number=case_number,
            note=note,
        )  # fmt: skip
    click.echo(
        _("已处理")
        + (_("，业务 %(number)s 待另一人审核") % {"number": case} if case and measure == "stop" else "")
    )


@compare.command("close", help=_("办结：不属实的，或业务已办结的"))
@click.argument("numbers", nargs=-1, required=True, type=int)
@click.option("--note", default="")
@as_option
def close(numbers: tuple[int, ...], note: str, who: str | None) -> None:
    from jingban.safeguards.services.flow import close as step

    with refusals():
        count = step(numbers, _door(who), note=note)
    click.echo(_("已办结 %(count)s 个") % {"count": count})


@compare.command("completeness", help=_("某月各来源、各村是否报送"))
@click.argument("month", type=MonthType())
def completeness(month: int) -> None:
    from jingban.safeguards.completeness import sources as received
    from jingban.safeguards.completeness import villages
    from jingban.safeguards.sources import SOURCES

    for name, count in received(month).items():
        text = _("未收到") if count < 0 else _("%(count)s 行") % {"count": count}
        click.echo(f"{name:20} {_(SOURCES[name].title)}：{text}")
    rows = villages(county(), month)
    silent = [row for row in rows if row.count is None]
    click.echo(
        _("村级死亡月报：%(all)s 个村，未报 %(silent)s 个") % {"all": len(rows), "silent": len(silent)}
    )
    for row in silent:
        click.echo(f"  {row.township} {row.village}")


@compare.command("gate", help=_("发放前检查：有错误时退出码为 1"))
@click.argument("month", type=MonthType())
def gate(month: int) -> None:
    from jingban.safeguards.gate import blockers

    with refusals(2):
        found = blockers(county(), month)
    show([one.finding() for one in found], limit=200)
    if any(one.severity == "error" for one in found):
        sys.exit(1)
    click.echo(_("可以发放"))
