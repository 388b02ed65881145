"""Relations that end for another reason than death (R1.11, R1.12-04)."""

from __future__ import annotations

from typing import Any

from jingban.registry.lists import columns
from jingban.registry.services.terminate import TerminationRecord, terminate
from jingban.schemes.loader import RESIDENTS
from jingban.store.lists import Column, ListSpec
from jingban.store.lists.entry import Defaults, ListEntry
from jingban.values.i18n import gettext as _

_WORDS = RESIDENTS.spoken("end")
REASONS = _WORDS | {code: code for code in _WORDS.values()}
"""R1.1, by word and by code."""


def _record(values: dict[str, Any], row: int, given: Defaults) -> TerminationRecord:
    return TerminationRecord(
        person=values["id_number"],
        from_month=values.get("from_month", given.cutover),
        reason=values["reason"],
        other_pension=values.get("other_pension", ""),
        row=row,
    )


def _spec(given: Defaults) -> ListSpec[TerminationRecord]:
    return ListSpec(
        "terminations",
        _("终止"),
        (
            columns.person(),
            columns.name(),
            Column("reason", _("终止原因"), "choice", True, ("aae160",), REASONS),
            Column(
                "from_month",
                _("终止年月"),
                "month",
                False,
                ("aic301",),
                help=_("从这个月起不再计发；不填则为导入时给出的月份"),
            ),
            Column("other_pension", _("已领其他待遇"), "text", help=_("因领取其他养老待遇而终止的，填险种")),
        ),
        lambda values, row: _record(values, row, given),
    )


ENTRY = ListEntry(
    "terminations",
    _("终止"),
    _spec,
    lambda records, door, mode, dry_run: terminate(records, door, mode=mode, dry_run=dry_run),
)
