"""``jingban run``: a payment run, step by step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jingban.cli.shared import MonthType, actor, as_option, county, refusals, require_register, show
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _
from jingban.values.months import format_month

if TYPE_CHECKING:
    from jingban.payments.models import Run
    from jingban.store.origins import Door

STEPS = (
    "next",
    "preview",
    "again",
    "review",
    "release",
    "file",
    "returns",
    "unknown",
    "settle",
    "cancel",
    "status",
)
NEXT = {
    "draft": "review",
    "reviewed": "release",
    "released": "file",
    "filed": "returns",
    "unknown": "returns",
    "returned": "settle",
}


@click.command(
    "run",
    help=_(
        "待遇发放。不写步骤时：没有批次就预览，有批次就显示现状和下一步。\n\n"
        "步骤：preview 预览 → review 复核（另一人）→ release 发放 → file 出盘 → returns 文件 回盘 → settle 结算；"
        "again 撤销并重新预览（预览之后登记了新情况时）；unknown 结果不明；cancel 发放前撤销；status 现状。每一步是一个事务，中断后重做同一步即可。"
    ),
)
@click.argument("month", type=MonthType())
@click.argument("step", type=click.Choice(STEPS), default="next")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--kind", type=click.Choice(["monthly", "estate"]), default="monthly", help=_("月度发放或遗属待遇")
)
@click.option("--region", metavar="510421", help=_("统筹区（默认取设置文件）"))
@click.option("--known-on", metavar="YYYY-MM-DD", help=_("按这一天已公布的政策计算（默认今天）"))
@click.option("--everything", is_flag=True, help=_("从建账月起全部重算（结果相同，较慢）"))
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("bank"),
    help=_("报盘文件放在哪里"),
)
@click.option(
    "--encoding", type=click.Choice(["gb18030", "utf-8"]), default="gb18030", help=_("银行文件编码")
)
@click.option("--note", default="", help=_("说明"))
@as_option
def run(
    month: int,
    step: str,
    file: Path | None,
    kind: str,
    region: str | None,
    known_on: str | None,
    everything: bool,
    out: Path,
    encoding: str,
    note: str,
    who: str | None,
) -> None:
    with refusals():
        require_register()
        place = county(region)
        found = _live(place, month, kind)
        if step == "next":
            step = "preview" if found is None else "status"
        if step == "preview":
            from jingban.payments.services.preview import preview

            made = preview(
                place, month, door_of(who, step), kind=kind, known_on=day_of(known_on), everything=everything
            )
            _show(made)
            return
        if found is None:
            raise refuse("PAY-106", _("{month} 还没有批次，先预览").format(month=format_month(month)))
        if step != "status":
            found = _take(step, found, door_of(who, step), file, out, encoding, note, day_of(known_on))
        _show(found)


def _take(
    step: str,
    found: Run,
    door: Door,
    file: Path | None,
    out: Path,
    encoding: str,
    note: str,
    known_on: dt.date | None,
) -> Run:
    """One step of the run."""
    from jingban.payments.services.again import preview_again
    from jingban.payments.services.bank_file import write_bank_file
    from jingban.payments.services.cancel import cancel
    from jingban.payments.services.review import review
    from jingban.payments.services.settle import settle
    from jingban.payments.services.unknown import mark_unknown

    simple: dict[str, Callable[[], Run]] = {
        "again": lambda: preview_again(found.pk, door, known_on=known_on),
        "review": lambda: review(found.pk, door),
        "release": lambda: _release(found.pk, door),
        "settle": lambda: settle(found.pk, door),
        "cancel": lambda: cancel(found.pk, door, note),
        "unknown": lambda: mark_unknown(found.pk, door, note),
    }
    if step in simple:
        return simple[step]()
    if step == "file":
        moved, path = write_bank_file(found.pk, out, door, encoding=encoding)
        click.echo(_("报盘文件：{path}").format(path=path))
        return moved
    return _returns(found, door, file, encoding)


def _release(run: int, door: Door) -> Run:
    """Nobody whose death is confirmed is paid: the safeguards forbid the release, or let it pass with warnings."""
    from jingban.safeguards.gate import release

    released = release(run, door)
    show(released.warnings)
    return released.run


def _returns(found: Run, door: Door, file: Path | None, encoding: str) -> Run:
    from jingban.payments.services.returns import import_returns
    from jingban.values.money import format_yuan

    if file is None:
        raise refuse("PAY-107", _("请写明回盘文件：jingban run 月份 returns 文件"))
    try:
        content = file.read_bytes()
    except OSError as error:
        raise refuse("PAY-401", _("读不了回盘文件：{reason}").format(reason=error.strerror)) from None
    returned = import_returns(found.pk, content, door, name=file.name, encoding=encoding)
    show(returned.findings)
    click.echo(
        _("回盘：成功 {paid} 笔 {paid_yuan} 元，失败 {failed} 笔 {failed_yuan} 元，未回 {missing} 笔").format(
            paid=returned.paid,
            paid_yuan=format_yuan(returned.paid_fen),
            failed=returned.failed,
            failed_yuan=format_yuan(returned.failed_fen),
            missing=returned.missing,
        )
    )
    return returned.run


def _live(region: int, month: int, kind: str) -> Run | None:
    from jingban.payments.models import Run

    found = Run.objects.filter(region_id=region, payroll_month=month, kind=kind).exclude(state="cancelled")
    return found.select_related("before").first()


def door_of(who: str | None, step: str) -> Door:
    """Who acts: reviewing, releasing and posting need the duty of review, everything else that of entering."""
    from jingban.store.origins import Door

    return Door(
        actor(who, "review" if step in ("review", "release", "post") else "enter", whole=True), "run", step
    )


def day_of(text: str | None) -> dt.date | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise refuse("CLI-005", _("日期应为 YYYY-MM-DD")) from None


def _show(found: Run) -> None:
    """The run as tables."""
    from jingban.cli.run_tables import draw
    from jingban.payments.sections import sections

    draw(sections(found))
    _advise(found)


def _advise(found: Run) -> None:
    if following := NEXT.get(found.state):
        more = {"review": _("（由另一人）"), "returns": _(" <文件>")}.get(following, "")
        kind = "" if found.kind == "monthly" else f" --kind {found.kind}"
        click.echo(_("下一步：") + f"jingban run {format_month(found.payroll_month)} {following}{kind}{more}")
