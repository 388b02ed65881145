"""The sample county on paper: every published count by integers, the same county for the same seed, the law it expects."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter

import pytest

from jingban.cli.county import births, clerks, integers, law, places, roles, schedule, wealth
from jingban.cli.county import build as building
from jingban.cli.county import targets as t
from jingban.cli.county.build import County, build, drawing, expected_fen, expected_person_months
from jingban.cli.county.calendar import listings
from jingban.cli.county.people import luhn
from jingban.cli.county.rng import Rng, shares
from jingban.policy import Policy
from jingban.policy.tables import COLUMNS
from jingban.safeguards.sources import SOURCES
from jingban.values import citizen_id, months
from jingban.values.workdays import count_workdays
from tests.support.county import whole


@pytest.fixture(scope="module")
def county() -> County:
    return whole()


def test_the_tables_of_the_paper_calendar_add_up() -> None:
    integers.check()
    head = integers.solve()
    opening = head.recipients + integers.HELD_BEFORE + head.contributors
    assert opening + t.NEWLY_ENROLLED - t.TERMINATIONS - t.TRANSFERS_OUT == t.PARTICIPANTS
    assert head.recent > 0
    assert sum(head.deaths) == sum(integers.DEATHS_REPORTED)


def test_a_wrong_table_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(integers, "CONTRIBUTOR_DEATHS", integers.CONTRIBUTOR_DEATHS + 1)
    with pytest.raises(AssertionError, match="terminations"):
        integers.check()


def test_counts_of_the_plan(county: County) -> None:
    assert expected_person_months(county) == t.PERSON_MONTHS
    assert abs(expected_fen(county) - t.PAID_FEN) < 100
    assert round(t.PAID_FEN / t.PERSON_MONTHS) == 12_210
    listed = [person for person in county.recipients if roles.on_list(person)]
    assert len(listed) == t.TO_CERTIFY
    old = [person for person in listed if person.birth <= births.EIGHTY]
    assert len(old) == t.TO_CERTIFY_80
    disabled = [p for p in listed if {4, 8} & set(p.groups) and p.birth > births.EIGHTY]
    assert len(disabled) == t.TO_CERTIFY_DISABLED


def test_three_groups_draw_six_million_at_a_hundred_and_ten(county: County) -> None:
    group = [p for p in drawing(county) if {1, 2, 3} & set(p.groups) and p.role != "death"]
    paid = sum(
        wealth.base_fen(p) + wealth.extra_fen(p) + law.annuity(p.balance_fen) * len(wealth.paid_months(p))
        for p in group
    )
    assert len(group) == t.GROUP_RECIPIENTS
    assert t.GROUP_FEN <= paid < t.GROUP_FEN * 1001 // 1000
    assert round(paid / sum(len(wealth.paid_months(p)) for p in group) / 100) == 110


def test_thirty_six_overpaid_come_to_the_fen(county: County) -> None:
    people = [p for p in county.recipients if p.role in ("late", "late_campaign", "dual", "prison")]
    total = 0
    for person in people:
        raised = person.last_paid >= law.RAISE_PAID
        for month in wealth.overpaid_months(person):
            total += law.base(person.birth_month, month, raised=raised) + law.annuity(person.balance_fen)
    assert len(people) == t.OVERPAID_PERSONS
    assert total == t.OVERPAID_FEN


def test_numbers_and_accounts_are_valid_and_nobody_shares_one(county: County) -> None:
    numbers = [person.number for person in county.everybody]
    assert len(set(numbers)) == len(numbers)
    for person in county.everybody[::97]:
        read = citizen_id.parse(person.number)
        assert read.ok
        assert read.birth == person.birth
        assert read.sex == ("male" if person.male else "female")
    accounts = [person.account for person in county.everybody if person.account]
    assert len(set(accounts)) == len(accounts)
    assert all(luhn(account[:-1]) == account for account in accounts[::53])


def test_people_live_in_eleven_townships_some_with_names_of_their_own(county: County) -> None:
    townships = Counter(person.village.township for person in county.everybody if person.village)
    assert set(townships) == {name for name, *_rest in places.TOWNSHIPS}
    assert {person.ethnicity for person in county.everybody} == {"汉族", "彝族", "傈僳族"}
    assert any("·" in person.name for person in county.everybody)
    assert any(ord(character) > 0xFFFF for person in county.everybody for character in person.name)


def _digest(county: County) -> str:
    text = "\n".join(
        f"{p.number},{p.name},{p.kind},{p.role},{p.balance_fen},{p.account},{p.groups}"
        for p in county.everybody
    )
    return hashlib.sha256(text.encode()).hexdigest()


def test_same_seed_same_county_another_seed_another_county_with_the_same_counts(county: County) -> None:
    assert _digest(build()) == _digest(county)
    other = build(7)
    assert _digest(other) != _digest(county)
    assert expected_person_months(other) == t.PERSON_MONTHS
    assert abs(expected_fen(other) - t.PAID_FEN) < 100


def test_the_plan_expects_what_the_law_says() -> None:
    policy = Policy.load(["demo/miyi-2020"])
    before, after = dt.date(2020, 9, 1), dt.date(2020, 12, 31)
    for known_on, raised in ((before, False), (after, True)):
        tables = {name: policy.table(f"p_{name}", [building.REGION], known_on) for name in COLUMNS}
        for month in range(months.month(2019, 9), schedule.DECEMBER + 1):
            for birth in (
                months.month(1958, 5),
                months.month(1955, 7),
                months.month(1940, 6),
                months.month(1930, 1),
            ):
                assert _lawful(tables, birth, month) == law.base(birth, month, raised=raised)
    assert policy.value("scheme_launch", building.REGION, schedule.JANUARY) == law.LAUNCH


def _lawful(tables: dict[str, list[tuple[int, ...]]], birth: int, month: int) -> int:
    def row(name: str, values: tuple[int, ...]) -> dict[str, int]:
        return dict(zip(COLUMNS[name], values, strict=True))

    basic = [row("basic", values) for values in tables["basic"]]
    total = sum(line["amount_fen"] for line in basic if line["from_month"] <= month < line["to_month"])
    age = (month - 1 - birth) // 12
    for values in tables["age"]:
        line = row("age", values)
        if line["from_month"] <= month < line["to_month"] and line["from_age"] <= age < line["to_age"]:
            total += line["amount_fen"]
    return total


def test_lists_come_in_order_and_name_only_known_people(county: County) -> None:
    lists = listings(county)
    assert [listing.when for listing in lists] == sorted(listing.when for listing in lists)
    assert len({listing.path for listing in lists}) == len(lists)
    numbers = {person.number for person in county.everybody}
    own = [listing for listing in lists if listing.kind not in SOURCES]
    assert all(row[0] in numbers for listing in own for row in listing.rows)
    deaths = sum(len(listing.rows) for listing in lists if listing.kind == "deaths")
    ended = sum(len(x.rows) for x in lists if x.kind == "terminations" and x.when.year == t.YEAR)
    found = len(county.playing("late", "late_campaign"))
    assert deaths + ended + found == t.TERMINATIONS


def test_other_bodies_know_most_deaths_name_strangers_and_every_village_answers(county: County) -> None:
    lists = {listing.path: listing for listing in listings(county) if listing.kind in SOURCES}
    numbers = {person.number for person in county.everybody}
    late = {person.number for person in county.playing("late")}
    police, health, civil = (
        {row[0] for listing in lists.values() if listing.kind == source for row in listing.rows}
        for source in ("death_police", "death_health", "death_civil")
    )
    assert late <= civil
    assert not late & (police | health)
    for named in (police, health, civil):
        assert named - numbers
        assert len(named & numbers) > 400
    assert any(not citizen_id.parse(number).ok for number in police)
    assert "" in civil
    places = {(p.village.township, p.village.name) for p in county.everybody if p.village}
    reports = [listing for listing in lists.values() if listing.kind == "death_village"]
    assert len(reports) == 13
    assert all({(row[3], row[4]) for row in listing.rows} == places for listing in reports)


def test_matters_are_received_before_they_are_decided_and_a_few_are_late(county: County) -> None:
    spread: Counter[int] = Counter()
    for listing in listings(county):
        if not clerks.is_matter(listing):
            continue
        days = clerks.receipts(listing)
        assert sorted(index for rows in days.values() for index in rows) == list(range(len(listing.rows)))
        for date, rows in days.items():
            assert date >= schedule.OPENED
            assert date <= listing.when.date()
            if listing.kind == "enrolments":
                spread[count_workdays(date, listing.when.date())] += len(rows)
    assert spread.total() == t.NEWLY_ENROLLED
    late = sum(count for days, count in spread.items() if days > 3)
    assert 0 < late < t.NEWLY_ENROLLED // 10
    assert max(spread) <= 5


def test_generator_is_pinned() -> None:
    """The stream must never change: the calibration depends on it."""
    rng = Rng(2020, "people")
    assert [rng.below(1000) for _ in range(6)] == [343, 776, 413, 583, 697, 614]
    assert sorted(Rng(1).shuffle(list(range(20)))) == list(range(20))
    assert sum(shares(101, [3, 3, 1])) == 101
    with pytest.raises(ValueError):
        Rng(1).sample([1, 2], 3)
