"""``jingban replay``: compute a past batch or list again as it was known then, and say whether it is identical."""

from __future__ import annotations

import sys

import click

from jingban.cli.shared import county, refusals, require_register
from jingban.values.i18n import gettext as _


@click.command(
    "replay",
    help=_(
        "按当时已知的事实、当时保存的政策和当时的规则，把一批发放、一批年度记账、一个月的公示名单或一年的绩效监控与自评重算一遍，逐行比较。"
        "以后改过的规则列出名称，并按人列出与现在规则的差别。\n\n"
        "BATCH 是批次号，如 510421202001M01、5104212020S01；公示写 publication:2020-09，绩效写 evaluation:2020。退出码：0 逐行相同，1 有不同。"
    ),
)
@click.argument("batch")
@click.option("--region", metavar="510421", help=_("统筹区（默认取设置文件）"))
def replay(batch: str, region: str | None) -> None:
    with refusals():
        require_register()
        from jingban.cli.run_tables import draw
        from jingban.performance.replay import replay as again
        from jingban.performance.replay import sections

        found = again(batch, county(region))
        draw(sections(found))
    if not found.identical:
        sys.exit(1)
