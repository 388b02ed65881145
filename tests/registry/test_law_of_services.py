"""What the law refuses at entry, with the value of the authority's text: tiers, catch-up, age, the poor, divisors.

Places: Miyi (510421, Sichuan: tiers from 2020, special awards, no national rule for who is over 60), Shifeng (430204, Hunan: no
rule for the poor), Licheng (370102, Jinan: recalculations by age).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from jingban.registry.claims import standings
from jingban.registry.models import Annuity
from jingban.registry.services.award import AwardRecord, award
from jingban.registry.services.enrol import EnrolRecord, enrol
from jingban.registry.services.groups import GroupRecord, join_group
from jingban.registry.services.recalculate import RecalculationRecord, recalculate
from jingban.registry.services.record_contributions import ContributionRecord, record_contributions
from jingban.schemes.loader import RESIDENTS
from jingban.values.months import month
from tests.support.databases import Database
from tests.support.people import account, door, id_number, recipient, record, register

HUNAN, JINAN = "430204", "370102"
LATE = door(dt.date(2021, 1, 20))
JUNE = dt.date(2020, 6, 3)
OWN, CATCH_UP, GOVERNMENT, AID = 1, 2, 3, 4


def refused(service: Any, *records: Any, at: Any = LATE) -> list[str]:
    return [finding.code for finding in service(records, at, mode="keep_good").findings]


def paid(person: Any, year: int, yuan: int, on: dt.date = JUNE, kind: int = OWN) -> ContributionRecord:
    return ContributionRecord(
        person=person, year=year, amount_fen=yuan * 100, paid_on=on, arrived_on=on, kind=kind
    )


def test_every_group_of_the_scheme_can_be_joined_and_no_other(sqlite_database: Database) -> None:
    """Households settled for the years the law asks for (厦门) as well."""
    (a,) = register(record(1))
    numbers = [group.number for group in RESIDENTS.groups.values()]
    rows = [GroupRecord(person=a, group_id=number, from_month=month(2020, 1)) for number in numbers]
    assert refused(join_group, *rows) == []
    assert refused(
        join_group, GroupRecord(person=a, group_id=max(numbers) + 1, from_month=month(2020, 1))
    ) == ["REG-122"]


# --- amounts -------------------------------------------------------------------------------------------------------


def test_below_the_lowest_open_tier_is_refused_and_counts_no_year(sqlite_database: Database) -> None:
    """Sichuan 2020: 200 at least, 100 for hardship groups; the government's 100 always makes a year."""
    a, b, c = register(record(1), record(2), record(3))
    join_group([GroupRecord(person=b, group_id=2, from_month=month(2020, 1))], LATE)
    before = standings([a, b, c], JUNE)
    rows = [paid(a, 2020, 1), paid(a, 2020, 100), paid(b, 2020, 100), paid(c, 2020, 100, kind=GOVERNMENT)]
    assert refused(record_contributions, *rows) == ["REG-210", "REG-210"]
    after = standings([a, b, c], JUNE)
    assert [after[p].paid - before[p].paid for p in (a, b, c)] == [0, 1, 1]


def test_catch_up_is_a_tier_of_the_day_it_is_paid(sqlite_database: Database) -> None:
    (a,) = register(record(1))
    assert refused(record_contributions, paid(a, 2015, 1, kind=CATCH_UP)) == ["REG-210"]
    assert refused(record_contributions, paid(a, 2015, 250, kind=CATCH_UP)) == ["REG-213"]
    assert refused(record_contributions, paid(a, 2015, 200, kind=CATCH_UP)) == ["REG-218"]


def test_three_yuan_buy_no_pension_in_hunan(sqlite_database: Database) -> None:
    """W3: a woman of 71 who joins late; the shipped law of Hunan says over 60 nobody catches up without a provincial rule."""
    old = dt.date(1949, 5, 1)
    (a,) = register(record(1, old, region=HUNAN, from_month=month(2019, 1)))
    rows = [paid(a, year, 1, kind=CATCH_UP) for year in (2016, 2017, 2018)]
    assert refused(record_contributions, *rows) == ["REG-210"] * 3
    rows = [paid(a, year, 100, kind=CATCH_UP) for year in (2016, 2017, 2018)]
    assert refused(record_contributions, *rows) == ["REG-214"] * 3


def test_a_rule_of_the_county_admits_catch_up(sqlite_database: Database, overlay: Any) -> None:
    overlay(HUNAN, "contribution", catch_up_over_60=True)
    (a,) = register(record(1, dt.date(1949, 5, 1), region=HUNAN, from_month=month(2019, 1)))
    assert refused(record_contributions, paid(a, 2016, 100, kind=CATCH_UP)) == []


@pytest.mark.parametrize(
    ("name", "born", "code"),
    [
        ("catch_up_interrupted", dt.date(1975, 5, 1), "REG-214"),
        ("catch_up_top_up_at_60", dt.date(1958, 5, 1), "REG-214"),
    ],
)
def test_a_rule_of_the_county_refuses_catch_up(
    sqlite_database: Database, overlay: Any, name: str, born: dt.date, code: str
) -> None:
    (a,) = register(record(1, born))
    assert refused(record_contributions, paid(a, 2015, 200, kind=CATCH_UP)) == ["REG-218"]
    overlay("510421", "contribution", **{name: False})
    assert refused(record_contributions, paid(a, 2016, 200, kind=CATCH_UP)) == [code]


def test_late_joiners_catch_up_to_fifteen_years_in_all(sqlite_database: Database, overlay: Any) -> None:
    overlay("510421", "award", scheme_launch="2010-10")
    (a,) = register(record(1, dt.date(1961, 5, 1), history_years=14))
    rows = [paid(a, year, 200, kind=CATCH_UP) for year in (2011, 2012)]
    assert refused(record_contributions, *rows) == ["REG-215"]
    overlay("510421", "contribution", catch_up_total_years=16)
    assert refused(record_contributions, paid(a, 2012, 200, kind=CATCH_UP)) == []


def test_aid_stays_within_the_highest_tier_only_where_the_law_says_so(
    sqlite_database: Database, overlay: Any
) -> None:
    (a,) = register(record(1))
    assert refused(record_contributions, paid(a, 2020, 4_001, kind=AID)) == ["REG-209"]
    overlay("510421", "contribution", collective_aid_within_top_tier=False)
    assert refused(record_contributions, paid(a, 2020, 4_001, kind=AID)) == []


def test_a_tier_is_raised_to_a_tier(sqlite_database: Database, overlay: Any) -> None:
    """Sichuan: pay the difference to a higher tier; 200 and 50 are no tier, 200 and 300 are."""
    a, b = register(record(1), record(2))
    record_contributions([paid(a, 2020, 200), paid(b, 2020, 200)], LATE)
    assert refused(record_contributions, paid(a, 2020, 50)) == ["REG-217"]
    assert refused(record_contributions, paid(a, 2020, 300)) == []
    overlay("510421", "contribution", tier_change_in_year="sum_within_top")
    assert refused(record_contributions, paid(b, 2020, 50)) == []


def test_nobody_pays_on_once_the_pension_is_due(sqlite_database: Database) -> None:
    """W14: born 1960-08-31 with fifteen years, due from September 2020."""
    (a,) = register(record(1, dt.date(1960, 8, 31), history_years=15))
    assert refused(record_contributions, paid(a, 2020, 200, dt.date(2020, 9, 15))) == ["REG-216"]
    assert refused(record_contributions, paid(a, 2020, 200, dt.date(2020, 8, 15))) == []


# --- age -----------------------------------------------------------------------------------------------------------


def enrolled(birth: dt.date, region: str = "510421", **more: Any) -> EnrolRecord:
    base = {
        "id_number": id_number(birth, 7),
        "name": "李四",
        "region": region,
        "from_month": month(2020, 6),
        "account": account(7),
        "row": 1,
    }
    return EnrolRecord(**(base | more))


def test_sixteen_on_the_day(sqlite_database: Database, overlay: Any) -> None:
    """W12: born 2004-06-20, registered 2020-06-05 and 2020-06-20."""
    born = dt.date(2004, 6, 20)
    assert refused(enrol, enrolled(born), at=door(dt.date(2020, 6, 5))) == ["REG-118"]
    assert refused(enrol, enrolled(born), at=door(dt.date(2020, 6, 20))) == []
    overlay("510421", "contribution", join_age=18)
    assert refused(enrol, enrolled(dt.date(2003, 6, 20)), at=door(dt.date(2020, 6, 20))) == ["REG-118"]


def test_past_the_pension_age_only_by_a_rule(sqlite_database: Database, overlay: Any) -> None:
    """W12: 62 is refused; 90 was 60 before the scheme began; the poor of Miyi may (2020), those of Hunan may not."""
    day, poor = door(dt.date(2020, 6, 20)), {"groups": ((1, month(2020, 1), month(2022, 1)),)}
    born = dt.date(1958, 3, 1)
    assert refused(enrol, enrolled(born), at=day) == ["REG-120"]
    assert refused(enrol, enrolled(born, HUNAN, **poor), at=day) == ["REG-120"]
    assert refused(enrol, enrolled(born, **poor), at=day) == []
    assert refused(enrol, enrolled(dt.date(1930, 3, 1), account=account(8)), at=day) == []
    overlay(HUNAN, "contribution", catch_up_over_60=True)
    assert refused(enrol, enrolled(dt.date(1958, 3, 2), HUNAN, account=account(9)), at=day) == []


def test_another_pension_age_reaches_the_award(sqlite_database: Database, overlay: Any) -> None:
    """An overlay of 55 and 10 years: born in 1965 with ten years, due from the month after the 55th birthday."""
    (a,) = register(record(1, dt.date(1965, 2, 3), history_years=10))
    claim = AwardRecord(person=a, decided_on=dt.date(2020, 9, 5))
    assert refused(award, claim) == ["REG-302"]
    overlay("510421", "award", pension_age=55, required_years=10)
    assert standings([a], JUNE)[a].start_month == month(2020, 3)
    assert refused(award, claim) == []


def test_a_special_award_needs_the_rule_and_the_group(sqlite_database: Database) -> None:
    """W9: Miyi admits the poor, Hunan has no such rule."""
    born = dt.date(1959, 5, 1)
    a, b, c = register(record(1, born), record(2, born, region=HUNAN), record(3, born))
    join_group([GroupRecord(person=p, group_id=1, from_month=month(2020, 1)) for p in (a, b)], LATE)
    rows = [AwardRecord(person=p, decided_on=dt.date(2020, 9, 5), basis=3) for p in (a, b, c)]
    assert refused(award, *rows) == ["REG-314", "REG-315"]


# --- divisors ------------------------------------------------------------------------------------------------------


def test_the_divisor_is_the_laws(sqlite_database: Database) -> None:
    """W10: 1,390.00 more is 10.00 a month in Miyi; Jinan goes by the age at the recalculation: 65 is 101, 71 the last, 56."""
    a, b, c = register(
        recipient(1),
        recipient(2, dt.date(1955, 3, 1), region=JINAN),
        recipient(3, dt.date(1949, 3, 1), region=JINAN),
    )
    rows = [RecalculationRecord(person=p, from_month=month(2020, 8), balance_fen=139_000) for p in (a, b, c)]
    assert refused(recalculate, *rows) == []
    found = dict(Annuity.objects.filter(from_month=month(2020, 8)).values_list("person_id", "divisor"))
    assert found == {a: 139, b: 101, c: 56}


def test_another_flat_divisor_reaches_award_and_recalculation(
    sqlite_database: Database, overlay: Any
) -> None:
    overlay("510421", "account", account_divisor=120)
    a, b = register(record(1, dt.date(1960, 2, 3), history_years=15), recipient(2))
    award([AwardRecord(person=a, decided_on=dt.date(2020, 9, 5))], LATE)
    recalculate([RecalculationRecord(person=b, from_month=month(2020, 8), balance_fen=139_000)], LATE)
    found = dict(Annuity.objects.exclude(from_month=month(2019, 1)).values_list("person_id", "divisor"))
    assert found == {a: 120, b: 120}
