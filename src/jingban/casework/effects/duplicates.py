"""Effect of the refund of duplicate months (R1.16-04): only the months insured elsewhere are a fact, the refund is owed by rule.

An award decided here that counted those months is corrected with them (CAS-526), or cannot do without them (CAS-525): they make
no years of it, and the money paid for them is no part of the balance its account pension was computed from (R1.8-04).
What was paid too much on it becomes a receivable with the next run.

Code CAS-531 (warning): nothing was paid in those months that this register could refund.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jingban.casework.by_rule import refunds
from jingban.casework.effects import Situation
from jingban.casework.effects.consequences import REFUNDED, awards_here, insured_elsewhere
from jingban.casework.effects.together import together
from jingban.registry.models import Contribution, OpenedBooks
from jingban.registry.person_rows import find_persons
from jingban.registry.services.record_other import CoverageRecord, record_coverage
from jingban.store import live
from jingban.store.origins import Door
from jingban.store.rows import Mode, Outcome
from jingban.values.findings import Finding
from jingban.values.i18n import gettext as _
from jingban.values.months import of_date, year_of


def refund(
    values: Sequence[dict[str, Any]], door: Door, now: Situation, mode: Mode, dry_run: bool
) -> Outcome:
    """重复缴费清退: item 303 of the next run. ``to_month`` is the last month insured elsewhere, as people say it."""
    return together(values, mode, dry_run, lambda rows: _refund(rows, door, now))


def _refund(values: Sequence[dict[str, Any]], door: Door, now: Situation) -> Outcome:
    before = {row["row"]: _due(row, now) for row in values}
    records = [
        CoverageRecord(person=r["person"], scheme=r["scheme"], from_month=r["from_month"], to_month=r["to_month"] + 1, row=r["row"])
        for r in values
    ]  # fmt: skip
    outcome = record_coverage(records, door)
    paid = live.by_person(Contribution, ["year", "kind"], outcome.person_ids.values())
    opened = dict(live.rows(OpenedBooks, ["person_id", "month"], outcome.person_ids.values()))
    for row in values:
        person = outcome.person_ids.get(row["row"])
        if person is None:
            continue
        first = max(row["from_month"], year_of(opened.get(person, 0)) * 12)
        years = range(year_of(first), year_of(row["to_month"]) + 1)
        if not any(year in years and kind in REFUNDED for year, kind in paid.get(person, ())):
            text = _("重复期间没有可清退的个人缴费（建账以前的由原系统清退），只登记重复月份")
            outcome.findings.append(Finding("CAS-531", text, "warning", row["row"]))
        already = before[row["row"]]
        more = {month: fen - already.get(month, 0) for month, fen in _due(row, now).items()}
        outcome.findings.extend(insured_elsewhere(person, more, door, row["row"]))
    return outcome


def _due(row: dict[str, Any], now: Situation) -> dict[int, int]:
    """What is to be refunded by all that is known of the person, where an award rests on it; January of the year → fen."""
    found = find_persons([row["person"]])[row["person"]]
    if len(found) != 1 or not awards_here(found[0]):
        return {}
    return refunds(int(now.region), found[0], max(row["to_month"], of_date(now.today)), now.today)
