"""Compare the lists that came in with the register and raise a suspicion for every hit."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from jingban.registry.models import Award, OtherPension, Stoppage
from jingban.registry.services._benefits import deaths
from jingban.safeguards.matching.cascade import title
from jingban.safeguards.matching.match import Hit, list_table, match, register_table
from jingban.safeguards.models import OtherList
from jingban.safeguards.overpaid import not_due_from, overpaid
from jingban.safeguards.services.find import Confidence, Found, Raised, fingerprint, raise_all
from jingban.safeguards.sources import SOURCES
from jingban.schemes.loader import RESIDENTS
from jingban.store import bulk, live
from jingban.store.origins import Door
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _

REASON_PRISON = RESIDENTS.reason("prison")


@dataclass(slots=True)
class Compared:
    """Counts of a comparison. ``rows`` = matched rows + ``unknown``; ``settled``: the register knows already."""

    lists: int
    rows: int
    unknown: int
    settled: int
    confidences: Counter[str]
    raised: Raised = field(default_factory=Raised)


def compare(
    payroll_month: int,
    door: Door,
    *,
    sources: Sequence[str] = (),
    month: int | None = None,
    ranked: bool = True,
) -> Compared:
    """Match every list that raises suspicions (of these sources, of this list month). Code SAF-202: no such list.

    A match alone stops nothing: number and name equal -> provisional hold from ``payroll_month``; the rest waits for review.
    """
    lists = OtherList.objects.filter(source__in=sources or [n for n, s in SOURCES.items() if s.suspicion])
    if month is not None:
        lists = lists.filter(month=month)
    of = {pk: source for pk, source in lists.values_list("pk", "source") if SOURCES[source].suspicion}
    if not of:
        raise refuse("SAF-202", _("没有可比对的名单，请先导入"))
    listed = list_table(list(of))
    hits = match(register_table(listed), listed, ranked=ranked)
    rows = _rows(hits)
    known = _Known([hit.person_id for hit in hits])
    found: list[Found] = []
    settled = 0
    for hit in hits:
        row = rows[hit.row_id]
        source = SOURCES[of[row.list_id]]
        if source.recipients_only and hit.person_id not in known.recipients:
            continue
        if known.settled(hit.person_id, source.suspicion, row):
            settled += 1
            continue
        found.append(
            _found(
                hit, row, source.suspicion, source.hold and hit.person_id in known.recipients, source.title
            )
        )
    _add_amounts(found)
    raised = raise_all(found, payroll_month, door)
    matched = {hit.row_id for hit in hits}
    confidences = Counter(item.confidence for item in found)
    return Compared(len(of), listed.num_rows, listed.num_rows - len(matched), settled, confidences, raised)


@dataclass(frozen=True, slots=True)
class _Row:
    list_id: int
    id_number: str
    name: str
    event_on: dt.date | None
    detail: str


def _rows(hits: Sequence[Hit]) -> dict[int, _Row]:
    rows = bulk.fetch(
        f"SELECT id, list_id, id_number, name, event_on, detail FROM safeguards_otherrow WHERE {bulk.among('id')}",
        [bulk.listed(hit.row_id for hit in hits)],
    )
    return {pk: _Row(source, number, name, _day(on), detail) for pk, source, number, name, on, detail in rows}


def _day(value: Any) -> dt.date | None:
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


class _Known:
    """What the register knows of the persons that were hit."""

    def __init__(self, persons: Sequence[int]) -> None:
        self.dead = deaths(persons)
        self.recipients = {p for (p,) in live.rows(Award, ["person_id"], persons)} - set(self.dead)
        self.pensions = {p for (p,) in live.rows(OtherPension, ["person_id"], persons)}
        self.prison = {
            p
            for p, reason in live.rows(Stoppage, ["person_id", "reason"], persons)
            if reason == REASON_PRISON
        }

    def settled(self, person: int, kind: str, row: _Row) -> bool:
        """The register already carries what the list says."""
        match kind:
            case "death":
                return person in self.dead
            case "dual_receipt":
                return person in self.pensions or person in self.dead
            case "prison":
                return person in self.prison or person in self.dead
            case _:
                return person in self.dead


def _found(hit: Hit, row: _Row, kind: str, may_hold: bool, source: str) -> Found:
    return Found(
        kind=kind,
        person_id=hit.person_id,
        fingerprint=fingerprint(row.id_number, row.name, row.event_on),
        method=hit.rule,
        confidence=hit.confidence,
        score=hit.score,
        row_id=hit.row_id,
        event_on=row.event_on,
        hold=may_hold and hit.confidence == Confidence.CERTAIN,
        detail={"来源": source, "理由": title(hit.rule), **({"内容": row.detail} if row.detail else {})},
    )


def _add_amounts(found: Sequence[Found]) -> None:
    since = {item.person_id: not_due_from(item.kind, item.event_on) for item in found if item.event_on}
    amounts = overpaid(since)
    for item in found:
        if item.event_on:
            item.amount_fen = amounts.get(item.person_id, 0)
