"""The library of computed indicators: how an actual is counted from registry, payments, casework, fund or budget.

A measure is a function of a :class:`Basis`; it answers with the value and the two numbers behind a rate, and says in words
where they come from. A target is never read as an actual.
"""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from jingban.budget.models import Unit
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _

MODULES = ("people", "groups", "benefits", "recovery", "certification", "outreach", "service", "money")
REPORTS = {
    "M": "米易县居保中心", "H": "湖南省居保中心", "S": "株洲市石峰区社保中心", "Z": "怀化市鹤城区社保中心", "B": "巴中市社保局",
}  # fmt: skip
"""The published 2020 reports whose indicators the library covers, by the letter used in ``printed``."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a measure is counted for: a unit, a year up to a day, the county, and the indicator's own arguments.

    ``day`` bounds what the figure is about, ``horizon`` what may be known for it: the newest origin (None: everything known now).
    """

    unit: Unit
    year: int
    day: dt.date
    region: str
    project: str = ""
    arguments: dict[str, Any] = field(default_factory=dict)
    horizon: int | None = None

    @property
    def first_month(self) -> int:
        return self.year * 12

    @property
    def last_month(self) -> int:
        """The month of ``day``, not beyond the year."""
        return min(self.day.year * 12 + self.day.month - 1, self.year * 12 + 11)

    def amount(self, name: str) -> Decimal:
        """An argument that is a number; 0 when it is not given."""
        return Decimal(str(self.arguments.get(name) or 0))


@dataclass(frozen=True, slots=True)
class Measured:
    """``value`` None: nothing to measure (0/0), so the indicator does not apply. Nothing is rounded here.

    ``rows``: SELECT of the rows behind the figure (behind the numerator of a rate); "" where another measure gives them.
    """

    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    rows: str = ""
    note: str = ""
    unit: str = ""
    trace: str = ""


Measure = Callable[[Basis], Measured]


@dataclass(frozen=True, slots=True)
class Argument:
    """Something the plan must (or may) say for a measure, as ``name=value`` in the list of goals."""

    name: str
    chinese: str
    required: bool = False

    @property
    def title(self) -> str:
        """In the reader's language."""
        return _(self.chinese)


@dataclass(frozen=True, slots=True)
class Entry:
    """A measure: Chinese name, unit, formula in words, the rooms it reads, the reports that print it.

    The formula is kept with every actual as its trace and is printed in documents: there it stays Chinese.
    """

    name: str
    chinese: str
    unit: str
    chinese_formula: str
    rooms: str
    printed: str
    arguments: tuple[Argument, ...]
    compute: Measure

    @property
    def title(self) -> str:
        """In the reader's language."""
        return _(self.chinese)

    @property
    def formula(self) -> str:
        """In the reader's language."""
        return _(self.chinese_formula)


_LIBRARY: dict[str, Entry] = {}


def measure(
    name: str,
    title: str,
    unit: str,
    *,
    formula: str,
    rooms: str,
    printed: str = "",
    arguments: tuple[Argument, ...] = (),
) -> Callable[[Measure], Measure]:
    """Enter a function into the library under a stable name."""
    assert set(printed) <= set(REPORTS), printed

    def enter(function: Measure) -> Measure:
        assert name not in _LIBRARY, f"measure {name} twice"

        def compute(basis: Basis) -> Measured:
            found = function(basis)
            trace = f"{formula}（{found.note}）" if found.note else formula
            return replace(found, unit=unit, trace=trace)

        _LIBRARY[name] = Entry(name, title, unit, formula, rooms, printed, arguments, compute)
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


def percentage(part: Decimal | int, whole: Decimal | int, rows: str = "", note: str = "") -> Measured:
    """A rate in percentage points with both numbers kept; 0/0 does not apply."""
    top, bottom = Decimal(part), Decimal(whole)
    return Measured(None if bottom == 0 else top * 100 / bottom, top, bottom, rows, note)


def quotient(part: Decimal | int, whole: Decimal | int, rows: str = "") -> Measured:
    """A mean with both numbers kept; nothing to divide by does not apply."""
    top, bottom = Decimal(part), Decimal(whole)
    return Measured(None if bottom == 0 else top / bottom, top, bottom, rows)
