"""Weighing a relation: every reading is tried with the intervals of the printed digits.

A relation *holds* when one reading holds; it is *broken* when every plausible reading breaks; otherwise it is *unread*.
Far readings (another section, a guessed whole) may confirm and never convict, unless one slip of the pen would repair them.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from msgspec import Struct, field

from jingban.checker.reading.discourse import Book
from jingban.checker.reading.quantity import Quantity, significant, slip
from jingban.values.printed import Quantity as Interval

NEAR = 2
"""Readings of at most this cost can convict."""
CHANCE_MAX = Decimal("0.25")
"""How many accidental agreements may be expected before a far agreement tells nothing."""
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Role = Quantity | Interval
State = Literal["holds", "broken", "unread"]
Formula = Callable[[dict[str, Interval]], Interval]


class Way(Struct):
    """One reading of a relation: who plays which role, and at what cost it is believed."""

    roles: dict[str, Role]
    cost: int = 0
    used: tuple[Quantity, ...] = ()
    """What a role was computed from, where it is no printed number."""


class Verdict(Struct):
    """What came of a relation for one number. ``want``: the value in base units that would be right."""

    relation: str
    at: Quantity
    state: State
    roles: dict[str, Role] = field(default_factory=dict)
    want: Decimal | None = None
    related: list[Quantity] = field(default_factory=list)
    note: str = ""
    rounding: bool = False
    nearly: bool = False
    """Holds only because a publisher may have moved the last place."""
    severity: Literal["error", "warning", "info"] | None = None
    stated: str = ""
    expected: str = ""
    """What is printed and what should be, where it is a word and no number."""
    spot: int | None = None
    """Where in the passage the word stands."""


@cache
def relations() -> dict[str, tuple[str, Formula, int]]:
    """Relation -> (stated role, formula over the other roles, last places that may be off)."""
    data = yaml.load((Path(__file__).parent / "relations.yaml").read_text("utf-8"), Loader=_LOADER)
    return {name: (one["stated"], _formula(one["formula"]), one["last"]) for name, one in data.items()}


def _formula(text: str) -> Formula:
    tree = ast.parse(text, mode="eval").body

    def value(node: ast.expr, roles: dict[str, Interval]) -> Interval:
        if isinstance(node, ast.Name):
            return roles[node.id]
        if not isinstance(node, ast.BinOp):
            raise ValueError(text)
        left, right = value(node.left, roles), value(node.right, roles)
        match node.op:
            case ast.Add():
                return left + right
            case ast.Sub():
                return left - right
            case ast.Mult():
                return left * right
            case ast.Div():
                return left / right
        raise ValueError(text)

    return lambda roles: value(tree, roles)


def interval(role: Role) -> Interval:
    return role.interval if isinstance(role, Quantity) else role


def total(quantities: Iterable[Quantity]) -> Interval:
    """The sum of quantities with its interval."""
    result = Interval.exact(0)
    for one in quantities:
        result = result + one.interval
    return result


class Judge:
    """Collects the verdicts of one document."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.verdicts: list[Verdict] = []
        self.settled: dict[int, State] = {}
        """id of a quantity -> the best state any relation gave it as the stated number."""

    def add(self, verdict: Verdict) -> None:
        self.verdicts.append(verdict)
        before = self.settled.get(id(verdict.at))
        if before is None or before == "unread" or verdict.state == "broken":
            self.settled[id(verdict.at)] = verdict.state

    def state(self, quantity: Quantity) -> State | None:
        return self.settled.get(id(quantity))

    # ------------------------------------------------------------------ one relation
    def tried(self, relation: str, at: Quantity, way: Way) -> tuple[bool, Decimal, bool, bool] | None:
        """(holds, the value that would be right, only by rounding, only by the last place); None: not computable."""
        stated, formula, last = relations()[relation]
        roles = {name: interval(role) for name, role in way.roles.items()}
        try:
            right = formula(roles)
        except ZeroDivisionError:
            return None
        left = roles[stated]
        places = at.number.decimals
        slack = at.half * 2 * last if places or at.family != "%" else Decimal(0)
        holds = left.low - slack <= right.high and right.low <= left.high + slack
        exactly = left.low <= right.high and right.low <= left.high
        return holds, right.point, left.point != right.point, holds and not exactly

    def weigh(
        self,
        relation: str,
        at: Quantity,
        ways: Sequence[Way],
        *,
        related: Iterable[Quantity] = (),
        needs_slip: bool = False,
        pool: Callable[[], Iterable[Way]] | None = None,
        note: str = "",
        severity: Literal["error", "warning", "info"] | None = None,
    ) -> State:
        """Judge one relation over its readings and keep the verdict."""
        found: list[tuple[Decimal, Way]] = []
        for way in ways:
            result = self.tried(relation, at, way)
            if result is None:
                continue
            if result[0]:
                self.add(
                    Verdict(
                        relation,
                        at,
                        "holds",
                        way.roles,
                        result[1],
                        list(way.used),
                        rounding=result[2],
                        nearly=result[3],
                    )
                )
                return "holds"
            found.append((result[1], way))
        near = [one for one in found if one[1].cost <= NEAR]
        repaired = [one for one in found if slip(at, one[0])]
        convicting = [one for one in near if one in repaired] or ([] if needs_slip else near)
        if not near and repaired and significant(at) >= 3:
            convicting = repaired
        if not convicting or (pool is not None and self._confirmed(relation, at, pool())):
            self.add(Verdict(relation, at, "holds" if convicting else "unread"))
            return "holds" if convicting else "unread"
        want, way = convicting[0]
        if at.kind in ("rate", "change", "gap"):
            want = abs(want)
        others = [
            one for one in (*related, *way.roles.values()) if isinstance(one, Quantity) and one is not at
        ]
        self.add(
            Verdict(
                relation, at, "broken", way.roles, want, list(dict.fromkeys(others)), note, severity=severity
            )
        )
        return "broken"

    def _confirmed(self, relation: str, at: Quantity, ways: Iterable[Way]) -> bool:
        """Whether some pair of numbers around agrees, and so precisely that chance does not explain it."""
        number = tried = 0
        for way in ways:
            result = self.tried(relation, at, way)
            number += 1
            tried += result is not None and result[0]
        if not tried:
            return False
        return number * Decimal(3) / Decimal(10) ** significant(at) <= CHANCE_MAX

    def broken(self, *names: str) -> list[Verdict]:
        return [one for one in self.verdicts if one.relation in names and one.state == "broken"]
