"""Successful life certifications, as village lists or data matches bring them (R1.10)."""

from __future__ import annotations

from typing import Any

from jingban.registry.codebooks import CERTIFICATION_CHANNELS
from jingban.registry.lists import columns
from jingban.registry.services.certify import CertificationRecord, certify
from jingban.store.lists import Column, ListSpec
from jingban.store.lists.entry import Defaults, ListEntry
from jingban.values.i18n import gettext as _


def _record(values: dict[str, Any], row: int) -> CertificationRecord:
    return CertificationRecord(
        person=values["id_number"],
        certified_on=values["certified_on"],
        channel=values.get("channel", "01"),
        evidence=values.get("evidence", ""),
        row=row,
    )


def _spec(given: Defaults) -> ListSpec[CertificationRecord]:
    return ListSpec(
        "certifications",
        _("资格认证"),
        (
            columns.person(),
            columns.name(),
            Column("certified_on", _("认证日期"), "date", True, ("aac096", "认证时间"), example="2020-09-18"),
            Column("channel", _("认证方式"), "choice", False, ("aac098",), CERTIFICATION_CHANNELS),
            columns.evidence(),
        ),
        _record,
    )


ENTRY = ListEntry(
    "certifications",
    _("资格认证"),
    _spec,
    lambda records, door, mode, dry_run: certify(records, door, mode=mode, dry_run=dry_run),
)
