"""Three administrators who watch each other (三员分立): system, security, audit. The database refuses one user two of them.

It also refuses a decision by somebody who is the maker under another account, where the office has said which accounts are whose.
"""

from __future__ import annotations

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
_SAME = (
    "NEW.action IN ('approved', 'returned', 'rejected') AND EXISTS (SELECT 1 FROM casework_staff a JOIN casework_staff m "
    "ON m.person = a.person WHERE a.account = NEW.actor AND m.account = NEW.maker)"
)
_TWO_ROLES = "CAS-002 系统、安全、审计管理员不能由一人兼任"
_FIXED = "CAS-003 三类管理员的名称不能改动"
_SAME_PERSON = "CAS-004 审核人与经办人是同一人的两个账号"


def _sqlite() -> list[str]:
    def trigger(name: str, event: str, table: str, condition: str, message: str) -> str:
        return (
            f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {event} ON {table} WHEN {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )

    return [
        trigger("casework_roles_insert", "INSERT", "auth_user_groups", _SECOND, _TWO_ROLES),
        trigger("casework_roles_update", "UPDATE", "auth_user_groups", _SECOND, _TWO_ROLES),
        trigger(
            "casework_role_renamed",
            "UPDATE OF name",
            "auth_group",
            f"OLD.name IN ({_NAMES}) AND NEW.name <> OLD.name",
            _FIXED,
        ),
        trigger("casework_role_deleted", "DELETE", "auth_group", f"OLD.name IN ({_NAMES})", _FIXED),
        trigger("casework_event_person", "INSERT", "casework_caseevent", _SAME, _SAME_PERSON),
    ]


def _postgres() -> list[str]:
    def trigger(
        name: str, events: str, table: str, condition: str, message: str, back: str = "NEW", before: str = ""
    ) -> list[str]:
        return [
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {before} IF {condition} THEN "
            f"RAISE EXCEPTION '{message}' USING ERRCODE = 'restrict_violation'; END IF; RETURN {back}; END $$",
            f"CREATE OR REPLACE TRIGGER {name} BEFORE {events} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
        ]

    # Without the lock two grants at once would not see each other.
    lock = "PERFORM pg_advisory_xact_lock(1245839363);"
    renamed = f"OLD.name IN ({_NAMES}) AND NEW.name <> OLD.name"
    return [
        *trigger("casework_roles", "INSERT OR UPDATE", "auth_user_groups", _SECOND, _TWO_ROLES, before=lock),
        *trigger("casework_role_renamed", "UPDATE", "auth_group", renamed, _FIXED),
        *trigger("casework_role_deleted", "DELETE", "auth_group", f"OLD.name IN ({_NAMES})", _FIXED, "OLD"),
        *trigger("casework_event_person", "INSERT", "casework_caseevent", _SAME, _SAME_PERSON),
    ]


class GuardSeparation(Operation):
    """Migration operation: the three groups exist, and the triggers stand."""

    reversible = True
    reduces_to_sql = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models do not change."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for name in ROLES.values():
            schema_editor.execute(
                "INSERT INTO auth_group (name) SELECT %s WHERE NOT EXISTS (SELECT 1 FROM auth_group WHERE name = %s)",
                [name, name],
            )
        statements = _sqlite() if schema_editor.connection.vendor == "sqlite" else _postgres()
        for statement in statements:
            schema_editor.execute(statement, None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        postgres = schema_editor.connection.vendor == "postgresql"
        for name, table in (
            ("casework_roles", "auth_user_groups"), ("casework_roles_insert", "auth_user_groups"),
            ("casework_roles_update", "auth_user_groups"), ("casework_role_renamed", "auth_group"),
            ("casework_role_deleted", "auth_group"), ("casework_event_person", "casework_caseevent"),
        ):  # fmt: skip
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{f' ON {table}' if postgres else ''}", None)

    def describe(self) -> str:
        return "Refuse one user two of the three administrators, and a decision by the maker's second account"
