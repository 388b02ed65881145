"""What came back about listed persons: certificates are recorded, deaths become cases, the rest gets its next task.

Codes: SAF-502 not on the list, SAF-503 the sheet of another village, SAF-504 passed without day, SAF-505 dead without day,
SAF-506 contradicts the answer before (parked for review), SAF-507 the name is not this person's, SAF-508 in the future,
SAF-509 the same person twice, SAF-510 nothing filled in (not an error), SAF-518 not later than the certificate the list knew
(last year's sheet), SAF-519 an older campaign's sheet (warning), SAF-520 a list says the person is dead (warning, noted there).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from jingban.casework.services.bring import Intake, bring
from jingban.registry.codebooks import VISIT
from jingban.registry.models import Certification, Identity, Person, Stoppage
from jingban.registry.person_rows import PersonRows, masked
from jingban.registry.services.certify import CertificationRecord, certify
from jingban.safeguards.certification.campaign import campaign_of
from jingban.safeguards.certification.status import Result, Standing, standings
from jingban.safeguards.models import Campaign, CampaignAnswer
from jingban.safeguards.services.find import Found, note_alive, raise_all
from jingban.schemes.loader import RESIDENTS
from jingban.store import audit, bulk, live
from jingban.store.models import Origin
from jingban.store.origins import Door, entering
from jingban.store.rows import Mode, Outcome
from jingban.values.findings import Finding, Refused
from jingban.values.i18n import gettext as _
from jingban.values.months import of_date

REASON_CERTIFICATE = RESIDENTS.reason("uncertified")
_HARMLESS = {"REG-352", "CAS-205", "REG-362"}
"""Already registered, already waiting, already certified that day: the answer stands, nothing is to be done."""


@dataclass(slots=True, kw_only=True)
class AnswerRecord:
    """One row of a returned sheet. ``result`` empty: not filled in."""

    person: int | str
    campaign: str = ""
    result: str = ""
    name: str = ""
    village: str = ""
    channel: str = ""
    happened_on: dt.date | None = None
    evidence: str = ""
    reason: str = ""
    row: int | None = None


def take_answers(
    records: Iterable[AnswerRecord], door: Door, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """Take a returned sheet, a face recognition file or matched traces. ``accepted``: answers written."""
    with entering(door, dry_run=dry_run) as origin:
        sheet = PersonRows(records, mode)
        campaigns = {code: campaign_of(code) for code in {record.campaign for record in sheet.records}}
        listed = {code: {one.person_id: one for one in standings(c)} for code, c in campaigns.items()}
        blank = _set_blank_aside(sheet)
        people = sheet.resolve()
        sheet.once(
            {i: (sheet.records[i].campaign, p) for i, p in people.items()},
            "SAF-509",
            _("与第 {row} 行是同一人"),
        )
        places = {i: listed[sheet.records[i].campaign].get(p) for i, p in people.items()}
        _tell_older(sheet, campaigns)
        known = _known_then(people, {i: sheet.records[i].campaign for i in people}, campaigns)
        _check(sheet, people, places, origin.day, known)
        _certify(sheet, people, door, origin)
        cases = _deaths(sheet, people, door, origin, campaigns)
        rows = [(index, record) for index, record in sheet.decide() if index not in blank]
        _write(rows, places, cases, origin)
        _suspect(sheet, people, _inner(door, origin), origin)
        _contradicted(sheet, {i: people[i] for i, record in rows if record.result == Result.PASSED}, origin)
        _resume(
            [people[i] for i, record in rows if record.result == Result.PASSED],
            door,
            origin,
            next(iter(campaigns.values()), None),
        )
        entry = audit.Entry(door.actor, "certify.answers", door.source, {"行数": len(rows)})
        audit.append([entry], origin.recorded_at)
        return sheet.outcome(origin, accepted=len(rows))


def _set_blank_aside(sheet: PersonRows[AnswerRecord]) -> set[int]:
    blank = {index for index, record in sheet.good() if not record.result}
    if blank:
        text = _("%(count)s 人没有填写结果，仍待反馈") % {"count": len(blank)}
        sheet.findings.append(Finding("SAF-510", text, "info"))
        sheet.bad |= blank
    return blank


def _check(
    sheet: PersonRows[AnswerRecord],
    people: Mapping[int, int],
    places: Mapping[int, Standing | None],
    today: dt.date,
    known: Mapping[int, dt.date],
) -> None:
    names = dict(live.rows(Identity, ["person_id", "name"], people.values()))
    for index, record in list(sheet.good()):
        place, subject = places[index], masked(record.person)
        if place is None:
            sheet.reject(index, "SAF-502", _("不在这一批认证名单上"), column=_("证件号码"), subject=subject)
        elif record.village and record.village != place.village:
            sheet.reject(
                index, "SAF-503", _("此人不在这个村的名单上，是否交错了表"), column=_("村"), subject=subject
            )
        elif record.name and record.name != names[people[index]]:
            sheet.reject(index, "SAF-507", _("姓名与名单不符"), column=_("姓名"), subject=subject)
        elif record.result == Result.PASSED and record.happened_on is None:
            sheet.reject(index, "SAF-504", _("认证通过须填日期"), column=_("日期"), subject=subject)
        elif record.result == Result.DEAD and record.happened_on is None:
            sheet.reject(index, "SAF-505", _("死亡须填日期"), column=_("日期"), subject=subject)
        elif record.happened_on and record.happened_on > today:
            sheet.reject(index, "SAF-508", _("日期在将来"), column=_("日期"), subject=subject)
        elif (
            record.result == Result.PASSED
            and record.happened_on
            and record.happened_on <= known.get(index, dt.date.min)
        ):
            text = _("日期不晚于定名单时已有的认证，是否交了往年的表")
            sheet.reject(index, "SAF-518", text, column=_("日期"), subject=subject)
        elif {place.result, record.result} == {str(Result.PASSED), str(Result.DEAD)}:
            sheet.park(index, "SAF-506", _("与先前的结果矛盾（通过、死亡），已搁置待核实"), subject=subject)


def _tell_older(sheet: PersonRows[AnswerRecord], campaigns: Mapping[str, Campaign]) -> None:
    newest = campaign_of("")
    for one in {campaign.pk: campaign for campaign in campaigns.values()}.values():
        if one.pk != newest.pk:
            text = _("这是批次“%(code)s”的表，最近一批是“%(newest)s”") % {
                "code": one.code,
                "newest": newest.code,
            }
            sheet.findings.append(Finding("SAF-519", text, "warning"))


def _known_then(
    people: Mapping[int, int], codes: Mapping[int, str], campaigns: Mapping[str, Campaign]
) -> dict[int, dt.date]:
    """Row -> the person's newest certificate that was known when the campaign's list was frozen."""
    found: dict[int, dt.date] = {}
    for code, campaign in campaigns.items():
        rows = {index: person for index, person in people.items() if codes[index] == code}
        last: dict[int, dt.date] = {}
        for person, day in live.rows(
            Certification, ["person_id", "certified_on"], rows.values(), horizon=campaign.horizon
        ):
            last[person] = max(day, last.get(person, day))
        found |= {index: last[person] for index, person in rows.items() if person in last}
    return found


def _contradicted(sheet: PersonRows[AnswerRecord], passed: Mapping[int, int], origin: Origin) -> None:
    """A list says dead, this sheet says alive: both stand, and whoever verifies the suspicion reads it there."""
    seen = {person: day for i, person in passed.items() if (day := sheet.records[i].happened_on)}
    doubted = note_alive(seen, origin)
    for index, person in passed.items():
        if person in doubted:
            text = _("死亡名单上有此人，本表说健在：已补记在疑点上，由核实人判定")
            sheet.warn(index, "SAF-520", text, subject=masked(sheet.records[index].person))


def _suspect(sheet: PersonRows[AnswerRecord], people: Mapping[int, int], door: Door, origin: Origin) -> None:
    """Somebody certified of whom a later sheet says they are dead: parked, and a suspicion that another person verifies."""
    found = [
        Found(
            kind="death", person_id=people[index], fingerprint=f"certification-{record.happened_on}",
            method="certification", event_on=record.happened_on, detail={"来源": _("资格认证反馈与先前的通过矛盾")},
        )
        for index, _finding in sheet.parking
        if (record := sheet.records[index]).result == Result.DEAD
    ]  # fmt: skip
    if found:
        raise_all(found, of_date(origin.day), door, action="certify.contradiction")


def _certify(sheet: PersonRows[AnswerRecord], people: Mapping[int, int], door: Door, origin: Origin) -> None:
    index_of: dict[int, int] = {}
    records = []
    for index, record in sheet.good():
        if record.result == Result.PASSED and record.happened_on:
            row = sheet.row(index)
            index_of[row] = index
            records.append(
                CertificationRecord(
                    person=people[index],
                    certified_on=record.happened_on,
                    channel=record.channel or VISIT,
                    evidence=record.evidence,
                    row=row,
                )
            )
    if records:
        outcome = certify(records, _inner(door, origin), mode="keep_good")
        _hand_back(sheet, index_of, outcome.findings)


def _deaths(
    sheet: PersonRows[AnswerRecord],
    people: Mapping[int, int],
    door: Door,
    origin: Origin,
    campaigns: Mapping[str, Campaign],
) -> dict[int, str]:
    """Bring the death cases; somebody else approves them. Returns index -> case number."""
    by_row = {sheet.row(i): (i, r) for i, r in sheet.good() if r.result == Result.DEAD}
    if not by_row:
        return {}
    numbers = dict(
        Person.objects.filter(pk__in=[people[i] for i, _r in by_row.values()]).values_list("pk", "number")
    )
    rows = [
        {
            "row": row,
            "person": numbers[people[i]],
            "died_on": r.happened_on,
            "evidence": r.evidence or _("资格认证"),
        }
        for row, (i, r) in by_row.items()
    ]
    region = next(campaigns[r.campaign].region_id for _i, r in by_row.values())
    intake = Intake(door.actor, origin.recorded_at, f"{region:06d}", "village", source=door.source)
    try:
        brought = bring("death", rows, intake, mode="keep_good")
    except Refused as refused:
        _hand_back(sheet, {row: i for row, (i, _r) in by_row.items()}, refused.findings)
        return {}
    _hand_back(sheet, {row: i for row, (i, _r) in by_row.items()}, brought.findings)
    return {by_row[row][0]: number for row, number in brought.numbers.items()}


def _hand_back(
    sheet: PersonRows[AnswerRecord], index_of: Mapping[int, int], findings: Iterable[Finding]
) -> None:
    for found in findings:
        index = index_of.get(found.row or 0)
        if index is not None and found.severity == "error" and found.code not in _HARMLESS:
            sheet.reject(index, found.code, found.message, column=found.column, subject=found.subject)


def _inner(door: Door, origin: Origin) -> Door:
    return Door(door.actor, door.kind, door.source, door.note, origin.recorded_at)


def _write(
    rows: Iterable[tuple[int, AnswerRecord]],
    places: Mapping[int, Standing | None],
    cases: Mapping[int, str],
    origin: Origin,
) -> None:
    def fields(index: int, record: AnswerRecord) -> tuple[Any, ...]:
        place = places[index]
        assert place is not None
        channel = record.channel or (VISIT if record.result == Result.PASSED else "")
        day = record.happened_on.isoformat() if record.happened_on else None
        return (place.listed_id, place.sequence + 1, str(record.result), channel, day, record.evidence, record.reason,
                cases.get(index, ""), origin.pk)  # fmt: skip

    bulk.insert(
        CampaignAnswer,
        [
            "listed_id",
            "sequence",
            "result",
            "channel",
            "happened_on",
            "evidence",
            "reason",
            "case_number",
            "origin_id",
        ],
        (fields(index, record) for index, record in rows),
    )


def _resume(persons: list[int], door: Door, origin: Origin, campaign: Campaign | None) -> None:
    """A late certificate asks for resumption (R1.10-04); approved by another, the next run pays what was held back."""
    stopped = {
        p
        for p, reason in live.rows(Stoppage, ["person_id", "reason"], persons)
        if reason == REASON_CERTIFICATE
    }
    if not stopped or campaign is None:
        return
    numbers = Person.objects.filter(pk__in=stopped).order_by("pk").values_list("number", flat=True)
    intake = Intake(door.actor, origin.recorded_at, f"{campaign.region_id:06d}", "agency", source=door.source)
    rows = [{"person": number, "reason": REASON_CERTIFICATE} for number in numbers]
    try:
        bring("resumption", rows, intake, mode="keep_good")
    except Refused as refused:
        if any(found.code not in {"CAS-205", "REG-341"} for found in refused.findings):
            raise
