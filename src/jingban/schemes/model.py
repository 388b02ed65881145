"""What a scheme's description says. Numbers and codes are those stored in the tables; they are never given a second meaning."""

from __future__ import annotations

from typing import Literal

import msgspec

Class = Literal["pension", "grant", "refund", "credit"]
When = Literal["monthly", "once", "yearly"]


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    title: str


class Item(_Entry, frozen=True, kw_only=True, rename={"kind": "class"}):
    """What is paid or credited. ``part``: borne by the fund (basic) or drawn from the person's account."""

    number: int
    kind: Class
    when: When
    part: Literal["basic", "account"]


class Group(_Entry, frozen=True, kw_only=True):
    """Persons the law treats apart. ``words``: how lists name them, the usual one first."""

    number: int
    words: tuple[str, ...] = ()


class SubLedger(_Entry, frozen=True, kw_only=True):
    """A part of the personal account. ``kept``: not returned when another benefit is drawn; ``debt``: place in the order in which
    sub-ledgers answer for a debt, 0: never."""

    number: int
    kept: bool = False
    debt: int = 0


class Reason(_Entry, frozen=True, kw_only=True):
    """Why payment stops or a participation ends (R1.1)."""

    code: str
    words: tuple[str, ...] = ()
    """Other words of lists for the same."""
    kind: Literal["stop", "end", "death", "transfer"]
    state: Literal["receipt", "contributing"]


class Scheme(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A scheme by its description."""

    scheme: str
    title: str
    items: dict[str, Item]
    groups: dict[str, Group] = {}
    group_sets: dict[str, tuple[str, ...]] = {}
    sub_ledgers: dict[str, SubLedger] = {}
    reasons: dict[str, Reason] = {}

    def item(self, name: str) -> int:
        """Number of an item."""
        return self.items[name].number

    def numbers(self, *, kind: Class | None = None, part: str | None = None) -> tuple[int, ...]:
        """Numbers of the items of a class and part, in their order."""
        return tuple(
            item.number
            for item in self.items.values()
            if kind in (None, item.kind) and part in (None, item.part)
        )

    def among(self, set_name: str) -> tuple[int, ...]:
        """Numbers of a set of groups."""
        return tuple(self.groups[name].number for name in self.group_sets[set_name])

    def ledger(self, name: str) -> int:
        """Number of a sub-ledger."""
        return self.sub_ledgers[name].number

    def answering(self) -> tuple[int, ...]:
        """Numbers of the sub-ledgers that answer for a debt, in their order."""
        found = [ledger for ledger in self.sub_ledgers.values() if ledger.debt]
        return tuple(ledger.number for ledger in sorted(found, key=lambda ledger: ledger.debt))

    def spoken(self, kind: Literal["stop", "end"], state: str | None = None) -> dict[str, str]:
        """Word → code of the reasons of a kind: the titles first, then the other words of lists."""
        found = [one for one in self.reasons.values() if one.kind == kind and state in (None, one.state)]
        return {one.title: one.code for one in found} | {
            word: one.code for one in found for word in one.words
        }

    def reason(self, name: str) -> str:
        """Code of a reason."""
        return self.reasons[name].code
