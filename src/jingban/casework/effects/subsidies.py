"""Effects of the subsidies of fishers and land-lost farmers (R1.18): scheme choice, credit, recalculation when in receipt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jingban.casework.effects import Situation
from jingban.casework.effects.together import together
from jingban.registry.law import policy
from jingban.registry.models import AccountEntry, SchemeChoice
from jingban.registry.services import _benefits
from jingban.registry.services.choices import SchemeChoiceRecord, choose_scheme
from jingban.registry.services.post_account_entries import EntryRecord, post_account_entries
from jingban.registry.services.recalculate import RecalculationRecord, recalculate
from jingban.store import live
from jingban.store.origins import Door
from jingban.store.rows import Mode, Outcome
from jingban.values.findings import Finding, Refused
from jingban.values.i18n import gettext as _
from jingban.values.money import format_yuan
from jingban.values.months import of_date

Values = Sequence[dict[str, Any]]
FISHER, LAND_LOST = 5, 6
LEDGERS = {FISHER: 21, LAND_LOST: 22}
CAUSES = {FISHER: "fisher-subsidy", LAND_LOST: "land-subsidy"}


def fisher(values: Values, door: Door, now: Situation, mode: Mode, dry_run: bool) -> Outcome:
    """退捕渔民险种确认与补贴入账."""
    return _subsidy(FISHER, values, door, now, mode, dry_run)


def land_lost(values: Values, door: Door, now: Situation, mode: Mode, dry_run: bool) -> Outcome:
    """被征地农民险种确认与补贴入账."""
    return _subsidy(LAND_LOST, values, door, now, mode, dry_run)


def _refuse_above_law(group: int, rows: Sequence[dict[str, Any]], outcome: Outcome, now: Situation) -> None:
    """CAS-551: a fisher's subsidy adds up to so much a year for so many years, where the county's law says both (R1.18)."""
    law = [
        policy().find(name, now.region, of_date(now.today), now.today)
        for name in ("fisher_subsidy", "fisher_subsidy_years")
    ]
    if group != FISHER or any(dated is None for dated in law):
        return
    yearly, most = (dated.value for dated in law if dated is not None)
    credited: dict[int, int] = {}
    for person, ledger, kind, fen in live.rows(
        AccountEntry, ["person_id", "ledger", "kind", "amount_fen"], outcome.person_ids.values()
    ):
        if (ledger, kind) == (LEDGERS[FISHER], AccountEntry.Kind.PRINCIPAL):
            credited[person] = credited.get(person, 0) + fen
    text = _("退捕渔民补贴累计超过规定的每年 {yearly} 元、最多 {most} 年")
    over = [
        Finding(
            "CAS-551",
            text.format(yearly=format_yuan(yearly), most=most),
            row=row["row"],
            column=_("补贴金额"),
        )
        for row in rows
        if credited.get(outcome.person_ids[row["row"]], 0) > yearly * most
    ]
    if over:
        raise Refused(over)


def _subsidy(group: int, values: Values, door: Door, now: Situation, mode: Mode, dry_run: bool) -> Outcome:
    month = of_date(now.today)

    def act(rows: Sequence[dict[str, Any]]) -> Outcome:
        choices = [
            SchemeChoiceRecord(
                person=r["person"], group_id=group, scheme=r["scheme"], signed_on=r["signed_on"], row=r["row"]
            )
            for r in rows
        ]
        outcome = choose_scheme(choices, door)
        credited = [r for r in rows if r["scheme"] == SchemeChoice.Scheme.RESIDENT and r.get("amount_fen")]
        entries = [
            EntryRecord(person=r["person"], ledger=LEDGERS[group], amount_fen=r["amount_fen"], month=month,
                        year=now.today.year, cause=CAUSES[group], row=r["row"])
            for r in credited
        ]  # fmt: skip
        post_account_entries(entries, door)
        _refuse_above_law(group, credited, outcome, now)
        awarded = _benefits.awards(outcome.person_ids.values())
        again = [
            RecalculationRecord(person=r["person"], from_month=month + 1, balance_fen=r["amount_fen"],
                                cause=CAUSES[group], row=r["row"])
            for r in credited
            if outcome.person_ids.get(r["row"]) in awarded
        ]  # fmt: skip
        recalculate(again, door)
        outcome.amount_fen = sum(r["amount_fen"] for r in credited)
        return outcome

    return together(values, mode, dry_run, act)
