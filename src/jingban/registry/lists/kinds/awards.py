"""Pension awards (待遇核定)."""

from __future__ import annotations

from typing import Any

from jingban.registry.lists import cells, columns
from jingban.registry.lists.kind import Column, Given, ListKind
from jingban.registry.models import Award
from jingban.registry.services.award import AwardRecord, award
from jingban.values import months
from jingban.values.i18n import gettext as _

BASES = {
    "满年限": int(Award.Basis.REGULAR),
    "过渡条件": int(Award.Basis.TRANSITIONAL),
    "特殊申请": int(Award.Basis.SPECIAL),
}


def _record(values: dict[str, Any], row: int, given: Given) -> AwardRecord:
    values = dict(values)
    values["person"] = values.pop("id_number")
    values.pop("name", None)
    values.setdefault("decided_on", months.first_day(given.month))
    return AwardRecord(**values, row=row)


KIND = ListKind(
    "awards",
    _("待遇核定"),
    [
        columns.person(),
        columns.name(required=False),
        Column("decided_on", _("核定日期"), cells.date, ("aae015",), help=_("不填则为导入月第一天")),
        Column(
            "start_month", _("待遇起始年月"), cells.month, ("aic160",), help=_("不填则为年满 60 周岁的次月")
        ),
        Column("basis", _("核定依据"), cells.choice(BASES), words=tuple(BASES)),
        Column("required_years", _("应缴年限"), cells.whole, help=_("过渡条件时填；不填为 15")),
    ],
    _record,
    lambda records, door, mode, dry_run: award(records, door, mode=mode, dry_run=dry_run),
)
