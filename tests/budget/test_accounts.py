"""The nine tables fall out of the books, and every identity of the form descriptions holds, whatever the books hold."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jingban.budget.accounts import closing_balance, final_accounts
from jingban.budget.book import Book, Money, closing, read_book, total
from jingban.budget.models import Unit, UnitDetails
from jingban.budget.records import (
    AppropriationRecord,
    OpeningRecord,
    PaymentRecord,
    ProjectRecord,
    ReceiptRecord,
    UnitRecord,
)
from jingban.budget.services import (
    record_appropriations,
    record_openings,
    record_payments,
    record_receipts,
    register_projects,
    register_units,
)
from jingban.store.origins import Door
from jingban.values.findings import Refused
from tests.support.databases import Database

DOOR = Door(actor="会计甲", at=dt.datetime(2021, 1, 5, tzinfo=dt.UTC))
FUNCTIONS = ["2080109", "2080505", "2101102", "2130506", "2210201"]
ECONOMIC = ["30101", "30201", "30217", "30305", "31002", "30231"]

amounts = st.integers(1, 5_000_000_00)


@st.composite
def books(draw: st.DrawFn) -> Book:
    unit = Unit(code="u")
    unit.details = UnitDetails(name="某中心", kind="institution")
    lines = st.builds(
        Money,
        row=st.integers(1, 999),
        source=st.sampled_from(
            ["general", "fund", "capital", "superior", "business", "operating", "affiliated", "other"]
        ),
        function_code=st.sampled_from(FUNCTIONS),
        economic_code=st.sampled_from(ECONOMIC),
        category=st.sampled_from(["basic", "project", "superior", "operating", "affiliated"]),
        project=st.just(""),
        amount_fen=amounts,
    )

    def fiscal_only_basic_or_project(line: Money) -> bool:
        return line.source not in ("general", "fund", "capital") or line.category in ("basic", "project")

    spent = st.lists(lines.filter(fiscal_only_basic_or_project), max_size=12)
    return Book(
        unit,
        2020,
        appropriations=draw(st.lists(lines, max_size=5)),
        receipts=draw(st.lists(lines, max_size=12)),
        payments=draw(spent),
        openings=draw(st.lists(lines, max_size=4)),
        used_fen=draw(st.integers(0, 10**8)),
        distributed_fen=draw(st.integers(0, 10**8)),
    )


@given(books())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_identity_holds_whatever_the_books_hold(book: Book) -> None:
    forms = final_accounts(book)
    assert forms["gk01"].amount("in.total", "income") == forms["gk01"].amount("out.total", "expenditure")
    assert forms["gk03"].amount("total", "total") == total(book.payments)
    assert forms["gk01"].amount("out.closing", "expenditure") == closing_balance(book) == total(closing(book))


def _line(**changes: Any) -> dict[str, Any]:
    return {
        "unit": "U1", "year": 2020, "source": "general", "function_code": "2080109", "category": "basic",
        "economic_code": "30201", "amount_fen": 100_00, "voucher": "记-1", "day": dt.date(2020, 3, 1), **changes,
    }  # fmt: skip


@pytest.fixture
def books_open(database: Database) -> Unit:
    register_units([UnitRecord(code="U1", name="某县居保中心", kind="institution")], DOOR)
    register_projects([ProjectRecord(unit="U1", code="P1", name="经费项目", since_year=2020)], DOOR)
    given_for = _line(
        kind="initial", document="财预〔2020〕1号", day=dt.date(2020, 1, 10), amount_fen=1_000_00
    )
    given_for.pop("voucher")
    given_for.pop("economic_code")
    record_appropriations([AppropriationRecord(**given_for)], DOOR)
    return Unit.objects.get(code="U1")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"unit": "U9"}, "BUD-101"),
        ({"function_code": "2083001"}, "BUD-102"),
        ({"function_code": "20801"}, "BUD-103"),
        ({"economic_code": "302"}, "BUD-103"),
        ({"economic_code": ""}, "BUD-109"),
        ({"day": dt.date(2021, 1, 2)}, "BUD-104"),
        ({"category": "project"}, "BUD-106"),
        ({"category": "project", "project": "P9"}, "BUD-105"),
        ({"amount_fen": 0}, "BUD-107"),
        ({"amount_fen": 1_000_01}, "BUD-108"),
        ({"source": "lottery"}, "BUD-110"),
    ],
)
def test_a_wrong_payment_is_refused_with_its_row_and_nothing_is_written(
    books_open: Unit, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        record_payments([PaymentRecord(**_line()), PaymentRecord(**_line(**changes), row=7)], DOOR)
    assert [(finding.code, finding.row) for finding in refused.value.findings] == [(code, 7)]
    assert not read_book(books_open, 2020).payments


def test_what_is_left_opens_the_next_year(books_open: Unit) -> None:
    opening = _line(amount_fen=30_00)
    for name in ("voucher", "day", "economic_code"):
        opening.pop(name)
    record_openings([OpeningRecord(**opening)], DOOR)
    receipt = _line(amount_fen=500_00)
    receipt.pop("economic_code")
    record_receipts([ReceiptRecord(**receipt)], DOOR)
    record_payments([PaymentRecord(**_line(amount_fen=420_00))], DOOR)
    this, following = read_book(books_open, 2020), read_book(books_open, 2021)
    assert closing_balance(this) == 110_00 == total(following.openings)
    forms = final_accounts(this)
    assert forms["gk06"].cells["30201", "amount"].amount == 420_00
    assert forms["gk06"].cells["30201", "amount"].trace.relation == "payment"
