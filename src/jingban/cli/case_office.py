"""`jingban case figures, consult, archive`: what the office did in a year, and where the files lie."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from jingban.cli.case import _now, case
from jingban.cli.compare import DAY
from jingban.cli.screen import screen
from jingban.cli.shared import YEAR, actor, as_option, refusals
from jingban.values.findings import Refused
from jingban.values.i18n import gettext as _


def _table(*titles: str) -> Table:
    table = Table()
    for title in titles:
        table.add_column(title, justify="right" if titles.index(title) else "left", overflow="fold")
    return table


@case.command("figures", help=_("一段时间的服务数据：办理时长、按时率、每人每网点工作量、积压、咨询"))
@click.option("--year", type=YEAR, help=_("整年"))
@click.option("--from", "first", type=DAY, help=_("起日"))
@click.option("--until", "last", type=DAY, help=_("止日（含），默认今天"))
def figures(year: int | None, first: dt.datetime | None, last: dt.datetime | None) -> None:
    from jingban.casework.kind import kinds
    from jingban.casework.services.figures import figures_between
    from jingban.casework.stored import day_of

    today = day_of(_now())
    if (year is None) == (first is None):
        raise click.UsageError(_("给出 --year，或者 --from 和 --until"))
    start = first.date() if first else dt.date(year or 0, 1, 1)
    end = last.date() if last else today if first else dt.date(start.year, 12, 31)
    with refusals():
        found = figures_between(start, end, today)
    console = screen()
    table = _table(
        _("业务"),
        _("受理"),
        _("办结"),
        _("不予办理"),
        _("退回"),
        _("在办"),
        _("平均工作日"),
        _("中位数"),
        _("按时率"),
    )
    for code, kind in found.kinds.items():
        rate = "—" if kind.on_time_rate is None else f"{kind.on_time_rate:.1%}"
        counts = (kind.received, kind.done, kind.refused, kind.returned, kind.open)
        table.add_row(
            kinds()[code].name, *map(str, counts), f"{kind.mean_days:.1f}", f"{kind.median_days:.1f}", rate
        )
    console.print(table)
    people = _table(_("人员"), _("经办"), _("审核审批"))
    for name in sorted(found.made.keys() | found.reviewed.keys()):
        people.add_row(name, str(found.made[name]), str(found.reviewed[name]))
    console.print(people)
    for title, counted in ((_("网点"), found.offices), (_("咨询事项"), found.consulted)):
        if counted:
            listed = _table(title, _("件数"))
            for name, number in counted.most_common():
                listed.add_row(name, str(number))
            console.print(listed)
    console.print(_("期间办结（含不予办理、撤回）%(count)s 件") % {"count": found.closed})
    values = {"backlog": found.backlog, "overdue": found.overdue, "asked": found.consultations}
    console.print(_("积压 %(backlog)s 件，其中超期 %(overdue)s 件；咨询 %(asked)s 人次") % values)


@case.command("consult", help=_("登记一次咨询，或从文件批量登记（列：时间、咨询事项、渠道、网点、接待人）"))
@click.argument("subject")
@click.option("--file", "from_file", is_flag=True, help=_("前面给的是文件名"))
@click.option("--channel", default="counter", show_default=True)
@click.option("--office", default="", help=_("网点"))
@as_option
def consult(subject: str, from_file: bool, channel: str, office: str, who: str | None) -> None:
    from jingban.casework.services.consult import ConsultRecord, record_consultations
    from jingban.store.origins import Door

    me, now = actor(who, "enter"), _now()
    with refusals():
        records = (
            _read(Path(subject), me) if from_file else [ConsultRecord(now, subject, channel, office, me)]
        )
        count = record_consultations(records, Door(me, "consult", subject if from_file else "", at=now))
    click.echo(_("已登记 %(count)s 人次") % {"count": count})


def _read(path: Path, me: str) -> list:  # type: ignore[type-arg]
    from django.utils.timezone import get_current_timezone

    from jingban.casework.services.consult import ConsultRecord
    from jingban.store.lists import parse_grid, read_grid
    from jingban.store.lists.spec import Column, ListSpec

    columns = (
        Column("at", _("时间"), "date", required=True, aliases=("日期",)),
        Column("subject", _("咨询事项"), required=True),
        Column(
            "channel",
            _("渠道"),
            "choice",
            choices={"窗口": "counter", "电话": "phone", "网上": "online", "村（居）": "village"},
        ),
        Column("office", _("网点")),
        Column("actor", _("接待人")),
    )

    def build(values: dict[str, Any], _row: int) -> ConsultRecord:
        moment = dt.datetime.combine(values.pop("at"), dt.time(9), get_current_timezone())
        return ConsultRecord(moment, **{"actor": me, **values})

    parsed = parse_grid(ListSpec("consult", _("咨询登记"), columns, build), read_grid(path))
    if parsed.errors:
        raise Refused(parsed.findings)
    return parsed.records


@case.command("archive", help=_("把一年办结的业务编成案卷：卷号、件号、保管期限"))
@click.option("--year", type=YEAR, required=True)
@as_option
def archive(year: int, who: str | None) -> None:
    from jingban.casework.kind import kinds
    from jingban.casework.services.archive import archive as file_year
    from jingban.casework.services.archive import unfiled
    from jingban.store.origins import Door

    with refusals():
        made = file_year(year, Door(actor(who, "enter"), "case.archived", str(year), at=_now()))
    table = _table(_("案卷"), _("业务"), _("件数"), _("保管期限"), _("可鉴定销毁年度"))
    for volume in made:
        permanent = volume.destroy_from is None
        term = _("永久") if permanent else _("%(years)s 年") % {"years": volume.retention}
        until = "—" if permanent else str(volume.destroy_from)
        table.add_row(
            f"{year}-{volume.number:04d}", kinds()[volume.kind].name, str(volume.count), term, until
        )
    console = screen()
    console.print(table)
    if waiting := unfiled(year):
        console.print(_("另有 %(count)s 件尚未办结，办结后再归档") % {"count": waiting})
