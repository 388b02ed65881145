"""Runs over time: facts and law become known late and in any order, payments fail, runs are replayed."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from jingban.rules.codes import HELD
from jingban.rules.relations import RELATIONS
from jingban.values.months import FOREVER
from tests.rules.engines import sqlite_engine
from tests.rules.reference import Person, World
from tests.rules.worlds import FIRST, LAST, laws, persons

Row = tuple[int, ...]
Fact = tuple[str, Row]
LATE = ("f_annuity", "f_stop", "f_death", "f_certified", "f_other_pension", "f_covered", "f_contribution")
SETTINGS = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    phases=[Phase.generate],
)


@dataclass
class Outcome:
    lines: list[Row]
    draws: list[Row]
    payouts: list[Row]
    owed: list[Row]


@dataclass
class Book:
    """What an agency holds: facts and law known so far, what was settled, the account entries it posted."""

    world: World
    known: list[Fact] = field(default_factory=list)

    def learn(self, facts: Iterable[Fact]) -> None:
        for name, row in facts:
            self.world[name] = [*self.world[name], row]
            self.known.append((name, row))

    def compute(self, payroll: int, scope: dict[int, int] | None = None) -> Outcome:
        """A run's rows; ``scope`` gives the first month by person, everything otherwise."""
        self.world["f_run"] = [(payroll,)]
        everyone = {row[0]: FIRST for row in self.world["f_person"]}
        self.world["f_scope"] = [(person, start, FOREVER) for person, start in (scope or everyone).items()]
        with sqlite_engine() as engine:
            for name, rows in self.world.items():
                engine.provide_rows(name, rows)
            engine.build("lines", "draw_entries", "payout_entries", "owed")
            return Outcome(
                *(engine.step_rows(name) for name in ("lines", "draw_entries", "payout_entries", "owed"))
            )

    def release(self, outcome: Outcome, failed: set[int] = frozenset()) -> None:  # type: ignore[assignment]
        """Settle what is not held; what failed at the bank never counts and brings no entries."""
        self.world["f_settled"] += [
            row[:4] for row in outcome.lines if row[6] != HELD and row[0] not in failed
        ]
        for kind, rows in ((3, outcome.draws), (5, outcome.payouts)):
            self.world["f_entry"] += [
                (person, ledger, kind, month // 12, month, amount)
                for person, ledger, month, amount in rows
                if person not in failed
            ]

    def settled(self) -> dict[tuple[int, int, int], int]:
        total: dict[tuple[int, int, int], int] = defaultdict(int)
        for person, item, month, amount in self.world["f_settled"]:
            total[person, item, month] += amount
        return {key: amount for key, amount in total.items() if amount}


@st.composite
def stories(draw: st.DrawFn) -> tuple[World, list[Fact], list[tuple[int, int]], int]:
    """First knowledge, late facts in order, runs (payroll month, how many facts are known by then), a seed."""
    world: World = {name: [] for name in RELATIONS if name != "c_month"} | draw(laws())
    for name in ("p_cycle", "p_waiver"):
        world[name] = []
    for region in (10, 20):
        world["p_cycle"].append((region, 0, FOREVER, draw(st.integers(3, 12))))
        world["p_waiver"].append((region, LAST, LAST + 1))
    late: list[Fact] = []
    for person in range(1, 1 + draw(st.integers(3, 6))):
        for name, rows in draw(persons(person, entries=False)).items():
            for row in rows:
                if name == "f_stop" and row[3] == 2:
                    row = (row[0], row[1], min(row[2], LAST), 2)
                    if row[1] >= row[2]:
                        continue
                if name in LATE and (name != "f_annuity" or row[1] > FIRST) and draw(st.integers(0, 3)):
                    late.append((name, row))
                else:
                    world[name].append(row)
        # A balance that no draw empties, and for those whose ledgers part ways a single one: what the fund pays after
        # depletion, and the last fen of a share, depend on the order of the runs by their nature.
        world["f_entry"].append((person, 1, 1, 2015, 2015 * 12, 90_000_000))
        if not any(row[0] == person for row in world["f_other_pension"]) and not any(
            name == "f_other_pension" and row[0] == person for name, row in late
        ):
            world["f_entry"].append((person, 3, 1, 2015, 2015 * 12, 10_000_000))
    raises = st.lists(st.integers(FIRST, LAST - 3), min_size=1, max_size=3)
    late += [
        ("p_basic", (region, 30 + number, 103, start, FOREVER, 500))
        for region in (10, 20)
        for number, start in enumerate(draw(raises))
    ]
    seed = draw(st.integers(0, 2**32))
    random.Random(seed).shuffle(late)
    payrolls = sorted(draw(st.lists(st.integers(FIRST + 1, LAST), min_size=2, max_size=4)))
    cuts = sorted(draw(st.integers(0, len(late))) for _ in payrolls)
    return world, late, [*zip(payrolls, cuts, strict=True), (LAST, len(late))], seed


def copied(world: World) -> World:
    return {name: list(rows) for name, rows in world.items()}


def touched(
    book: Book, new: list[Fact], before: Outcome | None, last_payroll: int, failed: set[int]
) -> dict[int, int]:
    """First month to look at for each person, by the list at the end of docs/internals/relations.md."""
    since: dict[int, int] = {row[0]: last_payroll + 1 for row in book.world["f_person"]}
    region = {row[0]: row[2] for row in book.world["f_person"]}

    def touch(person: int, month: int) -> None:
        since[person] = max(FIRST, min(since[person], month))

    for name, row in new:
        if name.startswith("p_"):
            for person in since:
                if region[person] == row[0]:
                    touch(person, row[3])
        else:
            first = (
                12 * row[1]
                if name == "f_contribution"
                else row[1] // 12 * 12
                if name == "f_covered"
                else row[1]
            )
            touch(row[0], first)
    for row in before.lines if before else []:
        if row[6] == HELD or row[0] in failed:
            touch(row[0], row[2])
    closed = {row[0]: row[1] for name in ("f_death", "f_other_pension") for row in book.world[name]}
    for person, month in closed.items():
        if since[person] <= last_payroll or any(row[0] == person for _, row in new) or month > last_payroll:
            touch(person, min(month, since[person]))
    for person, start, _ in book.world["f_covered"]:
        touch(person, start // 12 * 12)
    return since


@SETTINGS
@given(stories())
def test_money_is_conserved_and_a_replay_finds_nothing(
    story: tuple[World, list[Fact], list[tuple[int, int]], int],
) -> None:
    world, late, runs, seed = story
    book, chance = Book(copied(world)), random.Random(seed)
    learned = 0
    for payroll, cut in runs:
        book.learn(late[learned:cut])
        learned = cut
        outcome = book.compute(payroll)
        failed = {row[0] for row in world["f_person"] if chance.random() < 0.2}
        book.release(outcome, failed)
        settled = book.settled()
        open_: dict[tuple[int, int, int], int] = defaultdict(int)
        for row in outcome.lines:
            if row[6] == HELD or row[0] in failed:
                open_[row[:3]] += row[3]
        owed = {row[:3]: row[3] for row in outcome.owed}
        months = {key for key in owed.keys() | settled.keys() | open_.keys() if FIRST <= key[2] <= payroll}
        assert all(owed.get(key, 0) == settled.get(key, 0) + open_.get(key, 0) for key in months)
        again = book.compute(payroll)
        assert {row for row in again.lines if row[6] != HELD and row[0] not in failed} == set()
        assert [row for row in again.lines if row[0] not in failed] == [
            row for row in outcome.lines if row[6] == HELD and row[0] not in failed
        ]


@SETTINGS
@given(stories())
def test_any_order_of_knowledge_ends_with_the_same_settled_amounts(
    story: tuple[World, list[Fact], list[tuple[int, int]], int],
) -> None:
    world, late, runs, seed = story
    world = world | {"f_payee": [(row[0],) for row in world["f_person"]]}  # an estate without one waits
    chance = random.Random(seed)
    slow, at_once = Book(copied(world)), Book(copied(world))
    learned = 0
    for payroll, cut in runs:
        slow.learn(late[learned:cut])
        learned = cut
        everybody = {row[0] for row in world["f_person"]}
        failed = {person for person in everybody if payroll < LAST and chance.random() < 0.3}
        slow.release(slow.compute(payroll), failed)
    slow.release(slow.compute(LAST))
    at_once.learn(late)
    at_once.release(at_once.compute(LAST))
    # what was paid from the account for months of another benefit stays paid (R1.16-05), so there the order tells
    other = {row[0] for row in at_once.world["f_other_pension"]}
    for person in world["f_person"]:
        if person[0] not in other:
            found = {key[1:]: amount for key, amount in slow.settled().items() if key[0] == person[0]}
            assert _equal(found, Person(at_once.world, person[0]).owed(), len(runs) + 1)


def _equal(found: dict[tuple[int, int], int], wanted: dict[tuple[int, int], int], runs: int) -> bool:
    """To the fen; the balance of a closed sub-ledger to a fen a run, since each run rounds what it draws from which sub-ledger."""
    estates = {key for key in found.keys() | wanted.keys() if key[0] == 302}
    assert {k: v for k, v in found.items() if k not in estates} == {
        k: v for k, v in wanted.items() if k not in estates
    }
    return all(abs(found.get(key, 0) - wanted.get(key, 0)) <= runs for key in estates)


@SETTINGS
@given(stories())
def test_incremental_scope_gives_the_lines_of_the_full_scope(
    story: tuple[World, list[Fact], list[tuple[int, int]], int],
) -> None:
    world, late, runs, seed = story
    book, chance = Book(copied(world)), random.Random(seed)
    learned, last_payroll, before, failed = 0, FIRST - 1, None, set[int]()
    for payroll, cut in runs:
        new = late[learned:cut]
        book.learn(new)
        learned = cut
        full = book.compute(payroll)
        partial = book.compute(payroll, touched(book, new, before, last_payroll, failed))
        assert (partial.lines, partial.draws, partial.payouts) == (full.lines, full.draws, full.payouts)
        failed = {row[0] for row in world["f_person"] if chance.random() < 0.3}
        book.release(full, failed)
        before, last_payroll = full, payroll
