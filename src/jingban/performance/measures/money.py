"""The agency's own money: execution, control, change and carry-over rates, procurement, staffing, assets."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from functools import partial
from typing import Any

from jingban.budget.book import Book, Money, Test, closing, is_operating, is_three_public, read_book, total
from jingban.performance.measures import Argument, Basis, Measured, measure, percentage, quotient
from jingban.performance.measures.counting import yuan

CATEGORY = Argument("category", "支出类别：basic 基本支出、project 项目支出（不填为全部）")
KEY = Argument("projects", "重点项目代码，用逗号分开", True)
PLAN = Argument("plan", "截止日既定支付进度（%，不填为时间进度）")
DUE = Argument("due", "规定到位日，如 2020-06-30", True)
QUANTITY = Argument("quantity", "数量（如平方米、份、人）", True)
GATHERING = Argument("kind", "meeting 会议、training 培训（不填为全部）")
register = partial(measure, rooms="budget")


def _book(basis: Basis, year: int | None = None) -> Book:
    """The book up to the day, as known: of another year the whole of it."""
    if year is not None and year != basis.year:
        return read_book(basis.unit, year, basis.horizon)
    return read_book(basis.unit, basis.year, basis.horizon).until(basis.day)


def _ours(basis: Basis, book: Book) -> Test:
    """The project's own money, or the unit's; of one category when the argument names it."""
    category, own = basis.arguments.get("category"), book.own(basis.project)
    return lambda line: own(line) and category in (None, "", line.category)


def _rows(table: str, found: Iterable[Any]) -> str:
    ids = ", ".join(map(str, [0, *(getattr(one, "row", None) or getattr(one, "pk", 0) for one in found)]))
    return f"SELECT * FROM budget_{table} WHERE id IN ({ids})"


def _over(tops: list[Money], bottoms: list[Money], table: str = "payment") -> Measured:
    return percentage(yuan(total(tops)), yuan(total(bottoms)), _rows(table, tops))


def _kept(lines: list[Money], test: Test) -> list[Money]:
    return [line for line in lines if test(line)]


# -- execution -----------------------------------------------------------------------------------------------------------


@register(
    "execution_rate",
    "预算执行率",
    "%",
    formula="执行数÷全年预算数",
    printed="MHSZB",
    arguments=(CATEGORY,),
)
def execution_rate(basis: Basis) -> Measured:
    """Payments over the full-year budget (initial ± adjustments + carried over), of the project or of the whole unit."""
    book = _book(basis)
    test = _ours(basis, book)
    return _over(_kept(book.payments, test), _kept(book.appropriations, test))


@register("spent", "支出金额", "元", formula="支出凭证之和", printed="MHSZB", arguments=(CATEGORY,))
def spent(basis: Basis) -> Measured:
    """Payments of the project or of the whole unit; the cost of an indicator."""
    book = _book(basis)
    lines = _kept(book.payments, _ours(basis, book))
    return Measured(yuan(total(lines)), rows=_rows("payment", lines))


@register("unit_cost", "单位成本", "元", formula="支出金额÷数量", printed="MSZB", arguments=(QUANTITY,))
def unit_cost(basis: Basis) -> Measured:
    """Payments of the project over a quantity that the plan states with its source."""
    found = spent(basis)
    return quotient(found.value or 0, basis.amount("quantity"), found.rows)


@register("cost_saving_rate", "成本节约率", "%", formula="（预算数－支出金额）÷预算数", printed="Z")
def cost_saving_rate(basis: Basis) -> Measured:
    """What was not spent of the full-year budget; below zero when more was spent."""
    book = _book(basis)
    test = _ours(basis, book)
    plan, paid = _kept(book.appropriations, test), _kept(book.payments, test)
    return percentage(yuan(total(plan) - total(paid)), yuan(total(plan)), _rows("payment", paid))


@register(
    "payment_progress_rate",
    "支付进度率",
    "%",
    formula="实际支付进度÷既定支付进度",
    printed="MZ",
    arguments=(PLAN,),
)
def payment_progress_rate(basis: Basis) -> Measured:
    """Execution rate at the day over the planned one; without a plan the elapsed share of the year is the plan."""
    rate = execution_rate(basis)
    days = 366 if calendar.isleap(basis.year) else 365
    elapsed = Decimal((basis.day - dt.date(basis.year, 1, 1)).days + 1) * 100 / days
    plan = basis.amount("plan") or elapsed
    return Measured(None if rate.value is None else rate.value * 100 / plan, rate.value, plan, rate.rows)


@register("funds_received_rate", "资金到位率", "%", formula="到位资金÷预算资金", printed="MZ")
def funds_received_rate(basis: Basis) -> Measured:
    """Receipts over the budget of the project or of the whole unit."""
    book = _book(basis)
    test = _ours(basis, book)
    return _over(_kept(book.receipts, test), _kept(book.appropriations, test), "receipt")


@register(
    "funds_on_time_rate",
    "资金按时下达率",
    "%",
    formula="规定日前到位资金÷预算资金",
    printed="MS",
    arguments=(DUE,),
)
def funds_on_time_rate(basis: Basis) -> Measured:
    """Receipts by the due day over the budget."""
    book, due = _book(basis), dt.date.fromisoformat(str(basis.arguments["due"]))
    test = _ours(basis, book)
    tops = [line for line in _kept(book.receipts, test) if line.day is not None and line.day <= due]
    return _over(tops, _kept(book.appropriations, test), "receipt")


@register("revenue_rate", "收入预算完成率", "%", formula="本年收入÷收入预算（全部预算指标）", printed="HB")
def revenue_rate(basis: Basis) -> Measured:
    """Receipts of every source over what was budgeted; carried-over money is no receipt."""
    book = _book(basis)
    budget = [line for line in book.appropriations if line.kind != "carried"]
    return _over(book.receipts, budget, "receipt")


@register("adjustment_rate", "预算调整率", "%", formula="预算调整数（绝对值之和）÷年初预算数", printed="Z")
def adjustment_rate(basis: Basis) -> Measured:
    """Absolute adjustments over the initial budget."""
    book = _book(basis)
    lines = _kept(book.appropriations, _ours(basis, book))
    adjusted = [line for line in lines if line.kind == "adjusted"]
    return percentage(
        yuan(sum(abs(line.amount_fen) for line in adjusted)),
        yuan(total(lines, lambda line: line.kind == "initial")),
        _rows("appropriation", adjusted),
    )


@register("key_share", "重点支出安排率", "%", formula="重点项目预算÷全部预算", printed="Z", arguments=(KEY,))
def key_share(basis: Basis) -> Measured:
    """Budget of the named projects over the whole budget."""
    book = _book(basis)
    named = {part.strip() for part in str(basis.arguments["projects"]).replace("，", ",").split(",")}
    lines = _kept(book.appropriations, lambda line: line.project not in book.outside)
    return _over([line for line in lines if line.project in named], lines, "appropriation")


# -- carry-over ----------------------------------------------------------------------------------------------------------


@register("carry_over_rate", "结转结余率", "%", formula="年末结转结余÷全年预算数", printed="Z")
def carry_over_rate(basis: Basis) -> Measured:
    """Carry-over at the day over the full-year budget."""
    book = _book(basis)
    budget = total(book.appropriations, _ours(basis, book))
    return percentage(yuan(total(closing(book))), yuan(budget), _rows("payment", book.payments))


@register(
    "carry_over_change_rate",
    "结转结余变动率",
    "%",
    formula="（本年结转结余－上年结转结余）÷上年结转结余",
    printed="Z",
)
def carry_over_change_rate(basis: Basis) -> Measured:
    """Change of the carry-over against the year before: last year's closing is this year's opening."""
    book = _book(basis)
    last = total(book.openings)
    return percentage(yuan(total(closing(book)) - last), yuan(last), _rows("payment", book.payments))


# -- control -------------------------------------------------------------------------------------------------------------


@register("staff_control_rate", "在职人员控制率", "%", formula="年末在职人数÷编制数", printed="HZ")
def staff_control_rate(basis: Basis) -> Measured:
    """People in post over posts approved."""
    staffing = _book(basis).staffing
    return percentage(
        sum(row.closing_staff for row in staffing),
        sum(row.posts for row in staffing),
        _rows("staffing", staffing),
    )


@register(
    "three_public_control_rate",
    "“三公”经费控制率",
    "%",
    formula="“三公”经费决算数÷预算数",
    printed="MHZ",
)
def three_public_control_rate(basis: Basis) -> Measured:
    """Three public expenses, actual over budget."""
    book = _book(basis)
    return _over(_kept(book.payments, is_three_public), _kept(book.appropriations, is_three_public))


@register(
    "three_public_change_rate",
    "“三公”经费变动率",
    "%",
    formula="（本年度预算－上年度预算）÷上年度预算",
    printed="Z",
)
def three_public_change_rate(basis: Basis) -> Measured:
    """Change of the three-public budget against last year."""
    lines = _kept(_book(basis).appropriations, is_three_public)
    last = total(_book(basis, basis.year - 1).appropriations, is_three_public)
    return percentage(yuan(total(lines) - last), yuan(last), _rows("appropriation", lines))


@register("operating_control_rate", "公用经费控制率", "%", formula="公用经费决算数÷预算数", printed="HZ")
def operating_control_rate(basis: Basis) -> Measured:
    """Operating expenses (公用经费), actual over budget."""
    book = _book(basis)
    return _over(_kept(book.payments, is_operating), _kept(book.appropriations, is_operating))


@register("procurement_rate", "政府采购执行率", "%", formula="采购合同金额÷采购计划金额", printed="HZ")
def procurement_rate(basis: Basis) -> Measured:
    """Contracts over planned procurement."""
    rows = _book(basis).procurements
    return percentage(
        yuan(sum(row.contract_fen for row in rows)),
        yuan(sum(row.planned_fen for row in rows)),
        _rows("procurement", rows),
    )


@register(
    "small_business_share",
    "授予中小企业合同占比",
    "%",
    formula="授予中小企业合同金额÷采购合同金额",
    printed="S",
)
def small_business_share(basis: Basis) -> Measured:
    """Contracts given to small and micro businesses over all contracts."""
    rows = _book(basis).procurements
    small = [row for row in rows if row.small_business or row.micro_business]
    return percentage(
        yuan(sum(row.contract_fen for row in small)),
        yuan(sum(row.contract_fen for row in rows)),
        _rows("procurement", small),
    )


@register("asset_use_rate", "固定资产利用率", "%", formula="在用资产原值÷全部资产原值", printed="Z")
def asset_use_rate(basis: Basis) -> Measured:
    """Value of assets in use over all assets."""
    assets = _book(basis).assets
    used = [one for one in assets if one.in_use]
    return percentage(
        yuan(sum(one.value_fen for one in used)),
        yuan(sum(one.value_fen for one in assets)),
        _rows("asset", used),
    )


# -- what was done with it -----------------------------------------------------------------------------------------------


@register(
    "meetings_held",
    "召开会议、培训次数",
    "次",
    formula="会议、培训登记簿",
    printed="MS",
    arguments=(GATHERING,),
)
def meetings_held(basis: Basis) -> Measured:
    """Meetings and trainings held up to the day, all or one kind."""
    kind = basis.arguments.get("kind")
    held = [row for row in _book(basis).gatherings if kind in (None, "", row.kind)]
    return Measured(Decimal(len(held)), rows=_rows("gathering", held))


@register("people_trained", "培训人次", "人次", formula="培训登记簿人数之和", printed="MH")
def people_trained(basis: Basis) -> Measured:
    """People at the trainings held up to the day."""
    held = [row for row in _book(basis).gatherings if row.kind == "training"]
    return Measured(Decimal(sum(row.persons for row in held)), rows=_rows("gathering", held))


@register("reception_batches", "公务接待批次", "批次", formula="公务接待登记簿", printed="MS")
def reception_batches(basis: Basis) -> Measured:
    """Receptions up to the day."""
    held = _book(basis).receptions
    return Measured(Decimal(len(held)), rows=_rows("reception", held))


@register("reception_guests", "公务接待人次", "人次", formula="公务接待登记簿人次之和", printed="MS")
def reception_guests(basis: Basis) -> Measured:
    """Guests received up to the day."""
    held = _book(basis).receptions
    return Measured(Decimal(sum(row.guests for row in held)), rows=_rows("reception", held))
