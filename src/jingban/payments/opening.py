"""What the former system had settled when the books were opened, for the months before that a run looks back into.

``settled`` is the rules' own answer with the facts of the opening list and the law that was known on its day: that is what the former
system paid. Whatever became known later (a death, a claim, a lifted pause, a raise with an earlier date) makes what is owed differ
from it, and the difference is paid or claimed back like any other. A correction of the opening list itself is no later fact: it
changes both sides.

Its account pension was drawn from the account as long as there was money on it; the opening balance lies behind these draws. They are
given to the rules as draws of their months, with the balance before them, so that money paid for months after a death finds its way
back to the account.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from jingban.engine.database import InDatabase
from jingban.payments.law import changed_from, kept
from jingban.registry import relations
from jingban.registry.law import Rows, tables
from jingban.registry.models import AccountEntry, OpenedBooks
from jingban.rules.codes import ACCOUNT_PENSION, DRAW, PRINCIPAL
from jingban.rules.loader import owing
from jingban.store import live
from jingban.store.models import Origin
from jingban.values.months import FOREVER

MONTHLY = owing("monthly")
_LAW = ("basic", "age", "years")
Laws = Mapping[dt.date, Mapping[str, Rows]]


@dataclass(slots=True)
class Before:
    """``looked``: relations of the engine were replaced to find it. ``settled``: (person, item, month, fen). ``entries``: (person, sub-ledger, kind, month, fen), summing to nothing."""

    looked: bool = False
    settled: list[tuple[int, ...]] = field(default_factory=list)
    entries: list[tuple[int, ...]] = field(default_factory=list)


def reached(horizon: int | None) -> str:
    """SELECT of persons, the first month of the scope, the month and the origin of their opening, where the scope begins before it."""
    books = f"registry_openedbooks k WHERE {live.where('registry_openedbooks', 'k', horizon)}"
    return (
        "SELECT s.person_id, s.from_month, n.month, n.origin_id FROM f_scope s "
        f"JOIN (SELECT k.person_id, k.month, k.origin_id FROM {books}) n ON n.person_id = s.person_id WHERE s.from_month < n.month"
    )


def laws(region_id: int, kept_then: Mapping[str, Mapping[str, Rows]]) -> Laws:
    """The law known on each day on which books were opened, by that day: what a run kept of it, else the files of today."""
    origins = Origin.objects.filter(pk__in=OpenedBooks.objects.values("origin_id"))
    days = {origin.day for origin in origins}
    return {day: kept_then.get(day.isoformat()) or tables(region_id, day) for day in days}


def before(engine: InDatabase, known: Laws, horizon: int | None) -> Before:
    """What was settled before the books were opened within ``f_scope``, which exists in ``engine``; the caller provides the engine's
    relations anew when something was looked at."""
    rows = engine.rows(reached(horizon))
    found = Before(looked=bool(rows))
    openings: dict[int, list[tuple[int, int, int]]] = {}
    for person, start, month, origin in rows:
        openings.setdefault(origin, []).append((person, start, month))
    days = {origin.pk: origin.day for origin in Origin.objects.filter(pk__in=openings)}
    for origin, people in openings.items():
        found.settled += _as_opened(engine, known[days[origin]], origin, horizon, people)
    found.entries = _draws(found.settled, {person: month for person, _start, month, _origin in rows})
    return found


def law_reaches_to(known: Laws, now: Mapping[str, Rows]) -> int:
    """The first month for which the law now says something else than was known when books were opened; FOREVER: none."""
    found = [changed_from(kept(old), {**old, **{name: now[name] for name in _LAW}}) for old in known.values()]
    return min((month for month in found if month is not None), default=FOREVER)


def _as_opened(
    engine: InDatabase,
    law: Mapping[str, Rows],
    origin: int,
    horizon: int | None,
    people: Sequence[tuple[int, int, int]],
) -> list[tuple[int, ...]]:
    opened = f"SELECT w.person_id FROM registry_award w WHERE w.origin_id = {int(origin)}"
    parts = (
        "WITH RECURSIVE part(id) AS (SELECT o.id FROM registry_annuity o "
        f"WHERE o.origin_id = {int(origin)} UNION ALL SELECT n.id FROM registry_annuity n JOIN part ON n.supersedes_id = part.id) "
        "SELECT id FROM part"
    )
    engine.drop(*MONTHLY, "entitled", "span", "stopped", "basic_rate", "c_month")
    engine.provide_rows("f_run", [(max(month for _p, _start, month in people) - 1,)])
    engine.provide_rows("f_scope", people)
    engine.provide(
        "f_award",
        f"SELECT * FROM ({relations.select('f_award', horizon, 'f_scope')}) a WHERE person_id IN ({opened})",
    )
    engine.provide(
        "f_annuity",
        "SELECT f.person_id, f.from_month, f.balance_fen, f.divisor FROM registry_annuity f "
        f"WHERE {live.where('registry_annuity', 'f', horizon)} AND f.person_id IN (SELECT person_id FROM f_scope) "
        f"AND f.id IN ({parts})",
    )
    engine.provide("f_stop", relations.select("f_stop", origin, "f_scope"))
    for name in ("f_death", "f_other_pension"):
        engine.provide_rows(name, [])
    wanted = engine.reads(*MONTHLY)
    for name in ("f_contribution", "f_covered", "f_history", "f_group"):
        if name in wanted:
            engine.provide(name, relations.select(name, origin, "f_scope"))
    for name, rows in law.items():
        if f"p_{name}" in wanted:
            engine.provide_rows(f"p_{name}", rows)
    engine.build(*MONTHLY)
    union = " UNION ALL ".join(f"SELECT person_id, item, month, amount_fen FROM {step}" for step in MONTHLY)
    return engine.rows(
        f"SELECT person_id, item, month, CAST(SUM(amount_fen) AS BIGINT) FROM ({union}) t "
        "GROUP BY person_id, item, month ORDER BY person_id, month, item"
    )


def _draws(settled: Iterable[tuple[int, ...]], opened: Mapping[int, int]) -> list[tuple[int, ...]]:
    """The draws behind the opening balances, shared over the sub-ledgers in proportion to them."""
    pensions = [
        (person, month, fen) for person, item, month, fen in settled if item == ACCOUNT_PENSION and fen > 0
    ]
    held: dict[int, dict[int, int]] = {}
    entries = AccountEntry.objects.filter(
        person_id__in={person for person, _m, _f in pensions}, cause="opening"
    )
    for person, ledger, fen in entries.values_list("person_id", "ledger", "amount_fen"):
        own = held.setdefault(person, {})
        own[ledger] = own.get(ledger, 0) + fen
    rows: list[tuple[int, ...]] = []
    for person, month, fen in pensions:
        standing = sorted((ledger, part) for ledger, part in held.get(person, {}).items() if part > 0)
        total = sum(part for _ledger, part in standing)
        running = given = 0
        for ledger, part in standing:
            running += part
            share = fen * running // total - given
            given += share
            if share:
                rows += [
                    (person, ledger, DRAW, month, -share),
                    (person, ledger, PRINCIPAL, opened[person] - 1, share),
                ]
    return rows
