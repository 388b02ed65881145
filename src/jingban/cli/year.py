"""``jingban year``: run a sample county through its whole year and hold the result against what was published."""

from __future__ import annotations

import dataclasses
import gc
import os
import shutil
import sys
import time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from jingban.checker.output import exact
from jingban.cli.sample import SAMPLES
from jingban.cli.screen import screen
from jingban.cli.shared import refusals
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _

if TYPE_CHECKING:
    from jingban.cli.county.result import Result
    from jingban.cli.county.service import Service

_MARK = "# 演示样例 "
PACKAGE = "公开材料"
_FOLDERS = ("名册", "银行", "认证名单", "到龄名单", "公示", "短信", PACKAGE)


@click.command(
    "year",
    help=_(
        "在一个新的 SQLite 库上跑完样例县的一整年，最后列出公布数与复现数、各项恒等式。中断后加 --resume 接着跑。"
    ),
)
@click.option("--sample", "name", type=click.Choice(SAMPLES), default=SAMPLES[0], show_default=True)
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default=Path("demo"), show_default=True
)
@click.option(
    "--json", "json_file", type=click.Path(path_type=Path, dir_okay=False), help=_("把结果写成 JSON")
)
@click.option("--seed", type=click.IntRange(0), default=2020, show_default=True)
@click.option("--resume", is_flag=True, help=_("接着上次中断的地方"))
@click.option("--database", metavar="URL", help=_("改用别的空库，如 postgresql://…"))
def year(name: str, out: Path, json_file: Path | None, seed: int, resume: bool, database: str | None) -> None:
    console = screen()
    with refusals():
        folder = out.resolve()
        _prepare(folder, name, database, resume)
        result = _run(console, folder, seed)
        _show(console, result)
        if json_file is not None:
            json_file.write_text(exact.text(result_json(result)), "utf-8")
            console.print(_("结果 JSON：{path}").format(path=json_file))
        _publish(console, folder)
    if not result.holds:
        sys.exit(1)


def _prepare(folder: Path, name: str, database: str | None, resume: bool) -> None:
    """A centre of its own in ``folder``; an earlier demonstration is thrown away, anything else is left alone (CLI-010)."""
    from jingban.cli.init import migrate, write_settings
    from jingban.conf import FILE_NAME

    folder.mkdir(parents=True, exist_ok=True)
    settings = folder / FILE_NAME
    mark = f"{_MARK}{name}\n"
    if settings.exists():
        if not settings.read_text("utf-8").startswith(mark):
            raise refuse("CLI-010", _("{folder} 里有别的中心，演示请换一个目录").format(folder=folder))
        if not resume:
            _clear(folder)
    os.environ["JINGBAN_HOME"] = str(folder)
    os.environ.pop("JINGBAN_DATABASE", None)
    if not settings.exists():
        write_settings(
            folder,
            region="510421",
            name=_("演示：米易县 2020（合成数据）"),
            database=database or "sqlite:///jingban.sqlite3",
            overlays=(f"demo/{name}",),
        )
        settings.write_text(mark + settings.read_text("utf-8"), "utf-8")
    migrate(practice=True)


def _clear(folder: Path) -> None:
    for child in (*folder.glob("jingban.sqlite3*"), folder / "jingban.toml"):
        child.unlink(missing_ok=True)
    for name in _FOLDERS:
        shutil.rmtree(folder / name, ignore_errors=True)


def _run(console: Console, folder: Path, seed: int) -> Result:
    from jingban.cli.county import build
    from jingban.cli.county.result import collect
    from jingban.cli.county.steps import Place, steps
    from jingban.cli.county.write import write

    began = time.process_time()
    # A hundred thousand persons live as long as the process; looking through them for garbage costs a fifth of the time.
    gc.disable()
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=not console.is_terminal) as progress:
        made = progress.add_task(_("生成样例县（合成数据）"), total=1)
        county = build.build(seed)
        place = Place(folder, county, int(build.REGION))
        written = list(write(county, place.sample))
        progress.advance(made)
        todo = steps(place, written)
        running = progress.add_task("", total=len(todo))
        for step in todo:
            progress.update(running, description=f"{step.when:%Y-%m-%d} {step.title}")
            if not step.done():
                step.act()
            progress.advance(running)
        progress.update(running, description=_("全年走完"))
        counting = progress.add_task(_("核对公布数与恒等式"), total=1)
        result = collect(place)
        progress.advance(counting)
    result.cpu_seconds = time.process_time() - began
    return result


def _publish(console: Console, folder: Path) -> None:
    """The year's self-evaluations and its published package, checked. What fails is told and hides nothing above it."""
    from jingban.budget.models import Unit
    from jingban.cli.county.books import UNIT
    from jingban.cli.county.performance import evaluate, package
    from jingban.cli.county.targets import YEAR
    from jingban.cli.perform_life import monitored_lines
    from jingban.cli.publish import tell
    from jingban.values.findings import Refused

    began = _cpu()
    console.print(_("绩效自评与公开材料……"))
    for line in monitored_lines(Unit.objects.get(code=UNIT), YEAR):
        console.print(line)
    try:
        evaluate("510421")
        published = package(folder / PACKAGE)
    except Refused as refused:
        console.print(_("公开材料没有生成，缺："), style="red")
        for finding in refused.findings:
            console.print(f"  {finding.code} {finding.subject or ''} {finding.message}")
        return
    tell(published)
    console.print(_("绩效自评与公开材料：CPU {seconds:.0f} 秒").format(seconds=_cpu() - began))


def _cpu() -> float:
    """Processor seconds of this process and of those it has waited for: documents are laid out in processes of their own."""
    return sum(os.times()[:4])


def _show(console: Console, result: Result) -> None:
    table = Table(title=_("演示：公布数与复现数（米易县 2020，合成数据）"), title_justify="left")
    for heading, justify in (
        (_("项目"), "left"),
        (_("单位"), "left"),
        (_("公布"), "right"),
        (_("复现"), "right"),
        (_("差"), "right"),
    ):
        table.add_column(heading, justify=justify)  # type: ignore[arg-type]
    for figure in result.figures:
        gap = figure.reproduced - figure.published
        style = "" if figure.good else "red"
        table.add_row(
            figure.label,
            figure.unit,
            _text(figure.published),
            _text(figure.reproduced),
            _text(gap),
            style=style,
        )
    console.print(table)
    proofs = Table(title=_("恒等式（金额为元）"), title_justify="left")
    for heading in (_("恒等式"), _("左"), _("右"), ""):
        proofs.add_column(heading, justify="right" if heading in (_("左"), _("右")) else "left")
    for proof in result.proofs:
        proofs.add_row(proof.label, _text(proof.left), _text(proof.right), "✓" if proof.holds else "✗",
                       style="" if proof.holds else "red")  # fmt: skip
    console.print(proofs)
    for work in (_handled(result.service), _looked(result.service)):
        console.print(work)
    console.print(
        _("年末在办 {backlog} 件，其中超期 {overdue} 件；审核最多的是{name}，{count} 件次").format(
            backlog=result.service.backlog,
            overdue=result.service.overdue,
            name=result.service.busiest[0],
            count=result.service.busiest[1],
        )
    )
    console.print(
        _("CPU {seconds:.0f} 秒，内存峰值 {memory} MiB").format(
            seconds=result.cpu_seconds, memory=result.peak_mib
        )
    )
    console.print(_("名册：{path}").format(path=result.folder / "名册"))
    console.print(_("银行报盘与回盘：{path}").format(path=result.folder / "银行"))
    console.print(_("认证表（按乡镇、村）与收回的反馈：{path}").format(path=result.folder / "认证名单"))
    for name, what in (("到龄名单", _("到龄名单")), ("公示", _("村级公示")), ("短信", _("宣传短信"))):
        console.print(f"{what}：{result.folder / name}")
    console.print(_("下一步："))
    console.print(_("  cd {folder}").format(folder=result.folder))
    console.print(
        _("  jingban explain {person} --month 2020-09     某人某月为什么是这个数").format(
            person=result.example
        )
    )
    console.print(_("  jingban export recipients --split township    按乡镇导出领取人员"))


def _table(title: str, first: str, *headings: str) -> Table:
    """A table of one column of words and others of numbers."""
    table = Table(title=title, title_justify="left")
    table.add_column(first)
    for heading in headings:
        table.add_column(heading, justify="right")
    return table


def _handled(service: Service) -> Table:
    table = _table(
        _("业务办理（工作日）"), _("业务"), _("受理"), _("办结"), _("退回"), _("在办"), _("平均"), _("最长"), _("按时办结率 %"),
    )  # fmt: skip
    for row in service.handled:
        on_time = "" if row.on_time is None else str(row.on_time)
        numbers = (row.received, row.done, row.returned, row.open, row.mean_days, row.longest)
        table.add_row(row.title, *(f"{number:,}" for number in numbers), on_time)
    return table


def _looked(service: Service) -> Table:
    from jingban.safeguards.kinds import title

    table = _table(_("疑点核查"), _("疑点"), _("发现"), _("属实"), _("不属实"), _("办结"), _("追回（元）"))
    for row in service.looked:
        counts = (row.found, row.true, row.false, row.closed)
        table.add_row(
            title(row.kind), *(f"{count:,}" for count in counts), _text(Decimal(row.recovered_fen).scaleb(-2))
        )
    return table


def _text(value: Decimal) -> str:
    return f"{value:,}"


def result_json(result: Result) -> dict[str, Any]:
    """``{"figures": [{id, label, unit, published, reproduced}], "proofs": [{id, holds, left, right}], "cases": [{kind, …}],
    "suspicions": [{kind, …}], "backlog": n, "overdue": n}``; days are working days, rates percent, money fen."""
    return {
        "cases": [dataclasses.asdict(one) for one in result.service.handled],
        "suspicions": [dataclasses.asdict(one) for one in result.service.looked],
        "backlog": result.service.backlog,
        "overdue": result.service.overdue,
        "figures": [
            {
                "id": figure.id,
                "label": figure.label,
                "unit": figure.unit,
                "published": figure.published,
                "reproduced": figure.reproduced,
            }
            for figure in result.figures
        ],
        "proofs": [
            {"id": proof.id, "holds": proof.holds, "left": proof.left, "right": proof.right}
            for proof in result.proofs
        ],
    }
