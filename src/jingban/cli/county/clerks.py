"""The simulated clerks: what comes in on a list is brought as cases by one, approved by others, and only then a fact.

A matter is received on one day and decided on another (``handling``). Certificates, tax returns, the opening state, other
bodies' lists and postings stay lists: they are bulk data, not matters of a person.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.db import transaction

from jingban.casework.kind import kind_of, kinds
from jingban.casework.models import Case
from jingban.casework.services import bring, decide, open_cases, resubmit
from jingban.casework.services.bring import Intake
from jingban.casework.services.consult import PHONE, ConsultRecord, record_consultations
from jingban.casework.services.state import current
from jingban.casework.stored import from_stored
from jingban.cli.county import handling, schedule
from jingban.cli.county import targets as t
from jingban.cli.county.listing import Listing
from jingban.cli.county.schedule import DECEMBER, JANUARY
from jingban.registry.lists.register import LISTS as REGISTER
from jingban.registry.models import Award, Contribution
from jingban.registry.person_rows import find_persons
from jingban.safeguards.lists import LISTS as SAFEGUARDS
from jingban.store.lists import parse_grid, read_grid
from jingban.store.lists.entry import Defaults, ListEntry
from jingban.store.origins import Door, entering
from jingban.values import months
from jingban.values.findings import Refused

LISTS: dict[str, ListEntry] = REGISTER | SAFEGUARDS
KINDS = {
    "enrolments": "enrolment", "deaths": "death", "terminations": "termination", "transfers": "transfer_out",
    "changes": "key_data_change", "contacts": "contact_change", "accounts": "bank_account_change",
    "resumptions": "resumption", "groups": "group_membership", "contributions": "catch_up_payment",
}  # fmt: skip
MAKERS = {
    "award": "经办甲", "special_award": "经办甲", "enrolment": "经办己", "catch_up_payment": "经办己", "death": "经办庚",
}  # fmt: skip
APPROVERS = ("复核乙", "主任戊")
HIGHEST = "局长辛"
OTHERS = "经办甲"
CHANNELS = {
    "death": Case.Channel.VILLAGE,
    "group_membership": Case.Channel.AGENCY,
    "fisher_subsidy": Case.Channel.VILLAGE,
    "land_lost_subsidy": Case.Channel.VILLAGE,
}
_OFFICES = {Case.Channel.VILLAGE: "乡镇便民服务中心", Case.Channel.BATCH: "乡镇便民服务中心"}
_COMPUTED = {"special_award": {"basis", "decided_on"}, "award": {"decided_on"}}
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


def is_matter(listing: Listing) -> bool:
    """Whether its rows are matters of persons that somebody must decide."""
    if listing.when.year < schedule.YEAR:
        return False
    if listing.kind == "contributions":
        return listing.title.startswith("补缴")
    return listing.kind == "awards" or listing.kind in KINDS or listing.kind in kinds()


def receipts(listing: Listing) -> dict[dt.date, list[int]]:
    """Day of receipt -> rows (counted from 0) that come in that day."""
    found: dict[dt.date, list[int]] = {}
    for index, row in enumerate(listing.rows):
        day = handling.received(listing.kind, row[0], listing.when.date(), listing.floor or schedule.OPENED)
        found.setdefault(day, []).append(index)
    return dict(sorted(found.items()))


def take(listing: Listing, path: Path, door: Door, defaults: Defaults) -> None:
    """Take a list in, wholly or not at all."""
    LISTS[listing.kind].take(_read(listing, path, defaults), door, "refuse_all", False)


def _read(listing: Listing, path: Path, defaults: Defaults) -> list[Any]:
    described = (
        LISTS[listing.kind].describe(defaults) if listing.kind in LISTS else kind_of(listing.kind).listing()
    )
    parsed = parse_grid(described, read_grid(path))
    if parsed.errors:
        raise Refused(parsed.findings)
    return list(parsed.records)


def receive(
    listing: Listing,
    path: Path,
    rows: Sequence[int],
    door: Door,
    defaults: Defaults,
    proposed: Mapping[str, tuple[int, int]],
) -> None:
    """Bring the cases of these rows. ``door.source`` is the step's key and stands in what is written.

    ``proposed``: who stands on the list of those turning sixty, with first month and required years: what was worked out
    in advance is what is applied for.
    """
    records = _read(listing, path, defaults)
    sorted_: dict[tuple[str, Case.Channel], list[dict[str, Any]]] = {}
    for index in rows:
        kind, values = _matter(listing, records[index])
        if kind == "award" and (ready := proposed.get(str(values["person"]))):
            values["start_month"], values["required_years"] = ready
        channel = CHANNELS.get(kind, Case.Channel.COUNTER)
        if kind == "special_award" and _from_lists(len(sorted_.get((kind, Case.Channel.BATCH), ()))):
            channel = Case.Channel.BATCH
        sorted_.setdefault((kind, channel), []).append(values)
    with transaction.atomic():
        for (kind, channel), matters in sorted_.items():
            bring_in(kind, matters, door, defaults.region, channel)


def bring_in(
    kind: str, matters: Sequence[dict[str, Any]], door: Door, region: str, channel: str = Case.Channel.AGENCY
) -> list[str]:
    """One clerk enters cases of a kind. Returns their numbers."""
    assert door.at is not None
    office = _OFFICES.get(Case.Channel(channel), "县中心窗口")
    intake = Intake(MAKERS.get(kind, OTHERS), door.at, region, channel, office, door.source)
    return list(bring(kind, matters, intake).numbers.values())


def decided(listing: Listing, path: Path, door: Door, defaults: Defaults) -> None:
    """Decide whatever of the list is open: some are sent back once, then each level approves."""
    asked: dict[str, set[str]] = {}
    for record in _read(listing, path, defaults):
        kind, values = _matter(listing, record)
        asked.setdefault(kind, set()).add(str(values.get("person") or values.get("id_number")))
    with entering(door):
        for kind, persons in asked.items():
            approve(kind, waiting(kind, persons), door, defaults.region)


def waiting(kind: str, persons: Collection[str]) -> list[str]:
    """Numbers of the open cases of a kind about these persons, whichever of their numbers the form carries."""
    known = {person for found in find_persons(sorted(persons)).values() for person in found}
    return [
        event.case.number
        for event in open_cases(kind)
        if _whose(event.case.content) in persons or event.case.person_id in known
    ]


def _whose(content: dict[str, Any]) -> str:
    return str(content.get("person") or content.get("id_number") or "")


def approve(kind: str, numbers: Sequence[str], door: Door, region: str) -> None:
    """Every level of approval a kind and its amounts ask for, some minutes apart."""
    if not numbers:
        return
    assert door.at is not None
    _send_back(kind, numbers, door.at, region)
    for level, approver in enumerate(APPROVERS[: kind_of(kind).levels]):
        decide(numbers, "approve", approver, door.at + dt.timedelta(minutes=20 * level), region)
    if kind_of(kind).above:
        large = [event.case.number for event in open_cases(kind) if event.case.number in set(numbers)]
        if large:
            decide(large, "approve", HIGHEST, door.at + dt.timedelta(minutes=40), region)


def _send_back(kind: str, numbers: Sequence[str], at: dt.datetime, region: str) -> None:
    """The reviewer returns a few; their maker submits them again."""
    found = current(numbers) if kind in ("enrolment", "catch_up_payment", "contact_change") else {}
    back = {number: case for number, case in found.items() if handling.sent_back(_whose(case.case.content))}
    if not back:
        return
    decide(list(back), "return", APPROVERS[0], at, region, note="材料影像不清晰，请重新采集")
    for number, case in back.items():
        values = from_stored(kind_of(kind), dict(case.values))
        resubmit(number, values, case.case.maker, at, note="已重新采集")


def _matter(listing: Listing, record: Any) -> tuple[str, dict[str, Any]]:
    """The case kind of a row and the fields of its form."""
    if isinstance(record, dict):
        return listing.kind, {key: value for key, value in record.items() if key != "row"}
    kind = KINDS.get(listing.kind, "")
    if listing.kind == "awards":
        kind = "special_award" if record.basis == Award.Basis.SPECIAL else "award"
    assert kind != "catch_up_payment" or record.kind == Contribution.Kind.CATCH_UP
    return kind, _values(kind, record)


def _from_lists(taken: int) -> bool:
    """Townships hand in lists until as many came in this way as the year has."""
    before = Case.objects.filter(kind="special_award", channel=Case.Channel.BATCH).count()
    return before + taken < FROM_LISTS


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
