"""`jingban explain PERSON --month 2020-09`: why this person gets this amount, component by component."""

from __future__ import annotations

import json

import click

from jingban.cli.shared import MonthType, refusals, require_register
from jingban.values.i18n import gettext as _


@click.command(help=_("说明某人某月为什么是这个数：每个组成部分、算式、依据文件，已结多少，没付的原因。"))
@click.argument("person")
@click.option("--month", type=MonthType(), required=True, help=_("待遇所属年月，如 2020-09"))
@click.option("--payroll", type=MonthType(), help=_("按哪个发放月判断能否支付（默认最近一次发放的月份）"))
@click.option("--json", "as_json", is_flag=True, help=_("输出 JSON"))
def explain(person: str, month: int, payroll: int | None, as_json: bool) -> None:
    """PERSON: an ID number or the internal number."""
    with refusals():
        require_register()
        from jingban.payments.services.explain import explain as answer

        found = answer(person, month, payroll)
        if as_json:
            click.echo(json.dumps(found.data(), ensure_ascii=False, indent=1))
        else:
            for line in found.lines():
                click.echo(line)
