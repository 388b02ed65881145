"""``jingban certify``: certification campaigns, people about to reach 60, the enrolment drive, publications, messages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jingban.cli.compare import DAY, _day, take_file
from jingban.cli.shared import READ, MonthType, actor, as_option, county, refusals, require_register, show
from jingban.values.i18n import gettext as _
from jingban.values.months import format_month

if TYPE_CHECKING:
    from jingban.safeguards.before60 import Proposal


@click.group(
    "certify",
    help=_(
        "待遇领取资格认证：freeze 定名单 → traces 先用生存轨迹认证 → export 分村下发 → import 收回反馈 → status 进度"
        " → suspend 到期暂停。另有 before60 到龄提醒、drive 扩面、publish 公示、object 异议、remind 短信。"
    ),
)
def certify() -> None:
    with refusals(2):
        require_register()


def _door(who: str | None, source: str = "") -> Any:
    from jingban.store.origins import Door

    return Door(actor(who, "enter", whole=True), "certify", source)


def _campaign_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--campaign", default="", metavar=_("批次"), help=_("认证批次（默认最近一批）"))(
        command
    )


def _campaign(code: str) -> Any:
    from jingban.safeguards.certification.campaign import campaign_of

    return campaign_of(code)


@certify.command("freeze", help=_("按某一天的登记簿定认证名单"))
@click.argument("code")
@click.option("--on", "frozen_on", type=DAY, required=True, help=_("名单截止日"))
@click.option("--due", type=DAY, required=True, help=_("办结期限"))
@click.option("--everybody", is_flag=True, help=_("所有领取人员（默认只列期限前认证到期的）"))
@as_option
def freeze(code: str, frozen_on: dt.datetime, due: dt.datetime, everybody: bool, who: str | None) -> None:
    from jingban.safeguards.certification.campaign import freeze as step

    with refusals():
        made = step(code, frozen_on.date(), due.date(), county(), _door(who, code), everybody=everybody)
    click.echo(_("批次 %(code)s：%(count)s 人") % {"code": code, "count": made.count})


@certify.command("traces", help=_("免打扰认证：用已导入的生存轨迹名单"))
@_campaign_option
@click.option("--since", type=DAY, required=True, help=_("这一天起的轨迹有效"))
@as_option
def traces(campaign: str, since: dt.datetime, who: str | None) -> None:
    from jingban.safeguards.certification.traces import certify_from_traces

    with refusals():
        done = certify_from_traces(_campaign(campaign), since.date(), _door(who, "traces"))
    show(done.findings)
    click.echo(_("数据比对认证通过 %(count)s 人") % {"count": done.accepted})


@certify.command("export", help=_("分乡镇、村、组写出认证表"))
@_campaign_option
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default=Path("certify"), show_default=True
)
@click.option(
    "--level", type=click.Choice(["township", "village", "group"]), default="village", show_default=True
)
@as_option
def export(campaign: str, out: Path, level: str, who: str | None) -> None:
    from jingban.safeguards.certification.sheets import export as step

    with refusals():
        paths = list(step(_campaign(campaign), out, _door(who), level=level))
    click.echo(_("已写出 %(count)s 份到 %(path)s") % {"count": len(paths), "path": out})


@certify.command("import", help=_("收回村（社区）反馈表，或人脸识别结果文件（--faces）"))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--faces", is_flag=True, help=_("这是人脸识别结果文件"))
@click.option("--sheet", metavar="NAME", help=_("只读这一张工作表（默认全部）"))
@click.option("--keep-good", is_flag=True, help=_("收下没有错误的行"))
@click.option("--dry-run", is_flag=True, help=_("只检查，什么都不写"))
@as_option
def import_(
    file: Path, faces: bool, sheet: str | None, keep_good: bool, dry_run: bool, who: str | None
) -> None:
    take_file(
        "face_results" if faces else "certification_returns", file, None, sheet, keep_good, dry_run, who
    )


@certify.command("status", help=_("进度：名单 = 通过 + 未通过（死亡、失联、其他）"))
@_campaign_option
@click.option("--tasks", type=click.Path(path_type=Path, dir_okay=False), help=_("把后续任务写到这个文件"))
@as_option
def status(campaign: str, tasks: Path | None, who: str | None) -> None:
    from jingban.safeguards.certification.sheets import export_tasks
    from jingban.safeguards.certification.status import partition

    with refusals():
        one = _campaign(campaign)
        found = partition(one)
        written = export_tasks(one, tasks, _door(who, one.code)) if tasks else 0
    whole, part = divmod((found.rate_ppm() + 50) // 100, 100)
    click.echo(
        _("%(code)s：名单 %(listed)s = 通过 %(passed)s + 未通过 %(failed)s（死亡 %(dead)s、失联 %(lost)s、其他 %(other)s，"
          "其中未反馈 %(pending)s），认证率 %(rate)s%%")
        % {
            "code": one.code, "listed": found.listed, "passed": found.passed, "failed": found.failed, "dead": found.dead,
            "lost": found.unreachable, "other": found.other, "pending": found.pending, "rate": f"{whole}.{part:02d}",
        }
    )  # fmt: skip
    if tasks:
        click.echo(_("后续任务 %(count)s 项：%(path)s") % {"count": written, "path": tasks})


@certify.command("suspend", help=_("到期未认证的：受理暂停发放，待另一人审批"))
@click.argument("month", type=MonthType())
@_campaign_option
@as_option
def suspend(month: int, campaign: str, who: str | None) -> None:
    from jingban.safeguards.certification.suspend import suspend as step

    with refusals():
        brought = step(_campaign(campaign), month, _door(who))
    show(brought.findings)
    where = brought.batch or next(iter(brought.numbers.values()))
    click.echo(_("已受理暂停发放 %(count)s 件：%(where)s") % {"count": len(brought.numbers), "where": where})


@certify.command("before60", help=_("将满 60 周岁人员：核定建议和还缺什么"))
@click.argument("month", type=MonthType())
@click.option("--lead", type=click.IntRange(0, 24), help=_("提前几个月（默认按政策参数）"))
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help=_("写成表格"))
@click.option("--bring", is_flag=True, help=_("什么都不缺、已到龄的，受理待遇核定（未到龄的等下月再来）"))
@click.option("--shown", multiple=True, metavar=_("材料"), help=_("已收齐的材料，如 id_card,bank_card"))
@click.option("--committed", multiple=True, metavar=_("材料"), help=_("以告知承诺代替的材料"))
@as_option
def before60(
    month: int, lead: int | None, output: Path | None, bring: bool, shown: tuple[str, ...], committed: tuple[str, ...], who: str | None
) -> None:  # fmt: skip
    from jingban.safeguards.before60 import before60 as find
    from jingban.safeguards.before60 import export as write
    from jingban.values.money import format_yuan

    with refusals():
        actor(who, READ, whole=True)
        found = find(county(), month, lead)
        if output:
            write(found, output, _door(who))
    for one in found:
        what = (
            _("可核定，%(start)s 起，账户养老金 %(yuan)s 元")
            % {"start": format_month(one.start_month), "yuan": format_yuan(one.annuity_fen)}
            if one.ready
            else ""
        )
        click.echo(
            f"#{one.person_id} {format_month(one.birthday_month)} {what} {'；'.join(one.missing)}".rstrip()
        )
    ready = sum(one.ready and not one.missing for one in found)
    click.echo(_("共 %(count)s 人，其中 %(ready)s 人可直接核定") % {"count": len(found), "ready": ready})
    if bring:
        with refusals():
            _bring_awards(found, shown, committed, who)


def _bring_awards(
    found: list[Proposal], shown: tuple[str, ...], committed: tuple[str, ...], who: str | None
) -> None:
    from django.utils import timezone

    from jingban.casework.services.bring import Intake, bring
    from jingban.cli.case import given_papers
    from jingban.safeguards.before60 import proposed_cases

    intake = Intake(actor(who, "enter"), timezone.now(), f"{county():06d}", "agency", source=_("到龄名单"))
    brought = bring(
        "award", proposed_cases(found), intake, evidence=given_papers(shown, committed), mode="keep_good"
    )
    show(brought.findings)
    where = brought.batch or next(iter(brought.numbers.values()))
    click.echo(
        _("已受理 %(count)s 件：%(where)s，等待另一人审核") % {"count": len(brought.numbers), "where": where}
    )


@certify.command(
    "drive", help=_("年度扩面名单；已生成时显示进度（结果用 jingban import --kind drive_results）")
)
@click.argument("year", type=click.IntRange(2009, 2100))
@as_option
def drive(year: int, who: str | None) -> None:
    from jingban.safeguards.drive import freeze_drive, progress
    from jingban.safeguards.models import DrivePerson, DriveResult

    if not DrivePerson.objects.filter(year=year).exists():
        with refusals():
            freeze_drive(county(), year, _door(who))
    titles = {**dict(DriveResult.Result.choices), "open": _("未核实")}
    for why, counts in progress(year).items():
        parts = "，".join(f"{titles[result]} {count}" for result, count in counts.most_common())
        click.echo(f"{DrivePerson.Why(why).label} {sum(counts.values())}：{parts}")


@certify.command("publish", help=_("按村公示领取人员（脱敏）"))
@click.argument("month", type=MonthType())
@click.option("--from", "from_on", type=DAY, help=_("公示起日"))
@click.option("--until", "until_on", type=DAY, help=_("公示止日"))
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default=Path("publication"), show_default=True
)
@click.option("--pdf", is_flag=True, help=_("写成可张贴的 PDF"))
@click.option("--again", is_flag=True, help=_("重印已公示的名单"))
@as_option
def publish(
    month: int,
    from_on: dt.datetime | None,
    until_on: dt.datetime | None,
    out: Path,
    pdf: bool,
    again: bool,
    who: str | None,
) -> None:
    from jingban.safeguards.publication import publish as step
    from jingban.safeguards.publication import published, write_sheets

    with refusals():
        if again:
            made = published(month)
        elif from_on and until_on:
            made = step(county(), month, from_on.date(), until_on.date(), _door(who))
        else:
            raise click.UsageError(_("请写明公示起止日：--from 与 --until"))
        paths = list(write_sheets(made, out, pdf=pdf))
    click.echo(_("已公示 %(count)s 个村，写出到 %(path)s") % {"count": len(paths), "path": out})


@certify.command("object", help=_("登记公示异议，转为疑点"))
@click.argument("row", type=int)
@click.argument("content")
@click.option("--on", "received_on", type=DAY, help=_("收到日期，默认今天"))
@as_option
def object_(row: int, content: str, received_on: dt.datetime | None, who: str | None) -> None:
    from django.utils.timezone import localdate

    from jingban.safeguards.publication import object_to

    with refusals():
        made = object_to(row, content, _day(received_on) or localdate(), _door(who))
    click.echo(_("已登记，疑点 %(number)s 待分派") % {"number": made.suspicion_id})


@certify.command("remind", help=_("给未反馈且同意接收的人发短信（写成短信平台文件）"))
@_campaign_option
@click.option("--text", default="", help=_("短信文本"))
@click.option("--version", default="", help=_("文本版本"))
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), default=Path("messages.csv"), show_default=True
)
@click.option("--again", type=int, help=_("文件没写成或丢了：按第几批的记录重写一份，不另记一批"))
@as_option
def remind(campaign: str, text: str, version: str, out: Path, again: int | None, who: str | None) -> None:
    from jingban.safeguards.certification.status import PENDING, standings
    from jingban.safeguards.messages import gateway, resend, send_round

    if again is None and not version:
        raise click.UsageError(_("给出 --text 和 --version，或者 --again"))
    with refusals():
        if again is not None:
            made = resend(again, gateway("file", out), _door(who))
        else:
            waiting = [one.person_id for one in standings(_campaign(campaign)) if one.result == PENDING]
            made = send_round(waiting, "certify", version, text, gateway("file", out), _door(who))
    click.echo(
        _("第 %(number)s 批：成功 %(sent)s，失败 %(failed)s，未同意或无号码 %(skipped)s")
        % {"number": made.pk, "sent": made.sent, "failed": made.failed, "skipped": made.skipped}
    )
