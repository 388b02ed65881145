"""Years of a made-up agency, each with another case of every sentence: more, less, the same, nothing, something new.

Made in memory, without a database: what the explanations read is one book, and what was published of the year before.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from jingban.budget.book import Book, Money
from jingban.budget.figures import YearFigures
from jingban.budget.models import (
    Asset,
    Gathering,
    Procurement,
    Reception,
    Staffing,
    Trip,
    Unit,
    UnitDetails,
    Vehicle,
)
from jingban.budget.reasons import MATTERS

DAY = dt.date(2020, 5, 6)
WAGES, PENSION, OFFICE, TRAINING, GUESTS = (
    ("2080103", "30101", "basic", 1_140_814_34),
    ("2080505", "30108", "basic", 105_753_60),
    ("2080109", "30201", "project", 20_693_00),
    ("2080103", "30216", "basic", 36_000_00),
    ("2080103", "30217", "basic", 51_339_00),
)
USUAL = (WAGES, PENSION, OFFICE, TRAINING, GUESTS)
ABROAD, RUNNING, CAR = (
    ("2080103", "30212", "basic", 48_000_00),
    ("2080103", "30231", "basic", 30_000_00),
    ("2080103", "31013", "basic", 180_000_00),
)


def money(line: tuple[str, str, str, int], source: str = "general", kind: str = "") -> Money:
    code, economic, category, amount = line
    return Money(1, source, code, economic, category, "", amount, kind)


def lines(*given: tuple[str, str, str, int], source: str = "general") -> list[Money]:
    return [money(line, source) for line in given]


def given(paid: list[Money], part: int = 100, kind: str = "initial") -> list[Money]:
    """A budget of so many hundredths of what was paid."""
    return [replace(line, kind=kind, amount_fen=line.amount_fen * part // 100) for line in paid]


def year(
    paid: list[Money],
    budget: list[Money],
    *,
    prior: tuple[int, int, int] = (0, 0, 0),
    three: tuple[int, int, int] = (0, 0, 0),
    kind: str = "institution",
    **lists: Any,
) -> YearFigures:
    """``prior``: last year's total, fiscal total, general expenditure; ``three``: abroad, vehicles, reception. In fen."""
    unit = Unit(code="510421001")
    unit.details = UnitDetails(name="某县社会保险中心", kind=kind, superior="某县人社局", duties="参保登记。|待遇发放。")  # fmt: skip
    book, before = Book(unit, 2020), Book(unit, 2019)
    book.payments, book.appropriations = paid, budget
    book.receipts = [replace(line, economic_code="") for line in paid]
    book.staffing = [Staffing(post=kind, posts=12, opening_staff=10, closing_staff=11)]
    for name, value in lists.items():
        setattr(book, name, value)
    cells = [
        ("gk01", "in.total", "income"), ("gk04", "in.total", "income"), ("gk05", "total", "total"),
        ("gk07", "values", "actual.abroad"), ("gk07", "values", "actual.vehicles"), ("gk07", "values", "actual.reception"),
    ]  # fmt: skip
    before.published = dict(zip(cells, (*prior, *three), strict=True))
    figures = YearFigures.__new__(YearFigures)
    figures.book, figures.before, figures.year, figures.unit, figures.horizon = book, before, 2020, unit, None
    book.reasons = {(matter, ""): "工作量有变化" for matter in MATTERS}
    book.reasons |= {("item.budget", item.code): "人员有变化" for item in figures.items()}
    return figures


def guests(amount: int, *, batches: int = 1, foreign: bool = False) -> list[Reception]:
    one = amount // batches
    return [
        Reception(day=DAY, foreign=foreign, guests=5 + number, amount_fen=one, matter="调研", voucher="1")
        for number in range(batches)
    ]


def less() -> YearFigures:
    """Less than last year and than the budget."""
    paid = lines(*USUAL)
    return year(
        paid, given(paid, 110), prior=(2_543_300_00,) * 3, three=(0, 0, 60_000_00), receptions=guests(51_339_00)
    )  # fmt: skip


def more() -> YearFigures:
    """More than last year and than the initial budget, by a unit that reports operating funds."""
    paid = lines(*USUAL)
    return year(
        paid, [*given(paid, 90), *given(paid, 15, "adjusted")], prior=(1_000_000_00, 1_000_000_00, 900_000_00),
        three=(0, 0, 40_000_00), kind="civil_service", receptions=guests(51_339_00, batches=3),
        gatherings=[Gathering(kind="training", persons=35, amount_fen=36_000_00)],
    )  # fmt: skip


def same() -> YearFigures:
    """To the fen what it was and what was planned."""
    paid = lines(*USUAL)
    whole = sum(line.amount_fen for line in paid)
    return year(paid, given(paid), prior=(whole,) * 3, three=(0, 0, 51_339_00), receptions=guests(51_339_00))


def none() -> YearFigures:
    """No such expense, this year or last."""
    paid = lines(WAGES, PENSION, OFFICE)
    return year(paid, given(paid), prior=(1_111_111_00,) * 3)


def gone() -> YearFigures:
    """Planned and paid last year, not this year."""
    paid = lines(WAGES, PENSION, OFFICE)
    return year(paid, given(lines(*USUAL)), prior=(1_111_111_00,) * 3, three=(0, 0, 33_300_00))


def everything() -> YearFigures:
    """Journeys, vehicles, foreign guests, contracts of every kind, meetings."""
    paid = lines(*USUAL, ABROAD, RUNNING, CAR, ("2080103", "30215", "basic", 8_000_00))
    return year(
        paid, given(paid, 130), prior=(1_511_111_00, 1_500_000_00, 1_411_111_00),
        three=(50_000_00, 40_000_00, 51_339_00), kind="administrative",
        receptions=[*guests(41_339_00, batches=2), *guests(10_000_00, foreign=True)],
        trips=[Trip(day=DAY, persons=3, amount_fen=48_000_00, matter="考察", voucher="1")],
        vehicles=[Vehicle(plate="x", use=use, year=2015) for use in ("emergency", "law", "other")],
        assets=[Asset(name="服务器", kind="general", value_fen=600_000_00)],
        procurements=[
            Procurement(kind="goods", contract_fen=120_000_00, micro_business=True),
            Procurement(kind="services", contract_fen=80_000_00, small_business=True),
            Procurement(kind="works", contract_fen=50_000_00),
        ],
        gatherings=[Gathering(kind="meeting", persons=20), Gathering(kind="training", persons=30)],
    )  # fmt: skip


def other_money() -> YearFigures:
    """Government funds, state capital, business and other income, carried over on both ends."""
    paid = [
        *lines(*USUAL),
        *lines(("2299601", "30201", "project", 500_000_00), source="fund"),
        *lines(("2230105", "30201", "project", 70_000_00), source="capital"),
        *lines(("2080109", "30201", "project", 60_000_00), source="business"),
        *lines(("2080109", "30201", "project", 5_000_00), source="other"),
    ]
    received = [replace(line, economic_code="", amount_fen=line.amount_fen * 105 // 100) for line in paid]
    opening = [
        money(("2080109", "", "basic", 12_345_00)),
        money(("2299601", "", "project", 2_345_00), "fund"),
    ]
    return year(
        paid, given(paid, 110), prior=(1_000_000_00, 950_000_00, 900_000_00), receipts=received, openings=opening,
        receptions=guests(51_339_00), procurements=[Procurement(kind="goods", contract_fen=120_000_00)],
    )  # fmt: skip


def first_year() -> YearFigures:
    """Nothing the year before; an item paid without a budget, one budgeted and not paid, one added late and not paid."""
    paid = lines(*USUAL)
    unplanned = lines(("2130506", "30305", "project", 250_000_00))
    unspent = given(lines(("2210201", "30113", "basic", 88_000_00)))
    unspent += given(lines(("2101102", "30110", "basic", 12_000_00)), kind="adjusted")
    return year([*paid, *unplanned], [*given(paid), *unspent], receptions=guests(51_339_00))


YEARS: dict[str, Callable[[], YearFigures]] = {
    made.__name__: made for made in (less, more, same, none, gone, everything, other_money, first_year)
}
