"""The whole county: roles, persons, groups, accounts. One seed, one county."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from jingban.cli.county import births, law, places, roles, schedule, wealth
from jingban.cli.county import integers as n
from jingban.cli.county import targets as t
from jingban.cli.county.people import Registrar
from jingban.cli.county.person import Person
from jingban.cli.county.rng import Rng, Weighted
from jingban.cli.county.schedule import DECEMBER, JANUARY

SEED = 2020
_LATE_CLAIMS = 40
REGION = places.COUNTY
_CERTIFIED_FROM = dt.date(2019, 4, 1)
_TIERS = Weighted(
    [(20_000, 68), (30_000, 9), (50_000, 9), (100_000, 7), (200_000, 4), (300_000, 2), (40_000, 1)]
)
OWN_CONTRIBUTIONS = 50_500
"""Own contributions of the year (the report only bounds the subsidised persons: at least sixty thousand)."""


@dataclass(slots=True)
class County:
    """Everybody, by what they are at the start of the year."""

    seed: int
    head: n.Headcount
    recipients: list[Person]
    held: list[Person]
    contributors: list[Person]
    newcomers: list[Person]
    outside: list[Person]

    @property
    def everybody(self) -> list[Person]:
        return [*self.recipients, *self.held, *self.contributors, *self.newcomers, *self.outside]

    def playing(self, *names: str) -> list[Person]:
        """Everybody with one of these roles, in the order of the county."""
        return [person for person in self.everybody if person.role in names]


def build(seed: int = SEED) -> County:
    """The sample county for a seed. Counts do not depend on the seed; persons, places and balances do."""
    n.check()
    head = n.solve()
    county = County(
        seed,
        head,
        roles.recipients(Rng(seed, "recipients"), head),
        roles.held(Rng(seed, "held")),
        roles.contributors(Rng(seed, "contributors"), head),
        roles.newcomers(Rng(seed, "newcomers")),
        roles.outside(Rng(seed, "outside")),
    )
    registrar = Registrar(Rng(seed, "people"), places.villages(Rng(seed, "places")))
    for person in county.everybody:
        registrar.complete(person)
    _claims(Rng(seed, "claims"), county)
    _receipt(Rng(seed, "receipt"), county)
    _groups(Rng(seed, "groups"), county)
    _contributing(Rng(seed, "contributing"), county)
    _subsidies(Rng(seed, "subsidies"), county)
    _failures(Rng(seed, "failures"), county)
    _marks(Rng(seed, "marks"), county)
    group = {
        id(person) for person in drawing(county) if {1, 2, 3} & set(person.groups) and person.role != "death"
    }
    wealth.fit(Rng(seed, "wealth"), drawing(county), group)
    _remaining(Rng(seed, "remaining"), county)
    for person in (*drawing(county), *county.held):
        if not person.account:
            registrar.open_account(person)
    return county


def drawing(county: County) -> list[Person]:
    """Everybody who is paid for at least one month of the year."""
    return [person for person in county.everybody if wealth.paid_months(person)]


def _claims(rng: Rng, county: County) -> None:
    """When the awards of the year are decided: the month before the first pension, a few the month after it."""
    claims = [p for p in county.playing("award") if JANUARY < p.event_month < JANUARY + 9]
    late = {id(person) for person in rng.sample(claims, _LATE_CLAIMS)}
    for person in county.playing("award", "special"):
        if person.event_month == JANUARY:
            person.decided = schedule.OPENED + dt.timedelta(days=1)
        else:
            person.decided = schedule.day(person.event_month + (1 if id(person) in late else -1), 25)


def _receipt(rng: Rng, county: County) -> None:
    """First month, years and last certificate of those already in receipt."""
    specials = t.SPECIAL_CUMULATIVE - t.SPECIAL
    for person in (*county.recipients, *county.held):
        person.start = max(person.birth_month + 721, law.LAUNCH)
        person.years = law.required_years(person.birth_month)
        held_for = 330 + rng.below(60) if person.kind == "held" else 0
        if person.role != "recent":
            person.certified = _CERTIFIED_FROM + dt.timedelta(days=rng.below(150) - held_for)
    for person in county.recipients:
        if specials and not person.role and person.birth_month < law.LAUNCH - 720:
            person.special, person.years, person.start = True, 0, JANUARY - 1 - rng.below(26)
            specials -= 1


def _groups(rng: Rng, county: County) -> None:
    """Who is registered poor, on dibao, destitute or disabled: 4,722 recipients and 12,331 contributors in three groups."""
    three = Weighted([((1,), 42), ((2,), 34), ((3,), 10), ((1, 2), 14)])
    special = [p for p in county.recipients if p.special]
    ordinary = [p for p in county.contributors if p.role == "award" and p.event_month == JANUARY]
    wanted = t.GROUP_RECIPIENTS - t.SPECIAL - n.GROUP_ORDINARY_AWARDS - len(special)
    steady = [p for p in county.recipients if not p.role and not p.special]
    without = [p for p in steady if not wealth.has_account(p)]
    with_account = [p for p in steady if wealth.has_account(p)]
    small = wanted * 16 // 100
    chosen = rng.sample(without, wanted - small) + rng.sample(with_account, small)
    chosen += special + rng.sample(ordinary, n.GROUP_ORDINARY_AWARDS) + county_specials(county)
    chosen += rng.sample(
        [p for p in county.recipients if p.role == "death" and not wealth.has_account(p)], 150
    )
    stay = [p for p in (*county.contributors, *county.newcomers) if not p.role]
    paid = rng.sample(stay, t.GOVERNMENT_PAID)
    for person in (*chosen, *paid):
        person.groups = three.draw(rng)
    taken = {id(person) for person in (*chosen, *paid)}
    severe = rng.sample(
        [p for p in county.contributors if not p.role and id(p) not in taken], n.SEVERELY_DISABLED
    )
    disabled = [p for p in steady if p.birth > births.EIGHTY and id(p) not in taken]
    for person in severe:
        person.groups = (4,)
    for person in rng.sample(disabled, t.TO_CERTIFY_DISABLED):
        person.groups = (4,) if rng.chance(1, 2) else (8,)


def county_specials(county: County) -> list[Person]:
    """The special applications of the year."""
    return [person for person in county.newcomers if person.role == "special"]


def _contributing(rng: Rng, county: County) -> None:
    """Years, opening sub-ledgers and this year's own contribution of those who contribute."""
    for person in county.contributors:
        if person.role == "award":
            person.years = law.required_years(person.birth_month) + rng.below(2)
        else:
            age_at_launch = (law.LAUNCH - person.birth_month) // 12
            person.years = rng.between(1, 9) if age_at_launch >= 16 else max(0, min(9, rng.below(6)))
        person.ledgers = opening_ledgers(rng, person)
    pool = [
        p
        for p in (*county.contributors, *county.newcomers)
        if not p.role and not {1, 2, 3, 4} & set(p.groups)
    ]
    for person in rng.sample(pool, OWN_CONTRIBUTIONS):
        person.tier_fen = _TIERS.draw(rng)
    closing = [p for p in county.contributors if p.role == "award"]
    in_time = [p for p in closing if p.event_month >= JANUARY + 2]
    late_years = [p for p in pool if p.kind == "contributor"]
    for person in (*rng.sample(in_time, 120), *rng.sample(late_years, t.CATCH_UP - 120)):
        # Never beyond fifteen years: the supplement for longer contribution would begin there.
        person.amount_fen, person.pieces = _TIERS.draw(rng), rng.between(1, 4)
    for person in closing:
        person.balance_fen = wealth.at_award(person)


def opening_ledgers(rng: Rng, person: Person) -> dict[int, int]:
    """Own money, province and county subsidy, government-paid contributions, each with the interest of past years."""
    if not person.years:
        return {}
    growth = 100 + rng.between(1, 8)
    own = 10_000 if {1, 2, 3, 4} & set(person.groups) else min(_TIERS.draw(rng), 100_000)
    ledger = 11 if own == 10_000 else 1
    amounts = {ledger: own * person.years, 3: 2_000 * person.years, 5: 2_000 * person.years}
    return {key: amount * growth // 100 for key, amount in amounts.items()}


def _subsidies(rng: Rng, county: County) -> None:
    """Fishers and land-lost farmers: months and amounts of what is posted to their accounts."""
    for person in county.everybody:
        if person.role == "fisher":
            person.amount_fen = 360_000 + 60_000 * rng.below(8)
            person.event_month = JANUARY + 5
        elif person.role == "land":
            person.amount_fen = 500_000 + 50_000 * rng.below(20)
            person.event_month = JANUARY + 4 + rng.below(5)


def _failures(rng: Rng, county: County) -> None:
    """Whose transfers the bank sends back, month by month; nothing else happens to them."""
    pool = rng.sample([p for p in county.recipients if not p.role and not p.groups], sum(n.FAILED))
    for offset, count in enumerate(n.FAILED):
        for _ in range(count):
            pool.pop().fails = (JANUARY + offset,)


def _marks(rng: Rng, county: County) -> None:
    """Who agreed to messages (numbers of a range no operator uses, a few wrong), and whose sex was entered wrongly."""
    steady = [p for p in (*county.recipients, *county.contributors) if not p.role]
    for place, person in enumerate(rng.sample(steady, n.MESSAGED)):
        person.phone = f"154{place * 7919 % 10**8:08d}" if place % n.WRONG_PHONES else f"0812{place:06d}"
    for person in rng.sample([p for p in county.contributors if not p.role and not p.groups], n.WRONG_SEX):
        person.wrong_sex = True


def _remaining(rng: Rng, county: County) -> None:
    """What is left of the accounts of those in receipt after the draws of past years, by sub-ledger."""
    for person in (*county.recipients, *county.held):
        if person.kind == "held" and not person.balance_fen and wealth.has_account(person):
            person.balance_fen = wealth.draw_balance(rng, person)
        months_drawn = (person.held_since or JANUARY) - person.start
        left = person.balance_fen - law.annuity(person.balance_fen) * months_drawn
        if left > 0:
            subsidy = left * 9 // 100
            person.ledgers = {1: left - 2 * subsidy, 3: subsidy, 5: subsidy}


def expected_fen(county: County) -> int:
    """What the plan expects the year to pay; the ledgers decide."""
    total = 0
    for person in drawing(county):
        total += wealth.base_fen(person) + wealth.extra_fen(person)
        total += law.annuity(person.balance_fen) * len(wealth.paid_months(person))
    return total


def expected_person_months(county: County) -> int:
    return sum(len(wealth.paid_months(person)) for person in drawing(county))


__all__ = [
    "DECEMBER",
    "REGION",
    "SEED",
    "County",
    "build",
    "drawing",
    "expected_fen",
    "expected_person_months",
]
