"""``jingban perform framework``: a printed indicator framework scored from the ledgers and a list, both readings side by side."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from jingban.cli.screen import screen
from jingban.cli.shared import YEAR, county, refusals, show
from jingban.values.i18n import gettext as _


@click.command(
    "framework",
    help=_(
        "按公开的指标框架评分：推荐读法和字面读法并列，并列出印出规则的矛盾。\n\n"
        "NAME 为 fw-department（部门整体）或 fw-project（项目）。台账里有的数自动取；其余由 --given 名册给出"
        "（列：类别、代码、数值、依据；类别为数值、要点、档次、不适用、自评分、印出比率、印出总分）。"
    ),
)
@click.argument("name")
@click.option("--year", type=YEAR, help=_("年度；从台账取数时必填"))
@click.option("--unit", "unit_code", metavar="CODE", help=_("单位代码；只有一个单位时可不写"))
@click.option("--project", default="", metavar="CODE", help=_("项目代码；不写为部门整体"))
@click.option(
    "--given", type=click.Path(exists=True, dir_okay=False, path_type=Path), help=_("数据名册（XLSX、CSV）")
)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help=_("同时写出各种格式的对照表"))
def framework(
    name: str, year: int | None, unit_code: str | None, project: str, given: Path | None, out: Path | None
) -> None:
    from jingban.performance.framework_sheet import framework as chosen_framework
    from jingban.performance.framework_sheet import read
    from jingban.performance.frameworks import Given, score_framework

    with refusals():
        chosen = chosen_framework(name)
        if year is None and (out is not None or given is None):
            raise click.UsageError(_("请用 --year 指明年度，或用 --given 给出数据"))
        unit, measured = _measured(unit_code, year, project) if year is not None else (None, {})
        scored = score_framework(chosen, read(given, chosen, measured) if given else Given(measured))
    _print(scored)
    show(scored.findings, limit=200)
    if out is not None and unit is not None and year is not None:
        _publish(out, unit, year, scored, project)


def _measured(unit_code: str | None, year: int, project: str) -> tuple[Any, dict[str, Any]]:
    from jingban.cli.budget import only_unit
    from jingban.performance.frameworks import measured_values
    from jingban.performance.measures import Basis

    unit = only_unit(unit_code)
    return unit, measured_values(Basis(unit, year, dt.date(year, 12, 31), f"{county():06d}", project))


def _print(scored: Any) -> None:
    from jingban.performance.framework_names import NAMES

    table = Table(_("代码"), _("指标"), _("分值"), _("比率"), _("推荐"), _("字面"), _("自评"), _("算式"))
    for row in scored.rows:
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}%"
        said = (
            _("待核：缺%(names)s") % {"names": _("、").join(_(NAMES.get(name, name)) for name in row.missing)}
            if row.open
            else row.formula
        )
        cells = (
            "" if value is None else f"{value:.2f}" for value in (row.score, row.literal, row.self_score)
        )
        table.add_row(row.indicator.code, row.indicator.name, f"{row.weight:.2f}", ratio, *cells, said)
    screen().print(table)
    click.echo(
        _("推荐读法%(total)s分，字面读法%(literal)s分，待核%(open).2f分；自评合计%(own)s分，最多可得%(most)s分")
        % {
            "total": scored.total, "literal": scored.literal_total, "open": scored.open_weight, "own": scored.self_total,
            "most": scored.attainable,
        }
    )  # fmt: skip


def _publish(out: Path, unit: Any, year: int, scored: Any, project: str) -> None:
    from jingban.budget.models import Project
    from jingban.disclosure.framework import report
    from jingban.disclosure.package import Package

    named = Project.objects.filter(unit=unit, code=project).first()
    package = Package(out)
    package.add(report(unit, year, scored, named.name if named else ""))
    package.write()
    for path in package.out.paths:
        click.echo(str(path))
