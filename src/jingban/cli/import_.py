"""`jingban import`: read a list, report every bad row, and hand the good ones to the service that takes them."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from jingban.values.findings import Finding, Refused
from jingban.values.i18n import gettext as _
from jingban.values.months import parse_month


@click.command(
    "import", help=_("导入名册（xlsx、csv）。默认有一行错误就整份不入；--keep-good 只入没有错误的行。")
)
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--list", "name", default="people", show_default=True, help=_("名册名称（见 jingban template）")
)
@click.option("--sheet", help=_("工作表名"))
@click.option("--cutover", help=_("期初：从哪个月起由本系统计算，如 2026-11"))
@click.option("--dry-run", is_flag=True, help=_("只检查，不写入"))
@click.option("--keep-good", is_flag=True, help=_("留下没有错误的行"))
@click.option("--as", "actor", help=_("经办人，默认当前用户"))
@click.option(
    "--report", type=click.Path(path_type=Path, dir_okay=False), help=_("错误报告文件，默认 名册-错误.xlsx")
)
def import_(
    path: Path, name: str, sheet: str | None, cutover: str | None, dry_run: bool, keep_good: bool, actor: str | None,
    report: Path | None,
) -> None:  # fmt: skip
    from jingban.cli.database import open_database

    open_database()
    console = Console()
    try:
        failed = _import(
            console, path, name, sheet, cutover, dry_run, keep_good, actor or getpass.getuser(), report
        )
    except Refused as refused:
        from jingban.cli.lists import show_refusal

        show_refusal(console, refused)
        failed = True
    raise SystemExit(1 if failed else 0)


def _import(
    console: Console, path: Path, name: str, sheet: str | None, cutover: str | None, dry_run: bool, keep_good: bool,
    actor: str, report: Path | None,
) -> bool:  # fmt: skip
    from jingban.cli.lists import centre_defaults, entry, show_findings
    from jingban.registry.lists import parse_grid, read_grid, write_error_report
    from jingban.registry.origins import Door

    listed = entry(name)
    spec = listed.describe(centre_defaults(_cutover(cutover)))
    parsed = parse_grid(spec, read_grid(path, sheet))
    accepted = 0
    if parsed.records and (keep_good or not parsed.errors):
        door = Door(actor=actor, kind="import", source=path.name, note=spec.title)
        try:
            outcome = listed.take(parsed.records, door, "keep_good" if keep_good else "refuse_all", dry_run)
            accepted, found = outcome.accepted, outcome.findings
        except Refused as refused:
            found = refused.findings
        parsed.findings.extend(found)
    elif parsed.records:
        parsed.findings.extend(_service_findings(listed, parsed.records, actor))
    _deduplicate(parsed.findings)
    show_findings(console, parsed.findings, _("发现的问题"))
    if parsed.findings:
        target = report or path.with_name(f"{path.stem}-错误.xlsx")
        write_error_report(parsed, target)
        console.print(_("错误报告：%(path)s") % {"path": target})
    verb = _("检查通过（未写入）") if dry_run else _("已写入")
    console.print(
        _("共 %(rows)s 行，%(verb)s %(accepted)s 行")
        % {"rows": len(parsed.rows), "verb": verb, "accepted": accepted}
    )
    return bool(parsed.errors)


def _service_findings(listed: Any, records: list[Any], actor: str) -> list[Finding]:
    """What the register says of the readable rows of a list that is refused anyway: one report with everything."""
    from jingban.registry.origins import Door

    try:
        found: list[Finding] = listed.take(
            records, Door(actor=actor, kind="import"), "keep_good", True
        ).findings
    except Refused as refused:
        found = refused.findings
    return found


def _deduplicate(findings: list[Finding]) -> None:
    findings[:] = sorted(dict.fromkeys(findings), key=lambda finding: (finding.row or 0, finding.code))


def _cutover(text: str | None) -> int:
    if text is None:
        return 0
    try:
        return parse_month(text)
    except ValueError:
        raise click.BadParameter(_("不是月份（如 2026-11）"), param_hint="--cutover") from None
