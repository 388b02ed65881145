"""Legal minima a published mean is held against: mean of a year, weighted by the months each value held."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from jingban.forms.strict import data_files, read_yaml
from jingban.values.findings import Finding, Refused
from jingban.values.i18n import gettext as _

Kind = Literal["basic_pension", "paid_contribution"]
NATION = "000000"
REGIONS = {"sichuan": "510000", "hunan": "430000"}


@dataclass(frozen=True, slots=True)
class Minimum:
    """The least a person must get in a year on average: ``value`` in yuan per ``unit``, from ``documents``."""

    value: Decimal
    unit: str
    documents: tuple[str, ...]
    region: str


def minimum(kind: Kind, year: int, province: str | None = None) -> Minimum | None:
    """The minimum of a year in a province (``sichuan``, ``hunan``; else the nation's); None when no value is known."""
    entry = _data()[kind]
    found = [
        one
        for region in (NATION, REGIONS.get(province or "", NATION))
        if (one := _mean(entry, region, year)) is not None
    ]
    return max(found, key=lambda one: one.value, default=None)


def _mean(entry: dict[str, Any], region: str, year: int) -> Minimum | None:
    steps = sorted(entry["layers"].get(region, []), key=lambda step: str(step["from"]))
    total = Decimal(0)
    documents: dict[str, None] = {}
    for month in range(1, 13):
        held = [step for step in steps if step["from"] <= f"{year}-{month:02d}"]
        if not held:
            return None
        total += Decimal(held[-1]["value"])
        documents[held[-1]["document"]] = None
    return Minimum(total / 12, entry["unit"], tuple(documents), region)


@functools.cache
def _data() -> dict[str, dict[str, Any]]:
    for name, text in data_files("minima", ".yaml"):
        found: dict[str, dict[str, Any]] = read_yaml(name, text)
        return found
    raise Refused([Finding("FRM-101", _("没有最低标准数据"))])
