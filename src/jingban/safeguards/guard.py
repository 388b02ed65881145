"""The trigger behind finder ≠ verifier: an event must carry the finder of its suspicion."""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations.base import Operation

_SQLITE = """
CREATE TRIGGER IF NOT EXISTS safeguards_event_finder BEFORE INSERT ON safeguards_suspicionevent
WHEN NEW.finder <> (SELECT finder FROM safeguards_suspicion WHERE id = NEW.suspicion_id)
BEGIN SELECT RAISE(ABORT, 'SAF-001 环节的发现人与疑点不符'); END
"""
_POSTGRES = """
CREATE OR REPLACE FUNCTION safeguards_event_finder() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.finder <> (SELECT finder FROM safeguards_suspicion WHERE id = NEW.suspicion_id) THEN
        RAISE EXCEPTION 'SAF-001 环节的发现人与疑点不符' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER safeguards_event_finder BEFORE INSERT ON safeguards_suspicionevent
FOR EACH ROW EXECUTE FUNCTION safeguards_event_finder()
"""


class GuardFinder(Operation):
    """Migration operation that installs the trigger."""

    reversible = True
    reduces_to_sql = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models do not change."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        schema_editor.execute(_SQLITE if schema_editor.connection.vendor == "sqlite" else _POSTGRES, None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        suffix = " ON safeguards_suspicionevent" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS safeguards_event_finder{suffix}", None)

    def describe(self) -> str:
        return "Refuse an event whose finder is not the finder of its suspicion"
