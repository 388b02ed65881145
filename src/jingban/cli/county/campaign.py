"""The certification campaign of September: frozen, traces first, sheets to the villages and back, faces, suspension, resumption.

What each person's sheet says follows from the part they play: found alive, found dead, or not found.
"""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Iterator
from typing import Any

from jingban.casework.services.bring import Brought
from jingban.cli.county import clerks, doubts, outside, schedule
from jingban.cli.county.person import Person
from jingban.cli.county.roles import on_list, passes
from jingban.cli.county.schedule import at
from jingban.cli.county.step import CLERK, Place, Step, later, step
from jingban.safeguards.certification import sheets
from jingban.safeguards.certification.answers import take_answers
from jingban.safeguards.certification.campaign import campaign_of, freeze
from jingban.safeguards.certification.suspend import suspend
from jingban.safeguards.certification.traces import certify_from_traces
from jingban.store.lists import parse_grid, read_grid
from jingban.store.lists.entry import Defaults
from jingban.store.lists.writing import write_list
from jingban.store.origins import Door
from jingban.values.findings import Refused

CODE = "2020"
DUE = schedule.CAMPAIGN_CLOSED
FACES = dt.date(schedule.YEAR, 9, 22)
FOUND = dt.date(schedule.YEAR, 12, 2)
BY_FACE = 9
"""Percent of the listed younger than eighty who are certified by their own telephone."""
_OLDEST_WITH_FACES = dt.date(1945, 1, 1)


def steps(place: Place) -> Iterator[Step]:
    """From the frozen list to those who are found in December."""
    frozen = at(schedule.FROZEN, 17)
    yield step(frozen, "campaign:freeze", "定认证名单", CLERK,
               lambda door: freeze(CODE, schedule.FROZEN, DUE, place.region, door))  # fmt: skip
    traced = at(schedule.FROZEN + dt.timedelta(days=1), 9)
    since = dt.date(schedule.YEAR, 6, 1)
    yield step(traced, "campaign:traces", "数据比对认证", CLERK,
               lambda door: certify_from_traces(campaign_of(CODE), since, door))  # fmt: skip
    out = traced + dt.timedelta(hours=2)
    yield step(out, "campaign:sheets", "认证表下发村社", CLERK, lambda door: _hand_out(place, door))
    for number, date in enumerate(schedule.CAMPAIGN_DAYS):
        yield _returned(place, number, date)
    yield step(at(FACES, 16), "campaign:faces", "人脸识别结果", CLERK, lambda door: _faces(place, door))
    closing = at(schedule.CAMPAIGN_CLOSED, 10)
    yield step(closing, "campaign:deaths", "死亡登记-入户认证发现", CLERK, lambda door: _deaths(place, door))
    yield doubts.payees(place, ("late_campaign",), closing + dt.timedelta(hours=1), "campaign:payees")
    yield step(at(schedule.CAMPAIGN_CLOSED, 16), "campaign:suspend", "暂停-未通过认证", CLERK,
               lambda door: _suspend(place, door))  # fmt: skip
    yield step(at(FOUND), "campaign:found", "补认证恢复", CLERK, lambda door: _found(place, door))


def by_face(person: Person) -> bool:
    """Certified by the telephone; nobody who was seen in another body's data is asked again."""
    drawn = zlib.crc32(f"face:{person.number}".encode()) % 100
    return (
        person.birth > _OLDEST_WITH_FACES
        and drawn < BY_FACE
        and passes(person)
        and not outside.traced(person)
    )


def _hand_out(place: Place, door: Door) -> None:
    """One workbook a village, sorted by group."""
    for path in sheets.export(campaign_of(CODE), place.sheets, later(door, 0)):
        place.files.append(path)


# --- what comes back --------------------------------------------------------------------------------------------------
def batch_of(person: Person) -> int:
    """Villages come back one after another."""
    assert person.village is not None
    return int(person.village.code[6:9]) % len(schedule.CAMPAIGN_DAYS)


def _returned(place: Place, number: int, date: dt.date) -> Step:
    """The sheets of some villages, filled in; who is certified already is left blank."""

    def act(door: Door) -> None:
        people = {p.number: p for p in place.county.recipients if on_list(p) and batch_of(p) == number}
        villages = {(p.village.township, p.village.name) for p in people.values() if p.village}
        rows = []
        for township, village in sorted(villages):
            _head, *lines = read_grid(place.sheets / township / f"{village}.xlsx")
            rows += [_filled([str(cell or "") for cell in line], people, date) for line in lines]
        _take(place, f"收回-第{number + 1}批.csv", sheets.header(), rows, sheets.RETURNS, door)

    return step(at(date, 15), f"campaign:returned:{number + 1}", f"认证表收回-第{number + 1}批", CLERK, act)


def _filled(line: list[str], people: dict[str, Person], date: dt.date) -> tuple[str, ...]:
    """A line of the village's sheet with result, day, channel and reason."""
    person = people[line[4]]
    filled: tuple[str, str, str, str]
    if person.role == "late_campaign":
        filled = "死亡", person.died_on.isoformat(), "上门", "入户认证发现"
    elif not passes(person):
        filled = "失联", "", "", "长期外出，无法联系"
    elif outside.traced(person) or by_face(person):
        filled = "", "", "", ""
    else:
        drawn = zlib.crc32(person.number.encode())
        day = date - dt.timedelta(days=drawn % 4)
        filled = "通过", day.isoformat(), "电话" if drawn % 9 == 0 else "上门", ""
    return (*line[:8], *filled)


def _faces(place: Place, door: Door) -> None:
    """The operator's result file: a failed recognition says nothing about the person, the village goes and looks."""
    listed = [p for p in place.county.recipients if on_list(p)]
    seen = [p for p in listed if by_face(p)]
    missed = [p for p in listed if passes(p) and not by_face(p)][:40]
    rows = [
        (CODE, p.number, p.name, FACES.isoformat(), *answer, f"F{k:06d}")
        for answer, people in ((("是", "0.97"), seen), (("否", "0.41"), missed))
        for k, p in enumerate(people, start=len(seen) if people is missed else 0)
    ]
    header = ["批次", "证件号码", "姓名", "识别日期", "是否通过", "相似度", "流水号"]
    _take(place, "人脸识别结果.csv", header, rows, sheets.FACES, door)


def _take(
    place: Place, name: str, header: list[str], rows: list[tuple[Any, ...]], entry: Any, door: Door
) -> None:
    """Write a returned file and take it in like any other."""
    path = place.sheets / "收回" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    write_list(path, header, rows)
    parsed = parse_grid(entry.describe(Defaults(place.code)), read_grid(path))
    if parsed.errors:
        raise Refused(parsed.findings)
    take_answers(parsed.records, later(door, 0))


def _deaths(place: Place, door: Door) -> None:
    """The deaths found at the door are decided before the payroll of October is made."""
    numbers = {person.number for person in place.county.playing("late_campaign")}
    clerks.approve("death", clerks.waiting("death", numbers), door, place.code)


def _suspend(place: Place, door: Door) -> None:
    brought: Brought = suspend(campaign_of(CODE), schedule.HELD_FROM, later(door, 0))
    clerks.approve("suspension", list(brought.numbers.values()), later(door, 60), place.code)


def _found(place: Place, door: Door) -> None:
    """They came home: certified late, resumed with what was held back."""
    people = place.county.playing("found")
    rows = [
        (CODE, "", "", "", p.number, p.name, "", "", "通过", FOUND.isoformat(), "窗口", "") for p in people
    ]
    _take(place, "补认证.csv", sheets.header(), rows, sheets.RETURNS, door)
    numbers = clerks.waiting("resumption", {person.number for person in people})
    clerks.approve("resumption", numbers, later(door, 60), place.code)
