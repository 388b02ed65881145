"""What one read passage consists of: quantities, the lists they belong to, and what the document told in advance."""

from __future__ import annotations

from msgspec import Struct, field

from jingban.checker.reading.quantity import Quantity
from jingban.checker.text.passages import Passage


class PartList(Struct, eq=False):
    """Quantities listed under a whole. ``wholes``: the candidates, nearest first. ``spread``: over several passages."""

    wholes: list[Quantity]
    members: list[Quantity] = field(default_factory=list)
    opener: str = ""
    sentence: int = 0
    spread: bool = False
    bracketed: bool = False
    passage: Passage | None = None


class Reading(Struct, eq=False):
    """One passage read."""

    passage: Passage
    quantities: list[Quantity] = field(default_factory=list)
    lists: list[PartList] = field(default_factory=list)
    pending: bool = False
    """Ends with 其中: or the like; the list stands in the passages that follow."""

    def levels(self) -> list[Quantity]:
        return [one for one in self.quantities if one.level]


class Frame(Struct, frozen=True):
    """What the document tells every passage: its year and whether it is a budget."""

    year: int | None
    budget: bool = False
    agency: str = ""
