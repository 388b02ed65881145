"""Worked examples with the authority's amount, through the doors a county uses: entry, award, preview, bank, credit.

``docs/reference/worked-examples.md`` lists them all, those of other files too; a test of the house compares the list.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingban.casework.by_rule import refunds
from jingban.payments.models import Run
from jingban.payments.services import credit
from jingban.payments.services.preview import preview
from jingban.registry.claims import standings
from jingban.registry.models import AccountEntry, Award
from jingban.registry.services.award import AwardRecord, award
from jingban.registry.services.certify import CertificationRecord, certify
from jingban.registry.services.groups import GroupRecord, join_group
from jingban.registry.services.import_people import OpeningAward
from jingban.registry.services.record_contributions import ContributionRecord, record_contributions
from jingban.registry.services.record_deaths import DeathRecord, record_deaths
from jingban.registry.services.record_other import CoverageRecord, record_coverage
from jingban.registry.services.stop import StopRecord, stop
from jingban.values import money
from jingban.values.months import month
from tests.money.overlays import law, rates, value
from tests.support.databases import Database
from tests.support.law import Overlay
from tests.support.people import door, recipient, record, register
from tests.support.runs import by_month, draft, interest, lines, named, paid

JAN, JULY = month(2020, 1), month(2020, 7)
HUNAN = 430204
OWN, CATCH_UP, GOVERNMENT = 1, 2, 3
SUBSIDIES = 401
OLD_LAW = {"known_on": dt.date(2020, 6, 30)}
"""Before the standards of July 2020 were announced."""


def paid_in(person: int, year: int, yuan: int, on: dt.date, kind: int = OWN) -> None:
    row = ContributionRecord(
        person=person, year=year, amount_fen=yuan * 100, paid_on=on, arrived_on=on, kind=kind
    )
    record_contributions([row], door(max(on, dt.date(2020, 1, 3))))


def awarded(person: int, day: dt.date) -> int:
    award([AwardRecord(person=person, decided_on=day)], door(day))
    return Award.objects.get(person_id=person).start_month


def posted(item: int, day: dt.date) -> int:
    """Fen of the credits of a year from preview to posting on one day."""
    made = credit.preview(510421, item, day.year, door(day))
    credit.review(made.pk, door(day, "checker"))
    return credit.post(made.pk, door(day, "checker")).amount_fen


def of(run: Run, person: int, item: int, at: int) -> int:
    """Fen of one item and month of a run."""
    return lines(run).get((person, item, at), (0, 0))[0]


# --- when it begins ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "begins"),
    [(dt.date(1960, 8, 31), month(2020, 9)), (dt.date(1960, 9, 1), month(2020, 10))],
)
def test_from_the_month_after_the_birthday(database: Database, born: dt.date, begins: int) -> None:
    """Examples 1 and 2: the last of August and the first of September are a month apart."""
    (person,) = register(record(1, born, history_years=15))
    assert awarded(person, dt.date(2020, 10, 8)) == begins


def test_from_the_month_after_the_last_year_is_paid(database: Database, overlay: Overlay) -> None:
    """Example 3: born on 29 February 1960, of age since February; the last year that was missing is paid in June: from July."""
    overlay("510421", "award", scheme_launch="2010-10")
    (person,) = register(record(1, dt.date(1960, 2, 29), history_years=9))
    paid_in(person, 2020, 200, dt.date(2020, 6, 3))
    assert awarded(person, dt.date(2020, 7, 8)) == JULY


def test_years_that_are_asked_for(database: Database, overlay: Overlay) -> None:
    """Examples 4 and 5: at the launch of October 2010 aged 46, 50, 57 years and 8 months, 58 and 4, and past 60: 14, 10, 3, 2, none."""
    overlay("510421", "award", scheme_launch="2010-10")
    births = [(1964, 9), (1960, 9), (1953, 2), (1952, 6), (1949, 1)]
    people = register(*(record(n + 1, dt.date(year, at, 9)) for n, (year, at) in enumerate(births)))
    found = standings(people, dt.date(2020, 6, 3))
    assert [found[person].required for person in people] == [14, 10, 3, 2, 0]


# --- the account ---------------------------------------------------------------------------------------------------


def test_the_account_pension(database: Database) -> None:
    """Example 6: 3,200.00 / 139 is 23.02."""
    opened = OpeningAward(start_month=month(2019, 1), paid_years=8, balance_fen=320_000)
    (person,) = register(recipient(1, award=opened))
    assert of(draft(JAN), person, 201, JAN) == 2_302


@given(st.integers(0, 10**9))
def test_no_account_falls_between_two_fen(balance: int) -> None:
    """Example 7: 139 is odd, so half up is the nearest fen whatever the rule for halves."""
    assert money.div_half_up(balance, 139) == round(Fraction(balance, 139))
    assert Fraction(balance, 139) % 1 != Fraction(1, 2)


def test_an_empty_account_is_followed_by_the_fund(database: Database, tmp_path: Path) -> None:
    """Example 18: an account of 10.00 and a pension of 10.00: January comes from the account, February from the fund, both are paid."""
    (person,) = register(recipient(1, balances={(1, 1): 1_000}))
    runs = [paid(at, tmp_path) for at in (JAN, JAN + 1)]
    assert [of(run, person, 201, run.payroll_month) for run in runs] == [1_000, 1_000]
    drawn = AccountEntry.objects.filter(person_id=person, kind=AccountEntry.Kind.DRAW)
    assert list(drawn.values_list("month", "amount_fen")) == [(JAN, -1_000)]


@pytest.mark.parametrize(("delta", "fen"), [(0, 2_145), (1, 2_175)])
def test_interest_of_a_year(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, delta: int, fen: int
) -> None:
    """Example 21: 1,260 at 1.5 %, 200 in March, their subsidy of 40 in June: 21.45 from the month after, 21.75 from the month itself."""
    known = rates(y2019="1.5%", y2020="1.5%") | {"interest_delta_in": [value("2012-01-01", delta)]}
    law(tmp_path / "law", monkeypatch, account=known)
    (person,) = register(record(1, balances={(1, 1): 126_000}))
    paid_in(person, 2020, 200, dt.date(2020, 3, 3))
    assert posted(SUBSIDIES, dt.date(2020, 6, 20)) == 4_000
    assert interest(2020, dt.date(2021, 5, 20)) == fen


# --- the basic pension ---------------------------------------------------------------------------------------------


def test_the_central_standard_rises_by_five(database: Database) -> None:
    """Example 12: 88 until June, 93 from July 2020."""
    (person,) = register(recipient(1))
    run = draft(JULY)
    assert (of(run, person, 101, JULY - 1), of(run, person, 101, JULY)) == (8_800, 9_300)


@pytest.mark.parametrize(
    ("born", "in_july", "in_august"),
    [
        (dt.date(1955, 6, 30), 200, 200),
        (dt.date(1955, 7, 1), 0, 200),
        (dt.date(1940, 3, 9), 500, 500),
        (dt.date(1940, 7, 15), 200, 500),
    ],
)
def test_sichuan_adds_by_age(database: Database, born: dt.date, in_july: int, in_august: int) -> None:
    """Examples 13 and 14: 2 from 65 and 5 from 80, who reaches the age later from the month after."""
    (person,) = register(recipient(1, born))
    run = draft(JULY + 1)
    assert [of(run, person, 105, at) for at in (JULY, JULY + 1)] == [in_july, in_august]


def hunan(number: int, born: dt.date, **more: object) -> int:
    (person,) = register(record(number, born, region=str(HUNAN), **more))
    return person


def hunan_run(at: int) -> Run:
    return preview(HUNAN, at, door(dt.date(2020, 12, 3)), known_on=dt.date(2021, 6, 30))


def test_hunan_in_july_2020(database: Database) -> None:
    """Example 15: 93 of the centre and 20 of the province."""
    opened = OpeningAward(start_month=month(2019, 1), paid_years=8, balance_fen=0)
    person = hunan(1, dt.date(1955, 5, 3), award=opened, certified_on=dt.date(2020, 5, 5), balances={})
    run = hunan_run(JULY)
    assert sum(of(run, person, item, JULY) for item in (101, 102, 105)) == 11_300


@pytest.mark.parametrize(("caught_up", "fen"), [(2, 0), (0, 200)])
def test_hunan_adds_for_years_that_were_not_caught_up(
    database: Database, tmp_path: Path, caught_up: int, fen: int
) -> None:
    """Example 16, W5: seventeen years of which two were caught up add nothing; seventeen paid in time add 2."""
    person = hunan(1, dt.date(1960, 8, 9), history_years=16 - caught_up)
    paid_in(person, 2020, 200, dt.date(2020, 3, 3))
    for year in range(2012, 2012 + caught_up):
        paid_in(person, year, 200, dt.date(2020, 3, 3), CATCH_UP)
    begins = awarded(person, dt.date(2020, 9, 8))
    certify([CertificationRecord(person=person, certified_on=dt.date(2020, 9, 8))], door(dt.date(2020, 9, 8)))
    run = hunan_run(begins)
    assert of(run, person, 101, begins) == 9_300
    assert sum(a for (_p, item, _m), (a, _c) in lines(run).items() if item == 106) == fen


# --- what comes late -----------------------------------------------------------------------------------------------


def test_a_death_of_august_known_in_october(database: Database, tmp_path: Path) -> None:
    """Example 9: August is the last month, September comes back off the estate."""
    (person,) = register(recipient(1))
    for at in range(JAN, JAN + 9):
        paid(at, tmp_path, **OLD_LAW)
    day = dt.date(2020, 10, 4)
    record_deaths([DeathRecord(person=person, died_on=dt.date(2020, 8, 20))], door(day))
    named(person, day)
    monthly = 11_000
    found = lines(paid(JAN + 9, tmp_path, **OLD_LAW))
    assert sum(fen for (_p, item, at), (fen, _c) in found.items() if item < 300) == -monthly
    assert {at for (_p, item, at) in found if item < 300} == {JAN + 8}


def test_prison_since_april_known_in_september(database: Database, tmp_path: Path) -> None:
    """Example 17: five months come back, nothing is due later."""
    (person,) = register(recipient(1))
    for at in range(JAN, JAN + 8):
        paid(at, tmp_path, **OLD_LAW)
    row = StopRecord(person=person, kind=1, reason="1202", from_month=month(2020, 4))
    stop([row], door(dt.date(2020, 9, 2)))
    run = paid(JAN + 8, tmp_path, **OLD_LAW)
    assert {at for (_p, _i, at) in lines(run)} == set(range(month(2020, 4), month(2020, 9)))
    assert sum(fen for fen, _c in lines(run).values()) == -5 * 11_000
    assert not any(fen > 0 for fen, _c in lines(run).values())


def test_a_raise_of_seven_announced_three_months_late(database: Database, tmp_path: Path) -> None:
    """Example 19: 5 and 2 from July, paid in October: the living 21, the dead of August 14 to the heirs, who was awarded for October
    and who is in prison nothing, and who failed at the bank in September is paid September again besides."""
    born = dt.date(1950, 5, 3)
    living, dead, prison, failed, new = register(
        recipient(1, born), recipient(2, born), recipient(3, born), recipient(4, born),
        record(5, dt.date(1960, 9, 9), history_years=15),
    )  # fmt: skip
    stop([StopRecord(person=prison, kind=1, reason="1202", from_month=JAN)], door(dt.date(2020, 1, 3)))
    for at in range(JAN, JAN + 8):
        paid(at, tmp_path, **OLD_LAW)
    day = dt.date(2020, 9, 1)
    record_deaths([DeathRecord(person=dead, died_on=dt.date(2020, 8, 20))], door(day))
    named(dead, day)
    paid(JAN + 8, tmp_path, failing=[failed], **OLD_LAW)
    awarded(new, dt.date(2020, 10, 3))
    run = paid(JAN + 9, tmp_path)
    late = {at: fen for at, fen in by_month(run, living).items() if at < JAN + 9}
    assert late == {JULY: 700, JULY + 1: 700, JULY + 2: 700}
    assert by_month(run, dead, channel=2) == {JULY: 700, JULY + 1: 700}
    assert set(by_month(run, new)) == {JAN + 9}
    assert by_month(run, prison) == {}
    assert by_month(run, failed)[JULY + 2] == 11_000 + 700


# --- subsidies -----------------------------------------------------------------------------------------------------


def test_two_payments_reach_one_tier(database: Database) -> None:
    """Example 23: 300 and 700 in Sichuan in 2022 are the tier of 1,000: a subsidy of 80."""
    (person,) = register(record(1))
    paid_in(person, 2022, 300, dt.date(2022, 3, 3))
    paid_in(person, 2022, 700, dt.date(2022, 9, 3))
    assert posted(SUBSIDIES, dt.date(2022, 12, 20)) == 8_000


def test_the_subsidy_of_who_is_paid_for(database: Database) -> None:
    """Example 24, W4: 100 paid by the government in Sichuan in 2023 bring 40."""
    (person,) = register(record(1))
    join_group([GroupRecord(person=person, group_id=2, from_month=month(2022, 1))], door(dt.date(2022, 1, 9)))
    paid_in(person, 2023, 100, dt.date(2023, 5, 3), GOVERNMENT)
    assert posted(SUBSIDIES, dt.date(2023, 12, 20)) == 4_000


def test_months_paid_for_twice(database: Database) -> None:
    """Example 25: 500 for 2018, nine months of it covered as an employee: 375.00 back."""
    (person,) = register(record(1))
    paid_in(person, 2018, 500, dt.date(2018, 6, 3))
    row = CoverageRecord(person=person, scheme="职工", from_month=month(2018, 4), to_month=month(2019, 1))
    record_coverage([row], door(dt.date(2020, 5, 3)))
    assert sum(refunds(510421, person, month(2020, 6), dt.date(2020, 6, 3)).values()) == 37_500
