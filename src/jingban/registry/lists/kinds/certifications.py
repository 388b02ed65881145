"""Successful life certifications, as village lists or data matches bring them."""

from __future__ import annotations

from typing import Any

from jingban.registry.lists import cells, columns
from jingban.registry.lists.kind import Column, Given, ListKind
from jingban.registry.services.certify import CertificationRecord, certify
from jingban.values.i18n import gettext as _

CHANNELS = {
    "经办机构": "01", "电话": "02", "数据比对": "03", "自助": "04", "人脸识别": "04", "上门": "05",
    "01": "01", "02": "02", "03": "03", "04": "04", "05": "05",
}  # fmt: skip


def _record(values: dict[str, Any], row: int, given: Given) -> CertificationRecord:
    return CertificationRecord(
        person=values["id_number"],
        certified_on=values["certified_on"],
        channel=values.get("channel", "01"),
        evidence=values.get("evidence", ""),
        row=row,
    )


KIND = ListKind(
    "certifications",
    _("资格认证"),
    [
        columns.person(),
        columns.name(required=False),
        Column("certified_on", _("认证日期"), cells.date, ("aac096", "认证时间"), True),
        Column(
            "channel",
            _("认证方式"),
            cells.choice(CHANNELS),
            ("aac098",),
            words=("经办机构", "电话", "数据比对", "人脸识别", "上门"),
        ),
        columns.remark(),
    ],
    _record,
    lambda records, door, mode, dry_run: certify(records, door, mode=mode, dry_run=dry_run),
)
