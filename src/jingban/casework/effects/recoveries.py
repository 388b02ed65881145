"""Effects on money that comes back (R1.13, R1.9): plan, repayment, set-off, write-off, late bounce. None of them pays anybody.

Codes CAS-5xx: 501 number or month of instalments, 502 the amount is not what is open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from jingban.casework.effects import Situation
from jingban.casework.effects.together import together
from jingban.payments.services.bounce import BounceRecord, record_bounces
from jingban.payments.services.recover import (
    RepaymentRecord,
    agree_instalments,
    open_amounts,
    record_repayments,
    write_off,
)
from jingban.payments.services.set_off import SetOffRecord, set_off_account, set_off_benefits
from jingban.store.origins import Door, entering
from jingban.store.rows import Mode, Outcome
from jingban.values.findings import Finding, Refused
from jingban.values.i18n import gettext as _
from jingban.values.money import format_yuan
from jingban.values.months import of_date

Values = Sequence[dict[str, Any]]
PARTS_MAX = 120
UNDECIDED = "—"
"""The approver while a write-off is only being checked."""


def parts(open_fen: int, count: int, first_month: int) -> list[tuple[int, int]]:
    """An open amount in ``count`` equal monthly parts; the fen that do not divide go into the first."""
    share, rest = divmod(open_fen, count)
    return [(first_month + n, share + (rest if n == 0 else 0)) for n in range(count)]


def plan(values: Values, door: Door, now: Situation, mode: Mode, dry_run: bool) -> Outcome:
    """多发待遇追回与分期 (R1.13-01, R1.13-02): what is open is agreed in monthly parts, one if it comes back at once."""

    def act(rows: Values) -> Outcome:
        with entering(door) as origin:
            for row in rows:
                with _naming(row):
                    agree_instalments(row["receivable_id"], _agreed(row, now), door)
            return Outcome(len(rows), [], origin.pk)

    return together(values, mode, dry_run, act)


def _agreed(row: dict[str, Any], now: Situation) -> list[tuple[int, int]]:
    count, first = row.get("instalments") or 1, row.get("first_month") or of_date(now.today) + 1
    due = open_amounts([row["receivable_id"]]).get(row["receivable_id"], 0)
    if not 1 <= count <= PARTS_MAX or first < of_date(now.today) or 0 < due < count:
        raise Refused([Finding("CAS-501", _("分期期数或首期年月不合理"), column=_("分期期数"))])
    if due and row["amount_fen"] != due:
        text = _("与未追回的 {open} 元不一致").format(open=format_yuan(due))
        raise Refused([Finding("CAS-502", text, column=_("多发金额"))])
    return parts(due, count, first)


def repay(values: Values, door: Door, now: Situation, mode: Mode, dry_run: bool) -> Outcome:
    """追回到账登记: cash or bank."""
    base = {"paid_on": now.today}
    records = [RepaymentRecord(**{**base, **row}) for row in values]
    return record_repayments(records, door, mode=mode, dry_run=dry_run)


def from_benefits(values: Values, door: Door, now: Situation, mode: Mode, dry_run: bool) -> Outcome:
    """抵扣后续待遇 (765号 art. 46): that part of the pension counts as settled, the next run pays the rest."""
    base = {"payroll_month": of_date(now.today), "day": now.today}
    records = [SetOffRecord(**{**base, **row}) for row in values]
    return set_off_benefits(records, door, mode=mode, dry_run=dry_run)


def from_account(values: Values, door: Door, now: Situation, mode: Mode, dry_run: bool) -> Outcome:
    """抵扣个人账户余额 (765号 art. 46; R1.16-05)."""
    records = [SetOffRecord(day=now.today, **row) for row in values]
    return set_off_account(records, door, mode=mode, dry_run=dry_run)


def give_up(values: Values, door: Door, now: Situation, mode: Mode, dry_run: bool) -> Outcome:
    """核销 (R1.13-02): the maker of the case proposes, the last approver decides; two approved before it comes here."""

    def act(rows: Values) -> Outcome:
        with entering(door) as origin:
            for row in rows:
                maker = now.makers.get(row["row"], door.actor)
                checker = UNDECIDED if maker == door.actor else door.actor
                with _naming(row):
                    write_off(
                        row["receivable_id"],
                        row["amount_fen"],
                        row["reason"],
                        replace(door, actor=maker),
                        checker=checker,
                    )
            return Outcome(len(rows), [], origin.pk, amount_fen=sum(row["amount_fen"] for row in rows))

    return together(values, mode, dry_run, act)


def returned(values: Values, door: Door, now: Situation, mode: Mode, dry_run: bool) -> Outcome:
    """付后退回 (R1.9): what the bank had paid came back; it is owed again and comes with the next run."""
    return record_bounces([BounceRecord(**row) for row in values], door, mode=mode, dry_run=dry_run)


class _naming:
    """A refusal of a single-record service, told of the row it belongs to."""

    def __init__(self, row: dict[str, Any]) -> None:
        self.row: int = row["row"]

    def __enter__(self) -> None: ...

    def __exit__(self, _kind: Any, error: BaseException | None, _trace: Any) -> None:
        if isinstance(error, Refused):
            raise Refused([replace(finding, row=self.row) for finding in error.findings]) from None
