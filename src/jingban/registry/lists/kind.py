"""What a list is: its columns with the names in use for them, and the service that takes its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from jingban.registry.lists import cells
from jingban.registry.origins import Door
from jingban.registry.sheet import Mode, Outcome


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``aliases``: other names in use, field names of 金保工程 (domain.md 6.4) among them; case does not matter."""

    key: str
    label: str
    read: Callable[[Any], Any] = cells.text
    aliases: tuple[str, ...] = ()
    required: bool = False
    help: str = ""
    example: str = ""
    words: tuple[str, ...] = ()
    """Words for the drop-down of the template."""


@dataclass(slots=True)
class Given:
    """What a list may leave out: the centre's region, the first month computed here."""

    region: str
    month: int


Submit = Callable[[Iterable[Any], Door, Mode, bool], Outcome]


@dataclass(frozen=True, slots=True)
class ListKind:
    """``record`` turns read values and a row number into the service's record; raises ``BadCell`` with a column key."""

    name: str
    label: str
    columns: Sequence[Column]
    record: Callable[[dict[str, Any], int, Given], Any]
    submit: Submit
    notes: tuple[str, ...] = field(default_factory=tuple)
    """Lines of the instruction sheet."""

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)


def header_key(text: str) -> str:
    """A heading without blanks, marks and brackets, lower case: ``公民身份号码 *`` and ``公民身份号码`` are one name."""
    kept = text.lower()
    for mark in " \t\r\n\u3000*＊:：()（）[]【】_-/·":
        kept = kept.replace(mark, "")
    return kept
