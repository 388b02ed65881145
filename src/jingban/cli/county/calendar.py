"""The year as a clerk meets it: dated lists, in the columns of ``jingban template``, each with the day it comes in.

Matters of persons are listed on the day they are decided; when each of them was received is told by ``handling``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator

from jingban.cli.county import integers as n
from jingban.cli.county import law, outreach, outside, schedule
from jingban.cli.county.build import County, drawing
from jingban.cli.county.listing import Listing
from jingban.cli.county.person import Person
from jingban.cli.county.rng import Rng, Weighted
from jingban.cli.county.schedule import DECEMBER, JANUARY, day
from jingban.values import money, months

_ID = "证件号码"
_MONTH_WEIGHTS = (2, 3, 8, 12, 14, 14, 10, 10, 10, 7, 6, 4)
"""When people pay: spring and early summer."""
_NEVER = ("青", "瑞", "锦")


def listings(county: County) -> list[Listing]:
    """Every list of the year in the order in which it comes in."""
    made = [
        listing
        for maker in (
            _opening, _enrolments, _deaths, _leaving, _awards, _contributions, _resumptions, _recent, _groups,
            _subsidies, _changes, _matters, outside.listings, outreach.listings,
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
    "暂停起始年月", "最近认证日期", "电话", "性别",
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
        person.phone,
        ("女" if person.male else "男") if person.wrong_sex else "",
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
    """Deaths that the villages report in time; the others are found by lists of other bodies and at the door."""
    header = (_ID, "死亡日期", "依据")
    for month, people in _by(county.playing("death", "contributor_death"), lambda person: person.event_month):
        when = schedule.at(schedule.reported(month))
        rows = [(p.number, p.died_on.isoformat(), "村（社区）月报") for p in people]
        floor = when.date() - dt.timedelta(days=1) if month == DECEMBER else day(month + 1, 1)
        yield Listing(when, "deaths", "死亡月报", month, header, rows, floor)


def _leaving(county: County) -> Iterator[Listing]:
    header = (_ID, "终止原因", "终止年月")
    for month, people in _by(county.playing("joined_employees"), lambda person: person.event_month):
        rows = [(p.number, "缴费期参加职工养老保险", _month(month + 1)) for p in people]
        yield Listing(schedule.at(day(month, 22)), "terminations", "终止-转职工养老保险", month, header, rows)
    dual = [(p.number, "领待遇后参加职工养老保险", _month(p.event_month)) for p in county.playing("dual")]
    when = schedule.at(outside.PENSIONS_FOUND + dt.timedelta(days=1))
    yield Listing(
        when, "terminations", "终止-重复领取", months.of_date(when.date()), header, dual, when.date()
    )
    for month, people in _by(county.playing("transfer_out"), lambda person: person.event_month):
        moving = [
            (
                p.number,
                ("510402", "530112", "510104")[k % 3],
                "是" if k % 3 == 1 else "否",
                f"转{months.year_of(month)}-{k + 1:03d}",
            )
            for k, p in enumerate(people)
        ]
        columns = (_ID, "转入地区划", "转移资金", "联系函号")
        yield Listing(schedule.at(day(month, 23)), "transfers", "外出转移", month, columns, moving)


# --- awards -----------------------------------------------------------------------------------------------------------
def _awards(county: County) -> Iterator[Listing]:
    awarded = county.playing("award", "special")
    by_day: dict[dt.date, list[Person]] = {}
    for person in awarded:
        assert person.decided is not None
        by_day.setdefault(person.decided, []).append(person)
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
        yield Listing(
            schedule.at(date, 14), "awards", "待遇核定", month, header, rows, schedule.working_day(month, 1)
        )
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
    rows: dict[tuple[int, str], list[tuple[str, ...]]] = {}
    sequence = 0

    def add(person: Person, month: int, year: int, fen: int, kind: str) -> None:
        nonlocal sequence
        sequence += 1
        paid, arrived = day(month, rng.between(1, 9)), day(month, rng.between(10, 18))
        reference = f"{schedule.YEAR}{sequence:09d}"
        rows.setdefault((month, kind), []).append(
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
    for (month, kind), found in sorted(rows.items()):
        title, floor = ("补缴", day(month, 18)) if kind == "补缴" else ("税务缴费回传", None)
        yield Listing(schedule.at(day(month, 20)), "contributions", title, month, header, found, floor)


# --- who comes back, and whose award is their certificate -----------------------------------------------------------
def _resumptions(county: County) -> Iterator[Listing]:
    """Held back since last year: they come to the counter, are certified there and resume."""
    for month, people in _by(county.playing("resumed"), lambda person: person.event_month):
        date = day(month, 3)
        seen = [(p.number, date.isoformat(), "经办机构") for p in people]
        header = (_ID, "认证日期", "认证方式")
        yield Listing(schedule.at(date, 9), "life_certification", "窗口认证", month, header, seen, date)
        rows = [(p.number, _month(p.held_since)) for p in people]
        yield Listing(schedule.at(date), "resumptions", "待遇恢复", month, (_ID, "恢复起始年月"), rows, date)


def _recent(county: County) -> Iterator[Listing]:
    """Their award of last autumn counted as certificate; it runs out before the year does."""
    yield _certified(day(JANUARY + 8, 22), "资格认证-自助", county.playing("recent"), "人脸识别")


# --- groups, subsidies, changes ---------------------------------------------------------------------------------------
_SCHEMES = {"fisher": "城乡居民养老保险", "fisher_employee": "企业职工养老保险", "fisher_public": "不予补贴"}


def _groups(county: County) -> Iterator[Listing]:
    """The lists of the bodies in charge: who gave up fishing, whose land was taken."""
    header = (_ID, "群体", "起始年月", "依据")
    month = JANUARY + 4
    fishers = county.playing(*_SCHEMES)
    for title, people, date in (
        ("退捕渔民", fishers, day(month, 20)),
        ("被征地农民", county.playing("land"), day(month, 6)),
    ):
        rows = [(p.number, title, _month(p.event_month or month), f"{title}名册") for p in people]
        yield Listing(schedule.at(date), "groups", title, month, header, rows)


def _subsidies(county: County) -> Iterator[Listing]:
    """Each signs which scheme the subsidy goes to; what goes to this one is credited when the case is decided."""
    header = (_ID, "选择险种", "签字日期", "补贴金额")
    for kind, title, roles in (
        ("fisher_subsidy", "退捕渔民险种确认", tuple(_SCHEMES)),
        ("land_lost_subsidy", "被征地农民险种确认", ("land",)),
    ):
        for month, people in _by(county.playing(*roles), lambda person: person.event_month or JANUARY + 5):
            signed = day(month, 12).isoformat()
            rows = [
                (p.number, _SCHEMES.get(p.role, _SCHEMES["fisher"]), signed, _yuan(p.amount_fen))
                for p in people
            ]
            yield Listing(schedule.at(day(month, 24)), kind, title, month, header, rows, day(month, 15))


def _changes(county: County) -> Iterator[Listing]:
    """Accounts, names and homes; those of January next year are still being worked on when the year ends."""
    rng = Rng(county.seed, "changes")
    quiet = rng.sample(
        [p for p in county.recipients if not p.role and not p.fails], n.CHANGED_ACCOUNTS + n.BACKLOG
    )
    steady = [p for p in county.contributors if not p.role and not p.wrong_sex]
    known = rng.sample(steady, n.CHANGED_NAMES + n.CHANGED_CONTACTS + n.BACKLOG)
    late_accounts, late_homes = quiet[n.CHANGED_ACCOUNTS :], known[n.CHANGED_NAMES + n.CHANGED_CONTACTS :]
    quiet, known = quiet[: n.CHANGED_ACCOUNTS], known[: n.CHANGED_NAMES + n.CHANGED_CONTACTS]
    for k, month in enumerate(range(JANUARY, DECEMBER + 1)):
        when = schedule.at(day(month, 17))
        yield _accounts(when, quiet[k::12])
        names = [(p.number, p.name[0] + _NEVER[k % 3] + p.name[-1]) for p in known[: n.CHANGED_NAMES][k::12]]
        yield Listing(when, "changes", "人员变更-姓名", month, (_ID, "新姓名"), names)
        yield _homes(when, known[n.CHANGED_NAMES :][k::12])
    after = schedule.at(day(DECEMBER + 1, 4))
    yield _accounts(after, late_accounts)
    yield _homes(after, late_homes)


def _accounts(when: dt.datetime, people: list[Person]) -> Listing:
    rows = [(p.number, "邮储银行", other_account(p.account)) for p in people]
    month = months.of_date(when.date())
    return Listing(when, "accounts", "银行账户变更", month, (_ID, "银行", "银行账号"), rows)


def _homes(when: dt.datetime, people: list[Person]) -> Listing:
    rows = [(p.number, f"{p.group_no % 9 + 1}组") for p in people]
    return Listing(when, "contacts", "人员变更-住址", months.of_date(when.date()), (_ID, "组"), rows)


_MATTERS = (
    ("档案姓名用字与身份证不一致", "早年手工参保档案，需与村社核实", "村社证明、原始参保花名册", "确认为同一人，档案加注"),
    ("早年手工缴费票据补认", "票据已破损，系统内有对应到账记录", "原始票据、银行流水", "确认缴费年限无误，票据归档"),
    ("曾在外县短期参保", "两地记录需比对后确认", "参保地经办机构函件", "确认无重复参保，维持原记录"),
    ("户口迁移后村组对应", "撤并村后旧村名不再使用", "民政部门撤并村文件", "核对到现村组，信息无误"),
    ("退役军人服役期间参保情况", "服役年月需与主管部门核对", "退役军人事务部门证明", "登记备查，不影响现有年限"),
    ("监护人代领待遇", "本人无民事行为能力", "监护人证明、户口簿", "同意由监护人代办，卡仍为本人"),
    ("社保卡长期挂失", "本人外出，银行无法当面核验", "银行查询单、本人视频核验记录", "核验通过，维持原账户"),
)  # fmt: skip


def _matters(county: County) -> Iterator[Listing]:
    """Matters that no form fits: seven in each month."""
    steady = [p for p in (*county.recipients, *county.contributors) if not p.role and not p.fails]
    people = Rng(county.seed, "matters").sample(steady, n.SPECIAL_MATTERS)
    header = (_ID, "事项", "特殊事由", "处理依据", "处理结果")
    for k, month in enumerate(range(JANUARY, DECEMBER + 1)):
        rows = [(p.number, *_MATTERS[place % len(_MATTERS)]) for place, p in enumerate(people[k::12])]
        yield Listing(schedule.at(day(month, 21)), "special_matter", "特殊业务", month, header, rows)


def other_account(account: str) -> str:
    """A new account nobody else has."""
    from jingban.cli.county.people import luhn

    return luhn("6217990" + account[-2:] + account[7:-1][::-1][:9])


__all__ = ["Listing", "drawing", "listings"]
