"""Pension awards (待遇核定, R1.6)."""

from __future__ import annotations

from typing import Any

from jingban.registry.lists import columns
from jingban.registry.models import Award
from jingban.registry.services.award import AwardRecord, award
from jingban.store.lists import Column, ListSpec
from jingban.store.lists.entry import Defaults, ListEntry
from jingban.values import months
from jingban.values.i18n import gettext as _

BASES = {
    "满年限": int(Award.Basis.REGULAR),
    "过渡条件": int(Award.Basis.TRANSITIONAL),
    "特殊申请": int(Award.Basis.SPECIAL),
}


def _record(values: dict[str, Any], row: int, given: Defaults) -> AwardRecord:
    fields = dict(values)
    fields["person"] = fields.pop("id_number")
    fields.pop("name", None)
    fields.setdefault("decided_on", months.first_day(given.cutover))
    return AwardRecord(**fields, row=row)


def _spec(given: Defaults) -> ListSpec[AwardRecord]:
    return ListSpec(
        "awards",
        _("待遇核定"),
        (
            columns.person(),
            columns.name(),
            Column("decided_on", _("核定日期"), "date", False, ("aae015",), help=_("不填则为导入月的第一天")),
            Column(
                "start_month",
                _("待遇起始年月"),
                "month",
                False,
                ("aic160",),
                help=_("不填则为年满 60 周岁的次月"),
            ),
            Column("basis", _("核定依据"), "choice", choices=BASES),
            Column("required_years", _("应缴年限"), "integer", help=_("不填则按规则；填了与规则核对")),
        ),
        lambda values, row: _record(values, row, given),
    )


ENTRY = ListEntry(
    "awards",
    _("待遇核定"),
    _spec,
    lambda records, door, mode, dry_run: award(records, door, mode=mode, dry_run=dry_run),
)
