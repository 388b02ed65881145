"""``jingban export``: lists out as XLSX or CSV, on request one file for each township or village."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click

from jingban.cli.shared import READ, MonthType, actor, as_option, refusals, require_register
from jingban.values.i18n import gettext as _

KINDS = (
    "people", "recipients", "payroll", "lines", "failed", "held", "balances", "receivables", "credits", "drive", "messages",
)  # fmt: skip
PREVIEWED = ("payroll", "held")
"""Lists of runs that need not be released yet."""


@click.command(
    "export",
    help=_(
        "导出名册与清单：people 参保人员、recipients 领取待遇人员、payroll 发放花名册（已预览的也在内，一人一行）、lines 发放明细、"
        "failed 支付失败和退回及原因、held 应计未发（含遗属待领）、balances 个人账户余额、receivables 应收款；"
        "按年的：credits 年度记账（记了谁、没记谁及原因）、drive 扩面名单与核实结果、messages 短信发送记录。\n\n"
        "含完整证件号码与账号，请按规定保管；公式一律作文字写出。"
    ),
)
@click.argument("kind", type=click.Choice(KINDS))
@click.option("-o", "--out", type=click.Path(path_type=Path), help=_("文件名；分乡镇、分村时为目录"))
@click.option("--format", "suffix", type=click.Choice(("xlsx", "csv")), default="xlsx", show_default=True)
@click.option("--split", type=click.Choice(("township", "village")), help=_("按乡镇或村分文件"))
@click.option("--month", type=MonthType(), help=_("哪个月，默认最近发放（花名册、应计未发：最近预览）的月份"))
@click.option("--year", type=click.IntRange(2009, 2100), help=_("按年的清单：哪一年，默认今年"))
@click.option("--force", is_flag=True, help=_("覆盖已有文件"))
@as_option
def export(
    kind: str,
    out: Path | None,
    suffix: Any,
    split: Any,
    month: int | None,
    year: int | None,
    force: bool,
    who: str | None,
) -> None:
    with refusals():
        require_register()
        from jingban.safeguards.exports import get
        from jingban.store.exports import hand_out
        from jingban.store.origins import Door

        me = actor(who, READ, whole=True)
        chosen = get(kind)
        if chosen.by == "year":
            asked = year or dt.datetime.now().astimezone().year
        else:
            asked = _latest_month(kind in PREVIEWED) if month is None else month
        place = out or Path(chosen.named(asked) + ("" if split else f".{suffix}"))
        door = Door(me, "export")
        written = hand_out(chosen, asked, place, door, suffix=suffix, split=split, force=force)
    for path, count in written:
        click.echo(f"{path}  {count}")
    total = sum(count for _path, count in written)
    click.secho(_("共 {files} 个文件，{rows} 行").format(files=len(written), rows=total), fg="green")


def _latest_month(previewed: bool) -> int:
    from jingban.payments.models import Run

    runs = Run.objects.exclude(state="cancelled") if previewed else Run.objects.filter(release__isnull=False)
    newest = runs.order_by("-payroll_month").values_list("payroll_month", flat=True)
    today = dt.datetime.now().astimezone().date()
    return newest.first() or today.year * 12 + today.month - 1
