"""Take a list of another body in: every row as it stood, which villages reported, what is wrong with it.

Codes: SAF-101 neither number nor name, SAF-102 columns shifted, SAF-103 in the future, SAF-104 before birth, SAF-105 the same
row twice, SAF-106 number fails its check digit (kept, warning), SAF-107 taken already, SAF-108 several months in one file,
SAF-109 a nil return that names a person or no village.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from jingban.safeguards.models import OtherList, OtherRow, VillageReturn
from jingban.safeguards.sources import SOURCES
from jingban.store import audit, bulk
from jingban.store.origins import Door, entering
from jingban.store.rows import Mode, Outcome, Rows
from jingban.values import citizen_id
from jingban.values.citizen_id import IdStatus
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _
from jingban.values.masking import mask_id, mask_name

_DIGITS = re.compile(r"\d{4,}")
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(slots=True, kw_only=True)
class OtherRecord:
    """One row of another body's list. ``month``: the month the list is for (int64 month)."""

    month: int
    id_number: str = ""
    name: str = ""
    sex: str = ""
    birth_date: dt.date | None = None
    event_on: dt.date | None = None
    until_on: dt.date | None = None
    township: str = ""
    village: str = ""
    detail: str = ""
    nil: bool = False
    """The village reports that nobody is to be named."""
    row: int | None = None


def take(
    source: str, records: Iterable[OtherRecord], door: Door, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """Keep one list. ``accepted`` counts rows kept, nil returns among them."""
    with entering(door, dry_run=dry_run) as origin:
        sheet = Rows(records, mode)
        _check(sheet, origin.day, _(SOURCES[source].event))
        rows = sheet.decide()
        listed = sorted({record.month for _index, record in rows})
        if len(listed) > 1:
            raise refuse("SAF-108", _("一份名单只能是一个月的，请分月导入"))
        if not rows:
            return sheet.outcome(origin, accepted=0)
        digest = _digest(record for _index, record in rows)
        if OtherList.objects.filter(source=source, month=listed[0], digest=digest).exists():
            raise refuse("SAF-107", _("这份名单这个月已经导入过"))
        kept = OtherList.objects.create(
            source=source,
            month=listed[0],
            digest=digest,
            name=door.source,
            count=sum(not record.nil for _index, record in rows),
            origin=origin,
        )
        _write(kept, [(sheet.row(index), record) for index, record in rows])
        detail = {"来源": source, "行数": kept.count}
        audit.append([audit.Entry(door.actor, "compare.import", door.source, detail)], origin.recorded_at)
        return sheet.outcome(origin, accepted=len(rows))


def _check(sheet: Rows[OtherRecord], today: dt.date, event: str) -> None:
    """``event``: what the list calls its date."""
    for index, record in list(sheet.good()):
        subject = mask_id(record.id_number) or mask_name(record.name)
        if record.nil:
            if record.id_number or record.name or not record.village:
                sheet.reject(index, "SAF-109", _("零报告行只填乡镇和村"), column=_("零报告"))
            continue
        if not record.id_number and not record.name:
            sheet.reject(index, "SAF-101", _("证件号码和姓名都没有"), column=_("证件号码"))
        elif _DIGITS.search(record.name) or _HAN.search(record.id_number):
            sheet.reject(index, "SAF-102", _("姓名与号码错位，请检查各列"), column=_("姓名"), subject=subject)
        elif record.event_on and record.event_on > today:
            sheet.reject(index, "SAF-103", _("日期在将来"), column=event, subject=subject)
        elif record.event_on and (birth := _birth(record)) and record.event_on < birth:
            sheet.reject(index, "SAF-104", _("日期早于出生日期"), column=event, subject=subject)
    keys = {index: _key(record) for index, record in sheet.good()}
    sheet.once(keys, "SAF-105", _("与第 {row} 行相同"))
    for index, record in sheet.good():
        if record.id_number and citizen_id.parse(record.id_number).status is IdStatus.BAD_CHECK:
            sheet.warn(
                index, "SAF-106", _("证件号码校验位错误，按原样保留"), subject=mask_id(record.id_number)
            )


def _key(record: OtherRecord) -> tuple[object, ...]:
    return (
        record.id_number,
        record.name,
        record.event_on,
        record.birth_date,
        record.township,
        record.village,
        record.detail,
        record.nil,
    )


def _birth(record: OtherRecord) -> dt.date | None:
    return record.birth_date or (citizen_id.parse(record.id_number).birth if record.id_number else None)


def _digest(records: Iterable[OtherRecord]) -> str:
    lines = sorted(json.dumps(_key(record), ensure_ascii=False, default=str) for record in records)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _write(kept: OtherList, rows: list[tuple[int, OtherRecord]]) -> None:
    bulk.insert(
        OtherRow,
        ["list_id", "row", "id_number", "name", "sex", "birth_date", "event_on", "until_on", "township", "village",
         "detail"],
        (
            (kept.pk, number, citizen_id.normalise(r.id_number), r.name, r.sex, _iso(r.birth_date), _iso(r.event_on),
             _iso(r.until_on), r.township, r.village, r.detail)
            for number, r in rows
            if not r.nil
        ),
    )  # fmt: skip
    if SOURCES[kept.source].by_village:
        counts: Counter[tuple[str, str]] = Counter()
        for _number, record in rows:
            if record.village:
                counts[record.township, record.village] += not record.nil
        bulk.insert(
            VillageReturn,
            ["list_id", "township", "village", "count"],
            ((kept.pk, township, village, count) for (township, village), count in sorted(counts.items())),
        )
