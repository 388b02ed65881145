"""What rests on a corrected fact follows to the end: entry, award, account pension; or the correction is refused as a whole."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from jingban.registry.models import (
    AccountEntry,
    Annuity,
    Award,
    Contribution,
    Death,
    Identity,
    OtherCoverage,
    Relation,
)
from jingban.registry.services._benefits import balances
from jingban.registry.services.record_contributions import ContributionRecord, record_contributions
from jingban.store import bulk, live
from jingban.values import citizen_id
from jingban.values.findings import Refused
from jingban.values.months import FOREVER, month
from tests.casework.test_effects import REGION, at, conserved, through
from tests.support.databases import Database
from tests.support.people import door, id_number, recipient, record, register
from tests.support.runs import lines, paid

BORN = dt.date(1960, 1, 20)
PAID = dt.date(2020, 1, 10)
JAN, FEB = month(2020, 1), month(2020, 2)


def awarded(years: int = 15, fen: int = 278_00) -> int:
    """60 in January 2020; pays once more, is awarded from February on."""
    (person,) = register(record(1, BORN, history_years=years))
    paid_in = ContributionRecord(person=person, year=2020, amount_fen=fen, paid_on=PAID, arrived_on=PAID)
    record_contributions([paid_in], door(PAID))
    through("award", {"person": id_number(BORN, 1)}, dt.date(2020, 1, 31))
    return person


def corrected(fact: Any, day: dt.date = dt.date(2020, 3, 2), **change: Any) -> None:
    values = {"record": type(fact).__name__.lower(), "fact_id": fact.pk, "reason": "录入差错", **change}
    through("correction", values, day)


def number_of(sql: str, *params: int) -> int:
    return int(bulk.fetch(sql, params)[0][0])


def standing(person: int) -> tuple[list[Any], list[Any]]:
    return (
        live.by_person(Award, ["start_month", "paid_years", "balance_fen"], [person])[person],
        live.by_person(Annuity, ["from_month", "balance_fen"], [person])[person],
    )


def test_a_payment_entered_wrongly_reaches_the_pension_that_rests_on_it(
    database: Database, tmp_path: Path
) -> None:
    person = awarded()
    before = balances([person])[person]
    assert standing(person) == ([(FEB, 16, before)], [(FEB, before)])
    first = lines(paid(FEB, tmp_path))[person, 201, FEB][0]
    corrected(Contribution.objects.get(), column="金额", value="208.50")
    lower = before - 69_50
    assert standing(person) == ([(FEB, 16, lower)], [(FEB, lower)])
    again = lines(paid(FEB + 1, tmp_path))
    assert again[person, 201, FEB][0] == -50
    assert first - again[person, 201, FEB + 1][0] == 50
    conserved(FEB + 1)


def test_a_withdrawn_payment_takes_its_year_with_it(database: Database) -> None:
    person = awarded()
    corrected(Contribution.objects.get(), withdraw=True)
    ((start, years, balance),), ((_from, part),) = standing(person)
    assert (start, years, balance, part) == (FEB, 15, 100_000, 100_000)


def test_months_that_were_paid_twice_make_no_year_of_an_award_and_no_part_of_its_balance(
    database: Database, tmp_path: Path
) -> None:
    """R1.16-04: nine months of 2020 are the employees' scheme's; three months are no year, 208.50 of 278.00 go back, and the
    account pension is that of the balance without them, from the first month on."""
    person = awarded(years=15)
    before = balances([person])[person]
    for month_ in (FEB, FEB + 1):
        first = lines(paid(month_, tmp_path))
    elsewhere = {"person": id_number(BORN, 1), "scheme": "employee", "from_month": JAN, "to_month": JAN + 8}
    through("duplicate_refund", elsewhere, dt.date(2020, 4, 1))
    twice = 278_00 * 9 // 12
    assert standing(person) == ([(FEB, 15, before - twice)], [(FEB, before - twice)])
    for month_ in range(FEB + 2, FEB + 8):
        last = lines(paid(month_, tmp_path))
    assert first[person, 201, FEB + 1][0] - last[person, 201, FEB + 7][0] == 150
    conserved(FEB + 7)
    assert number_of("SELECT COALESCE(SUM(amount_fen), 0) FROM payments_line WHERE item = 303") == twice
    assert (
        number_of(
            "SELECT SUM(amount_fen) FROM payments_line WHERE item = 201 AND month BETWEEN %s AND %s",
            FEB,
            FEB + 7,
        )
        == 8 * last[person, 201, FEB + 7][0]
    )


def test_money_paid_in_after_the_award_never_was_in_its_balance(database: Database) -> None:
    person = awarded(years=15)
    late = ContributionRecord(
        person=person, year=2020, amount_fen=240_00, paid_on=PAID, arrived_on=PAID, kind=4
    )
    record_contributions([late], door(dt.date(2020, 2, 3)))
    before = standing(person)[0][0][2]
    corrected(Award.objects.get(), dt.date(2020, 2, 5), column="计发月数", value="101")
    elsewhere = {"person": id_number(BORN, 1), "scheme": "employee", "from_month": JAN, "to_month": JAN + 5}
    through("duplicate_refund", elsewhere, dt.date(2020, 7, 1))
    assert standing(person)[0] == [(FEB, 15, before - 278_00 // 2)]


def test_an_award_waits_until_what_was_paid_twice_has_gone_back(database: Database, tmp_path: Path) -> None:
    person = register(record(1, BORN, history_years=15))[0]
    paid_in = ContributionRecord(person=person, year=2020, amount_fen=240_00, paid_on=PAID, arrived_on=PAID)
    record_contributions([paid_in], door(PAID))
    elsewhere = {"person": id_number(BORN, 1), "scheme": "employee", "from_month": JAN, "to_month": JAN}
    through("duplicate_refund", elsewhere, dt.date(2020, 1, 15))
    with pytest.raises(Refused, match=r"CAS-533.*20\.00"):
        through("award", {"person": id_number(BORN, 1)}, dt.date(2020, 1, 31))
    paid(JAN, tmp_path)
    through("award", {"person": id_number(BORN, 1)}, dt.date(2020, 1, 31))
    assert standing(person)[0] == [(FEB, 15, 100_000 + 220_00)]


def test_months_the_award_cannot_do_without_are_not_refunded(database: Database) -> None:
    person = awarded(years=14)
    elsewhere = {"person": id_number(BORN, 1), "scheme": "employee", "from_month": JAN, "to_month": JAN + 8}
    with pytest.raises(Refused, match="CAS-525"):
        through("duplicate_refund", elsewhere, dt.date(2020, 10, 9))
    assert standing(person)[0][0][1] == 15
    assert not live.by_person(OtherCoverage, ["valid_from"], [person])


def test_an_award_asks_for_years_that_were_not_paid_twice(database: Database) -> None:
    register(record(1, BORN, history_years=14))
    paid_in = ContributionRecord(
        person=id_number(BORN, 1), year=2020, amount_fen=278_00, paid_on=PAID, arrived_on=PAID
    )
    record_contributions([paid_in], door(PAID))
    elsewhere = {"person": id_number(BORN, 1), "scheme": "employee", "from_month": JAN, "to_month": JAN}
    through("duplicate_refund", elsewhere, dt.date(2020, 1, 30))
    with pytest.raises(Refused, match="REG-302"):
        through("award", {"person": id_number(BORN, 1)}, dt.date(2020, 1, 31))


def test_a_year_the_award_cannot_do_without_is_not_withdrawn(database: Database) -> None:
    person = awarded(years=14)
    kept = standing(person)
    with pytest.raises(Refused, match="CAS-525"):
        corrected(Contribution.objects.get(), withdraw=True)
    assert standing(person) == kept
    assert Contribution.objects.count() == 1
    corrected(Award.objects.get(), withdraw=True)
    assert live.by_person(Annuity, ["id"], [person]) == {}
    corrected(Contribution.objects.get(), withdraw=True)


def test_a_birth_date_moves_the_award_that_rests_on_it(database: Database) -> None:
    person = awarded()
    later = citizen_id.generate(REGION, dt.date(1960, 3, 20), 1)
    change = {"person": id_number(BORN, 1), "id_number": later}
    through("key_data_change", change, dt.date(2020, 2, 20))
    ((start, *_rest),), ((from_month, _part),) = standing(person)
    assert (start, from_month) == (month(2020, 4), month(2020, 4))
    with pytest.raises(Refused, match="REG-113"):
        through("key_data_change", {"person": later, "birth_date": BORN}, dt.date(2020, 2, 21))
    with pytest.raises(Refused, match="CAS-527"):
        corrected(Identity.objects.order_by("-pk")[0], column="出生日期", value="1960-01-20")


def test_a_birth_date_that_undoes_an_award_from_elsewhere_is_refused(database: Database) -> None:
    register(recipient(1))
    much_later = citizen_id.generate(REGION, dt.date(1970, 3, 20), 1)
    with pytest.raises(Refused, match="CAS-525"):
        through(
            "key_data_change", {"person": id_number(dt.date(1950, 5, 3), 1), "id_number": much_later}, PAID
        )


def test_a_subsidy_entered_wrongly_corrects_its_recalculation(database: Database) -> None:
    (person,) = register(recipient(1))
    number = id_number(dt.date(1950, 5, 3), 1)
    through("group_membership", {"person": number, "group_id": 5, "from_month": JAN}, PAID)
    signed = {"person": number, "scheme": "resident", "signed_on": PAID, "amount_fen": 27_800_00}
    through("fisher_subsidy", signed, PAID)
    corrected(AccountEntry.objects.get(ledger=21), column="金额", value="13900")
    assert live.by_person(Annuity, ["from_month", "balance_fen"], [person])[person] == [
        (month(2019, 1), 139_000), (FEB, 13_900_00),
    ]  # fmt: skip


def test_a_death_of_another_day_ends_the_relation_on_that_day(database: Database) -> None:
    (person,) = register(recipient(1))
    through(
        "death",
        {"person": id_number(dt.date(1950, 5, 3), 1), "died_on": dt.date(2020, 1, 5)},
        dt.date(2020, 2, 3),
    )
    corrected(Death.objects.get(), column="died_on", value="2019-12-20")
    assert live.by_person(Relation, ["valid_to"], [person])[person] == [(JAN,)]
    newest = Death.objects.order_by("-pk")[0]
    corrected(newest, withdraw=True, day=dt.date(2020, 3, 3))
    assert live.by_person(Relation, ["valid_to", "end_reason"], [person])[person] == [(FOREVER, "")]


def test_the_clerk_is_told_what_follows(database: Database) -> None:
    from jingban.casework.services import bring
    from jingban.casework.services.bring import Intake

    awarded()
    form = {
        "record": "contribution",
        "fact_id": Contribution.objects.get().pk,
        "withdraw": True,
        "reason": "误",
    }
    said = bring("correction", [form], Intake("经办甲", at(dt.date(2020, 3, 2)), REGION)).findings
    assert [finding.code for finding in said] == ["CAS-526"] * 4
