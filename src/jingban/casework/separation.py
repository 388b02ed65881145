"""Three administrators who watch each other (三员分立): system, security, audit. The database refuses one user two of them.

Where the office has said which accounts are whose, accounts of one person are one pair of eyes: they are refused as maker and
decider of a case, as two levels of approval, as maker and checker of a payment run; and an account that is nobody's decides
nothing. :class:`Trigger` serves other rooms too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.migrations.operations.base import Operation

ROLES = {"system": "系统管理员", "security": "安全管理员", "audit": "审计管理员"}
"""Key → name of the Django group."""
_NAMES = ", ".join(f"'{name}'" for name in ROLES.values())

_SECOND = (
    f"(SELECT name FROM auth_group WHERE id = NEW.group_id) IN ({_NAMES}) AND EXISTS ("
    "SELECT 1 FROM auth_user_groups u JOIN auth_group g ON g.id = u.group_id "
    f"WHERE u.user_id = NEW.user_id AND u.group_id <> NEW.group_id AND u.id <> COALESCE(NEW.id, -1) AND g.name IN ({_NAMES}))"
)
_TWO_ROLES = "CAS-002 系统、安全、审计管理员不能由一人兼任"
_FIXED = "CAS-003 三类管理员的名称不能改动"
_SAME_PERSON = "CAS-004 审核人与经办人是同一人的两个账号"
_TWICE = "CAS-005 同一人的两个账号只算一级审批"
_UNKNOWN = "CAS-006 账号没有登记是谁的，不能审核"


@dataclass(frozen=True, slots=True)
class Trigger:
    """Refuse a change of ``table`` when ``condition`` (SQL over NEW and OLD) holds. ``back``: what PostgreSQL returns."""

    name: str
    event: str
    table: str
    condition: str
    message: str
    back: str = "NEW"
    before: str = ""
    """A statement PostgreSQL runs first."""

    def sqlite(self) -> list[str]:
        return [
            f"CREATE TRIGGER IF NOT EXISTS {self.name}_{word} BEFORE {event} ON {self.table} WHEN {self.condition} "
            f"BEGIN SELECT RAISE(ABORT, '{self.message}'); END"
            for event in self.event.split(" OR ")
            for word in [event.split()[0].lower()]
        ]

    def postgresql(self) -> list[str]:
        return [
            f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {self.before} "
            f"IF {self.condition} THEN RAISE EXCEPTION '{self.message}' USING ERRCODE = 'restrict_violation'; END IF; "
            f"RETURN {self.back}; END $$",
            f"CREATE OR REPLACE TRIGGER {self.name} BEFORE {self.event} ON {self.table} FOR EACH ROW "
            f"EXECUTE FUNCTION {self.name}()",
        ]

    def gone(self, vendor: str) -> list[str]:
        if vendor == "postgresql":
            return [
                f"DROP TRIGGER IF EXISTS {self.name} ON {self.table}",
                f"DROP FUNCTION IF EXISTS {self.name}()",
            ]
        events = [event.split()[0].lower() for event in self.event.split(" OR ")]
        return [f"DROP TRIGGER IF EXISTS {self.name}_{word}" for word in events]


def same_person(first: str, second: str) -> str:
    """SQL: two accounts (column expressions) belong to one person."""
    return (
        f"({first} = {second} OR EXISTS (SELECT 1 FROM casework_staff a JOIN casework_staff m ON m.person = a.person "
        f"WHERE a.account = {first} AND m.account = {second}))"
    )


def unknown(account: str) -> str:
    """SQL: the office has named whose accounts are whose, and this one (a column expression) is nobody's."""
    return (
        "(EXISTS (SELECT 1 FROM casework_staff) "
        f"AND NOT EXISTS (SELECT 1 FROM casework_staff a WHERE a.account = {account}))"
    )


_DECIDES = "NEW.action IN ('approved', 'returned', 'rejected')"
# Without the lock two grants at once would not see each other.
_LOCK = "PERFORM pg_advisory_xact_lock(1245839363);"
SEPARATION = (
    Trigger("casework_roles", "INSERT OR UPDATE", "auth_user_groups", _SECOND, _TWO_ROLES, before=_LOCK),
    Trigger("casework_role_renamed", "UPDATE", "auth_group", f"OLD.name IN ({_NAMES}) AND NEW.name <> OLD.name", _FIXED),
    Trigger("casework_role_deleted", "DELETE", "auth_group", f"OLD.name IN ({_NAMES})", _FIXED, "OLD"),
    Trigger("casework_event_person", "INSERT", "casework_caseevent",
            f"{_DECIDES} AND {same_person('NEW.actor', 'NEW.maker')}", _SAME_PERSON),
)  # fmt: skip


def _reviewed(table: str) -> tuple[Trigger, Trigger]:
    """Maker and checker of a table of ``payments`` are two people, and the checker is somebody known."""
    return (
        Trigger(
            f"casework_{table}_person", "INSERT OR UPDATE", f"payments_{table}",
            f"NEW.checker IS NOT NULL AND {same_person('NEW.checker', 'NEW.maker')}", _SAME_PERSON,
        ),
        Trigger(
            f"casework_{table}_unknown", "UPDATE", f"payments_{table}",
            f"OLD.checker IS NULL AND NEW.checker IS NOT NULL AND {unknown('NEW.checker')}", _UNKNOWN,
        ),
    )  # fmt: skip


SECOND_ACCOUNTS = (
    Trigger(
        "casework_event_twice", "INSERT", "casework_caseevent",
        "NEW.action = 'approved' AND EXISTS (SELECT 1 FROM casework_caseevent e WHERE e.case_id = NEW.case_id "
        f"AND e.round = NEW.round AND e.action = 'approved' AND {same_person('NEW.actor', 'e.actor')})",
        _TWICE,
    ),
    Trigger("casework_event_unknown", "INSERT", "casework_caseevent", f"{_DECIDES} AND {unknown('NEW.actor')}", _UNKNOWN),
    *_reviewed("run"),
)  # fmt: skip
"""One person's accounts are one pair of eyes among the approvers of a case and over a payment run as well; and once
accounts are named, one that is nobody's decides no case and reviews no run."""
CREDITS = (
    *_reviewed("credit"),
    Trigger(
        "casework_credit_arrows", "UPDATE", "payments_credit",
        "(NEW.state <> OLD.state AND NOT (OLD.state = 'draft' AND NEW.state IN ('reviewed', 'cancelled')) "
        "AND NOT (OLD.state = 'reviewed' AND NEW.state IN ('posted', 'cancelled'))) "
        "OR NEW.maker <> OLD.maker OR NEW.checker <> OLD.checker OR NEW.region_id <> OLD.region_id OR NEW.year <> OLD.year "
        "OR NEW.item <> OLD.item OR NEW.horizon_id <> OLD.horizon_id",
        "PAY-209 年度记账批次只能按次序办理，做成后不能改动",
    ),
    Trigger(
        "casework_credit_begins", "INSERT", "payments_credit", "NEW.state <> 'draft'",
        "PAY-209 年度记账批次只能按次序办理，做成后不能改动",
    ),
)  # fmt: skip
"""The same for the yearly credits; their state moves only along its arrows."""


class Guard(Operation):
    """Migration operation that installs triggers."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, *triggers: Trigger) -> None:
        self.triggers = triggers

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models do not change."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for trigger in self.triggers:
            for statement in getattr(trigger, schema_editor.connection.vendor)():
                schema_editor.execute(statement, None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for trigger in self.triggers:
            for statement in trigger.gone(schema_editor.connection.vendor):
                schema_editor.execute(statement, None)

    def describe(self) -> str:
        return "Triggers " + ", ".join(trigger.name for trigger in self.triggers)


class GuardSeparation(Guard):
    """Migration operation: the three groups exist, and the triggers stand."""

    def __init__(self) -> None:
        super().__init__(*SEPARATION)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for name in ROLES.values():
            schema_editor.execute(
                "INSERT INTO auth_group (name) SELECT %s WHERE NOT EXISTS (SELECT 1 FROM auth_group WHERE name = %s)",
                [name, name],
            )
        super().database_forwards(app_label, schema_editor, from_state, to_state)
