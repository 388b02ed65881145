"""Which months of which persons a run must look at.

Everything since the books were opened is always right. A monthly run after another one looks only at what new facts and new
law can have touched (docs/internals/relations.md); a property test holds both against each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jingban.payments.law import Rows, changed_from
from jingban.payments.models import Run
from jingban.payments.relations import failed, payees
from jingban.store import live
from jingban.values.months import FOREVER

CANDIDATES = (
    "(SELECT person_id FROM registry_award UNION SELECT person_id FROM registry_death "
    "UNION SELECT person_id FROM registry_otherpension UNION SELECT person_id FROM registry_othercoverage) candidates"
)
"""Everybody to whom anything may be owed."""

_TOUCHING = ("award", "annuity", "stoppage", "death", "identity", "relation", "otherpension", "openedbooks")


@dataclass(frozen=True, slots=True)
class Since:
    """The monthly run before: what it knew, the month it paid, and the first month new law reaches back to (or None)."""

    run: Run
    law_from: int | None


def full(
    payroll_month: int,
    persons: Sequence[int] | None = None,
    *,
    only_dead: bool = False,
    horizon: int | None = None,
    reach: int = FOREVER,
) -> str:
    """SELECT of ``f_scope`` over everything; optionally these persons, or the dead. ``horizon``: as known then (default: now). ``reach``:
    first month of law that was not known when the books were opened."""
    condition = "1 = 1"
    if persons is not None:
        condition += f" AND q.person_id IN ({', '.join(str(int(person)) for person in persons) or 'NULL'})"
    if only_dead:
        condition += " AND q.person_id IN (SELECT person_id FROM f_death)"
    return _scope(payroll_month, f"{_opened('f_person', horizon, reach)} WHERE {condition}")


def of(
    kind: str,
    payroll_month: int,
    before: Run | None,
    law: dict[str, Rows],
    persons: Sequence[int] | None = None,
    horizon: int | None = None,
    reach: int = FOREVER,
) -> str:
    """SELECT of ``f_scope`` of a run: a monthly one after ``before`` looks at what can have changed, every other at everything."""
    if kind == Run.Kind.MONTHLY and before is not None:
        return touched(payroll_month, Since(before, changed_from(before.law, law)), horizon, reach)
    return full(payroll_month, persons, only_dead=kind == Run.Kind.ESTATE, horizon=horizon, reach=reach)


def touched(payroll_month: int, since: Since, horizon: int | None = None, reach: int = FOREVER) -> str:
    """SELECT of ``f_scope`` over what can have changed since the run before: everything of who was touched; of everybody else
    in receipt the months after the one paid last, and those that new law reaches."""
    last = since.run.payroll_month
    start = last + 1 if since.law_from is None else min(since.law_from, last + 1)
    others = (
        "SELECT a.person_id FROM f_award a WHERE a.person_id NOT IN (SELECT person_id FROM touched) "
        "AND NOT EXISTS (SELECT 1 FROM f_death d WHERE d.person_id = a.person_id) "
        "AND NOT EXISTS (SELECT 1 FROM f_other_pension o WHERE o.person_id = a.person_id)"
    )
    usual = f"SELECT person_id, {start} AS first_month FROM ({others}) others"
    if start < payroll_month:  # else the payroll month is looked at whenever the books were opened
        usual = (
            f"SELECT person_id, CASE WHEN first_month > {start} THEN first_month ELSE {start} END AS first_month "
            f"FROM ({_opened(f'({others})', horizon, reach)}) opened"
        )
    return (
        f"WITH touched AS MATERIALIZED (SELECT person_id FROM f_person WHERE person_id IN ({_touched_persons(since, horizon)})) "
        + _scope(payroll_month, f"{_opened('touched', horizon, reach)} UNION ALL {usual}")
    )


def _scope(payroll_month: int, first_months: str) -> str:
    """From the first month of each person to the payroll month, which is always looked at."""
    return (
        f"SELECT person_id, CASE WHEN first_month > {payroll_month} THEN {payroll_month} ELSE first_month END AS from_month, "
        f"{payroll_month + 1} AS to_month FROM ({first_months}) months"
    )


def _opened(persons: str, horizon: int | None, reach: int) -> str:
    """The month from which each of these persons is looked at: that of the opening of the books, or an earlier one into which something
    reaches that became known later; without an opening January of the year of joining (or the award's start).
    ``f_award``, ``f_death`` and ``f_other_pension`` must have been provided. The plus: docs/internals/engine.md."""
    return (
        f"SELECT q.person_id, CASE WHEN {int(reach)} < k.month AND w.start_month < k.month AND (z.month IS NULL OR z.month > {int(reach)}) "
        f"THEN {int(reach)} WHEN z.month < k.month THEN z.month WHEN k.month IS NOT NULL THEN k.month "
        "WHEN w.start_month < (j.joined / 12) * 12 THEN w.start_month ELSE (j.joined / 12) * 12 END AS first_month "
        f"FROM {persons} q "
        f"JOIN (SELECT +r.person_id AS person_id, MIN(r.valid_from) AS joined FROM registry_relation r "
        f"WHERE {live.where('registry_relation', 'r', horizon)} AND r.person_id IN (SELECT p.person_id FROM {persons} p) "
        "GROUP BY r.person_id) j ON j.person_id = q.person_id "
        f"LEFT JOIN (SELECT +n.person_id AS person_id, MIN(n.month) AS month FROM registry_openedbooks n "
        f"WHERE {live.where('registry_openedbooks', 'n', horizon)} AND n.person_id IN (SELECT p.person_id FROM {persons} p) "
        "GROUP BY n.person_id) k ON k.person_id = q.person_id "
        f"LEFT JOIN ({_late(horizon)}) z ON z.person_id = q.person_id "
        "LEFT JOIN f_award w ON w.person_id = q.person_id"
    )


def _late(horizon: int | None) -> str:
    """Persons whose books were opened, and the first month of what became known of them after it."""
    upto = "" if horizon is None else f" AND t.origin_id <= {int(horizon)}"
    books = "JOIN registry_openedbooks n ON n.person_id = t.person_id"
    return (
        "SELECT t.person_id, MIN(t.month) AS month FROM ("
        "SELECT t.person_id, t.death_month AS month FROM f_death t "
        "UNION ALL SELECT t.person_id, t.from_month AS month FROM f_other_pension t "
        "UNION ALL SELECT t.person_id, t.start_month AS month FROM f_award t WHERE NOT EXISTS (SELECT 1 FROM registry_award a "
        "JOIN registry_openedbooks n ON n.person_id = a.person_id AND n.origin_id = a.origin_id WHERE a.person_id = t.person_id) "
        f"UNION ALL SELECT t.person_id, t.valid_from AS month FROM registry_stoppage t {books} AND t.origin_id > n.origin_id{upto} "
        f"UNION ALL SELECT t.person_id, t.from_month AS month FROM registry_annuity t {books} AND t.origin_id > n.origin_id "
        f"AND t.supersedes_id IS NULL{upto} "
        f"UNION ALL SELECT t.person_id, (t.valid_from / 12) * 12 AS month FROM registry_othercoverage t {books} "
        f"AND t.origin_id > n.origin_id{upto} "
        f"UNION ALL SELECT t.person_id, 12 * t.year AS month FROM registry_contribution t {books} AND t.origin_id > n.origin_id "
        f"JOIN registry_othercoverage c ON c.person_id = t.person_id WHERE 12 * t.year < n.month{upto}) t GROUP BY t.person_id"
    )


def _touched_persons(since: Since, upto: int | None) -> str:
    """Persons for whom everything is looked at again."""
    horizon, last = int(since.run.horizon_id), since.run.payroll_month
    reached = last if since.law_from is None else min(since.law_from - 1, last)
    within = "" if upto is None else f" AND origin_id <= {int(upto)}"
    facts = [
        f"SELECT person_id FROM registry_{name} WHERE origin_id > {horizon}{within}" for name in _TOUCHING
    ]
    return " UNION ".join(
        [
            *facts,
            # Refunds depend on every month insured elsewhere; these persons are few.
            "SELECT person_id FROM registry_othercoverage",
            f"SELECT e.person_id FROM registry_accountentry e WHERE e.origin_id > {horizon}{within} AND e.person_id IN "
            "(SELECT person_id FROM registry_death UNION SELECT person_id FROM registry_otherpension)",
            # A death or another benefit that lies after the month paid last, or inside the reach of new law.
            f"SELECT person_id FROM f_death WHERE death_month > {reached}",
            f"SELECT person_id FROM f_other_pension WHERE from_month > {reached}",
            f"SELECT o.person_id FROM payments_order o WHERE o.id IN ({failed(upto, since=horizon)})",
            # Who was paid by the run before was not held in it: nothing older was left open. Everybody else in receipt was held,
            # stopped, set off or awarded since; a certificate, or the mere end of a hold, opens what is owed.
            "SELECT v.person_id FROM f_award v WHERE NOT EXISTS (SELECT 1 FROM f_death z WHERE z.person_id = v.person_id) "
            "AND NOT EXISTS (SELECT 1 FROM f_other_pension z WHERE z.person_id = v.person_id) AND NOT EXISTS "
            f"(SELECT 1 FROM payments_order o WHERE o.run_id = {int(since.run.pk)} AND o.person_id = v.person_id)",
            # An estate waits until somebody is named who receives it.
            f"SELECT person_id FROM payments_estatepayee WHERE origin_id > {horizon}{within}",
            f"SELECT person_id FROM f_death WHERE person_id NOT IN ({payees(upto)})",
            # A closed account (R1.16-05) is paid once, and later if the person was held then.
            "SELECT h.person_id FROM registry_stoppage h JOIN f_other_pension z ON z.person_id = h.person_id "
            f"WHERE h.kind = 2 AND h.valid_from <= {last} AND {last} < h.valid_to AND {live.where('registry_stoppage', 'h', upto)}",
        ]
    )
