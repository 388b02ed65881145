"""What other bodies send in the year: deaths from villages, police, health and civil affairs, prisons, other pensions, traces.

Their lists are as such lists are: most rows the agency knows already, some speak of people of other counties, a few numbers
are mistyped, one or two rows carry a name and a village only. Who died long ago without the village saying so, sits in
prison or draws a second pension stands on them as well.
"""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Iterator

from jingban.cli.county import schedule
from jingban.cli.county.build import County
from jingban.cli.county.listing import Listing, Rows
from jingban.cli.county.names import Names
from jingban.cli.county.person import Person
from jingban.cli.county.rng import Rng
from jingban.cli.county.roles import on_list, passes
from jingban.cli.county.schedule import DECEMBER, JANUARY, at, day
from jingban.values import citizen_id, months

PRISONERS_FOUND = dt.date(schedule.YEAR, 8, 20)
PENSIONS_FOUND = dt.date(schedule.YEAR, 11, 24)
TRACES = dt.date(schedule.YEAR, 9, 8)
TRACED = 6
"""Percent of the people on the frozen list whom other bodies saw alive."""
DEATHS_FOUND = months.month(schedule.YEAR, 8)
"""The lists of August name those whose death the villages had not reported."""
_SHARES = {
    "death_police": ("公安死亡注销名单", 70),
    "death_health": ("卫健死亡登记名单", 60),
    "death_civil": ("民政殡葬名单", 50),
}
_DAMAGED = (months.month(schedule.YEAR, 3), DEATHS_FOUND)
"""Months whose police list has mistyped numbers and whose civil list has rows without a number."""
_HEADER = ("证件号码", "姓名", "死亡日期", "乡镇", "村")
_FOREIGN = "510403"
"""No person of the sample has a number from there."""


def arrival(month: int) -> dt.date:
    """When the lists about a month come in."""
    return schedule.CLOSING - dt.timedelta(days=1) if month == DECEMBER else day(month + 1, 3)


def compared(month: int) -> dt.datetime:
    """When they are compared: after the villages' own reports have been decided."""
    return at(schedule.reported(month), 13)


def traced(person: Person) -> bool:
    """Seen by a hospital, a vaccination point or a bus since June."""
    return zlib.crc32(f"trace:{person.number}".encode()) % 100 < TRACED


def listings(county: County) -> Iterator[Listing]:
    """Every list of other bodies, in no particular order."""
    strangers = _Strangers(county.seed)
    yield from _villages(county)
    for month in range(JANUARY, DECEMBER + 1):
        yield from _deaths(county, month, strangers)
    yield _prisons(county, strangers)
    yield _pensions(county, strangers)
    yield _traces(county)


class _Strangers:
    """People of another county."""

    def __init__(self, seed: int) -> None:
        self._rng, self._count = Rng(seed, "strangers"), 0
        self._names = Names(Rng(seed, "strangers' names"))

    def row(self, event: dt.date) -> tuple[str, ...]:
        self._count += 1
        birth = dt.date(1935, 1, 1) + dt.timedelta(days=self._rng.below(9_000))
        male = self._rng.chance(1, 2)
        name, _people = self._names.draw(male, 0)
        number = citizen_id.generate(_FOREIGN, birth, 2 * self._count + (1 if male else 2))
        return number, name, event.isoformat(), "", ""


def _villages(county: County) -> Iterator[Listing]:
    """Each village says every month who died, or that nobody did."""
    places = sorted({(p.village.township, p.village.name) for p in county.everybody if p.village})
    dying = county.playing("death", "contributor_death")
    for month in range(JANUARY - 1, DECEMBER + 1):
        people = [person for person in dying if person.event_month == month]
        reporting = {_place(person) for person in people}
        rows: Rows = [(p.number, p.name, p.died_on.isoformat(), *_place(p), "") for p in people]
        rows += [("", "", "", *place, "是") for place in places if place not in reporting]
        when = at(day(JANUARY, 3) if month < JANUARY else schedule.reported(month), 9)
        yield Listing(
            when,
            "death_village",
            f"村级死亡月报-{months.format_month(month)}",
            month,
            (*_HEADER, "零报告"),
            rows,
        )


def _place(person: Person) -> tuple[str, str]:
    assert person.village is not None
    return person.village.township, person.village.name


def _deaths(county: County, month: int, strangers: _Strangers) -> Iterator[Listing]:
    people = [p for p in county.playing("death", "contributor_death") if p.event_month == month]
    late = county.playing("late") if month == DEATHS_FOUND else []
    steady = [p for p in county.recipients if not p.role]
    for source, (title, share) in _SHARES.items():
        known = [p for p in people if zlib.crc32(f"{source}:{p.number}".encode()) % 100 < share]
        rows: Rows = [(p.number, p.name, p.died_on.isoformat(), "", "") for p in known]
        if month in _DAMAGED and source == "death_police":
            rows = [_mistyped(row) if k % 12 == 5 else row for k, row in enumerate(rows)]
        if month in _DAMAGED and source == "death_civil":
            # Somebody of the same name in the same village who is alive.
            alike = steady[month % 7]
            rows.append(("", alike.name, day(month, 11).isoformat(), *_place(alike)))
        if source == "death_civil":
            rows += [(p.number, p.name, p.died_on.isoformat(), "", "") for p in late]
        rows += [strangers.row(day(month, 6 + k)) for k in range(3)]
        when = at(arrival(month), 11)
        yield Listing(when, source, f"{title}-{months.format_month(month)}", month, _HEADER, rows)


def _mistyped(row: tuple[str, ...]) -> tuple[str, ...]:
    """One digit of the serial wrong, so that the check digit no longer fits."""
    number = row[0]
    return (number[:15] + str((int(number[15]) + 1) % 10) + number[16:], *row[1:])


def _prisons(county: County, strangers: _Strangers) -> Listing:
    entered = [day(person.event_month - 1, 14) for person in county.playing("prison")]
    rows: Rows = [
        (p.number, p.name, on.isoformat(), "某监狱")
        for p, on in zip(county.playing("prison"), entered, strict=True)
    ]
    rows += [(*strangers.row(day(JANUARY + k, 9))[:3], "某监狱") for k in range(5)]
    when = at(PRISONERS_FOUND, 9)
    header = ("证件号码", "姓名", "入狱日期", "内容")
    return Listing(when, "prisons", "服刑人员名单", months.of_date(PRISONERS_FOUND), header, rows)


def _pensions(county: County, strangers: _Strangers) -> Listing:
    scheme = "企业职工基本养老保险"
    rows: Rows = [
        (p.number, p.name, day(p.event_month, 1).isoformat(), scheme) for p in county.playing("dual")
    ]
    rows += [(*strangers.row(day(JANUARY + k, 1))[:3], scheme) for k in range(9)]
    when = at(PENSIONS_FOUND, 9)
    header = ("证件号码", "姓名", "待遇起始日期", "内容")
    return Listing(
        when, "other_schemes", "职工养老保险待遇领取名单", months.of_date(PENSIONS_FOUND), header, rows
    )


def _traces(county: County) -> Listing:
    kinds = ("就医结算", "疫苗接种", "公交刷卡", "核酸采样")
    people = [p for p in county.recipients if on_list(p) and passes(p) and traced(p)]
    rows = [
        (p.number, p.name, day(months.month(schedule.YEAR, 7 + k % 2), 1 + k % 28).isoformat(), kinds[k % 4])
        for k, p in enumerate(people)
    ]
    header = ("证件号码", "姓名", "轨迹日期", "内容")
    return Listing(at(TRACES, 10), "traces", "生存轨迹名单", months.of_date(TRACES), header, rows)
