"""What the document says of a standard indicator: (indicator, caliber, year, basis) -> every place it is printed."""

from __future__ import annotations

from msgspec import Struct

from jingban.checker.claims import labels
from jingban.checker.claims.labels import Caliber
from jingban.checker.claims.narrative import Bound, Narrative
from jingban.checker.figures import Figure
from jingban.values.patterns import lazy

SINGLE = {
    "“三公”经费",
    "因公出国（境）费",
    "公务用车购置及运行维护费",
    "公务用车购置费",
    "公务用车运行维护费",
    "公务接待费",
    "机关运行经费",
    "政府采购支出",
}
"""Indicators that exist in one caliber only: a second value anywhere is a conflict."""


_BUDGET = lazy(r"(年初|全年|调整后?)?预算(?:数|安排)?$")


class Statement(Struct, frozen=True):
    """``basis``: 决算, 预算, 年初预算, 全年预算 … as printed. ``caliber`` as the label says, else as the section says."""

    indicator: str
    caliber: Caliber
    basis: str
    bound: Bound

    @property
    def figure(self) -> Figure:
        return self.bound.token.figure


def statements(narrative: Narrative) -> list[Statement]:
    """Values of standard indicators of the document's own year, outside causes and comparisons."""
    found: list[Statement] = []
    for bound in narrative.amounts:
        token = bound.token
        if (
            bound.of_insurance
            or token.bracketed
            or not narrative.is_current(token)
            or token.figure.approximate
        ):
            continue
        if token.figure.dimension != "money" or token.figure.value < 0:
            continue
        basis = "决算"
        label = bound.label
        if token.role == "budget":
            said = _BUDGET.search(label)
            basis = (said[1] or "") + "预算" if said else "预算"
            label = _BUDGET.sub("", label)
        name = labels.indicator(label)
        if not name:
            continue
        which = labels.caliber(bound.label)
        section = labels.section_caliber(bound.sentence.section)
        if not which or (which == "fiscal" and section in ("general", "fund", "capital")):
            which = section or which
        if name in SINGLE:
            which = which if which in ("fund", "capital") else "general"
        found.append(Statement(name, which, basis, bound))
    return found


def all_fiscal(found: list[Statement]) -> bool:
    """The document itself says that the general budget pays for everything: calibers coincide."""

    def values(name: str, *calibers: Caliber) -> list[Figure]:
        return [
            one.figure
            for one in found
            if one.indicator == name and one.caliber in calibers and one.basis == "决算"
        ]

    whole = values("本年支出合计", "all")
    part = values("财政拨款支出", "general", "fiscal")
    return bool(whole and part) and all(one.value == whole[0].value for one in part[:1])
