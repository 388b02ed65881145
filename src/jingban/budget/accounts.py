"""The nine tables of the final accounts fall out of the book: one function a form, every cell with its trace.

Cells are exact fen; each is converted on its own when printed (R4.1-01). All identities of the form descriptions hold by
construction, and :func:`final_accounts` asserts it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from jingban.budget.book import THREE_PUBLIC, Book, Money, closing, total
from jingban.budget.models.money import FISCAL
from jingban.forms.catalogue import catalogue
from jingban.forms.codes import code_book
from jingban.forms.filled import Figure, FilledForm, FilledRow, Trace, broken_identities
from jingban.forms.model import Form
from jingban.values.findings import Finding, Refused
from jingban.values.i18n import document as _
from jingban.values.i18n import gettext

_SOURCES = ("general", "fund", "capital", "superior", "business", "operating", "affiliated", "other")


@dataclass(slots=True)
class Filler:
    """Collects cells; ``add`` sums lines that pass a test and remembers which rows they were."""

    filled: FilledForm

    def add(
        self, row: str, column: str, relation: str, lines: Iterable[Money], formula: str, **where: str
    ) -> int:
        amount = sum(line.amount_fen for line in lines if matches(line, where))
        trace = Trace(formula, relation, tuple(sorted(where.items())))
        self.filled.cells[row, column] = Figure(amount, trace)
        return amount

    def put(self, row: str, column: str, amount: int, formula: str) -> None:
        self.filled.cells[row, column] = Figure(amount, Trace(formula))


def matches(line: Any, where: dict[str, str]) -> bool:
    """Whether a line of money (or the fact it came from) is one that a trace names: equal, ``__starts`` or ``__in`` (any of several)."""
    for name, wanted in where.items():
        if name.endswith("__starts"):
            if not str(getattr(line, name.removesuffix("__starts"))).startswith(tuple(wanted.split(","))):
                return False
        elif name.endswith("__in"):
            if str(getattr(line, name.removesuffix("__in"))) not in wanted.split(","):
                return False
        elif str(getattr(line, name)) != wanted:
            return False
    return True


def _blank(form: Form, book: Book) -> FilledForm:
    edition = form.edition(book.year)
    filled = FilledForm(form, book.year, book.unit.name, [])
    for row in edition.rows:
        label = row.label
        if form.id == "gk06" and row.code:
            entry = code_book("economic").find(row.code, book.year)
            if entry is None:  # a code of another year's classification
                continue
            label = entry.name
        filled.rows.append(FilledRow(row.key, label, row.code or "", row.line, 0, row.side, row.kind))
        if row.group:
            filled.groups.setdefault(row.group, []).append(row.key)
    return filled


def fixed(form_id: str, book: Book) -> tuple[FilledForm, Filler]:
    """An empty form with the rows of its edition, and what fills it."""
    filled = _blank(catalogue()[form_id], book)
    return filled, Filler(filled)


def by_code(form_id: str, book: Book, lines: Iterable[Money]) -> tuple[FilledForm, Filler]:
    """A form whose rows are the functional codes in use, with every 类 and 款 above them."""
    filled, filler = fixed(form_id, book)
    names = code_book("function")
    used = sorted({line.function_code[:size] for line in lines for size in (3, 5, 7) if line.function_code})
    for code in used:
        entry = names.find(code, book.year)
        level = {3: 1, 5: 2, 7: 3}[len(code)]
        filled.rows.append(FilledRow(code, entry.name if entry else code, code, None, level))
        filled.groups.setdefault({1: "classes", 2: "headings", 3: "items"}[level], []).append(code)
    return filled, filler


Fill = Callable[[Book], FilledForm]


def gk01(book: Book) -> FilledForm:
    """公开01: all income and expenditure, opening and closing."""
    filled, filler = fixed("gk01", book)
    present = {row.key for row in filled.rows}
    income = 0
    for source in _SOURCES:
        if f"in.{source}" in present:
            income += filler.add(
                f"in.{source}", "income", "receipt", book.receipts, _("本年收入凭证之和"), source=source
            )
    if "in.fiscal" in present:
        income += filler.add(
            "in.fiscal",
            "income",
            "receipt",
            book.receipts,
            _("本年财政拨款收入凭证之和"),
            source__in=",".join(FISCAL),
        )
        filler.add("in.fiscal_fund", "income", "receipt", book.receipts, _("本年收入凭证之和"), source="fund")
    filler.put("in.year", "income", income, _("本年各项收入之和"))
    filler.put("in.surplus_used", "income", book.used_fen, _("使用非财政拨款结余凭证之和"))
    opening = filler.add("in.opening", "income", "opening", book.openings, _("上年年末结转和结余"))
    filler.put(
        "in.total",
        "income",
        income + book.used_fen + opening,
        _("本年收入合计＋使用非财政拨款结余＋年初结转和结余"),
    )
    spent = 0
    for row in filled.rows:
        if row.code and row.side == "expenditure":
            spent += filler.add(
                row.key,
                "expenditure",
                "payment",
                book.payments,
                _("本类支出凭证之和"),
                function_code__starts=row.code,
            )
    filler.put("out.year", "expenditure", spent, _("各类支出之和"))
    filler.put("out.distribution", "expenditure", book.distributed_fen, _("结余分配凭证之和"))
    left = income + book.used_fen + opening - spent - book.distributed_fen
    filler.put("out.closing", "expenditure", left, _("收入总计－本年支出合计－结余分配"))
    filler.put(
        "out.total",
        "expenditure",
        spent + book.distributed_fen + left,
        _("本年支出合计＋结余分配＋年末结转和结余"),
    )
    return filled


def gk02(book: Book) -> FilledForm:
    """公开02: income by functional code and source."""
    filled, filler = by_code("gk02", book, book.receipts)
    for row in filled.rows:
        where = {"function_code__starts": row.code} if row.code else {}
        filler.add(row.key, "total", "receipt", book.receipts, _("各项收入之和"), **where)
        filler.add(
            row.key,
            "fiscal",
            "receipt",
            book.receipts,
            _("财政拨款收入凭证之和"),
            source__in=",".join(FISCAL),
            **where,
        )
        for source in _SOURCES[3:]:
            filler.add(row.key, source, "receipt", book.receipts, _("收入凭证之和"), source=source, **where)
    return filled


def gk03(book: Book) -> FilledForm:
    """公开03: expenditure by functional code and category."""
    filled, filler = by_code("gk03", book, book.payments)
    for row in filled.rows:
        where = {"function_code__starts": row.code} if row.code else {}
        filler.add(row.key, "total", "payment", book.payments, _("各类支出之和"), **where)
        for category in ("basic", "project", "superior", "operating", "affiliated"):
            filler.add(
                row.key, category, "payment", book.payments, _("支出凭证之和"), category=category, **where
            )
    return filled


def gk04(book: Book) -> FilledForm:
    """公开04: fiscal appropriations only, by budget."""
    filled, filler = fixed("gk04", book)
    columns = ("general", "fund", "capital")
    income = opening = 0
    for source in columns:
        income += filler.add(
            f"in.{source}", "income", "receipt", book.receipts, _("收入凭证之和"), source=source
        )
        opening += filler.add(
            f"in.opening_{source}", "income", "opening", book.openings, _("上年年末结转和结余"), source=source
        )
    filler.put("in.year", "income", income, _("三项财政拨款收入之和"))
    filler.put("in.opening", "income", opening, _("三项年初结转和结余之和"))
    filler.put("in.total", "income", income + opening, _("本年收入合计＋年初财政拨款结转和结余"))
    sums = dict.fromkeys(columns, 0)
    for row in filled.rows:
        if not (row.code and row.side == "expenditure"):
            continue
        for source in columns:
            sums[source] += filler.add(
                row.key,
                source,
                "payment",
                book.payments,
                _("支出凭证之和"),
                source=source,
                function_code__starts=row.code,
            )
        whole = sum((int(filled.amount(row.key, source)) for source in columns), 0)
        filler.put(row.key, "total", whole, _("三项财政拨款支出之和"))
    for source in columns:
        left = (
            filled.amount(f"in.{source}", "income")
            + filled.amount(f"in.opening_{source}", "income")
            - sums[source]
        )
        filler.put("out.year", source, sums[source], _("各类支出之和"))
        filler.put("out.closing", source, int(left), _("收入＋年初结转和结余－本年支出"))
        filler.put("out.total", source, sums[source] + int(left), _("本年支出＋年末结转和结余"))
    for key in ("out.year", "out.closing", "out.total"):
        filler.put(
            key, "total", sum(int(filled.amount(key, source)) for source in columns), _("三项财政拨款之和")
        )
    return filled


def gk05(book: Book) -> FilledForm:
    """公开05: general public budget by functional code, basic and project."""
    return one_budget("gk05", book, "general", ("basic", "project"))


def gk09(book: Book) -> FilledForm:
    """公开09: state capital budget by functional code."""
    return one_budget("gk09", book, "capital", ("basic", "project"))


def one_budget(form_id: str, book: Book, source: str, categories: tuple[str, ...]) -> FilledForm:
    """Expenditure of one budget by functional code and category."""
    lines = [line for line in book.payments if line.source == source]
    filled, filler = by_code(form_id, book, lines)
    for row in filled.rows:
        where = {"source": source, **({"function_code__starts": row.code} if row.code else {})}
        filler.add(row.key, "total", "payment", book.payments, _("基本支出＋项目支出"), **where)
        for category in categories:
            filler.add(
                row.key, category, "payment", book.payments, _("支出凭证之和"), category=category, **where
            )
    return filled


def gk06(book: Book) -> FilledForm:
    """公开06: general public budget, basic expenditure by economic code."""
    filled, filler = fixed("gk06", book)
    basic = {"source": "general", "category": "basic"}
    for row in filled.rows:
        if row.code:
            filler.add(
                row.key,
                "amount",
                "payment",
                book.payments,
                _("支出凭证之和"),
                economic_code__starts=row.code,
                **basic,
            )
    personnel = sum(filled.amount(key, "amount") for key in filled.groups.get("personnel_items", []))
    operating = sum(filled.amount(key, "amount") for key in filled.groups.get("operating_items", []))
    filler.put("personnel", "amount", int(personnel), _("工资福利支出＋对个人和家庭的补助"))
    filler.put("operating", "amount", int(operating), _("商品和服务支出等公用经费之和"))
    filler.put("total", "amount", int(personnel + operating), _("人员经费合计＋公用经费合计"))
    return filled


def gk07(book: Book) -> FilledForm:
    """公开07: the three public expenses, budget (adjusted) and actual, basic and project together (J9)."""
    return three_public("gk07", book, "general")


def three_public(form_id: str, book: Book, source: str) -> FilledForm:
    """The three public expenses of one budget."""
    filled, filler = fixed(form_id, book)
    for side, relation, lines in (
        ("budget", "appropriation", book.appropriations),
        ("actual", "payment", book.payments),
    ):
        for name, code in THREE_PUBLIC.items():
            filler.add(
                "values",
                f"{side}.{name}",
                relation,
                lines,
                _("该经济科目之和"),
                source=source,
                economic_code=code,
            )
        vehicles = filled.amount("values", f"{side}.purchase") + filled.amount("values", f"{side}.running")
        filler.put("values", f"{side}.vehicles", int(vehicles), _("购置费＋运行费"))
        whole = (
            vehicles
            + filled.amount("values", f"{side}.abroad")
            + filled.amount("values", f"{side}.reception")
        )
        filler.put(
            "values", f"{side}.total", int(whole), _("因公出国（境）费＋公务用车购置及运行费＋公务接待费")
        )
    return filled


def gk08(book: Book) -> FilledForm:
    """公开08: government-managed funds with opening and closing."""
    return balance_by_code("gk08", book, "fund")


def balance_by_code(form_id: str, book: Book, source: str) -> FilledForm:
    """Opening, income, expenditure and closing of one budget by functional code."""
    everything = [*book.openings, *book.receipts, *book.payments]
    filled, filler = by_code(form_id, book, [line for line in everything if line.source == source])
    for row in filled.rows:
        where = {"source": source, **({"function_code__starts": row.code} if row.code else {})}
        opening = filler.add(row.key, "opening", "opening", book.openings, _("上年年末结转和结余"), **where)
        income = filler.add(row.key, "income", "receipt", book.receipts, _("收入凭证之和"), **where)
        spent = filler.add(row.key, "total", "payment", book.payments, _("基本支出＋项目支出"), **where)
        for category in ("basic", "project"):
            filler.add(
                row.key, category, "payment", book.payments, _("支出凭证之和"), category=category, **where
            )
        filler.put(row.key, "closing", opening + income - spent, _("年初结转和结余＋本年收入－本年支出"))
    return filled


FORMS: dict[str, Fill] = {
    "gk01": gk01, "gk02": gk02, "gk03": gk03, "gk04": gk04, "gk05": gk05, "gk06": gk06, "gk07": gk07, "gk08": gk08, "gk09": gk09,
}  # fmt: skip


def final_accounts(book: Book) -> dict[str, FilledForm]:
    """The nine tables of a year. Refuses (BUD-501) when an identity of the forms does not hold over the exact amounts."""
    forms = {form_id: fill(book) for form_id, fill in FORMS.items()}
    broken = [
        Finding("BUD-501", gettext("勾稽不平：%(text)s（%(where)s：%(left)s ≠ %(right)s 分）") % {
            "text": item.identity.text, "where": item.where, "left": item.left, "right": item.right,
        })
        for item in broken_identities(forms, catalogue().links)
        if item.identity.severity == "error"
    ]  # fmt: skip
    if broken:
        raise Refused(broken)
    return forms


def closing_balance(book: Book) -> int:
    """Year-end carry-over and surplus in fen (公开01 line 60)."""
    return total(closing(book))
