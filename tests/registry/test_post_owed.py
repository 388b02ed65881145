"""What the accounts are owed is posted once; late facts and withdrawn identities post the difference."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings

from jingban.registry import bulk, relations
from jingban.registry.models import AccountEntry, Contribution
from jingban.registry.services.groups import GroupRecord, join_group, leave_group
from jingban.registry.services.post_owed import post_daijiao, post_interest, post_subsidies
from jingban.registry.services.record_contributions import ContributionRecord, record_contributions
from jingban.values.findings import Refused
from jingban.values.months import month
from tests.support.databases import Database
from tests.support.people import door, record, register

COUNTY = 510421
DECEMBER = door(dt.date(2020, 12, 20))
DAY = dt.date(2020, 6, 3)


@pytest.fixture
def demonstration(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sample county's overlay: 100 yuan government-paid, shares half and half, 1.5 % interest."""
    monkeypatch.setattr(settings.CENTRE, "overlays", [Path("demo/miyi-2020")])


def posted(item: int) -> dict[int, int]:
    found: dict[int, int] = {}
    for person, kind, _year, _ledger, fen in bulk.fetch(relations.select("f_posted")):
        if kind == item:
            found[person] = found.get(person, 0) + fen
    return found


def _paid(person: int, fen: int, **more: int) -> ContributionRecord:
    return ContributionRecord(
        person=person, amount_fen=fen, paid_on=DAY, arrived_on=DAY, **({"year": 2020} | more)
    )


@pytest.mark.usefixtures("demonstration")
def test_subsidies_follow_the_tier_and_are_posted_once(database: Database) -> None:
    """Tier 200 brings 40 yuan, tier 1000 brings 80; a catch-up brings none (R1.2-05, R1.2-07)."""
    a, b = register(record(1), record(2))
    record_contributions([_paid(a, 20_000), _paid(b, 20_000, year=2019, kind=2)], DECEMBER)
    assert post_subsidies(COUNTY, 2020, DECEMBER).amount_fen == 4_000
    assert post_subsidies(COUNTY, 2020, DECEMBER).accepted == 0
    record_contributions([_paid(a, 80_000)], DECEMBER)
    assert post_subsidies(COUNTY, 2020, DECEMBER).amount_fen == 4_000
    assert posted(401) == {a: 8_000}


@pytest.mark.usefixtures("demonstration")
def test_government_pays_once_and_takes_back(database: Database) -> None:
    (a,) = register(record(1, groups=((4, month(2019, 1), 119_999),)))
    assert post_daijiao(COUNTY, 2020, DECEMBER).amount_fen == 10_000
    assert post_daijiao(COUNTY, 2020, DECEMBER).accepted == 0
    assert list(Contribution.objects.values_list("kind", "amount_fen")) == [(3, 10_000)]
    assert posted(402) == {a: 10_000}
    leave_group([GroupRecord(person=a, group_id=4, from_month=month(2019, 1))], DECEMBER)
    assert post_daijiao(COUNTY, 2020, DECEMBER).amount_fen == -10_000
    assert posted(402) == {a: 0}
    assert bulk.fetch(relations.select("f_contribution")) == []
    join_group([GroupRecord(person=a, group_id=4, from_month=month(2019, 1))], DECEMBER)
    assert post_daijiao(COUNTY, 2020, DECEMBER).amount_fen == 10_000
    assert len(bulk.fetch(relations.select("f_contribution"))) == 1


@pytest.mark.usefixtures("demonstration")
def test_interest_of_the_year(database: Database) -> None:
    """1,000 yuan brought forward at 1.5 %: 12 yuan on own money, 3 on the subsidy, booked in December of the year."""
    (a,) = register(record(1))
    outcome = post_interest(COUNTY, 2020, door(dt.date(2021, 5, 20)))
    assert (outcome.accepted, outcome.amount_fen) == (1, 1_500)
    entries = AccountEntry.objects.filter(item=403).values_list(
        "person_id", "ledger", "kind", "month", "amount_fen"
    )
    assert sorted(entries) == [(a, 1, 2, month(2020, 12), 1_200), (a, 3, 2, month(2020, 12), 300)]
    assert post_interest(COUNTY, 2020, door(dt.date(2021, 5, 20))).accepted == 0


def test_interest_without_a_sourced_rate_is_refused(database: Database) -> None:
    register(record(1))
    before = AccountEntry.objects.count()
    with pytest.raises(Refused, match="ENG-101"):
        post_interest(COUNTY, 2020, DECEMBER)
    assert AccountEntry.objects.count() == before
