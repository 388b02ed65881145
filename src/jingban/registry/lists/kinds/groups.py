"""Members of hardship and other groups."""

from __future__ import annotations

from typing import Any

from jingban.registry.codebooks import GROUPS
from jingban.registry.lists import columns
from jingban.registry.services.groups import GroupRecord, join_group
from jingban.store.lists import Column, ListSpec
from jingban.store.lists.entry import Defaults, ListEntry
from jingban.values.i18n import gettext as _
from jingban.values.months import FOREVER


def _record(values: dict[str, Any], row: int, given: Defaults) -> GroupRecord:
    return GroupRecord(
        person=values["id_number"],
        group_id=values["group_id"],
        from_month=values.get("from_month", given.cutover),
        to_month=values["through_month"] + 1 if "through_month" in values else FOREVER,
        level=values.get("level", ""),
        evidence=values.get("evidence", ""),
        row=row,
    )


def _spec(given: Defaults) -> ListSpec[GroupRecord]:
    names = ("群体身份", "困难群体", "特殊身份", "人员类别")
    return ListSpec(
        "groups",
        _("群体身份"),
        (
            columns.person(),
            columns.name(),
            Column("group_id", _("群体"), "choice", True, names, GROUPS),
            Column("level", _("级别"), "text", False, ("残疾等级", "等级", "选择")),
            Column(
                "from_month",
                _("起始年月"),
                "month",
                False,
                ("认定年月", "认定日期"),
                help=_("不填则为导入时给出的月份"),
            ),
            Column(
                "through_month",
                _("截止年月"),
                "month",
                False,
                ("退出年月",),
                help=_("最后一个有效月；不填为长期"),
            ),
            columns.evidence(),
        ),
        lambda values, row: _record(values, row, given),
    )


ENTRY = ListEntry(
    "groups",
    _("群体身份"),
    _spec,
    lambda records, door, mode, dry_run: join_group(records, door, mode=mode, dry_run=dry_run),
)
