"""A document read: its passages, the lists that run over several of them, and quantities by indicator."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from jingban.checker.reading.clauses import read
from jingban.checker.reading.parts import Frame, PartList, Reading
from jingban.checker.reading.quantity import Quantity
from jingban.checker.text.passages import RANK, Passage, passages

if TYPE_CHECKING:
    from jingban.checker.context import Context

RUN_ON_MAX = 60
_CLOSING = ("以上", "上述", "合计", "其中", "注")


class Book:
    """Everything the reader took from one document. Built once a document, when first asked for."""

    def __init__(self, context: Context) -> None:
        self.context = context
        main = context.profile.main
        self.frame = Frame(context.year, main.startswith("budget"), context.agency or "")
        self.passages: list[Passage] = passages(context.document)
        self.readings: list[Reading] = [read(one, self.frame) for one in self.passages]
        self.lists: list[PartList] = [one for reading in self.readings for one in reading.lists]
        self._run_on()

    def reading(self, quantity: Quantity) -> Reading:
        return self.readings[quantity.passage.index]

    @cached_property
    def quantities(self) -> list[Quantity]:
        return [one for reading in self.readings for one in reading.quantities]

    @cached_property
    def index(self) -> dict[str, list[Quantity]]:
        """Levels by indicator."""
        found: dict[str, list[Quantity]] = defaultdict(list)
        for one in self.quantities:
            if one.kind in ("level", "reference", "old"):
                for name in one.names:
                    found[name].append(one)
        return found

    def levels(self, name: str, family: str = "") -> list[Quantity]:
        return [one for one in self.index.get(name, ()) if not family or one.family == family]

    def near(self, quantity: Quantity, reach: int = 14) -> list[Reading]:
        """Readings of the same section before a quantity's passage, the nearest first."""
        found = []
        for back in range(quantity.passage.index - 1, max(-1, quantity.passage.index - 1 - reach), -1):
            if self.passages[back].section != quantity.passage.section:
                break
            found.append(self.readings[back])
        return found

    def _run_on(self) -> None:
        """Lists whose members are the heads of the passages that follow: 其中: 1.… 2.…"""
        for i, reading in enumerate(self.readings[:-1]):
            if not reading.pending:
                continue
            wholes = [
                one
                for one in reversed(reading.quantities)
                if one.kind == "level" and one.when == "now" and not one.bracketed and one.basis != "target"
            ]
            if not wholes:
                continue
            found = PartList(list(reversed(wholes)), [], "run-on", 0, True, False, reading.passage)
            self._members(found, i, wholes[0])
            if len(found.members) >= 2:
                self.lists.append(found)

    def _members(self, found: PartList, start: int, whole: Quantity) -> None:
        own, style = RANK[self.passages[start].mark], self.passages[start + 1].mark
        number = 0
        inner: str | None = None
        """Numbering of the items under a heading of the list that has no figure of its own."""
        for j in range(start + 1, min(len(self.passages), start + RUN_ON_MAX)):
            passage, reading = self.passages[j], self.readings[j]
            rank = RANK[passage.mark]
            if (
                (passage.mark and (rank < RANK[style] or rank <= own < 9))
                or (not style and passage.mark)
                or passage.cell
            ):
                return
            if passage.mark != style and inner is None:
                continue
            if passage.mark != style:
                inner = inner or passage.mark
                if inner and passage.mark == inner and (one := _first(reading, whole)) is not None:
                    found.members.append(one)
                continue
            inner = None
            if style:
                ordinal = _ordinal(passage.text)
                if ordinal and ordinal != number + 1:
                    return
                number += 1
            elif not reading.quantities or passage.text.startswith(_CLOSING):
                return
            first = _first(reading, whole)
            if style and not reading.quantities:
                inner = ""
            if first is not None:
                found.members.append(first)
            elif not style:
                return


def _first(reading: Reading, whole: Quantity) -> Quantity | None:
    """The amount a listed item is about."""
    return next(
        (
            one
            for one in reading.quantities
            if one.kind == "level"
            and one.when == "now"
            and one.family == whole.family
            and one.basis == whole.basis
            and one.sentence <= 1
        ),
        None,
    )


def _ordinal(text: str) -> int:
    digits = ""
    for char in text[:4]:
        if char.isdigit():
            digits += char
        elif digits:
            break
    if digits:
        return int(digits)
    found = [i for i, mark in enumerate("一二三四五六七八九十", 1) if mark in text[:2]]
    return found[0] if len(found) == 1 else 0
