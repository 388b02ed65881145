"""The simulated clerks: what comes in on a list is brought as cases by one, approved by others, and only then a fact.

Certificates, tax returns, groups of the opening and postings stay lists: they are bulk data of other bodies, not matters of a person.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import transaction

from jingban.casework.kind import kind_of
from jingban.casework.models import Case
from jingban.casework.services import bring, decide
from jingban.casework.services.bring import Intake
from jingban.casework.services.consult import PHONE, ConsultRecord, record_consultations
from jingban.cli.county import schedule
from jingban.cli.county import targets as t
from jingban.cli.county.calendar import Listing
from jingban.cli.county.schedule import DECEMBER, JANUARY
from jingban.registry.lists import parse_grid, read_grid
from jingban.registry.lists.entry import Defaults
from jingban.registry.lists.register import LISTS
from jingban.registry.models import Award, Contribution
from jingban.registry.origins import Door
from jingban.values import months
from jingban.values.findings import Refused

KINDS = {
    "enrolments": "enrolment", "deaths": "death", "terminations": "termination", "transfers": "transfer_out",
    "changes": "key_data_change", "contacts": "contact_change", "accounts": "bank_account_change", "stops": "suspension",
    "resumptions": "resumption", "recalculations": "recalculation", "groups": "group_membership",
}  # fmt: skip
MAKERS = {
    "award": "经办甲", "special_award": "经办甲", "enrolment": "经办己", "catch_up_payment": "经办己", "death": "经办庚",
}  # fmt: skip
APPROVERS = ("复核乙", "主任戊")
OTHERS = "经办甲"
CHANNELS = {
    "death": Case.Channel.VILLAGE,
    "suspension": Case.Channel.AGENCY,
    "recalculation": Case.Channel.AGENCY,
}
_COMPUTED = {"suspension": {"kind"}, "special_award": {"basis", "decided_on"}, "award": {"decided_on"}}
"""Fields of the records that the case works out for itself."""
FROM_LISTS = t.AWARDS - t.BENEFIT_REVIEWS
"""Special applications that townships hand in as lists; every other application is reviewed on its own at the counter."""
_SUBJECTS = (
    "缴费档次与补贴",
    "待遇领取条件",
    "资格认证",
    "社会保障卡与银行账户",
    "关系转移",
    "补缴",
    "死亡待遇",
    "其他",
)
_WEIGHTS = (24, 19, 17, 13, 8, 7, 6, 6)


def process(listing: Listing, path: Path, door: Door, defaults: Defaults) -> None:
    """Take one list in, wholly or not at all; ``door.source`` is the step's key and stands in what is written."""
    entry = LISTS[listing.kind]
    parsed = parse_grid(entry.describe(defaults), read_grid(path))
    if parsed.errors:
        raise Refused(parsed.findings)
    matters, rest = _sorted(listing, parsed.records)
    with transaction.atomic():
        for (kind, channel), records in matters.items():
            _decided(kind, channel, records, listing.when, door, defaults.region)
        if rest:
            entry.take(rest, door, "refuse_all", False)


def _sorted(listing: Listing, records: Iterable[Any]) -> tuple[dict[tuple[str, str], list[Any]], list[Any]]:
    """Records by case kind and channel, and those that are no matter of a person."""
    matters: dict[tuple[str, str], list[Any]] = {}
    rest: list[Any] = []
    for record in records:
        kind = _kind(listing, record)
        if kind:
            channel = CHANNELS.get(kind, Case.Channel.COUNTER)
            if kind == "special_award" and _from_lists(len(matters.get((kind, Case.Channel.BATCH), ()))):
                channel = Case.Channel.BATCH
            matters.setdefault((kind, channel), []).append(record)
        else:
            rest.append(record)
    return matters, rest


def _from_lists(taken: int) -> bool:
    """Townships hand in lists until as many came in this way as the year has."""
    before = Case.objects.filter(kind="special_award", channel=Case.Channel.BATCH).count()
    return before + taken < FROM_LISTS


def _kind(listing: Listing, record: Any) -> str:
    if listing.when.year < schedule.YEAR:
        return ""
    if listing.kind == "awards":
        return "special_award" if record.basis == Award.Basis.SPECIAL else "award"
    if listing.kind == "contributions":
        return "catch_up_payment" if record.kind == Contribution.Kind.CATCH_UP else ""
    return KINDS.get(listing.kind, "")


def _decided(kind: str, channel: str, records: list[Any], when: dt.datetime, door: Door, region: str) -> None:
    rows = [_values(kind, record) for record in records]
    intake = Intake(MAKERS.get(kind, OTHERS), when, region, channel, "县中心窗口", door.source)
    numbers = list(bring(kind, rows, intake).numbers.values())
    for approver in APPROVERS[: kind_of(kind).levels]:
        decide(numbers, "approve", approver, when, region)
    if kind_of(kind).above:
        _large(numbers, when, region)


def _large(numbers: list[str], when: dt.datetime, region: str) -> None:
    """What needs one more approval because of its amount."""
    from jingban.casework.models import CaseEvent
    from jingban.casework.services.state import current

    waiting = [
        number for number, case in current(numbers).items() if case.last.state == CaseEvent.State.PENDING
    ]
    if waiting:
        decide(waiting, "approve", "局长辛", when, region)


def _values(kind: str, record: Any) -> dict[str, Any]:
    """A record of the list as the fields of the form: what was said, nothing else."""
    left_out = {"row", *_COMPUTED.get(kind, ())}
    return {
        field.name: getattr(record, field.name)
        for field in dataclasses.fields(record)
        if field.name not in left_out and getattr(record, field.name) not in (None, "", field.default, (), [])
    }


def consultations(month: int) -> list[ConsultRecord]:
    """What was asked in a month of the year; together the published number."""
    count, over = divmod(t.CONSULTATIONS, DECEMBER - JANUARY + 1)
    count += 1 if month - JANUARY < over else 0
    days, drawn = (
        [schedule.working_day(month, n) for n in range(1, 16)],
        [s for s, w in zip(_SUBJECTS, _WEIGHTS, strict=True) for _n in range(w)],
    )
    return [
        ConsultRecord(
            schedule.at(days[k % len(days)], 9 + k % 8, k * 7 % 60), drawn[k * 37 % len(drawn)],
            PHONE if k % 5 == 0 else Case.Channel.COUNTER, "县中心窗口", ("经办甲", "经办己", "经办庚")[k % 3],
        )
        for k in range(count)
    ]  # fmt: skip


def consulted(month: int, key: str, when: dt.datetime) -> None:
    """Enter the consultations of a month."""
    title = f"{months.format_month(month)} 咨询登记"
    record_consultations(consultations(month), Door("经办甲", "consult", key, title, when))
