"""``jingban claims``: what each level owes for a year, as tables and as a workbook."""

from __future__ import annotations

from pathlib import Path

import click

from jingban.cli.shared import MonthType, county, refusals, require_register
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _


@click.command(
    "claims",
    help=_(
        "年度财政补助测算：基础养老金各层人次和各级负担、缴费补贴各档、政府代缴各类，与发放同一套规则；-o 写成工作簿。"
    ),
)
@click.argument("year", type=click.IntRange(2009, 2100))
@click.option("--through", type=MonthType(), help=_("算到哪个月（默认 12 月）"))
@click.option("--known-on", metavar="YYYY-MM-DD", help=_("按这一天已公布的政策计算（默认全部已知的）"))
@click.option("--region", metavar="510421", help=_("统筹区（默认取设置文件）"))
@click.option("--months", is_flag=True, help=_("屏幕上也列出各月"))
@click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False), help=_("写成这个工作簿"))
def claims(
    year: int, through: int | None, known_on: str | None, region: str | None, months: bool, out: Path | None
) -> None:
    with refusals():
        require_register()
        from jingban.cli.run import day_of
        from jingban.cli.run_tables import draw
        from jingban.payments.claims import claims as compute
        from jingban.payments.claims import tables
        from jingban.payments.claims_sheet import write_claims
        from jingban.values.months import year_of

        if through is not None and year_of(through) != year:
            raise refuse("CLI-103", _("--through 应是 {year} 年的月份").format(year=year))
        found = compute(county(region), year, through=through, known_on=day_of(known_on))
        draw(
            table.section()
            for place, table in enumerate(tables(found))
            if table.rows and (months or place != 2)
        )
        if out:
            write_claims(found, out)
            click.echo(str(out))
