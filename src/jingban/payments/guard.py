"""The triggers of runs and credits: they move only along their arrows, nothing is added to them once they were looked at, and a run
becomes paid only right after the safeguards let it pass ("no release without clearance").

"Right after": no origin lies between the clearance and the release, so nothing can have become known in between. The rooms
above write the clearance; this room, which knows none of them, refuses to pay without it whoever asks and however.
"""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations.base import Operation

from jingban.store.machine import Machine, Parts

_PAID = "('released', 'filed', 'unknown', 'returned', 'settled')"
_CLEARED = (
    "EXISTS (SELECT 1 FROM payments_clearance c WHERE c.run_id = NEW.id AND c.origin_id < NEW.release_id AND NOT EXISTS "
    "(SELECT 1 FROM registry_origin o WHERE o.id > c.origin_id AND o.id < NEW.release_id))"
)
_MESSAGE = "PAY-207 未经发放前检查，不能发放"
_SQLITE = (
    f"CREATE TRIGGER IF NOT EXISTS payments_run_cleared BEFORE UPDATE ON payments_run WHEN NEW.state IN {_PAID} "
    f"AND OLD.state NOT IN {_PAID} AND NOT {_CLEARED} BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END",
    f"CREATE TRIGGER IF NOT EXISTS payments_run_begins BEFORE INSERT ON payments_run WHEN NEW.state IN {_PAID} "
    f"BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END",
)
_POSTGRES = (
    f"""
CREATE OR REPLACE FUNCTION payments_run_cleared() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state IN {_PAID} AND (TG_OP = 'INSERT' OR (OLD.state NOT IN {_PAID} AND NOT {_CLEARED})) THEN
        RAISE EXCEPTION '{_MESSAGE}' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
""",
    "CREATE OR REPLACE TRIGGER payments_run_cleared BEFORE INSERT OR UPDATE ON payments_run "
    "FOR EACH ROW EXECUTE FUNCTION payments_run_cleared()",
)


class GuardRelease(Operation):
    """Migration operation that installs the trigger; a migration that rebuilds ``payments_run`` repeats it."""

    reversible = True
    reduces_to_sql = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models do not change."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for statement in _SQLITE if schema_editor.connection.vendor == "sqlite" else _POSTGRES:
            schema_editor.execute(statement, None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        suffix = " ON payments_run" if schema_editor.connection.vendor == "postgresql" else ""
        for name in ("payments_run_cleared", "payments_run_begins"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{suffix}", None)

    def describe(self) -> str:
        return "Refuse to release a run that the safeguards have not let pass"


_MADE = ("report", "person_count", "amount_fen")
_SHARED = ("maker", "checker", "region_id", "attempt", "horizon_id", "known_on", "law", "rules", *_MADE)
RUN = Machine(
    "payments_run",
    "draft",
    {
        ("draft", "draft"): _MADE,
        ("draft", "reviewed"): ("checker",),
        ("draft", "cancelled"): (),
        ("reviewed", "released"): ("release_id",),
        ("reviewed", "cancelled"): (),
        ("released", "filed"): ("file_digest",),
        ("released", "settled"): (),
        ("filed", "unknown"): (),
        ("filed", "returned"): (),
        ("unknown", "returned"): (),
        ("returned", "settled"): (),
    },
    (*_SHARED, "payroll_month", "kind", "release_id", "before_id", "file_digest"),
    "PAY-215 发放批次只能按次序办理，做成后不能改动",
)
CREDIT = Machine(
    "payments_credit",
    "draft",
    {
        ("draft", "draft"): _MADE,
        ("draft", "reviewed"): ("checker",),
        ("draft", "cancelled"): (),
        ("reviewed", "posted"): ("posting_id",),
        ("reviewed", "cancelled"): (),
    },
    (*_SHARED, "year", "item", "posting_id"),
    "PAY-209 年度记账批次只能按次序办理，做成后不能改动",
)
_LATE = "PAY-216 批次的明细只在预览时写入，以后不能增加"
PARTS = (
    Parts("payments_run", "run_id", "draft", "report",
          ("payments_order", "payments_line", "payments_held", "payments_plannedentry"), _LATE),
    Parts("payments_credit", "credit_id", "draft", "report", ("payments_creditline", "payments_creditmissed"), _LATE),
)  # fmt: skip
