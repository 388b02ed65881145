"""The agency's own money: execution, control, change and carry-over rates, procurement, staffing."""

from __future__ import annotations

from decimal import Decimal

from jingban.budget.accounts import THREE_PUBLIC
from jingban.budget.book import Book, Money, closing, read_book, total
from jingban.performance.measures import Basis, Measured, measure, percentage
from jingban.performance.measures.counting import horizon
from jingban.values.i18n import gettext as _


def _book(basis: Basis, year: int | None = None) -> Book:
    return read_book(basis.unit, basis.year if year is None else year, horizon(basis))


def _ours(basis: Basis, book: Book, line: Money) -> bool:
    """A project's own money; of the unit as a whole, all that passes through its books (R3.3-07)."""
    return line.project == basis.project if basis.project else line.project not in book.outside


def _yuan(fen: int) -> Decimal:
    return Decimal(fen).scaleb(-2)


def _three_public(lines: list[Money]) -> int:
    return total(lines, lambda line: line.source == "general" and line.economic_code in THREE_PUBLIC.values())


def _operating(line: Money) -> bool:
    return (
        line.source == "general"
        and line.category == "basic"
        and line.economic_code[:3] not in ("", "301", "303")
    )


@measure("execution_rate", "预算执行率", "%")
def execution_rate(basis: Basis) -> Measured:
    """Payments over the full-year budget (initial ± adjustments + carried over), of the project or of the whole unit."""
    book = _book(basis)
    budget = total(book.appropriations, lambda line: _ours(basis, book, line))
    spent = total(book.payments, lambda line: _ours(basis, book, line))
    return percentage(_yuan(spent), _yuan(budget), _("全年执行数÷全年预算数"))


@measure("spent", "支出金额", "元")
def spent(basis: Basis) -> Measured:
    """Payments of the project or of the whole unit; the cost of an indicator."""
    book = _book(basis)
    amount = total(book.payments, lambda line: _ours(basis, book, line))
    return Measured(_yuan(amount), "元", _("本年度支出凭证之和"))


@measure("adjustment_rate", "预算调整率", "%")
def adjustment_rate(basis: Basis) -> Measured:
    """Absolute adjustments over the initial budget."""
    book = _book(basis)
    lines = [line for line in book.appropriations if _ours(basis, book, line)]
    adjusted = sum(abs(line.amount_fen) for line in lines if line.kind == "adjusted")
    initial = total(lines, lambda line: line.kind == "initial")
    return percentage(_yuan(adjusted), _yuan(initial), _("预算调整数÷年初预算数"))


@measure("carry_over_rate", "结转结余率", "%")
def carry_over_rate(basis: Basis) -> Measured:
    """Year-end carry-over over the full-year budget."""
    book = _book(basis)
    return percentage(
        _yuan(total(closing(book))),
        _yuan(total(book.appropriations, lambda line: _ours(basis, book, line))),
        _("年末结转结余÷全年预算数"),
    )


@measure("staff_control_rate", "在职人员控制率", "%")
def staff_control_rate(basis: Basis) -> Measured:
    """People in post over posts approved."""
    staffing = _book(basis).staffing
    return percentage(
        sum(row.closing_staff for row in staffing),
        sum(row.posts for row in staffing),
        _("年末在职人数÷编制数"),
    )


@measure("three_public_control_rate", "“三公”经费控制率", "%")
def three_public_control_rate(basis: Basis) -> Measured:
    """Three public expenses, actual over budget."""
    book = _book(basis)
    return percentage(
        _yuan(_three_public(book.payments)),
        _yuan(_three_public(book.appropriations)),
        _("“三公”经费决算数÷预算数"),
    )


@measure("three_public_change_rate", "“三公”经费变动率", "%")
def three_public_change_rate(basis: Basis) -> Measured:
    """Change of the three-public budget against last year."""
    this, last = (
        _three_public(_book(basis).appropriations),
        _three_public(_book(basis, basis.year - 1).appropriations),
    )
    return percentage(_yuan(this - last), _yuan(last), _("（本年度预算－上年度预算）÷上年度预算"))


@measure("operating_control_rate", "公用经费控制率", "%")
def operating_control_rate(basis: Basis) -> Measured:
    """Operating expenses (公用经费), actual over budget."""
    book = _book(basis)
    return percentage(
        _yuan(total(book.payments, _operating)),
        _yuan(total(book.appropriations, _operating)),
        _("公用经费决算数÷预算数"),
    )


@measure("procurement_rate", "政府采购执行率", "%")
def procurement_rate(basis: Basis) -> Measured:
    """Contracts over planned procurement."""
    rows = _book(basis).procurements
    return percentage(
        _yuan(sum(row.contract_fen for row in rows)),
        _yuan(sum(row.planned_fen for row in rows)),
        _("采购合同金额÷采购计划金额"),
    )


@measure("asset_use_rate", "固定资产利用率", "%")
def asset_use_rate(basis: Basis) -> Measured:
    """Value of assets in use over all assets."""
    assets = _book(basis).assets
    return percentage(
        _yuan(sum(a.value_fen for a in assets if a.in_use)),
        _yuan(sum(a.value_fen for a in assets)),
        _("在用资产原值÷全部资产原值"),
    )


@measure("meetings_held", "召开会议、培训次数", "次")
def meetings_held(basis: Basis) -> Measured:
    """Meetings and trainings held up to the day, all or one kind."""
    kind = basis.arguments.get("kind")
    held = [row for row in _book(basis).gatherings if row.day <= basis.day and kind in (None, row.kind)]
    return Measured(Decimal(len(held)), "次", _("会议、培训登记簿"))


@measure("people_trained", "培训人次", "人次")
def people_trained(basis: Basis) -> Measured:
    """People at the trainings held up to the day."""
    held = [row for row in _book(basis).gatherings if row.day <= basis.day and row.kind == "training"]
    return Measured(Decimal(sum(row.persons for row in held)), "人次", _("培训登记簿"))
