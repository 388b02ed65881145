"""``jingban sample``: the synthetic county as list files."""

from __future__ import annotations

from pathlib import Path

import click

from jingban.cli.shared import open_register, refusals
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _

SAMPLES = ("miyi-2020",)


@click.command("sample", help=_("生成样例县的全部名册（合成数据，演示用）：期初与 2020 年逐月。"))
@click.argument("name", type=click.Choice(SAMPLES))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help=_("写到哪个目录，默认用样例名"))
@click.option(
    "--seed", type=click.IntRange(0), default=2020, show_default=True, help=_("种子：同一种子，同一个县")
)
def sample(name: str, out: Path | None, seed: int) -> None:
    open_register()
    from jingban.cli.county import build
    from jingban.cli.county.write import write

    folder = out or Path(name)
    with refusals():
        if folder.exists() and any(folder.iterdir()):
            raise refuse("CLI-006", _("目录 {name} 不是空的，没有改动它").format(name=folder.name))
        county = build.build(seed)
        written = list(write(county, folder))
    rows = sum(len(listing.rows) for listing in written)
    click.echo(
        _("演示：{files} 份名册，{rows} 行，写在 {folder}").format(
            files=len(written), rows=rows, folder=folder
        )
    )
    click.echo(
        _("计划：全年 {months} 人次，{yuan} 元").format(
            months=f"{build.expected_person_months(county):,}",
            yuan=f"{build.expected_fen(county) / 100:,.2f}",
        )
    )
