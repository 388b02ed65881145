"""The triggers behind finder ≠ verifier: an event must carry the finder of its suspicion, one person's two
accounts are one, and an account that is nobody's verifies nothing."""

from __future__ import annotations

from jingban.casework.separation import Guard, Trigger, same_person, unknown

_EVENTS = "safeguards_suspicionevent"
FINDER = Trigger(
    "safeguards_event_finder", "INSERT", _EVENTS, "NEW.finder <> (SELECT finder FROM safeguards_suspicion WHERE id = NEW.suspicion_id)",
    "SAF-001 环节的发现人与疑点不符",
)  # fmt: skip
SECOND_ACCOUNT = Trigger(
    "safeguards_event_person", "INSERT", _EVENTS, f"NEW.action = 'verified' AND {same_person('NEW.actor', 'NEW.finder')}",
    "SAF-002 核实人与发现人是同一人的两个账号",
)  # fmt: skip
UNKNOWN_ACCOUNT = Trigger(
    "safeguards_event_unknown", "INSERT", _EVENTS, f"NEW.action = 'verified' AND {unknown('NEW.actor')}",
    "SAF-003 账号没有登记是谁的，不能核实",
)  # fmt: skip


class GuardFinder(Guard):
    """Migration operation that installs the first and the last of them."""

    def __init__(self) -> None:
        super().__init__(FINDER, UNKNOWN_ACCOUNT)
