"""Whole payment runs for tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from jingban.payments.bankfile import Answer, write_answer
from jingban.payments.models import Run
from jingban.payments.services import credit
from jingban.payments.services.again import preview_again
from jingban.payments.services.bank_file import orders_to_send, write_bank_file
from jingban.payments.services.estate_payee import PayeeRecord, set_estate_payee
from jingban.payments.services.preview import preview
from jingban.payments.services.returns import Returned, import_returns
from jingban.payments.services.review import review
from jingban.payments.services.settle import settle
from jingban.safeguards.gate import release
from jingban.store import bulk
from jingban.values.months import first_day
from tests.support.people import account, door

COUNTY = 510421
KNOWN = dt.date(2021, 6, 30)
"""Every law of 2020 is known, unless a test says otherwise."""


def draft(payroll_month: int, **more: Any) -> Run:
    """A preview made on the third of the month."""
    arguments: dict[str, Any] = {"known_on": KNOWN} | more
    return preview(COUNTY, payroll_month, door(_day(payroll_month, 3)), **arguments)


def released(payroll_month: int, **more: Any) -> Run:
    run = draft(payroll_month, **more)
    review(run.pk, door(_day(payroll_month, 4), "checker"))
    return release(run.pk, door(_day(payroll_month, 5), "checker")).run


def named(person: int, day: dt.date) -> None:
    """Somebody is registered who receives what is left of a dead person."""
    set_estate_payee(
        [PayeeRecord(person=person, name="遗属", bank="NH", account=account(900 + person))], door(day)
    )


def again(run: Run) -> Run:
    """Previewed again and reviewed."""
    made = preview_again(run.pk, door(_day(run.payroll_month, 6)), known_on=KNOWN)
    return review(made.pk, door(_day(run.payroll_month, 7), "checker"))


def interest(year: int, day: dt.date) -> int:
    """Interest of a year from preview to posting; the fen posted. A preview with nothing in it is given up."""
    made = credit.preview(COUNTY, 403, year, door(day))
    if not made.lines.exists():
        credit.cancel(made.pk, door(day))
        return 0
    credit.review(made.pk, door(day, "checker"))
    return credit.post(made.pk, door(day, "checker")).amount_fen


def answers(run: Run, failing: Collection[int] = ()) -> list[Answer]:
    """The bank pays everybody but the persons ``failing``."""
    people = dict(bulk.fetch("SELECT id, person_id FROM payments_order WHERE run_id = %s", [run.pk]))
    return [
        Answer(p.order, p.account, p.holder, p.amount_fen, "05", "账号不存在", 0)
        if people[p.order] in failing
        else Answer(p.order, p.account, p.holder, p.amount_fen, "00", "", 0)
        for p in orders_to_send(run)
    ]


def answered(run: Run, folder: Path, failing: Collection[int] = ()) -> Returned:
    """File written and answered in full."""
    run, _path = write_bank_file(run.pk, folder, door(_day(run.payroll_month, 6)))
    content = write_answer(run.batch, answers(run, failing))
    return import_returns(run.pk, content, door(_day(run.payroll_month, 9)), name="answer.txt")


def paid(payroll_month: int, folder: Path, failing: Collection[int] = (), **more: Any) -> Run:
    """A month from preview to settlement."""
    run = released(payroll_month, **more)
    returned = answered(run, folder, failing)
    return settle(returned.run.pk, door(_day(payroll_month, 10)))


def lines(run: Run) -> dict[tuple[int, int, int], tuple[int, int]]:
    """(person, item, month) -> (fen, channel)."""
    rows = bulk.fetch(
        "SELECT person_id, item, month, amount_fen, channel FROM payments_line WHERE run_id = %s", [run.pk]
    )
    return {(person, item, month): (fen, channel) for person, item, month, fen, channel in rows}


def by_month(run: Run, person: int, channel: int = 1) -> dict[int, int]:
    """Entitlement month -> fen, for one person and channel."""
    found: dict[int, int] = {}
    for (who, _item, month), (fen, where) in lines(run).items():
        if who == person and where == channel:
            found[month] = found.get(month, 0) + fen
    return dict(sorted(found.items()))


def _day(payroll_month: int, number: int) -> dt.date:
    return first_day(payroll_month).replace(day=number)


Step = Callable[[], Any]
