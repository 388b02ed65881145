"""R1.5-05: an account that is awarded, inherited, moved or refunded within the year takes its interest along, once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from jingban.payments.proofs import all_proofs
from jingban.registry.models import AccountEntry, Annuity, Award, Transfer
from jingban.registry.services.award import AwardRecord, award
from jingban.registry.services.record_contributions import ContributionRecord, record_contributions
from jingban.registry.services.record_deaths import DeathRecord, record_deaths
from jingban.registry.services.transfer import TransferOutRecord, transfer_out
from jingban.values.findings import Refused
from jingban.values.months import month
from tests.money.overlays import law, rates, value
from tests.support.databases import Database
from tests.support.people import door, recipient, record, register
from tests.support.runs import COUNTY, KNOWN, by_month, interest, lines, named, paid

JAN = month(2020, 1)
OWN = {(1, 1): 300_000}


def balance(person: int) -> int:
    return sum(AccountEntry.objects.filter(person_id=person).values_list("amount_fen", flat=True))


def proven(at: int) -> None:
    for proof in all_proofs(COUNTY, at, KNOWN):
        assert proof.holds, proof


def sixty_in_july(**more: object) -> int:
    (person,) = register(record(1, dt.date(1960, 7, 9), history_years=15, balances=OWN, **more))
    day = dt.date(2020, 3, 10)
    paid_in = ContributionRecord(person=person, year=2020, amount_fen=20_000, paid_on=day, arrived_on=day)
    record_contributions([paid_in], door(day))
    award([AwardRecord(person=person, decided_on=dt.date(2020, 8, 5))], door(dt.date(2020, 8, 5)))
    return person


def test_award_in_august(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Example 8: 3,000 and 200 of March, awarded in August: 3,231.25 / 139 = 23.25; the year's settlement posts the rest once."""
    law(tmp_path / "law", monkeypatch, account=rates(y2019="1.5%", y2020="1.5% 2021-05-10"))
    person = sixty_in_july()
    assert Award.objects.get().balance_fen == 323_125
    assert by_month(paid(month(2020, 8), tmp_path), person)[month(2020, 8)] >= 2_325
    proven(month(2020, 8))
    assert interest(2020, dt.date(2021, 5, 20)) > 0
    assert (
        sum(AccountEntry.objects.filter(item=403).values_list("amount_fen", flat=True)) == 4_725 - 12
    )  # less a draw of August
    assert interest(2020, dt.date(2021, 5, 20)) == 0
    assert Annuity.objects.count() == 1  # the rate was the same


def test_the_award_is_trued_up_when_the_rate_comes(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At 3 % the eight months are 62.50 instead of 31.25: the pension is owed from the first month at 3,262.50 / 139 = 23.47."""
    law(tmp_path / "law", monkeypatch, account=rates(y2019="1.5%", y2020="3.0% 2021-05-10"))
    person = sixty_in_july()
    first = by_month(paid(month(2020, 8), tmp_path, known_on=dt.date(2020, 9, 1)), person)[month(2020, 8)]
    for _again in range(2):
        interest(2020, dt.date(2021, 5, 20))
    assert Annuity.objects.count() == 2
    assert Annuity.objects.latest("pk").balance_fen == 326_250
    assert Award.objects.latest("pk").balance_fen == 326_250
    later = by_month(paid(month(2020, 9), tmp_path), person)
    assert later[month(2020, 8)] == 2_347 - 2_325
    assert later[month(2020, 9)] - first == 2_347 - 2_325
    proven(month(2020, 9))


@pytest.mark.parametrize(("delta_out", "fen"), [(0, 304_125), (1, 303_750)])
def test_heirs_of_a_contributor(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, delta_out: int, fen: int
) -> None:
    """Example 11: dead in November with 3,000: 3,037.50 to 3,041.25, by whether the month of leaving bears interest."""
    law(tmp_path / "law", monkeypatch, account=rates(delta_out, y2019="1.5%", y2020="3.0% 2021-05-10"))
    (person,) = register(record(1, balances=OWN))
    day = dt.date(2020, 11, 20)
    record_deaths([DeathRecord(person=person, died_on=dt.date(2020, 11, 3))], door(day))
    named(person, day)
    run = paid(month(2020, 11), tmp_path)
    assert run.orders.get().amount_fen == fen
    assert balance(person) == 0
    interest(2020, dt.date(2021, 5, 20))
    assert balance(person) == 0  # no true-up of closed accounts unless the province says so
    proven(month(2020, 12))


def test_an_estate_with_its_interest(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Example 10, over three months: own 1,120 and subsidy 800, dead in February, paid through March: two draws of 10.00 stand, interest
    to February is 2.79 + 1.99, and what was paid for March (of it 10.00 from the account) goes off the estate."""
    law(tmp_path / "law", monkeypatch, account=rates(y2020="1.5%"))
    (person,) = register(recipient(1, balances={(1, 1): 112_000, (3, 1): 80_000}))
    march = [by_month(paid(JAN + step, tmp_path), person)[JAN + step] for step in range(3)][-1]
    day = dt.date(2020, 4, 3)
    record_deaths([DeathRecord(person=person, died_on=dt.date(2020, 2, 20))], door(day))
    named(person, day)
    run = paid(JAN + 3, tmp_path)
    estate = 192_000 - 2_000 + 279 + 199
    assert sum(fen for (_p, item, _m), (fen, _c) in lines(run).items() if item == 302) == estate
    assert run.orders.get(person_id=person).amount_fen == estate - march
    assert balance(person) == 0
    interest(2020, dt.date(2021, 5, 20))
    assert balance(person) == 0
    proven(JAN + 4)


def test_a_county_may_wait_for_the_rate(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing is reckoned before the rate of the year is published (interest_interim), an award has the bare balance."""
    waits = {"interest_interim": [value("2014-01-01", "none")]}
    law(tmp_path / "law", monkeypatch, account=rates(y2019="1.5%", y2020="1.5% 2021-05-10") | waits)
    sixty_in_july()
    assert Award.objects.get().balance_fen == 320_000


def test_without_a_known_rate_the_heirs_get_the_interest_later(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No rate was ever published: what is missing is owed when it is, once."""
    law(tmp_path / "law", monkeypatch, account=rates(y2020="1.5% 2021-05-10"))
    (person,) = register(record(1, balances=OWN))
    day = dt.date(2020, 11, 20)
    record_deaths([DeathRecord(person=person, died_on=dt.date(2020, 11, 3))], door(day))
    named(person, day)
    assert paid(month(2020, 11), tmp_path).orders.get().amount_fen == 300_000
    interest(2020, dt.date(2021, 5, 20))
    assert paid(month(2020, 12), tmp_path).orders.get().amount_fen == 4_125
    assert balance(person) == 0
    interest(2020, dt.date(2021, 5, 21))
    assert balance(person) == 0
    proven(month(2020, 12))


def test_a_transfer_takes_its_interest_along(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    law(tmp_path / "law", monkeypatch, account=rates(y2019="1.5%", y2020="1.5% 2021-05-10"))
    (person,) = register(record(1, balances=OWN))
    row = TransferOutRecord(person=person, month=month(2020, 10), other_region="110101")
    transfer_out([row], door(dt.date(2020, 10, 8)))
    assert Transfer.objects.get().amount_fen == 303_750
    assert balance(person) == 0
    interest(2020, dt.date(2021, 5, 20))
    assert balance(person) == 0


def test_a_transfer_without_a_known_rate_is_refused(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Afterwards nobody could reach what is missing."""
    law(tmp_path / "law", monkeypatch)
    (person,) = register(record(1, balances=OWN))
    row = TransferOutRecord(person=person, month=month(2020, 10), other_region="110101")
    with pytest.raises(Refused, match="REG-385"):
        transfer_out([row], door(dt.date(2020, 10, 8)))
    assert balance(person) == 300_000


def test_a_late_death_takes_back_interest_of_later_months(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole of 2020 was credited; it turns out that the account ended in April."""
    law(tmp_path / "law", monkeypatch, account=rates(y2020="1.5% 2021-05-10"))
    (person,) = register(record(1, balances=OWN))
    interest(2020, dt.date(2021, 5, 20))
    assert balance(person) == 304_500
    record_deaths([DeathRecord(person=person, died_on=dt.date(2020, 4, 3))], door(dt.date(2021, 6, 2)))
    assert balance(person) == 301_500


def test_the_balance_with_its_interest_goes_up_to_the_next_tenth_once(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Example 22, W13: 1,000.37 + 200.00 + 60.00 with the interest of a year: 1,279.30, not 1,279.37."""
    law(tmp_path / "law", monkeypatch, account=rates(rounding="ceil_tenth", y2020="1.5%"))
    (person,) = register(record(1, balances={(1, 1): 100_037, (3, 1): 20_000, (6, 1): 6_000}))
    interest(2020, dt.date(2021, 5, 20))
    assert balance(person) == 127_930
