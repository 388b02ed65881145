"""``jingban export``: lists out as XLSX or CSV, on request one file for each township or village."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jingban.cli.shared import READ, MonthType, actor, as_option, refusals, require_register
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _

if TYPE_CHECKING:
    from jingban.cli.exports import Export, Row

KINDS = ("people", "recipients", "lines", "balances", "receivables")


@click.command(
    "export",
    help=_(
        "导出名册与清单：people 参保人员、recipients 领取待遇人员、lines 发放明细、balances 个人账户余额、receivables 应收款。\n\n"
        "含完整证件号码与账号，请按规定保管；公式一律作文字写出。"
    ),
)
@click.argument("kind", type=click.Choice(KINDS))
@click.option("-o", "--out", type=click.Path(path_type=Path), help=_("文件名；分乡镇、分村时为目录"))
@click.option("--format", "suffix", type=click.Choice(("xlsx", "csv")), default="xlsx", show_default=True)
@click.option("--split", type=click.Choice(("township", "village")), help=_("按乡镇或村分文件"))
@click.option("--month", type=MonthType(), help=_("哪个月，默认最近发放的月份"))
@click.option("--force", is_flag=True, help=_("覆盖已有文件"))
@as_option
def export(
    kind: str,
    out: Path | None,
    suffix: str,
    split: str | None,
    month: int | None,
    force: bool,
    who: str | None,
) -> None:
    with refusals():
        require_register()
        from jingban.cli.exports import get
        from jingban.values.months import format_month

        me = actor(who, READ)
        chosen = get(kind)
        wanted = _latest_month() if month is None else month
        name = f"{chosen.title}-{format_month(wanted)}"
        rows = chosen.rows(wanted)
        if split is None:
            path = out or Path(f"{name}.{suffix}")
            written = [(path, _write(path, chosen, rows, force))]
        else:
            written = list(_split(out or Path(name), chosen, rows, split, suffix, force))
        _keep_in_chain(me, kind, written)
    for path, count in written:
        click.echo(f"{path}  {count}")
    total = sum(count for _path, count in written)
    click.secho(_("共 {files} 个文件，{rows} 行").format(files=len(written), rows=total), fg="green")


def _keep_in_chain(who: str, kind: str, written: list[tuple[Path, int]]) -> None:
    """Full numbers leave the house: who took what, on the audit chain."""
    from django.utils import timezone

    from jingban.casework.services.look import record_look

    detail = {"文件": len(written), "行": sum(count for _path, count in written)}
    record_look(who, f"export.{kind}", written[0][0].name if written else "", timezone.now(), detail)


def _latest_month() -> int:
    from jingban.payments.models import Run

    newest = (
        Run.objects.filter(release__isnull=False)
        .order_by("-payroll_month")
        .values_list("payroll_month", flat=True)
    )
    today = dt.datetime.now().astimezone().date()
    return newest.first() or today.year * 12 + today.month - 1


def _write(path: Path, chosen: Export, rows: Iterable[Row], force: bool) -> int:
    """Wholly there or not there: written beside the target and moved into place. CLI-005 when it exists."""
    from jingban.registry.lists import write_list

    if path.exists() and not force:
        raise refuse("CLI-005", _("已有文件 {name}；要覆盖请加 --force").format(name=path.name))
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".jingban-", suffix=path.suffix)
    os.close(handle)
    try:
        count = write_list(Path(beside), chosen.header, (row.cells for row in rows), title=chosen.title)
        os.replace(beside, path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    return count


def _split(
    folder: Path, chosen: Export, rows: Iterable[Row], split: str, suffix: str, force: bool
) -> Iterator[tuple[Path, int]]:
    """One file for each township, or a folder for each township with one file for each village. Rows come in that order."""
    unknown = _("未登记")

    def place(row: Row) -> Path:
        township = _safe(row.township or unknown)
        if split == "township":
            return folder / f"{township}.{suffix}"
        return folder / township / f"{_safe(row.village or unknown)}.{suffix}"

    for path, group in groupby(rows, place):
        yield path, _write(path, chosen, group, force)


def _safe(name: str) -> str:
    """A name as a file name."""
    return "".join("_" if mark in '/\\:*?"<>|\0' else mark for mark in name).strip(". ") or "_"
