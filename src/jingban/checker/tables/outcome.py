"""Testing one identity: holds, holds by rounding, fails, or cannot be tested — with everything that was compared."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from msgspec import Struct, field

from jingban.checker.tables.bound import BoundCell, BoundTable
from jingban.checker.tables.terms import Term, Terms
from jingban.forms.model import Operator
from jingban.values.i18n import gettext as _
from jingban.values.printed import PrintedNumber, compare_sum

Verdict = Literal["ok", "rounding", "faint", "suspect", "wrong", "unverified", "nothing"]
"""faint: only by truncation or padding (info); suspect: only by a far or coarse rounding (warning)."""


class Outcome(Struct):
    """The result of one identity at one place. ``stated`` is the cell held against the others."""

    identity: str
    rule: str
    text: str
    severity: str
    table: BoundTable
    row: str | None
    column: str | None
    verdict: Verdict
    reason: str = ""
    stated: BoundCell | None = None
    terms: list[Term] = field(default_factory=list)
    difference: Decimal = Decimal(0)
    """Computed minus stated, in yuan (or in the table's plain figures when it prints no unit)."""
    expected: str = ""
    blanks: bool = False
    cause: str | None = None
    culprit: BoundCell | None = None
    """The printed cell that most outcomes of one cause share: where the mistake stands."""
    doubtful: bool = False
    """The table as a whole was not aligned well enough: a warning at most."""

    @property
    def cells(self) -> list[BoundCell]:
        """Every printed cell that takes part."""
        own = [self.stated] if self.stated is not None else []
        return own + [term.cell for term in self.terms if term.cell.state == "number"]


class Judgement(Struct, frozen=True):
    """Verdict over two sides."""

    verdict: Verdict
    reason: str = ""
    stated: BoundCell | None = None
    terms: tuple[Term, ...] = ()
    difference: Decimal = Decimal(0)
    expected: str = ""
    blanks: bool = False


def judge(left: Terms, operator: Operator, right: Terms) -> Judgement:
    """Compare two sides. Blank is no amount, absent is unknown, unreadable stops the test."""
    if left.missing or right.missing:
        return Judgement("nothing")
    if not left.items:
        return Judgement("nothing")
    head, *rest = left.items
    others = [*right.items, *(Term(term.cell, -term.sign, term.grouped) for term in rest)]
    everything = [head, *others]
    if any(term.cell.state == "unreadable" for term in everything):
        bad = next(term.cell for term in everything if term.cell.state == "unreadable")
        return Judgement(
            "unverified", _("“%(name)s”的“%(text)s”无法读作数字") % {"name": bad.name, "text": bad.text}
        )
    numbers = [term for term in everything if term.cell.state == "number"]
    if head.cell.state == "absent" or not numbers:
        return Judgement("nothing")
    if not any(term.cell.state == "number" for term in others):
        return (
            Judgement("nothing")
            if head.cell.number is None or not head.cell.number.value
            else _alone(head, others)
        )
    if head.cell.state != "number":
        return _blank_total(head, others)
    if not _same_units(numbers):
        return Judgement("unverified", _("两处的金额单位未注明或不能换算"), head.cell)
    if operator != "=":
        return _ordered(head, operator, others)
    return _equal(head, others, left.loose or right.loose)


def _alone(head: Term, others: list[Term]) -> Judgement:
    """A total with figures over parts that are all empty."""
    if any(term.cell.state == "absent" for term in others) or not others:
        return Judgement("nothing")
    return Judgement("unverified", _("分项均未填列"), head.cell)


def _blank_total(head: Term, others: list[Term]) -> Judgement:
    value = sum((term.sign * _base(term) for term in others if term.cell.number), Decimal(0))
    if not value:
        return Judgement("nothing")
    return Judgement("unverified", _("“%(name)s”未填列") % {"name": head.cell.name}, head.cell)


def _same_units(terms: list[Term]) -> bool:
    return len({term.cell.number.unit.dimension for term in terms if term.cell.number}) == 1


def _base(term: Term) -> Decimal:
    return term.cell.number.to_base() if term.cell.number is not None else Decimal(0)


def _exact_zero(number: PrintedNumber) -> PrintedNumber:
    """A printed 0.00 is no amount, not 'less than 50 yuan': it adds no rounding error."""
    return number if number.value else number.at_decimals(20)


def _equal(head: Term, others: list[Term], loose: bool) -> Judgement:
    known = [term for term in others if term.cell.number is not None and term.cell.number.value]
    assert head.cell.number is not None
    stated = head.cell.number
    if not known:
        known = [next(term for term in others if term.cell.number is not None)]
    numbers = [term.cell.number for term in known if term.cell.number is not None]
    result = compare_sum(stated, numbers, [term.sign for term in known])
    blanks = any(term.cell.state in ("blank", "dash") for term in others)
    expected = _shown(stated, stated.to_base() + result.difference)
    judged = Judgement("ok", "", head.cell, tuple(known), result.difference, expected, blanks)
    if result.ok:
        return judged if result.level == "L0" else _with(judged, "rounding")
    gaps = [term for term in others if term.cell.state == "absent" and not term.grouped]
    if gaps or loose:
        why = _("表中没有“%(name)s”") % {"name": gaps[0].cell.column} if gaps else _("表中有未能识别的行")
        return _with(judged, "unverified", why)
    if result.level == "L2":
        return _with(
            judged, "faint" if result.reason in ("truncation", "padding") else "suspect", result.reason
        )
    return _with(judged, "wrong")


def _ordered(head: Term, operator: Operator, others: list[Term]) -> Judgement:
    """``<=`` and ``>=``: wrong only when the intervals leave no doubt."""
    assert head.cell.number is not None
    if any(term.cell.state == "absent" for term in others):
        return Judgement("nothing")
    low = high = Decimal(0)
    for term in others:
        if term.cell.number is None:
            continue
        bottom, top = _exact_zero(term.cell.number).interval()
        low, high = (low + bottom, high + top) if term.sign > 0 else (low - top, high - bottom)
    own_low, own_high = head.cell.number.interval()
    wrong = own_high < low if operator == ">=" else own_low > high
    known = tuple(term for term in others if term.cell.number is not None)
    point = sum((term.sign * _base(term) for term in known), Decimal(0))
    difference = point - head.cell.number.to_base()
    sign = "≥" if operator == ">=" else "≤"
    expected = sign + _shown(head.cell.number, point)
    blanks = any(term.cell.state in ("blank", "dash") for term in others)
    return Judgement("wrong" if wrong else "ok", "", head.cell, known, difference, expected, blanks)


def _with(judged: Judgement, verdict: Verdict, reason: str = "") -> Judgement:
    return Judgement(
        verdict, reason, judged.stated, judged.terms, judged.difference, judged.expected, judged.blanks
    )


def _shown(like: PrintedNumber, base: Decimal) -> str:
    """An amount in base units, printed as ``like`` is."""
    value = (base / like.unit.factor).quantize(Decimal(1).scaleb(-like.decimals))
    return f"{value:,}" if "," in like.raw else f"{value}"
