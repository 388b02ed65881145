"""Facts and law into the engine, for one county and payroll month, inside the register database."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, cast

from django.db import connection

from jingban.engine.database import InDatabase
from jingban.payments import opening, scope
from jingban.payments import relations as settled_side
from jingban.registry import relations
from jingban.registry.law import Rows, policy
from jingban.rules.loader import Step

TARGETS = ("lines", "draw_entries", "payout_entries", "refund_entries")
_DECISIVE = ("f_award", "f_death", "f_other_pension")


def prepare(
    cursor: Any,
    region_id: int,
    payroll_month: int,
    horizon: int | None,
    law: dict[str, Rows],
    make_scope: Callable[[int], str],
    *,
    targets: Sequence[str] = TARGETS,
    check_law: bool = True,
    known: Mapping[str, Step] | None = None,
    candidates: str = scope.CANDIDATES,
    opened: Mapping[str, Mapping[str, Rows]] | None = None,
) -> InDatabase:
    """An engine on the caller's cursor with what is settled and every other relation that building ``targets`` reads.

    ``make_scope`` is asked for the SELECT of ``f_scope`` once persons, awards, deaths and other benefits are there; it is told the first
    month for which the law became another after books were opened.
    Account entries of months before a person's scope are given summed up under month 0: nothing of those months can be closed
    or restored. Months before a person's books were opened count as settled by what the former system paid (``opening``).
    ``check_law`` False: only for steps whose result no missing parameter can change. ``known``: the rules (default: today's).
    ``opened``: what a run kept of the law known when books were opened, by day (default: the files of today).
    ``candidates``: a table the persons are narrowed to.
    """
    engine = InDatabase(
        cursor, cast(Literal["sqlite", "postgresql"], connection.vendor), known, check_law=check_law
    )
    engine.law = policy()
    wanted = engine.reads(*targets)
    laws = opening.laws(region_id, opened or {})
    reach = opening.law_reaches_to(laws, law)
    _people(engine, region_id, payroll_month, horizon, candidates, make_scope, reach)
    former = opening.before(engine, laws, horizon)
    if former.looked:
        engine.drop()
        _people(engine, region_id, payroll_month, horizon, candidates, make_scope, reach)
    for name in ("f_annuity", "f_stop", "f_certified", "f_contribution", "f_covered", "f_history", "f_group"):
        if name in wanted:
            engine.provide(name, relations.select(name, horizon, "f_scope"))
    if "f_entry" in wanted:
        engine.provide("f_entry", _entries(horizon, former.entries))
    if "f_payee" in wanted:
        engine.provide("f_payee", settled_side.payees(horizon))
    engine.provide("f_settled", _with(settled_side.settled(horizon, "f_scope"), former.settled))
    for name, rows in law.items():
        if f"p_{name}" in wanted:
            engine.provide_rows(f"p_{name}", rows)
    return engine


def _people(
    engine: InDatabase,
    region_id: int,
    payroll_month: int,
    horizon: int | None,
    candidates: str,
    make_scope: Callable[[int], str],
    reach: int,
) -> None:
    engine.provide_rows("f_run", [(payroll_month,)])
    people = relations.select("f_person", horizon, candidates)
    engine.provide("f_person", f"SELECT * FROM ({people}) people WHERE region_id = {int(region_id)}")
    for name in _DECISIVE:
        engine.provide(name, relations.select(name, horizon, "f_person"))
    engine.provide("f_scope", make_scope(reach))


def _with(select: str, rows: list[tuple[int, ...]]) -> str:
    """A SELECT with further rows under it."""
    if not rows:
        return select
    values = ", ".join(f"({', '.join(str(int(cell)) for cell in row)})" for row in rows)
    return f"{select} UNION ALL SELECT * FROM (VALUES {values}) former"


def _entries(horizon: int | None, former: list[tuple[int, ...]]) -> str:
    entries = (
        "SELECT e.person_id, e.ledger, e.kind, CASE WHEN e.month < s.from_month THEN 0 ELSE e.month END AS month, e.amount_fen "
        f"FROM ({relations.select('f_entry', horizon)}) e JOIN f_scope s ON s.person_id = e.person_id"
    )
    return (
        "SELECT person_id, ledger, kind, 0 AS year, month, CAST(SUM(amount_fen) AS BIGINT) AS amount_fen "
        f"FROM ({_with(entries, former)}) t GROUP BY person_id, ledger, kind, month"
    )
