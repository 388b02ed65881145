"""What a parameter file holds after reading: dated values with their reference, layers, shares, gaps."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from jingban.values.months import FOREVER, of_date

CONFIDENCES = ("H", "M", "L")
Value = Any
"""int (fen, count, ppm, flag, choice, month) or, for the compound kinds, the types below; None = expressly not set."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a value stands. ``confidence`` H: read or agreeing copies, M: one copy, L: to be confirmed before use."""

    document: str
    source: tuple[str, ...]
    confidence: str
    article: str | None = None
    published: dt.date | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """One value in force from ``start`` until ``end`` or until the next one."""

    start: dt.date
    end: dt.date | None
    value: Value
    reference: Reference
    region: str
    file: str
    demonstration: bool = False

    @property
    def from_month(self) -> int:
        return of_date(self.start)

    @property
    def to_month(self) -> int:
        return FOREVER if self.end is None else of_date(self.end)

    @property
    def known_from(self) -> dt.date:
        """The day the value could first be known; without a publication date its effective date."""
        return self.reference.published or self.start


Timeline = tuple[Dated, ...]
"""Ordered by ``start``, never overlapping."""


@dataclass(frozen=True, slots=True)
class TierScale:
    """Contribution tiers of a contribution year: tier fen -> subsidy fen, per person and year.

    ``exact`` is False when the document only sets minimum subsidies: the local amounts are then unsourced.
    """

    from_year: int
    tiers: tuple[tuple[int, int], ...]
    hardship_only: frozenset[int]
    exact: bool


@dataclass(frozen=True, slots=True)
class Grant:
    """Funeral grant: a fixed amount (fen) plus so many months of basic pension.

    ``base``: which layers of the basic pension count (``GRANT_BASES``). ``contributor_years``: contributors who died before
    an award have it too from so many uninterrupted contribution years on, catch-up not counted; 0: recipients only.
    """

    fixed_fen: int
    basic_months: int
    base: str = "all"
    contributor_years: int = 0


@dataclass(frozen=True, slots=True)
class StopRule:
    """One line of the suspension matrix (R1.11).

    ``effect``: hold (accrues, held back), stop (nothing accrues), terminate, pay (goes on), none. ``begins``:
    after_valid_until, next_month, immediately, at_once_on_discovery. ``back_pay``: full, none, if_acquitted.
    """

    effect: str
    begins: str
    resumes: str
    back_pay: str
    reason_code: str | None = None


@dataclass(frozen=True, slots=True)
class Layer:
    """One adjustment layer of the pension; layers add up and never replace each other.

    ``total``: the values are totals that include every layer of the regions above; what is added is the difference.
    ``group``: only for members of a group. ``measured_on``: age counts on this day, and the increment stays for life of those
    who were in receipt before it. ``counts``: which contribution years a years supplement counts (``YEARS_COUNTED``).
    """

    id: str
    number: int
    title: str
    item: int
    region: str
    values: Timeline
    from_age: int | None = None
    to_age: int | None = None
    base_years: int | None = None
    total: bool = False
    group: str | None = None
    measured_on: dt.date | None = None
    counts: str = "paid"


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch for which no sourced value exists.

    ``blocks``: computing in these months would be wrong, so every value of the parameter is withheld; otherwise the
    gap only says that a further local part may exist.
    """

    id: str
    parameter: str
    region: str
    from_month: int
    to_month: int
    blocks: bool
    reason: str
    would_source: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """When a notice reached a region: values of (parameter, key) in force from ``start`` are known there from then."""

    parameter: str
    key: str
    start: dt.date
    known_from: dt.date
    region: str


@dataclass(slots=True)
class Store:
    """Everything read from the shipped files and the overlays."""

    values: dict[tuple[str, str], Timeline] = field(default_factory=dict)
    """(parameter, region) -> timeline, for plain kinds."""
    keyed: dict[tuple[str, str, str], Timeline] = field(default_factory=dict)
    """(parameter, region, key) -> timeline, for groups and stop rules."""
    layers: dict[tuple[str, str], dict[str, Layer]] = field(default_factory=dict)
    """(parameter, region) -> layers by id."""
    shares: dict[tuple[str, str], Timeline] = field(default_factory=dict)
    """(layer id or shared flow, region) -> timeline of ``{payer: weight}``."""
    gaps: dict[str, Gap] = field(default_factory=dict)
    closed: dict[str, list[tuple[str, int, int]]] = field(default_factory=dict)
    """Gap id -> (region, from, to): the months for which an overlay that closes it gives a value."""
    arrivals: list[Arrival] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)
    overlays: list[OverlayInfo] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class OverlayInfo:
    """The manifest of an overlay directory."""

    name: str
    title: str
    demonstration: bool
