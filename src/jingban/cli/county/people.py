"""Names, numbers, homes, groups and bank accounts: what makes a role a person."""

from __future__ import annotations

import datetime as dt

from jingban.cli.county.names import Names
from jingban.cli.county.person import Person
from jingban.cli.county.places import COUNTY, Village
from jingban.cli.county.rng import Rng, Weighted
from jingban.values import citizen_id

_FIRST_ISSUE = Weighted([(COUNTY, 90), ("510422", 3), ("510411", 2), ("513401", 3), ("513424", 2)])
"""Regions of first issue: most were born here, some married in. Never read as a residence."""
_BANKS = Weighted([("四川农商银行", 70), ("邮储银行", 18), ("农业银行", 12)])
_PREFIX = {"四川农商银行": "6214590", "邮储银行": "6217990", "农业银行": "6228480"}


class Registrar:
    """Gives out ID and account numbers that nobody else has."""

    def __init__(self, rng: Rng, villages: list[Village]) -> None:
        self._rng = rng
        self._names = Names(Rng(rng.next64()))
        self._villages = Weighted([(village, village.weight) for village in villages])
        self._sequences: dict[tuple[str, dt.date, bool], int] = {}
        self._accounts = 0

    def complete(self, person: Person) -> None:
        """Sex, name, home and ID number."""
        rng = self._rng
        person.male = rng.below(1000) < 487
        village: Village = self._villages.draw(rng)
        person.village = village
        person.group_no = 1 + rng.below(village.groups)
        person.name, person.ethnicity = self._names.draw(person.male, village.minority)
        person.number = self._number(person)

    def _number(self, person: Person) -> str:
        region: str = _FIRST_ISSUE.draw(self._rng)
        key = (region, person.birth, person.male)
        used = self._sequences.get(key, 0)
        self._sequences[key] = used + 1
        return citizen_id.generate(region, person.birth, 2 * used + (1 if person.male else 2))

    def open_account(self, person: Person) -> None:
        """A bank account with a valid check digit."""
        self._accounts += 1
        bank: str = _BANKS.draw(self._rng)
        person.bank = bank
        person.account = luhn(f"{_PREFIX[bank]}{self._accounts * 7919 % 10**11:011d}")


def luhn(digits: str) -> str:
    """The digits with their check digit (ISO/IEC 7812)."""
    total = 0
    for position, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if position % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return digits + str(-total % 10)
