"""`jingban explain PERSON --month 2020-09`: why this person gets this amount, component by component."""

from __future__ import annotations

import json

import click

from jingban.cli.shared import READ, MonthType, actor, as_option, refusals, require_register
from jingban.values.i18n import gettext as _


@click.command(help=_("说明某人某月为什么是这个数：每个组成部分、算式、依据文件，已结多少，没付的原因。"))
@click.argument("person")
@click.option("--month", type=MonthType(), required=True, help=_("待遇所属年月，如 2020-09"))
@click.option("--payroll", type=MonthType(), help=_("按哪个发放月判断能否支付（默认最近一次发放的月份）"))
@click.option("--json", "as_json", is_flag=True, help=_("输出 JSON"))
@as_option
def explain(person: str, month: int, payroll: int | None, as_json: bool, who: str | None) -> None:
    """PERSON: an ID number or the internal number."""
    with refusals():
        require_register()
        me = actor(who, READ)
        from django.utils import timezone

        from jingban.casework.services.readings import open_found
        from jingban.payments.services.explain import explain as answer
        from jingban.payments.services.explain import found_person

        open_found(found_person(person)[0], me, timezone.now())
        found = answer(person, month, payroll)
        if as_json:
            click.echo(json.dumps(found.data(), ensure_ascii=False, indent=1))
        else:
            for line in found.lines():
                click.echo(line)
