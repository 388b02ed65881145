"""What a performance officer enters: plans with their indicators, typed actuals, judgements, reasons, surveys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any


@dataclass(slots=True, kw_only=True)
class IndicatorRecord:
    """One indicator. ``target`` is a number in ``unit`` for quantitative ones, else words."""

    level1: str
    level2: str
    name: str
    target: str
    weight: Decimal
    kind: str = "quantitative"
    direction: str = ">="
    upper: str = ""
    unit: str = ""
    measure: str = ""
    arguments: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class PlanRecord:
    """A project (or, without ``project``, the unit as a whole) in a year. Money in fen where it is outside the books."""

    unit: str
    year: int
    goal: str
    indicators: Sequence[IndicatorRecord]
    project: str = ""
    form: str = "pf-mof-project"
    execution_weight: Decimal = Decimal(10)
    execution_policy: str = "proportional"
    execution_steps: Sequence[tuple[Decimal, Decimal]] = ()
    total_weight: Decimal = Decimal(100)
    group_weights: Mapping[str, Decimal] = field(default_factory=dict)
    """Declared first-level weights, where the form prints them; the indicators must add up to them."""
    document: str = ""
    budget_fen: int | None = None
    executed_fen: int | None = None
    row: int = 0


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file brought as evidence: its own name and what is in it."""

    name: str
    content: bytes


@dataclass(slots=True, kw_only=True)
class TypedActual:
    """A value typed by hand: only with evidence. ``applicable`` false takes the indicator out of the scoring."""

    indicator: int
    day: dt.date
    value: str
    evidence: str
    applicable: bool = True
    files: Sequence[EvidenceFile] = ()
    row: int = 0


@dataclass(slots=True, kw_only=True)
class JudgementRecord:
    indicator: int
    band: str
    percent: Decimal
    reason: str
    row: int = 0


@dataclass(slots=True, kw_only=True)
class DeviationRecord:
    indicator: int
    reason: str
    improvement: str = ""
    row: int = 0


@dataclass(slots=True, kw_only=True)
class SurveyRecord:
    unit: str
    year: int
    name: str
    method: str
    day: dt.date
    asked: int
    valid: int
    satisfied: int
    row: int = 0
