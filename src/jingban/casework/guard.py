"""The trigger behind maker ≠ checker: an event must carry the maker of its case, so the check cannot be fed another name."""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations.base import Operation

_SQLITE = """
CREATE TRIGGER IF NOT EXISTS casework_event_maker BEFORE INSERT ON casework_caseevent
WHEN NEW.maker <> (SELECT maker FROM casework_case WHERE id = NEW.case_id)
BEGIN SELECT RAISE(ABORT, 'CAS-001 环节的经办人与业务不符'); END
"""
_POSTGRES = """
CREATE OR REPLACE FUNCTION casework_event_maker() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.maker <> (SELECT maker FROM casework_case WHERE id = NEW.case_id) THEN
        RAISE EXCEPTION 'CAS-001 环节的经办人与业务不符' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER casework_event_maker BEFORE INSERT ON casework_caseevent
FOR EACH ROW EXECUTE FUNCTION casework_event_maker()
"""


class GuardMaker(Operation):
    """Migration operation that installs the trigger."""

    reversible = True
    reduces_to_sql = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models do not change."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        schema_editor.execute(_SQLITE if schema_editor.connection.vendor == "sqlite" else _POSTGRES, None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        suffix = " ON casework_caseevent" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS casework_event_maker{suffix}", None)

    def describe(self) -> str:
        return "Refuse an event whose maker is not the maker of its case"
