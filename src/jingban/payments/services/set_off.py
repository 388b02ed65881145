"""Set a receivable off against benefits still to be paid, or against the account (R1.13-01; 765号 art. 46)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from jingban.payments import scope
from jingban.payments.models import Receivable, Repayment, SetOff
from jingban.payments.pipeline import prepare
from jingban.payments.services.recover import open_amounts
from jingban.registry.law import tables
from jingban.registry.models import AccountEntry
from jingban.registry.services._accounts import ledger_balances
from jingban.rules.codes import BASIC_ITEMS
from jingban.schemes.loader import RESIDENTS
from jingban.store import bulk
from jingban.store.models import Origin
from jingban.store.origins import Door, entering
from jingban.store.rows import Mode, Outcome, Rows
from jingban.values.i18n import gettext as _
from jingban.values.money import format_yuan
from jingban.values.months import of_date, year_of

OWN_LEDGERS = RESIDENTS.answering()
"""Sub-ledgers that may answer for a debt, in this order; government subsidies never do (R1.16-05)."""
CAUSE = "set-off"


@dataclass(slots=True, kw_only=True)
class SetOffRecord:
    """``payroll_month``: set off against what the next run of this month would pay (used for benefits only)."""

    receivable_id: int
    amount_fen: int
    day: dt.date
    payroll_month: int = 0
    reference: str = ""
    row: int | None = None


def set_off_benefits(
    records: Iterable[SetOffRecord], door: Door, *, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """What is still payable up to ``payroll_month`` counts as settled, oldest month first, and the debt falls by as much.

    Codes: PAY-601, PAY-602, PAY-603 as for repayments; PAY-607 more than is payable; PAY-608 two rows for one receivable.
    """
    with entering(door, dry_run=dry_run) as origin:
        sheet, debts = _open(records, mode)
        claims = _payable([(debts[i], r.payroll_month) for i, r in sheet.good()], origin.day)
        parts: dict[int, list[Claim]] = {}
        for index, record in list(sheet.good()):
            who = debts[index].person_id, record.payroll_month
            payable = claims.get(who, [])
            parts[index] = _consume(payable, record.amount_fen)
            if sum(part[2] for part in parts[index]) != record.amount_fen:
                total = format_yuan(sum(claim[2] for claim in payable))
                text = _("超过到该月为止待发的基础养老金 {open} 元").format(open=total)
                sheet.reject(index, "PAY-607", text, column=_("金额"))
                continue
            for key in [key for key in claims if key[0] == who[0]]:
                claims[key] = _left(
                    claims[key], parts[index]
                )  # another debt of the same person finds only the rest
        rows = sheet.decide()
        ids = _repay(rows, origin, Repayment.Method.SET_OFF)
        bulk.insert(
            SetOff,
            ["repayment_id", "origin_id", "person_id", "item", "month", "amount_fen", "owed_fen"],
            ((ids[i], origin.pk, debts[i].person_id, *part) for i, _r in rows for part in parts[i]),
        )
        return sheet.outcome(origin, amount_fen=sum(r.amount_fen for _i, r in rows))


def set_off_account(
    records: Iterable[SetOffRecord], door: Door, *, mode: Mode = "refuse_all", dry_run: bool = False
) -> Outcome:
    """The debtor's own account pays: entries out of it, and the debt falls by as much.

    Codes: PAY-601, PAY-602, PAY-603, PAY-608 as above; PAY-609 the account does not hold so much.
    """
    with entering(door, dry_run=dry_run) as origin:
        sheet, debts = _open(records, mode)
        balances = ledger_balances(debts[i].person_id for i, _r in sheet.good())
        taken: dict[int, list[tuple[int, int]]] = {}
        for index, record in list(sheet.good()):
            own = balances.setdefault(debts[index].person_id, {})
            taken[index] = _take(own, record.amount_fen)
            held = sum(fen for _ledger, fen in taken[index])
            if held != record.amount_fen:
                text = _("账户中可抵扣的只有 {open} 元").format(open=format_yuan(held))
                sheet.reject(index, "PAY-609", text, column=_("金额"))
                continue
            for ledger, fen in taken[index]:
                own[ledger] -= fen
        rows = sheet.decide()
        _repay(rows, origin, Repayment.Method.ACCOUNT)
        bulk.insert(
            AccountEntry,
            ["origin_id", "person_id", "ledger", "kind", "year", "month", "amount_fen", "cause"],
            (
                (origin.pk, debts[i].person_id, ledger, int(AccountEntry.Kind.MOVED), year_of(of_date(r.day)), of_date(r.day),
                 -fen, CAUSE)
                for i, r in rows
                for ledger, fen in taken[i]
            ),
        )  # fmt: skip
        return sheet.outcome(origin, amount_fen=sum(r.amount_fen for _i, r in rows))


def _open(records: Iterable[SetOffRecord], mode: Mode) -> tuple[Rows[SetOffRecord], dict[int, Receivable]]:
    """The checks every set-off has, and the receivable of each row."""
    sheet = Rows(records, mode)
    wanted = [record.receivable_id for record in sheet.records]
    due = open_amounts(wanted)
    found = Receivable.objects.select_related("run").in_bulk(wanted)
    sheet.once({i: r.receivable_id for i, r in sheet.good()}, "PAY-608", _("与第 {row} 行是同一笔应收款"))
    debts: dict[int, Receivable] = {}
    for index, record in list(sheet.good()):
        if record.receivable_id not in due:
            sheet.reject(index, "PAY-601", _("没有此笔应收款"))
        elif record.amount_fen <= 0:
            sheet.reject(index, "PAY-602", _("抵扣金额必须大于零"), column=_("金额"))
        elif record.amount_fen > due[record.receivable_id]:
            text = _("超过未追回的 {open} 元").format(open=format_yuan(due[record.receivable_id]))
            sheet.reject(index, "PAY-603", text, column=_("金额"))
        else:
            debts[index] = found[record.receivable_id]
            sheet.people[index] = debts[index].person_id
    return sheet, debts


def _repay(rows: Sequence[tuple[int, SetOffRecord]], origin: Origin, method: str) -> dict[int, int]:
    ids = bulk.reserve_ids(Repayment, len(rows))
    numbered = {index: number for (index, _record), number in zip(rows, ids, strict=True)}
    bulk.insert(
        Repayment,
        ["id", "receivable_id", "origin_id", "amount_fen", "method", "paid_on", "reference"],
        (
            (
                numbered[i],
                r.receivable_id,
                origin.pk,
                r.amount_fen,
                str(method),
                r.day.isoformat(),
                r.reference,
            )
            for i, r in rows
        ),
    )
    return numbered


Claim = tuple[int, int, int, int]
"""(item, month, fen, fen owed)"""


def _payable(
    wanted: Sequence[tuple[Receivable, int]], known_on: dt.date
) -> dict[tuple[int, int], list[Claim]]:
    """(person, payroll month) → basic pension the next run would send to the bank, oldest first, months that net positive."""
    groups: dict[tuple[int, int], set[int]] = {}
    for debt, payroll_month in wanted:
        groups.setdefault((debt.run.region_id, payroll_month), set()).add(debt.person_id)
    found: dict[tuple[int, int], list[Claim]] = {}
    for (region, payroll_month), persons in groups.items():
        for person, *claim in _bank_lines(region, payroll_month, sorted(persons), known_on):
            item, month, fen, owed = claim
            found.setdefault((person, payroll_month), []).append((item, month, fen, owed))
    return found


def _bank_lines(
    region: int, payroll_month: int, persons: Sequence[int], known_on: dt.date
) -> list[tuple[int, int, int, int, int]]:
    law = tables(region, known_on)
    with connection.cursor() as cursor:
        engine = prepare(
            cursor,
            region,
            payroll_month,
            None,
            law,
            lambda reach: scope.full(payroll_month, persons, reach=reach),
        )
        engine.build("lines")
        cursor.execute(
            "SELECT person_id, item, month, amount_fen, owed_fen FROM lines WHERE channel = 1 ORDER BY 1, 3, 2"
        )
        rows = list(cursor.fetchall())
        engine.drop()
    net: dict[tuple[int, int], int] = {}
    for person, _item, month, fen, _owed in rows:
        net[person, month] = net.get((person, month), 0) + fen
    kept = []
    for person, item, month, fen, owed in rows:
        part = min(fen, net[person, month])
        # only the basic pension: the account pension is drawn from the person's own account
        if item in BASIC_ITEMS and part > 0:
            net[person, month] -= part
            kept.append((person, item, month, part, owed))
    return kept


def _consume(claims: Sequence[Claim], amount_fen: int) -> list[Claim]:
    parts: list[Claim] = []
    for item, month, fen, owed in claims:
        part = min(fen, amount_fen)
        if part > 0:
            parts.append((item, month, part, owed))
            amount_fen -= part
    return parts


def _left(claims: Sequence[Claim], used: Sequence[Claim]) -> list[Claim]:
    taken = {(item, month): fen for item, month, fen, _owed in used}
    return [
        (item, month, fen - taken.get((item, month), 0), owed)
        for item, month, fen, owed in claims
        if fen > taken.get((item, month), 0)
    ]


def _take(balances: dict[int, int], amount_fen: int) -> list[tuple[int, int]]:
    taken: list[tuple[int, int]] = []
    for ledger in OWN_LEDGERS:
        part = min(balances.get(ledger, 0), amount_fen)
        if part > 0:
            taken.append((ledger, part))
            amount_fen -= part
    return taken
