"""What the reference stands on: facts and law of one person, roundings, and how an amount is divided."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from jingban.policy.tables import SCALARS

World = dict[str, list[tuple[int, ...]]]
Owed = dict[tuple[int, int], int]

GOVERNMENT_MONEY = {3, 4, 5, 11}
PRINCIPAL, INTEREST, DRAW, MOVED, PAID_OUT = 1, 2, 3, 4, 5


def half_up(value: Fraction) -> int:
    """Nearest whole fen, halves away from zero."""
    if value < 0:
        return -half_up(-value)
    return int(value + Fraction(1, 2))


def up_to_tenth(value: Fraction) -> int:
    """The next 0.1 yuan (ten fen) not below."""
    tens = value / 10
    return 10 * -int(-tens // 1)


class Known:
    """What is known of one person."""

    def __init__(self, world: World, person_id: int) -> None:
        self.world = world
        self.id = person_id
        self.payroll = world["f_run"][0][0]
        _, self.birth, self.region = self._one("f_person")
        self.award = self._one("f_award") if self._rows("f_award") else None
        self.death = self._one("f_death")[1] if self._rows("f_death") else None
        self.other = self._one("f_other_pension")[1] if self._rows("f_other_pension") else None
        self.entries = [row[1:] for row in self._rows("f_entry")]

    def _rows(self, name: str) -> list[tuple[int, ...]]:
        return [row for row in self.world[name] if row[0] == self.id]

    def _one(self, name: str) -> tuple[int, ...]:
        (row,) = self._rows(name)
        return row

    def _law(self, name: str, month: int, first: int, last: int) -> list[tuple[int, ...]]:
        """Rows of my county in force in a month; ``first``/``last`` are the positions of the interval."""
        return [row for row in self.world[name] if row[0] == self.region and row[first] <= month < row[last]]

    def _switch(self, name: str, month: int) -> int | None:
        """A plain parameter of my county in a month, None where the law says nothing."""
        found = [row[4] for row in self._law("p_scalar", month, 2, 3) if row[1] == SCALARS[name]]
        return found[0] if found else None

    def in_scope(self, month: int) -> bool:
        return any(start <= month < end for _, start, end in self._rows("f_scope"))

    def settled(self) -> Owed:
        total: Owed = defaultdict(int)
        for _, item, month, amount in self._rows("f_settled"):
            if self.in_scope(month) and month <= self.payroll:
                total[item, month] += amount
        return total

    def _paid_by_kind(self) -> dict[int, set[int]]:
        kinds: dict[int, set[int]] = defaultdict(set)
        for _, year, _, _, kind in self._rows("f_contribution"):
            if kind != 4:
                kinds[year].add(kind)
        return kinds

    def caught_up(self) -> int:
        """Years that were only caught up."""
        return sum(kinds == {2} for kinds in self._paid_by_kind().values())

    def uninterrupted(self) -> int:
        """Years paid without a break up to the last one, years brought in included where they join on."""
        paid = {year for year, kinds in self._paid_by_kind().items() if kinds - {2}}
        count = 0
        year = max(paid, default=0)
        while year in paid:
            count, year = count + 1, year - 1
        for _, years, through in self._rows("f_history"):
            if not paid or year <= through:
                count += years
        return count


def shares_of(standing: list[tuple[int, int]], amount: int) -> dict[int, int]:
    """``amount`` over the ledgers in proportion: each running total rounded down, so that all of it is shared."""
    total = sum(balance for _, balance in standing)
    shares, running, given = {}, 0, 0
    for ledger, balance in standing:
        running += balance
        reached = int(Fraction(amount * running, total)) if total else 0
        shares[ledger] = reached - given
        given = reached
    return shares


def in_turn(standing: list[tuple[int, int]], amount: int) -> dict[int, int]:
    """``amount`` from own money, then aid, then the rest in order (R1.8-03)."""
    shares, left = {}, amount
    for ledger, balance in sorted(
        standing, key=lambda pair: {1: (0, 0), 6: (1, 0)}.get(pair[0], (2, pair[0]))
    ):
        shares[ledger] = min(balance, left)
        left -= shares[ledger]
    return shares
