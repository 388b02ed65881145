"""The year as a clerk meets it: dated lists, in the columns of ``jingban template``, each with the day it comes in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from jingban.cli.county import integers as n
from jingban.cli.county import law, schedule
from jingban.cli.county.build import County, drawing
from jingban.cli.county.person import Person
from jingban.cli.county.rng import Rng, Weighted
from jingban.cli.county.roles import on_list
from jingban.cli.county.schedule import DECEMBER, JANUARY, day
from jingban.values import money, months

_ID = "证件号码"
_MONTH_WEIGHTS = (2, 3, 8, 12, 14, 14, 10, 10, 10, 7, 6, 4)
"""When people pay: spring and early summer."""
_LATE_CLAIMS = 40
_NEVER = ("青", "瑞", "锦")


@dataclass(frozen=True, slots=True)
class Listing:
    """One list file. ``kind`` is a name of ``jingban.registry.lists``; ``month`` what its rows are meant for."""

    when: dt.datetime
    kind: str
    title: str
    month: int
    header: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]

    @property
    def path(self) -> str:
        """Folder and file name below the sample: ``2020-09/0915-资格认证-第1批.csv``."""
        opening = self.kind == "people" or self.when.year < schedule.YEAR
        folder = "期初" if opening else f"{self.when:%Y-%m}"
        return f"{folder}/{self.when:%m%d}-{self.title}.csv"


def listings(county: County) -> list[Listing]:
    """Every list of the year in the order in which it comes in."""
    made = [
        listing
        for maker in (
            _opening, _enrolments, _deaths, _leaving, _awards, _contributions, _stops, _campaign, _groups, _subsidies,
            _changes,
        )
        for listing in maker(county)
        if listing.rows
    ]  # fmt: skip
    return sorted(made, key=lambda listing: listing.when)


def _yuan(fen: int) -> str:
    return str(money.yuan(fen)) if fen else ""


def _month(value: int) -> str:
    return months.format_month(value) if value else ""


def _by(people: Iterable[Person], key: Callable[[Person], int]) -> Iterator[tuple[int, list[Person]]]:
    """People by month, months in order."""
    found: dict[int, list[Person]] = {}
    for person in people:
        found.setdefault(key(person), []).append(person)
    yield from sorted(found.items())


# --- the opening state ------------------------------------------------------------------------------------------------
_OPENING = (
    "证件号码", "姓名", "民族", "乡镇代码", "乡镇", "村代码", "村", "组", "参保年月", "银行", "银行账号", "群体", "累计缴费年限",
    "个人缴费余额", "省级补贴余额", "县级补贴余额", "代缴余额", "待遇起始年月", "核定时储存额", "已发至年月", "特殊申请", "暂停原因",
    "暂停起始年月", "最近认证日期",
)  # fmt: skip
_GROUP_NAMES = {1: "建档立卡", 2: "低保", 3: "特困", 4: "重度残疾", 8: "残疾"}


def _home(person: Person) -> tuple[str, ...]:
    village = person.village
    assert village is not None
    return (
        person.number, person.name, person.ethnicity, village.code[:9], village.township, village.code, village.name,
        f"{person.group_no}组",
    )  # fmt: skip


def _joined(person: Person) -> int:
    if person.start:
        return min(person.start - 1, max(law.LAUNCH, person.birth_month + 192))
    return min(JANUARY - 1, max(law.LAUNCH, person.birth_month + 192 + (person.birth.day * 7) % 40))


def _groups_of(person: Person) -> str:
    return "、".join(_GROUP_NAMES[group] for group in person.groups)


def _opening_row(person: Person) -> tuple[str, ...]:
    held = person.held_since
    ledgers = person.ledgers
    return (
        *_home(person),
        _month(_joined(person)),
        person.bank if person.start else "",
        person.account if person.start else "",
        _groups_of(person),
        str(person.years or ""),
        *(_yuan(ledgers.get(ledger, 0)) for ledger in (1, 3, 5, 11)),
        _month(person.start),
        _yuan(person.balance_fen) if person.start else "",
        _month(held - 1) if held else "",
        "是" if person.special and person.start else "",
        "未认证" if held else "",
        _month(held),
        person.certified.isoformat() if person.certified else "",
    )


def _opening(county: County) -> Iterator[Listing]:
    before = dt.date(schedule.YEAR - 1, 12, 31)
    for title, people, when in (
        ("人员-退捕渔民中已转其他制度者", county.outside, schedule.at(before, 9)),
        ("人员", [*county.recipients, *county.held, *county.contributors], schedule.at(schedule.OPENED, 9)),
    ):
        yield Listing(when, "people", title, JANUARY, _OPENING, [_opening_row(person) for person in people])
    ended = [(p.number, "缴费期参加职工养老保险", _month(JANUARY)) for p in county.outside]
    yield Listing(
        schedule.at(before, 11),
        "terminations",
        "终止-已转其他制度者",
        JANUARY,
        (_ID, "终止原因", "终止年月"),
        ended,
    )


# --- people come and go -----------------------------------------------------------------------------------------------
def _enrolments(county: County) -> Iterator[Listing]:
    header = (*_OPENING[:8], "参保年月", "群体", "参保方式")
    for month, people in _by(county.newcomers, _enrolled):
        rows = [
            (*_home(p), _month(month), _groups_of(p), "特殊申请" if p.role == "special" else "新参保")
            for p in people
        ]
        yield Listing(schedule.at(day(month, 2)), "enrolments", "新参保", month, header, rows)


def _enrolled(person: Person) -> int:
    return person.event_month - 1 if person.role == "special" else person.event_month


def _deaths(county: County) -> Iterator[Listing]:
    rng = Rng(county.seed, "deaths")
    header = (_ID, "死亡日期", "依据")

    def rows(people: list[Person], evidence: str) -> list[tuple[str, ...]]:
        return [(p.number, day(p.event_month, rng.between(1, 28)).isoformat(), evidence) for p in people]

    timely = [p for p in county.everybody if p.role in ("death", "contributor_death")]
    for month, people in _by(timely, lambda person: person.event_month):
        when = schedule.at(schedule.reported(month))
        yield Listing(when, "deaths", "死亡月报", month, header, rows(people, "村（社区）月报"))
    found = (
        ("late", dt.date(schedule.YEAR, 9, 4), "死亡-数据比对发现", "殡葬、公安数据比对"),
        ("late_campaign", dt.date(schedule.YEAR, 10, 9), "死亡-入户认证发现", "入户认证发现"),
    )
    for role, date, title, evidence in found:
        people = county.playing(role)
        yield Listing(schedule.at(date, 11), "deaths", title, JANUARY, header, rows(people, evidence))


def _leaving(county: County) -> Iterator[Listing]:
    header = (_ID, "终止原因", "终止年月", "已领其他待遇")
    for month, people in _by(county.playing("joined_employees"), lambda person: person.event_month):
        rows = [(p.number, "缴费期参加职工养老保险", _month(month + 1), "") for p in people]
        yield Listing(schedule.at(day(month, 22)), "terminations", "终止-转职工养老保险", month, header, rows)
    dual = [
        (p.number, "领待遇后参加职工养老保险", _month(p.event_month), "企业职工基本养老保险")
        for p in county.playing("dual")
    ]
    when = schedule.at(dt.date(schedule.YEAR, 11, 25))
    yield Listing(when, "terminations", "终止-重复领取", months.of_date(when.date()), header, dual)
    for month, people in _by(county.playing("transfer_out"), lambda person: person.event_month):
        rows = [
            (
                p.number,
                ("510402", "530112", "510104")[k % 3],
                "是" if k % 3 == 1 else "否",
                f"转{months.year_of(month)}-{k + 1:03d}",
            )
            for k, p in enumerate(people)
        ]
        columns = (_ID, "转入地区划", "转移资金", "联系函号")
        yield Listing(schedule.at(day(month, 23)), "transfers", "外出转移", month, columns, rows)


# --- awards -----------------------------------------------------------------------------------------------------------
def _decided(person: Person, late: set[int]) -> dt.date:
    if person.event_month == JANUARY:
        return day(JANUARY, 3)
    return day(person.event_month + (1 if id(person) in late else -1), 25)


def _awards(county: County) -> Iterator[Listing]:
    awarded = county.playing("award", "special")
    claims = [p for p in awarded if p.role == "award" and JANUARY < p.event_month < JANUARY + 9]
    late = {id(p) for p in Rng(county.seed, "claims").sample(claims, _LATE_CLAIMS)}
    by_day: dict[dt.date, list[Person]] = {}
    for person in awarded:
        by_day.setdefault(_decided(person, late), []).append(person)
    for date, people in sorted(by_day.items()):
        month = months.of_date(date)
        rows = [
            (
                p.number,
                date.isoformat(),
                _month(p.event_month),
                "特殊申请" if p.special else "过渡条件",
                "" if p.special else str(law.required_years(p.birth_month)),
            )
            for p in people
        ]
        header = (_ID, "核定日期", "待遇起始年月", "核定依据", "应缴年限")
        yield Listing(schedule.at(date, 14), "awards", "待遇核定", month, header, rows)
        accounts = [(p.number, p.bank, p.account) for p in people]
        yield Listing(
            schedule.at(date, 15), "accounts", "银行账户-新领", month, (_ID, "银行", "银行账号"), accounts
        )
        yield _certified(date, "资格认证-新领", people, "经办机构", hour=16)


def _certified(date: dt.date, title: str, people: list[Person], channel: str, hour: int = 10) -> Listing:
    rows = [(p.number, date.isoformat(), channel) for p in people]
    when = schedule.at(date, hour)
    return Listing(when, "certifications", title, months.of_date(date), (_ID, "认证日期", "认证方式"), rows)


# --- money in ---------------------------------------------------------------------------------------------------------
def _contributions(county: County) -> Iterator[Listing]:
    rng = Rng(county.seed, "payments")
    paying = Weighted([(JANUARY + k, weight) for k, weight in enumerate(_MONTH_WEIGHTS)])
    rows: dict[int, list[tuple[str, ...]]] = {}
    sequence = 0

    def add(person: Person, month: int, year: int, fen: int, kind: str) -> None:
        nonlocal sequence
        sequence += 1
        paid, arrived = day(month, rng.between(1, 9)), day(month, rng.between(10, 18))
        reference = f"{schedule.YEAR}{sequence:09d}"
        rows.setdefault(month, []).append(
            (person.number, str(year), _yuan(fen), paid.isoformat(), arrived.isoformat(), kind, reference)
        )

    for person in (*county.contributors, *county.newcomers):
        if person.tier_fen:
            month: int = paying.draw(rng)
            if person.kind == "new":
                month = max(month, person.event_month)
            add(person, month, schedule.YEAR, person.tier_fen, "个人缴费")
        if person.kind == "contributor" and person.amount_fen and person.role in ("", "award"):
            month = person.event_month - 1 if person.role else paying.draw(rng)
            for back in range(person.pieces):
                add(person, month, schedule.YEAR - 1 - back, person.amount_fen, "补缴")
    header = (_ID, "缴费年度", "金额", "缴费日期", "到账日期", "缴费类别", "凭证号")
    for month, found in sorted(rows.items()):
        yield Listing(schedule.at(day(month, 20)), "contributions", "税务缴费回传", month, header, found)


# --- stops, resumptions and the campaign ------------------------------------------------------------------------------
def _stops(county: County) -> Iterator[Listing]:
    prison = county.playing("prison")
    rows = [(p.number, "服刑", _month(p.event_month), "司法部门名单比对") for p in prison]
    header = (_ID, "暂停原因", "暂停起始年月", "依据")
    when = schedule.at(dt.date(schedule.YEAR, 8, 20))
    yield Listing(when, "stops", "停发-服刑", months.of_date(when.date()), header, rows)
    for month, people in _by(county.playing("resumed"), lambda person: person.event_month):
        yield from _resumed(day(month, 3), people, lambda person: person.held_since)
    found = county.playing("found")
    yield from _resumed(dt.date(schedule.YEAR, 12, 2), found, lambda _person: schedule.HELD_FROM)


def _resumed(date: dt.date, people: list[Person], since: Callable[[Person], int]) -> Iterator[Listing]:
    yield _certified(date, "资格认证-恢复", people, "经办机构", hour=9)
    rows = [(p.number, _month(since(p))) for p in people]
    yield Listing(
        schedule.at(date), "resumptions", "待遇恢复", months.of_date(date), (_ID, "恢复起始年月"), rows
    )


def _campaign(county: County) -> Iterator[Listing]:
    # Their award of last autumn counted as certificate; it runs out before the year does.
    yield _certified(day(JANUARY + 8, 22), "资格认证-自助", county.playing("recent"), "人脸识别")
    failed = ("late_campaign", "lost", "found")
    listed = [person for person in county.recipients if on_list(person)]
    passed = [person for person in listed if person.role not in failed]
    batches = len(schedule.CAMPAIGN_DAYS)
    for k, date in enumerate(schedule.CAMPAIGN_DAYS):
        # Townships come back one after another; who died in the meantime was seen before.
        people = [p for p in passed if _batch(p, batches) == k]
        yield _certified(date, f"资格认证-入户-第{k + 1}批", people, "上门", hour=15)
    rows = [
        (
            p.number,
            "未认证",
            _month(schedule.HELD_FROM),
            "已死亡" if p.role == "late_campaign" else "无法联系",
        )
        for p in listed
        if p.role in failed
    ]
    header = (_ID, "暂停原因", "暂停起始年月", "依据")
    when = schedule.at(schedule.CAMPAIGN_CLOSED, 16)
    yield Listing(when, "stops", "暂停-未通过认证", schedule.HELD_FROM, header, rows)


def _batch(person: Person, batches: int) -> int:
    assert person.village is not None
    return int(person.village.code[6:9]) % batches


# --- groups, subsidies, changes ---------------------------------------------------------------------------------------
def _groups(county: County) -> Iterator[Listing]:
    fishers = county.playing("fisher", "fisher_employee", "fisher_public")
    choice = {"fisher": "居民养老", "fisher_employee": "职工养老", "fisher_public": "机关保险"}
    header = (_ID, "群体", "选择", "起始年月", "依据")
    month = JANUARY + 4
    rows = [(p.number, "退捕渔民", choice[p.role], _month(month), "签字确认") for p in fishers]
    yield Listing(schedule.at(day(month, 20)), "groups", "退捕渔民险种选择", month, header, rows)
    land = [(p.number, "被征地农民", "", _month(p.event_month), "征地名册") for p in county.playing("land")]
    yield Listing(schedule.at(day(month, 6)), "groups", "被征地农民", month, header, land)


def _subsidies(county: County) -> Iterator[Listing]:
    for role, ledger, title in (("fisher", "退捕渔民补助", "退捕渔民"), ("land", "被征地补助", "被征地农民")):
        for month, people in _by(county.playing(role), lambda person: person.event_month):
            rows = [(p.number, ledger, _yuan(p.amount_fen), _month(month)) for p in people]
            header = (_ID, "分账", "金额", "记账年月")
            yield Listing(schedule.at(day(month, 24)), "entries", f"{title}补助记账", month, header, rows)
            drawn = [
                (p.number, _yuan(p.amount_fen), _month(month + 1), title)
                for p in people
                if p.kind == "recipient"
            ]
            columns = (_ID, "新记入金额", "重算起始年月", "依据")
            yield Listing(
                schedule.at(day(month, 26)), "recalculations", f"待遇重算-{title}", month, columns, drawn
            )


def _changes(county: County) -> Iterator[Listing]:
    rng = Rng(county.seed, "changes")
    quiet = rng.sample([p for p in county.recipients if not p.role and not p.fails], n.CHANGED_ACCOUNTS)
    known = rng.sample([p for p in county.contributors if not p.role], n.CHANGED_NAMES + n.CHANGED_CONTACTS)
    for k, month in enumerate(range(JANUARY, DECEMBER + 1)):
        when = schedule.at(day(month, 17))
        accounts = [(p.number, "邮储银行", other_account(p.account)) for p in quiet[k::12]]
        yield Listing(when, "accounts", "银行账户变更", month, (_ID, "银行", "银行账号"), accounts)
        names = [(p.number, p.name[0] + _NEVER[k % 3] + p.name[-1]) for p in known[: n.CHANGED_NAMES][k::12]]
        yield Listing(when, "changes", "人员变更-姓名", month, (_ID, "新姓名"), names)
        homes = [(p.number, f"{p.group_no % 9 + 1}组") for p in known[n.CHANGED_NAMES :][k::12]]
        yield Listing(when, "contacts", "人员变更-住址", month, (_ID, "组"), homes)


def other_account(account: str) -> str:
    """A new account nobody else has."""
    from jingban.cli.county.people import luhn

    return luhn("6217990" + account[-2:] + account[7:-1][::-1][:9])


__all__ = ["Listing", "drawing", "listings"]
