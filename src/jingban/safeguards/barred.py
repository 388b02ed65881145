"""Whom a payroll must not pay, as SELECTs of persons: the gate asks them, and a trigger asks them again of every clearance."""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations.base import Operation

from jingban.store import live

_DEAD = f"SELECT d.person_id FROM registry_death d WHERE {live.where('registry_death', 'd')}"


def confirmed(region: str) -> str:
    """Verified as dead by somebody (``region``: SQL of the county), but the death is not registered (SAF-401)."""
    return (
        "SELECT DISTINCT s.person_id FROM safeguards_suspicion s JOIN safeguards_suspicionevent e ON e.suspicion_id = s.id "
        "AND e.sequence = (SELECT MAX(n.sequence) FROM safeguards_suspicionevent n WHERE n.suspicion_id = s.id) "
        f"JOIN registry_relation r ON r.person_id = s.person_id AND r.region_id = {region} "
        f"AND {live.where('registry_relation', 'r')} "
        "WHERE s.kind IN ('death', 'dead_but_paid') AND e.state IN ('true', 'acted') "
        f"AND s.person_id NOT IN ({_DEAD})"
    )


def paid_dead(run: str) -> str:
    """Their death is registered, but an order of the run (SQL of its id) still goes to their own account (SAF-402)."""
    return (
        f"SELECT DISTINCT o.person_id FROM payments_order o WHERE o.run_id = {run} AND o.channel = 1 "
        f"AND o.person_id IN ({_DEAD})"
    )


_BARRED = " UNION ".join(
    (confirmed("(SELECT x.region_id FROM payments_run x WHERE x.id = NEW.run_id)"), paid_dead("NEW.run_id"))
)
_MESSAGE = "SAF-400 批次里有已核实死亡的人员，不能放行"
_SQLITE = (
    "CREATE TRIGGER IF NOT EXISTS safeguards_clearance BEFORE INSERT ON payments_clearance "
    f"WHEN EXISTS ({_BARRED}) BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END"
)
_POSTGRES = f"""
CREATE OR REPLACE FUNCTION safeguards_clearance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS ({_BARRED}) THEN
        RAISE EXCEPTION '{_MESSAGE}' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER safeguards_clearance BEFORE INSERT ON payments_clearance
FOR EACH ROW EXECUTE FUNCTION safeguards_clearance()
"""


class GuardClearance(Operation):
    """Migration operation that installs the trigger: nobody clears a run that pays the dead, not even past the service."""

    reversible = True
    reduces_to_sql = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models do not change."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        schema_editor.execute(_SQLITE if schema_editor.connection.vendor == "sqlite" else _POSTGRES, None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        suffix = " ON payments_clearance" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS safeguards_clearance{suffix}", None)

    def describe(self) -> str:
        return "Refuse to clear a run that pays somebody whose death is known"
