"""Figures of a year beside those they are compared with: last year, the initial budget, the adjusted budget.

Last year's figure comes from last year's books where they are here, else from the figure typed from the published report.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from jingban.budget.accounts import final_accounts
from jingban.budget.book import OPERATING, Book, Money, is_operating, read_book, total
from jingban.budget.models import Procurement, Unit
from jingban.budget.reasons import FALLBACK
from jingban.forms.filled import Figure, FilledForm, Trace
from jingban.values.i18n import document as _

GENERAL_EQUIPMENT_FEN, SPECIAL_EQUIPMENT_FEN = 500_000_00, 1_000_000_00
"""General equipment from 50 万元 and special equipment from 100 万元 a piece are disclosed."""
KEY_CELLS = {
    "total": ("gk01", "in.total", "income"),
    "fiscal": ("gk04", "in.total", "income"),
    "general": ("gk05", "total", "total"),
    "abroad": ("gk07", "values", "actual.abroad"),
    "vehicles": ("gk07", "values", "actual.vehicles"),
    "reception": ("gk07", "values", "actual.reception"),
}
"""What the explanations compare with last year: name → the cell of the tables."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure with everything said about it. A base that is not known is None, which is not zero."""

    actual: Figure
    prior: Figure | None = None
    initial: Figure | None = None
    adjusted: Figure | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A functional item (项) of the general public budget: codes and names of 类, 款, 项, and its figures."""

    code: str
    names: tuple[str, str, str]
    money: Compared


class YearFigures:
    """Everything the explanations of one unit and year print. Reads the books once."""

    def __init__(self, unit: Unit, year: int, horizon: int | None = None) -> None:
        self.book: Book = read_book(unit, year, horizon)
        self.before: Book = read_book(unit, year - 1, horizon)
        self.year, self.unit, self.horizon = year, self.book.unit, horizon

    @cached_property
    def forms(self) -> dict[str, FilledForm]:
        """The nine tables."""
        return final_accounts(self.book)

    @cached_property
    def all_forms(self) -> dict[str, FilledForm]:
        """The nine tables and the longer provincial set, by form id."""
        from jingban.budget.sichuan import sichuan_accounts

        return {**self.forms, **sichuan_accounts(self)}

    @cached_property
    def forms_before(self) -> dict[str, FilledForm]:
        """Last year's tables, empty when last year's books are not here."""
        return final_accounts(self.before) if self.before.kept else {}

    def figure(self, form: str, row: str, column: str) -> Figure:
        """A cell of this year's tables; a cell that is not there is zero (no such code in use)."""
        found = self.forms[form].cells.get((row, column))
        return found or Figure(0, Trace(_("本年没有此项")))

    def prior(self, form: str, row: str, column: str) -> Figure | None:
        """Last year's figure, or None when nobody knows it."""
        if self.forms_before:
            found = self.forms_before[form].cells.get((row, column))
            return found or Figure(0, Trace(_("上年没有此项")))
        amount = self.before.published.get((form, row, column))
        if amount is None:
            return None
        return Figure(
            amount, Trace(_("上年已公开数"), "published", (("form", form), ("row", row), ("column", column)))
        )

    def compared(self, form: str, row: str, column: str) -> Compared:
        return Compared(self.figure(form, row, column), self.prior(form, row, column))

    # -- budgets ---------------------------------------------------------------------------------------------------

    def budget(
        self, test: Callable[[Money], bool], *, initial: bool, where: tuple[tuple[str, str], ...] = ()
    ) -> Figure:
        """Appropriations of the department that pass the test: the initial ones, or all of them (after adjustment)."""
        kinds = ("initial",) if initial else ("initial", "adjusted", "carried")
        outside = self.book.outside
        amount = total(
            self.book.appropriations,
            lambda line: line.kind in kinds and line.project not in outside and test(line),
        )
        named = _("年初预算指标之和") if initial else _("年初预算与调整指标之和")
        return Figure(amount, Trace(named, "appropriation", (("kind__in", ",".join(kinds)), *where)))

    def with_budget(self, actual: Figure, test: Callable[[Money], bool], **where: str) -> Compared:
        named = tuple(sorted(where.items()))
        return Compared(
            actual,
            None,
            self.budget(test, initial=True, where=named),
            self.budget(test, initial=False, where=named),
        )

    @cached_property
    def general(self) -> Compared:
        """Expenditure of the general public budget with last year and both budgets."""
        found = self.with_budget(
            self.figure("gk05", "total", "total"), lambda line: line.source == "general", source="general"
        )
        return Compared(found.actual, self.prior("gk05", "total", "total"), found.initial, found.adjusted)

    def items(self) -> list[Item]:
        """The items, computed once."""
        return self._items

    @cached_property
    def _items(self) -> list[Item]:
        """Functional items of the general public budget that have money or a budget, in code order."""
        from jingban.forms.codes import code_book

        names = code_book("function")
        outside = self.book.outside
        codes = {
            line.function_code
            for line in (*self.book.payments, *self.book.appropriations)
            if line.source == "general" and line.project not in outside
        }
        found = []
        for code in sorted(codes):
            levels = [names.find(code[:size], self.year) for size in (3, 5, 7)]
            titles = tuple(entry.name if entry else code for entry in levels)
            money = self.with_budget(
                self.figure("gk05", code, "total"),
                lambda line, code=code: line.source == "general" and line.function_code == code,  # type: ignore[misc]
                source="general",
                function_code=code,
            )
            found.append(Item(code, (titles[0], titles[1], titles[2]), money))
        return found

    def three(self, name: str) -> Compared:
        """A kind of the three public expenses: total, abroad, vehicles, purchase, running, reception."""
        return Compared(
            self.figure("gk07", "values", f"actual.{name}"),
            self.prior("gk07", "values", f"actual.{name}"),
            None,
            self.figure("gk07", "values", f"budget.{name}"),
        )

    @cached_property
    def operating(self) -> Compared:
        """机关运行经费 (J10): the operating money of 公开06, against the initial budget."""
        return self.with_budget(
            self.figure("gk06", "operating", "amount"),
            is_operating,
            source="general",
            category="basic",
            economic_code__starts=",".join(OPERATING),
        )

    # -- matters ---------------------------------------------------------------------------------------------------

    def procurement(self, kind: str | None = None, *, small: bool = False, micro: bool = False) -> Figure:
        """Contracts signed in the year in fen, of one kind, or those given to small (micro) businesses."""
        where: list[tuple[str, str]] = []
        if kind:
            where.append(("kind", kind))
        if small:
            where.append(("small_business", "True"))
        if micro:
            where.append(("micro_business", "True"))
        amount = sum(
            one.contract_fen
            for one in self.book.procurements
            if (not kind or one.kind == kind)
            and (not small or one.small_business or one.micro_business)
            and (not micro or one.micro_business)
        )
        return Figure(amount, Trace(_("政府采购合同金额之和"), "procurement", tuple(where)))

    def procurement_kinds(self) -> dict[str, Figure]:
        return {kind: self.procurement(kind) for kind in Procurement.Kind.values}

    def reception(self, *, foreign: bool) -> tuple[Figure, Figure, Figure]:
        """(amount, batches, persons) of receptions from the log."""
        rows = [one for one in self.book.receptions if one.foreign == foreign]
        where = (("foreign", str(foreign)),)
        return (
            Figure(sum(one.amount_fen for one in rows), Trace(_("公务接待登记金额之和"), "reception", where)),
            Figure(len(rows), Trace(_("公务接待登记批次"), "reception", where), "批次"),
            Figure(
                sum(one.guests for one in rows), Trace(_("公务接待登记人次之和"), "reception", where), "人次"
            ),
        )

    def trips(self) -> tuple[Figure, Figure]:
        """(groups, persons) sent abroad."""
        return (
            Figure(len(self.book.trips), Trace(_("因公出国（境）登记团组"), "trip"), "个"),
            Figure(
                sum(one.persons for one in self.book.trips),
                Trace(_("因公出国（境）登记人次之和"), "trip"),
                "人次",
            ),
        )

    def vehicles(self, use: str | None = None) -> Figure:
        """Vehicles owned at year end, of one use."""
        count = sum(1 for one in self.book.vehicles if not use or one.use == use)
        return Figure(count, Trace(_("年末公务用车台账"), "vehicle", (("use", use),) if use else ()), "辆")

    def equipment(self, kind: str) -> Figure:
        """Disclosed equipment: general from 50 万元, special from 100 万元 a piece."""
        least = GENERAL_EQUIPMENT_FEN if kind == "general" else SPECIAL_EQUIPMENT_FEN
        count = sum(1 for one in self.book.assets if one.kind == kind and one.value_fen >= least)
        return Figure(count, Trace(_("固定资产台账中单价达到标准的"), "asset", (("kind", kind),)), "台（套）")

    def gatherings(self, kind: str) -> tuple[Figure, Figure]:
        """(amount in fen, number) of meetings or trainings; the amount is what the books paid under 30215 or 30216."""
        code = {"meeting": "30215", "training": "30216"}[kind]
        paid = total(self.book.payments, lambda line: line.source == "general" and line.economic_code == code)
        where = (("economic_code", code), ("source", "general"))
        held = sum(1 for one in self.book.gatherings if one.kind == kind)
        return (
            Figure(paid, Trace(_("该经济科目支出凭证之和"), "payment", where)),
            Figure(held, Trace(_("会议与培训登记"), "gathering", (("kind", kind),)), "次"),
        )

    def gathering_persons(self, kind: str) -> Figure:
        count = sum(one.persons for one in self.book.gatherings if one.kind == kind)
        return Figure(count, Trace(_("会议与培训登记人数之和"), "gathering", (("kind", kind),)), "人次")

    def staff(self) -> tuple[Figure, Figure, Figure]:
        """(posts, staff at the start, staff at the end) over all kinds of posts."""
        rows = self.book.staffing
        trace = Trace(_("编制与人员登记之和"), "staffing")
        return (
            Figure(sum(one.posts for one in rows), trace, "人"),
            Figure(sum(one.opening_staff for one in rows), trace, "人"),
            Figure(sum(one.closing_staff for one in rows), trace, "人"),
        )

    # -- reasons ---------------------------------------------------------------------------------------------------

    def reason(self, matter: str, function_code: str = "") -> str:
        """What a person wrote about a difference; taken from the wider matter when the difference is the same to the fen."""
        found = self.book.reasons.get((matter, function_code), "")
        if not found and matter in FALLBACK and self._same(matter, FALLBACK[matter]):
            return self.reason(FALLBACK[matter])
        return found

    def difference(self, matter: str, function_code: str = "") -> int | None:
        """Actual minus base in fen; None when there is no base."""
        name, _dot, basis = matter.partition(".")
        if matter == "item.budget":
            money = next((item.money for item in self.items() if item.code == function_code), None)
        elif matter == "operating.budget":
            money = self.operating
        elif name in ("three", "abroad", "vehicles", "reception"):
            money = self.three("total" if name == "three" else name)
        else:
            money = self.compared(*KEY_CELLS[name])
        if money is None:
            return None
        base = money.prior if basis == "prior" else money.initial or money.adjusted
        return None if base is None else int(money.actual.amount or 0) - int(base.amount or 0)

    def _same(self, one: str, other: str) -> bool:
        return self.difference(one) == self.difference(other)
