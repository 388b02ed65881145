"""What enrolment and the import of a former system's people share: reading and checking identities, writing the rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from jingban.registry.models import BankAccount, GroupMembership, Identity, Person, Relation, Residence
from jingban.store import bulk, live
from jingban.store.models import Origin
from jingban.store.rows import Rows
from jingban.values import citizen_id, months
from jingban.values.citizen_id import IdStatus
from jingban.values.i18n import gettext as _
from jingban.values.masking import mask_account, mask_id


@dataclass(slots=True, kw_only=True)
class PersonRecord:
    """Who a person is and where they live. Months are int64 months; ``region`` is the six-digit county."""

    id_number: str
    name: str
    region: str
    from_month: int
    number: str = ""
    """Personal number of the former system; empty: one is given out."""
    sex: str = ""
    birth_date: dt.date | None = None
    ethnicity: str = ""
    township_code: str = ""
    township: str = ""
    village_code: str = ""
    village: str = ""
    group_name: str = ""
    address: str = ""
    phone: str = ""
    bank: str = ""
    account: str = ""
    holder: str = ""
    """Account holder; empty: the person."""
    groups: Sequence[tuple[int, int, int]] = field(default_factory=tuple)
    """(group id, from month, to month)"""
    row: int | None = None


@dataclass(slots=True)
class Identified:
    """A record's identity after reading its ID number."""

    id_number: str
    birth: dt.date
    sex: str


def read_identities(sheet: Rows[Any]) -> dict[int, Identified]:
    """Check names, numbers, birth dates, regions; reject or park rows. Returns index -> identity."""
    read: dict[int, Identified] = {}
    for index, record in list(sheet.good()):
        parsed = citizen_id.parse(record.id_number)
        if not record.name.strip():
            sheet.reject(index, "REG-110", _("没有姓名"), column=_("姓名"), subject=mask_id(parsed.number))
            continue
        if not (len(record.region) == 6 and record.region.isdigit()):
            sheet.reject(
                index, "REG-117", _("区划代码不是六位数字"), column=_("区划"), subject=mask_id(parsed.number)
            )
            continue
        if parsed.status is IdStatus.LEGACY_15:
            sheet.park(
                index,
                "REG-112",
                _("15 位旧证件号码，已搁置待核实，未自动换号"),
                column=_("证件号码"),
                subject=mask_id(parsed.number),
            )
            continue
        if not parsed.ok:
            sheet.reject(
                index,
                "REG-111",
                _ID_REASONS[parsed.status](),
                column=_("证件号码"),
                subject=mask_id(parsed.number),
            )
            continue
        birth = record.birth_date or parsed.birth
        assert birth is not None
        if parsed.birth is not None and birth != parsed.birth:
            sheet.reject(
                index,
                "REG-113",
                _("出生日期与证件号码不一致"),
                column=_("出生日期"),
                subject=mask_id(parsed.number),
            )
            continue
        read[index] = Identified(parsed.number, birth, record.sex or parsed.sex or "")
    return read


_ID_REASONS = {
    IdStatus.BAD_CHECK: lambda: _("证件号码校验位错误"),
    IdStatus.BAD_DATE: lambda: _("证件号码中的日期不存在"),
    IdStatus.BAD_FORM: lambda: _("不是 18 位公民身份号码"),
}


def refuse_known(sheet: Rows[Any], read: dict[int, Identified]) -> None:
    """Nobody twice: within the list (REG-114), in the register (REG-115), by personal number (REG-116)."""
    sheet.once(
        {i: who.id_number for i, who in read.items()},
        "REG-114",
        _("与第 {row} 行证件号码相同"),
        column=_("证件号码"),
    )
    numbers = {index: record.number for index, record in sheet.good() if record.number}
    sheet.once(numbers, "REG-114", _("与第 {row} 行个人编号相同"), column=_("个人编号"))
    wanted = bulk.listed(who.id_number for who in read.values())
    known = {
        number
        for (number,) in bulk.fetch(
            f"SELECT i.id_number FROM registry_identity i WHERE {bulk.among('i.id_number', text=True)} "
            f"AND {live.where(Identity._meta.db_table, 'i')}",
            [wanted],
        )
    }
    taken = {
        number
        for (number,) in bulk.fetch(
            f"SELECT p.number FROM registry_person p WHERE {bulk.among('p.number', text=True)}",
            [bulk.listed(numbers.values())],
        )
    }
    for index, record in list(sheet.good()):
        who = read[index]
        if who.id_number in known:
            sheet.reject(
                index,
                "REG-115",
                _("此人已登记，不能重复参保"),
                column=_("证件号码"),
                subject=mask_id(who.id_number),
            )
        elif record.number in taken:
            sheet.reject(
                index, "REG-116", _("个人编号已被使用"), column=_("个人编号"), subject=mask_id(record.number)
            )


def refuse_shared_accounts(sheet: Rows[Any], owners: dict[int, int | None] | None = None) -> None:
    """No two persons on one bank account (R1.9 step 3): within the list (REG-131) and in the register (REG-132).

    ``owners``: index -> person id who may already hold the account (for a change of account).
    """
    accounts = {index: record.account for index, record in sheet.good() if record.account}
    sheet.once(
        accounts, "REG-131", _("与第 {row} 行的银行账号相同，两人不能共用一个账户"), column=_("银行账号")
    )
    held: dict[str, set[int]] = {}
    for person, account in live_accounts(accounts.values()):
        held.setdefault(account, set()).add(person)
    for index, record in list(sheet.good()):
        others = held.get(record.account, set()) - {(owners or {}).get(index)}
        if record.account and others:
            sheet.reject(
                index,
                "REG-132",
                _("银行账号已登记在他人名下"),
                column=_("银行账号"),
                subject=mask_account(record.account),
            )


def live_accounts(accounts: Iterable[str]) -> list[tuple[int, str]]:
    """(person, account) of every live bank account among these."""
    table = BankAccount._meta.db_table
    return [
        (person, account)
        for person, account in bulk.fetch(
            f"SELECT b.person_id, b.account FROM {table} b WHERE {bulk.among('b.account', text=True)} "
            f"AND {live.where(table, 'b')}",
            [bulk.listed(accounts)],
        )
    ]


def check_groups(sheet: Rows[Any]) -> None:
    """Intervals in order and not overlapping within one group (REG-121)."""
    for index, record in list(sheet.good()):
        if not record.groups:
            continue
        spans = sorted(record.groups)
        backwards = any(start >= end for _group, start, end in spans)
        overlap = any(a[0] == b[0] and b[1] < a[2] for a, b in pairwise(spans))
        if backwards or overlap:
            sheet.reject(
                index,
                "REG-121",
                _("群体身份起止月颠倒或重叠"),
                column=_("群体"),
                subject=mask_id(record.id_number),
            )


def write_people(
    origin: Origin, rows: Sequence[tuple[int, Any]], read: dict[int, Identified], entry: int
) -> dict[int, int]:
    """Person, identity, residence, relation, bank account, groups of every row. Returns index -> person id."""
    ids = bulk.reserve_ids(Person, len(rows))
    people = {index: person for (index, _record), person in zip(rows, ids, strict=True)}
    o = origin.pk
    bulk.insert(
        Person,
        ["id", "number", "origin_id"],
        ((people[i], r.number or f"{r.region}{people[i]:010d}", o) for i, r in rows),
    )
    bulk.insert(
        Identity,
        ["origin_id", "person_id", "name", "id_number", "id_status", "sex", "birth_date", "ethnicity"],
        (
            (
                o,
                people[i],
                r.name.strip(),
                read[i].id_number,
                "ok",
                read[i].sex,
                read[i].birth.isoformat(),
                r.ethnicity,
            )
            for i, r in rows
        ),
    )
    bulk.insert(
        Residence,
        ["origin_id", "person_id", "township_code", "township", "village_code", "village", "group_name", "address",
         "phone", "valid_from"],
        (
            (o, people[i], r.township_code, r.township, r.village_code, r.village, r.group_name, r.address, r.phone,
             r.from_month)
            for i, r in rows
        ),
    )  # fmt: skip
    bulk.insert(
        Relation,
        ["origin_id", "person_id", "region_id", "valid_from", "entry"],
        ((o, people[i], int(r.region), r.from_month, getattr(r, "entry", None) or entry) for i, r in rows),
    )
    bulk.insert(
        BankAccount,
        ["origin_id", "person_id", "bank", "account", "holder", "valid_from"],
        (
            (o, people[i], r.bank, r.account, r.holder or r.name.strip(), r.from_month)
            for i, r in rows
            if r.account
        ),
    )
    bulk.insert(
        GroupMembership,
        ["origin_id", "person_id", "group_id", "valid_from", "valid_to"],
        ((o, people[i], group, start, end) for i, r in rows for group, start, end in r.groups),
    )
    return people


def age_at(birth: dt.date, month: int) -> int:
    """Completed years at the end of a month: only the month counts (R1.6)."""
    return (month - months.of_date(birth)) // 12
