"""Lists out: one exporter per file, each a generator of rows with the township and village they belong to."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

NAMES = ("people", "recipients", "lines", "balances", "receivables")


@dataclass(frozen=True, slots=True)
class Row:
    """One row and where it belongs."""

    township: str
    village: str
    cells: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Export:
    """``rows(month)``: ``month`` is an int64 month; lists that have no month of their own look at that one."""

    name: str
    title: str
    header: tuple[str, ...]
    rows: Callable[[int], Iterator[Row]]


def get(name: str) -> Export:
    """The exporter of that name. Raises ``KeyError``."""
    if name not in NAMES:
        raise KeyError(name)
    found: Export = importlib.import_module(f"{__name__}.{name}").EXPORT
    return found
