"""Effects on who people are: enrolment, key data, contact, bank account, groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jingban.casework.effects import Situation
from jingban.casework.effects.consequences import birth_date_changed
from jingban.casework.effects.together import together
from jingban.registry.models import Identity
from jingban.registry.person_rows import find_persons
from jingban.registry.services.change_person import (
    ContactRecord,
    KeyDataRecord,
    change_contact,
    change_key_data,
)
from jingban.registry.services.enrol import EnrolRecord
from jingban.registry.services.enrol import enrol as enrol_people
from jingban.registry.services.groups import GroupRecord, join_group, leave_group
from jingban.registry.services.set_bank_account import BankAccountRecord
from jingban.registry.services.set_bank_account import set_bank_account as set_account
from jingban.store import live
from jingban.store.origins import Door
from jingban.store.rows import Mode, Outcome
from jingban.values.months import of_date

Values = Sequence[dict[str, Any]]


def enrol(values: Values, door: Door, now: Situation, mode: Mode, dry_run: bool) -> Outcome:
    """参保登记 (R1.1): from the month of the decision unless the form says another."""
    base = {"region": now.region, "from_month": of_date(now.today)}
    return enrol_people([EnrolRecord(**{**base, **row}) for row in values], door, mode=mode, dry_run=dry_run)


def key_data(values: Values, door: Door, now: Situation, mode: Mode, dry_run: bool) -> Outcome:
    """关键信息变更 (R1.1-05): name, number, birth date; an award that rested on the birth date moves with it."""

    def act(rows: Values) -> Outcome:
        found = find_persons([row["person"] for row in rows])
        people = [matches[0] for matches in found.values() if len(matches) == 1]
        before = dict(live.rows(Identity, ["person_id", "birth_date"], people))
        outcome = change_key_data([KeyDataRecord(**row) for row in rows], door)
        after = dict(live.rows(Identity, ["person_id", "birth_date"], people))
        for row, person in outcome.person_ids.items():
            if before[person] != after[person]:
                outcome.findings += birth_date_changed(person, before[person], after[person], door, row)
        return outcome

    return together(values, mode, dry_run, act)


def contact(values: Values, door: Door, now: Situation, mode: Mode, dry_run: bool) -> Outcome:
    """联系方式与住址变更 (R1.1-05)."""
    base = {"from_month": of_date(now.today)}
    return change_contact(
        [ContactRecord(**{**base, **row}) for row in values], door, mode=mode, dry_run=dry_run
    )


def bank_account(values: Values, door: Door, now: Situation, mode: Mode, dry_run: bool) -> Outcome:
    """银行账户变更: from the month of the decision on."""
    base = {"from_month": of_date(now.today)}
    return set_account(
        [BankAccountRecord(**{**base, **row}) for row in values], door, mode=mode, dry_run=dry_run
    )


def join(values: Values, door: Door, now: Situation, mode: Mode, dry_run: bool) -> Outcome:
    """列入群体名单 (R1.3-01). ``through_month``: the last month in it, as on the list of groups."""
    records = [GroupRecord(**_spelled_out(row, "to_month")) for row in values]
    return join_group(records, door, mode=mode, dry_run=dry_run)


def leave(values: Values, door: Door, now: Situation, mode: Mode, dry_run: bool) -> Outcome:
    """退出群体名单: ``through_month`` is the last month in it; the month before the first takes the membership back whole."""
    records = [GroupRecord(**_spelled_out(row, "from_month")) for row in values]
    return leave_group(records, door, mode=mode, dry_run=dry_run)


def _spelled_out(row: dict[str, Any], first_out: str) -> dict[str, Any]:
    rest = dict(row)
    through = rest.pop("through_month", None)
    return rest if through is None else {**rest, first_out: through + 1}
