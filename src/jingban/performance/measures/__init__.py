"""The library of computed indicators: how an actual is counted from registry, payments, casework, fund or budget.

A measure is a function of a :class:`Basis`; it answers with the value and the two numbers behind a rate, and says in words
where they come from. A target is never read as an actual.
"""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from jingban.budget.models import Unit
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _

MODULES = ("people", "benefits", "certification", "money", "service")


@dataclass(frozen=True, slots=True)
class Basis:
    """What a measure is counted for: a unit, a year up to a day, the county, and the indicator's own arguments."""

    unit: Unit
    year: int
    day: dt.date
    region: str
    project: str = ""
    arguments: dict[str, Any] = field(default_factory=dict)

    @property
    def first_month(self) -> int:
        return self.year * 12

    @property
    def last_month(self) -> int:
        """The month of ``day``, not beyond the year."""
        return min(self.day.year * 12 + self.day.month - 1, self.year * 12 + 11)


@dataclass(frozen=True, slots=True)
class Measured:
    """``value`` None: nothing to measure (0/0), so the indicator does not apply."""

    value: Decimal | None
    unit: str
    trace: str
    numerator: Decimal | None = None
    denominator: Decimal | None = None


Measure = Callable[[Basis], Measured]


@dataclass(frozen=True, slots=True)
class Entry:
    """A measure with its Chinese name and unit."""

    name: str
    title: str
    unit: str
    compute: Measure


_LIBRARY: dict[str, Entry] = {}


def measure(name: str, title: str, unit: str) -> Callable[[Measure], Measure]:
    """Enter a function into the library under a stable name."""

    def enter(function: Measure) -> Measure:
        assert name not in _LIBRARY, f"measure {name} twice"
        _LIBRARY[name] = Entry(name, title, unit, function)
        return function

    return enter


def library() -> dict[str, Entry]:
    """Every measure by name."""
    for module in MODULES:
        importlib.import_module(f"jingban.performance.measures.{module}")
    return dict(_LIBRARY)


def entry(name: str) -> Entry:
    """One measure; PRF-103 when there is none."""
    found = library().get(name)
    if found is None:
        raise refuse("PRF-103", _("没有取数方法“%(name)s”") % {"name": name})
    return found


def percentage(part: Decimal | int, whole: Decimal | int, trace: str) -> Measured:
    """A rate in percentage points with both numbers kept; 0/0 does not apply."""
    top, bottom = Decimal(part), Decimal(whole)
    value = None if bottom == 0 else top * 100 / bottom
    return Measured(value, "%", trace, top, bottom)
