"""The lists of the enrolment drive and of message consents."""

from __future__ import annotations

from typing import Any

from jingban.registry.lists import columns
from jingban.safeguards.drive import DriveRecord, record_results
from jingban.safeguards.messages import ConsentRecord, record_consents
from jingban.safeguards.models import DriveResult
from jingban.store.lists import Column, ListSpec
from jingban.store.lists.entry import Defaults, ListEntry
from jingban.values.i18n import gettext as _

RESULTS = {str(result.label): str(result.value) for result in DriveResult.Result}


def _drive(given: Defaults) -> ListSpec[DriveRecord]:
    def build(values: dict[str, Any], row: int) -> DriveRecord:
        values.pop("name", None)
        return DriveRecord(**{"year": given.today.year, **values, "row": row})

    return ListSpec(
        "drive_results",
        _("扩面核实结果"),
        (
            columns.person(),
            columns.name(),
            Column("year", _("年度"), "integer", False, help=_("不填则为今年")),
            Column("result", _("核实结果"), "choice", True, ("结果",), RESULTS),
            Column("note", _("备注"), "text", False, ("说明",)),
        ),
        build,
    )


def _consents(given: Defaults) -> ListSpec[ConsentRecord]:
    return ListSpec(
        "message_consents",
        _("短信接收意愿"),
        (columns.person(), columns.name(), Column("agreed", _("同意接收短信"), "flag", True, ("是否同意",))),
        lambda values, row: ConsentRecord(values["id_number"], values["agreed"], row),
    )


OUTREACH: tuple[ListEntry, ...] = (
    ListEntry(
        "drive_results",
        _("扩面核实结果"),
        _drive,
        lambda records, door, mode, dry_run: record_results(records, door, mode, dry_run),
    ),
    ListEntry(
        "message_consents",
        _("短信接收意愿"),
        _consents,
        lambda records, door, mode, dry_run: record_consents(records, door, mode, dry_run),
    ),
)
