"""Bring in the people of a former system with their opening state: years, balances, awards, certificates (cut-over)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jingban.registry.claims import reached
from jingban.registry.law import policy
from jingban.registry.models import (
    AccountEntry,
    Annuity,
    Award,
    Certification,
    OpenedBooks,
    OpeningHistory,
    Relation,
    Stoppage,
)
from jingban.registry.services._people import (
    Identified,
    PersonRecord,
    check_groups,
    read_identities,
    refuse_known,
    refuse_shared_accounts,
    write_people,
)
from jingban.store import bulk
from jingban.store.models import Origin
from jingban.store.origins import Door, entering
from jingban.store.rows import Mode, Outcome, Rows
from jingban.values import months
from jingban.values.i18n import gettext as _
from jingban.values.masking import mask_id


@dataclass(slots=True, kw_only=True)
class OpeningAward:
    """An award made in the former system. ``further``: later account pension parts (from month, balance fen, divisor)."""

    start_month: int
    paid_years: int
    balance_fen: int
    divisor: int | None = None
    """As the former system used it; None: that of the law in the start month."""
    further: Sequence[tuple[int, int, int]] = field(default_factory=tuple)
    stop: tuple[int, str, int] | None = None
    """(kind, reason code, from month) when stopped at cut-over."""
    basis: int = Award.Basis.IMPORTED
    """SPECIAL keeps the count of special applications (R1.6-03) going across the cut-over."""


@dataclass(slots=True, kw_only=True)
class ImportRecord(PersonRecord):
    """A person of the former system. ``balances``: (ledger, kind) -> fen at cut-over, signed as account entries."""

    cutover: int
    """First month computed here; everything before it was settled in the former system."""
    history_years: int = 0
    balances: Mapping[tuple[int, int], int] = field(default_factory=dict)
    award: OpeningAward | None = None
    certified_on: dt.date | None = None


def import_people(
    records: Iterable[ImportRecord], door: Door, *, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """Register people with their opening state. Codes as ``enrol``, and REG-301 award before 60, REG-141 negative state."""
    with entering(door, dry_run=dry_run) as origin:
        sheet = Rows(records, mode)
        read = read_identities(sheet)
        births = {i: (months.of_date(read[i].birth), int(r.region)) for i, r in sheet.good() if r.award}
        ages = reached(births, origin.day)
        for index, record in list(sheet.good()):
            _check_opening(sheet, index, record, read[index], ages.get(index, (0, 0)))
        refuse_known(sheet, read)
        check_groups(sheet)
        refuse_shared_accounts(sheet)
        rows = sheet.decide()
        sheet.people = write_people(origin, rows, read, Relation.Entry.IMPORTED)
        _write_opening(origin, rows, sheet.people)
        _write_awards(origin, rows, sheet.people)
        amount = sum(sum(record.balances.values()) for _index, record in rows)
        return sheet.outcome(origin, amount_fen=amount)


def _check_opening(
    sheet: Rows[Any], index: int, record: ImportRecord, who: Identified, age: tuple[int, int]
) -> None:
    award = record.award

    def reject(code: str, message: str, **where: str) -> None:
        sheet.reject(index, code, message, subject=mask_id(who.id_number), **where)

    if record.history_years < 0 or sum(record.balances.values()) < 0:
        reject("REG-141", _("期初年限或余额为负"))
    elif record.from_month > record.cutover:
        reject("REG-142", _("参保月晚于建账月"))
    elif award and award.divisor is None and not _by_law(record, award):
        reject("REG-141", _("没有该月计发月数的参数，请填计发月数"), column=_("计发月数"))
    elif award and award.start_month <= age[1]:
        reject("REG-301", _("未满 {age} 周岁不能领取待遇").format(age=age[0]), column=_("待遇起始月"))
    elif award and (award.balance_fen < 0 or not award.divisor or award.divisor <= 0 or award.paid_years < 0):
        reject("REG-141", _("期初待遇的储存额、计发月数或年限不合理"))


def _by_law(record: ImportRecord, award: OpeningAward) -> bool:
    """Fill in the divisor of the law; False where it has none."""
    found = policy().find("account_divisor", record.region, award.start_month)
    if found is not None:
        award.divisor = int(found.value)
    return found is not None


def _write_opening(origin: Origin, rows: Sequence[tuple[int, ImportRecord]], people: dict[int, int]) -> None:
    o = origin.pk
    bulk.insert(
        OpenedBooks, ["origin_id", "person_id", "month"], ((o, people[i], r.cutover) for i, r in rows)
    )
    bulk.insert(
        OpeningHistory,
        ["origin_id", "person_id", "years", "through_year"],
        ((o, people[i], r.history_years, months.year_of(r.cutover - 1)) for i, r in rows if r.history_years),
    )
    bulk.insert(
        AccountEntry,
        ["origin_id", "person_id", "ledger", "kind", "year", "month", "amount_fen", "cause"],
        (
            (o, people[i], ledger, kind, months.year_of(r.cutover - 1), r.cutover - 1, amount, "opening")
            for i, r in rows
            for (ledger, kind), amount in r.balances.items()
            if amount
        ),
    )
    bulk.insert(
        Certification,
        ["origin_id", "person_id", "month", "certified_on", "channel", "evidence"],
        (
            (o, people[i], months.of_date(r.certified_on), r.certified_on.isoformat(), "01", "opening")
            for i, r in rows
            if r.certified_on
        ),
    )


def _write_awards(origin: Origin, rows: Sequence[tuple[int, ImportRecord]], people: dict[int, int]) -> None:
    o = origin.pk
    awards = [(people[i], r.award) for i, r in rows if r.award]
    bulk.insert(
        Award,
        ["origin_id", "person_id", "start_month", "paid_years", "basis", "balance_fen", "divisor", "decided_on"],
        (
            (o, person, a.start_month, a.paid_years, int(a.basis), a.balance_fen, a.divisor,
             months.first_day(a.start_month).isoformat())
            for person, a in awards
        ),
    )  # fmt: skip
    parts = [
        (o, person, start, balance, divisor, cause)
        for person, a in awards
        for start, balance, divisor, cause in (
            (a.start_month, a.balance_fen, a.divisor, "award"),
            *((start, balance, divisor, "recalculation") for start, balance, divisor in a.further),
        )
    ]
    bulk.insert(Annuity, ["origin_id", "person_id", "from_month", "balance_fen", "divisor", "cause"], parts)
    bulk.insert(
        Stoppage,
        ["origin_id", "person_id", "kind", "reason", "valid_from"],
        ((o, person, a.stop[0], a.stop[1], a.stop[2]) for person, a in awards if a.stop),
    )
