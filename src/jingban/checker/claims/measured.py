"""Rates an indicator name stands for, computed from the basic-data table printed in the same file."""

from __future__ import annotations

import re

from msgspec import Struct

from jingban.checker.context import Context
from jingban.checker.figures import Figure
from jingban.checker.model import Source
from jingban.checker.tables.basedata import BaseData
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy
from jingban.values.printed import Quantity

_LINES = (
    (lazy(r"三公.{0,6}控制率"), ("三公经费", "“三公”经费")),
    (lazy(r"公用经费控制率"), ("公用经费",)),
    (lazy(r"政府采购执行率"), ("政府采购",)),
    (lazy(r"^基本支出执行率"), ("部门基本支出",)),
)
"""Name of an indicator → line of the basic-data table whose final amount over budget it is."""

_NAMES = lazy(
    r"(“?三公”?经费控制率|公用经费控制率|在职人员控制率|政府采购执行率|(?<!\w)基本支出执行率)(?:为|达到?|是|:|完成)?\s*$"
)


def rate_named(gap: str) -> str:
    """The rate of the basic-data table that the words right before a figure name; '' for others."""
    found = _NAMES.search(gap)
    return found[1] if found else ""


class Measured(Struct, frozen=True):
    """``value`` as a fraction with its interval; ``formula`` in words; the cells it comes from."""

    value: Quantity
    formula: str
    sources: tuple[Source, ...]


def measured_rate(context: Context, name: str) -> Measured | None:
    """Rate of an indicator by name, from the first basic-data table that prints both numbers; None when none does."""
    for table in context.claims.base_data:
        if not table.trusted:
            continue
        pair = _pair(name, table)
        if pair is None:
            continue
        part, whole = pair
        digits = max(part.number.decimals, whole.number.decimals)
        top, bottom = part.number.at_decimals(digits).quantity(), whole.number.at_decimals(digits).quantity()
        if part.dimension in ("plain", "persons"):
            top, bottom = Quantity.exact(part.value), Quantity.exact(whole.value)
        if bottom.low <= 0:
            continue
        words = f"{part} ÷ {whole}"
        if re.search(r"变动率", name):
            return Measured(
                (top - bottom) / bottom, f"({part} − {whole}) ÷ {whole}", (part.source, whole.source)
            )
        return Measured(top / bottom, words, (part.source, whole.source))
    return None


def _pair(name: str, table: BaseData) -> tuple[Figure, Figure] | None:
    if re.search(r"在职人员控制率|人员控制率|编制控制率", name):
        return _both(table.staff, table.posts)
    for pattern, words in _LINES:
        if pattern.search(name):
            line = table.line(*words)
            return _both(line.actual, line.budget) if line else None
    return None


def _both(part: Figure | None, whole: Figure | None) -> tuple[Figure, Figure] | None:
    return (part, whole) if part is not None and whole is not None and whole.value > 0 else None


def described(found: Measured) -> str:
    """Evidence line."""
    return _("按基础数据表：{}").format(found.formula)
