"""Reaching people: who turns sixty, the enrolment drive, text messages with consent, the villages' publication."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from jingban.cli.county import doubts, schedule
from jingban.cli.county import targets as t
from jingban.cli.county.build import County
from jingban.cli.county.listing import Listing
from jingban.cli.county.person import Person
from jingban.cli.county.schedule import DECEMBER, JANUARY, at, day
from jingban.cli.county.step import CLERK, FINDER, Place, Step, later, step
from jingban.safeguards.before60 import before60, export
from jingban.safeguards.drive import freeze_drive
from jingban.safeguards.messages import agreed, gateway, send_round
from jingban.safeguards.models import MessageConsent, PublishedRow
from jingban.safeguards.publication import object_to, publish, write_sheets
from jingban.store.lists import read_grid
from jingban.store.origins import Door
from jingban.values import months

_TOPICS = (
    "疫情期间参保缴费、待遇申领都可以在网上办，逾期办理不影响待遇。",
    "2020 年缴费已开始，多缴多得、长缴多得，另有缴费补贴。",
    "困难群众由政府代缴养老保险费，请核对本人信息。",
    "年满 60 周岁前请先核对缴费年限，缺少的可以补缴。",
    "家人去世请及时告知村社，可以申领丧葬补助金。",
    "退捕渔民、被征地农民可选择补贴的险种，请带身份证到乡镇确认。",
    "社保卡换卡、挂失后请变更待遇发放账户，以免发放失败。",
    "资格认证开始了：可以用手机人脸识别，村组干部也会上门。",
    "提高的基础养老金本月连同补发一起到账，请查收。",
    "同时领取两份养老待遇的请主动说明，多领的应当退回。",
)
FIRST_ROUND = JANUARY + 2
PUBLISHED = (dt.date(schedule.YEAR, 12, 14), dt.date(schedule.YEAR, 12, 20))
OBJECTIONS = ("听说此人已经外出多年", "同名的另有其人，怀疑登记错了", "认为金额与邻居不一样")
DRIVE = dt.date(schedule.YEAR, 1, 10)


def listings(county: County) -> Iterator[Listing]:
    """The household register's new adults, and who agrees to messages."""
    joining = [p for p in county.newcomers if not p.role and p.village]
    rows = [
        (p.number, p.name, "男" if p.male else "女", p.village.township, p.village.name)
        for p in joining
        if p.village
    ]
    header = ("证件号码", "姓名", "性别", "乡镇", "村")
    yield Listing(at(day(JANUARY, 8)), "household", "户籍人口-未参保核对", JANUARY, header, rows)
    asked = [p for p in county.everybody if p.phone]
    consents = [(p.number, p.name, "否" if k % 40 == 39 else "是") for k, p in enumerate(asked)]
    yield Listing(
        at(day(JANUARY, 9)),
        "message_consents",
        "短信接收意愿",
        JANUARY,
        ("证件号码", "姓名", "同意接收短信"),
        consents,
    )
    for month, people in _joined(joining):
        results = [(p.number, p.name, str(schedule.YEAR), "已参保缴费") for p in people]
        columns = ("证件号码", "姓名", "年度", "核实结果")
        when = at(schedule.CLOSING if month == DECEMBER else day(month, 26))
        yield Listing(when, "drive_results", "扩面核实结果", month, columns, results)


def _joined(people: list[Person]) -> Iterator[tuple[int, list[Person]]]:
    found: dict[int, list[Person]] = {}
    for person in people:
        found.setdefault(person.event_month, []).append(person)
    yield from sorted(found.items())


def steps(place: Place) -> Iterator[Step]:
    """The drive's list, monthly lists of those turning sixty, ten rounds of messages, the publication with objections."""
    yield step(at(DRIVE), "drive:freeze", "年度扩面名单", CLERK,
               lambda door: freeze_drive(place.region, schedule.YEAR, door))  # fmt: skip
    for month in range(JANUARY, DECEMBER + 1):
        yield _reminder(place, month)
    for number in range(t.MESSAGE_ROUNDS):
        yield _messages(place, number)
    first, last = PUBLISHED
    yield step(at(first, 9), "publication:made", "村级公示", CLERK, lambda door: _publish(place, door))
    objected = at(last - dt.timedelta(days=2))
    yield step(objected, "publication:objections", "公示异议", CLERK, _objections)
    yield step(objected + dt.timedelta(days=2), "publication:answered", "公示异议核查", FINDER,
               lambda door: doubts.work(place, door))  # fmt: skip


# --- turning sixty ----------------------------------------------------------------------------------------------------
def _reminder(place: Place, month: int) -> Step:
    name = months.format_month(month)

    def act(door: Door) -> None:
        path = place.reminders / f"{name}.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        export(before60(place.region, month), path, later(door, 0))

    return step(at(day(month, 2), 8), f"before60:{name}", f"{name} 到龄名单", CLERK, act)


def proposals(place: Place, month: int) -> dict[str, tuple[int, int]]:
    """ID number -> (first month, required years) of everybody on a month's list who can be awarded."""
    path = place.reminders / f"{months.format_month(month)}.xlsx"
    if not path.exists():
        return {}
    head, *rows = read_grid(path)
    number, ready, start, years = (
        head.index(name) for name in ("证件号码", "可核定", "待遇起始年月", "应缴年限")
    )
    return {
        str(row[number]): (months.parse_month(str(row[start])), int(Decimal(str(row[years]))))
        for row in rows
        if str(row[ready]) in ("是", "True", "1") and row[start]
    }


# --- messages ---------------------------------------------------------------------------------------------------------
def _messages(place: Place, number: int) -> Step:
    month = FIRST_ROUND + number
    when = at(day(month, 11), 10)

    def act(door: Door) -> None:
        path = place.messages / f"第{number + 1}期.csv"
        path.unlink(missing_ok=True)
        asked = list(MessageConsent.objects.values_list("person_id", flat=True).distinct())
        version = f"{schedule.YEAR}-{number + 1:02d}"
        send_round(
            sorted(agreed(asked)), "政策宣传", version, _TOPICS[number], gateway("file", path), later(door, 0)
        )

    return step(when, f"messages:{number + 1}", f"宣传短信第{number + 1}期", CLERK, act)


# --- publication ------------------------------------------------------------------------------------------------------
def _publish(place: Place, door: Door) -> None:
    made = publish(place.region, DECEMBER, *PUBLISHED, later(door, 0))
    place.files.extend(write_sheets(made, place.notices))


def _objections(door: Door) -> None:
    """Three neighbours object; the village finds nothing wrong."""
    assert door.at is not None
    ids = list(PublishedRow.objects.order_by("pk").values_list("pk", flat=True))
    for place, text in enumerate(OBJECTIONS, start=1):
        object_to(ids[len(ids) * place // (len(OBJECTIONS) + 1)], text, door.at.date(), later(door, 0))


__all__ = ["listings", "proposals", "steps"]
