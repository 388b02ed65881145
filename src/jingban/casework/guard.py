"""The trigger behind maker ≠ checker: an event must carry the maker of its case, so the check cannot be fed another name."""

from __future__ import annotations

from jingban.casework.separation import Guard, Trigger

MAKER = Trigger(
    "casework_event_maker", "INSERT", "casework_caseevent", "NEW.maker <> (SELECT maker FROM casework_case WHERE id = NEW.case_id)",
    "CAS-001 环节的经办人与业务不符",
)  # fmt: skip


class GuardMaker(Guard):
    """Migration operation that installs the trigger."""

    def __init__(self) -> None:
        super().__init__(MAKER)
