"""Effects at and after a death: settlement to the heirs with the funeral grant, and a death that was wrongly recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from jingban.casework.effects import Situation
from jingban.casework.effects.consequences import correct_with_consequences
from jingban.casework.effects.together import together
from jingban.payments.services.estate_payee import PayeeRecord, set_estate_payee
from jingban.registry.models import Death
from jingban.registry.person_rows import find_persons
from jingban.registry.services.correct import CorrectionRecord
from jingban.registry.services.record_deaths import DeathRecord, record_deaths
from jingban.store import live
from jingban.store.origins import Door
from jingban.store.rows import Mode, Outcome
from jingban.values.findings import Finding, Refused
from jingban.values.i18n import gettext as _

Values = Sequence[dict[str, Any]]


def settle(values: Values, door: Door, now: Situation, mode: Mode, dry_run: bool) -> Outcome:
    """死亡终止与遗属待遇结算 (R1.12): death, if not yet known, and who receives balance, funeral grant and what was still due.

    The amounts are not entered anywhere: the next run owes them. Code CAS-512: the death is recorded with another day.
    """

    def act(rows: Values) -> Outcome:
        known = _dead(rows)
        fresh = [row for row in rows if row["person"] not in known]
        wrong = [
            Finding("CAS-201", _("没有填写"), row=row["row"], column=_("死亡日期"))
            for row in fresh
            if not row.get("died_on")
        ]
        for row in rows:
            day = known.get(row["person"])
            if day is not None and row.get("died_on") not in (None, day):
                text = _("已登记的死亡日期是 %(day)s；登记有误的先办差错更正")
                wrong.append(Finding("CAS-512", text % {"day": day}, row=row["row"], column=_("死亡日期")))
        if wrong:
            raise Refused(wrong)
        record_deaths(
            [DeathRecord(person=r["person"], died_on=r["died_on"], evidence=r.get("evidence") or "", row=r["row"]) for r in fresh],
            door,
        )  # fmt: skip
        payees = [
            PayeeRecord(person=r["person"], name=r["payee"], bank=r["bank"], account=r["account"],
                        relationship=r.get("relationship") or "", row=r["row"])
            for r in rows
        ]  # fmt: skip
        return set_estate_payee(payees, door)

    return together(values, mode, dry_run, act)


def _dead(rows: Values) -> dict[Any, dt.date]:
    """References of the form whose death is already recorded, with its day."""
    found = find_persons([row["person"] for row in rows])
    died = dict(
        live.rows(Death, ["person_id", "died_on"], [p for matches in found.values() for p in matches])
    )
    return {reference: died[p] for reference, matches in found.items() for p in matches if p in died}


def reverse_death(values: Values, door: Door, now: Situation, mode: Mode, dry_run: bool) -> Outcome:
    """撤销死亡登记: death and end of the relation are withdrawn. What was held is paid, what the estate got is claimed back.

    Code CAS-511: no death is recorded.
    """

    def act(rows: Values) -> Outcome:
        found = find_persons([row["person"] for row in rows])
        people = {row["row"]: found[row["person"]][0] for row in rows if len(found[row["person"]]) == 1}
        deaths = live.by_person(Death, ["id"], people.values())
        wrong = [
            Finding("CAS-511", _("没有可撤销的死亡登记"), row=row["row"])
            for row in rows
            if people.get(row["row"]) not in deaths
        ]
        if wrong:
            raise Refused(wrong)
        outcome = Outcome(0, [])
        for row in rows:
            record = CorrectionRecord(
                fact_id=deaths[people[row["row"]]][-1][0], withdraw=True, row=row["row"]
            )
            one = correct_with_consequences(Death, record, door)
            outcome = Outcome(outcome.accepted + 1, outcome.findings + one.findings, one.origin_id)
        outcome.person_ids = people
        return outcome

    return together(values, mode, dry_run, act)
