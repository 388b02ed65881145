"""Units, projects, appropriations, receipts, payments, openings, moves of surplus."""

from __future__ import annotations

from jingban.budget.lists.common import amount, day, offer, unit_and_year, voucher, words
from jingban.budget.models import Appropriation, Opening, SurplusMove, Unit
from jingban.budget.models.money import Category, Source
from jingban.budget.records import (
    AppropriationRecord,
    OpeningRecord,
    PaymentRecord,
    ProjectRecord,
    ReceiptRecord,
    SurplusMoveRecord,
    UnitRecord,
)
from jingban.budget.services import (
    record_appropriations,
    record_openings,
    record_payments,
    record_receipts,
    register_projects,
    register_units,
)
from jingban.store.lists import Column
from jingban.store.lists.entry import ListEntry
from jingban.values.i18n import gettext as _


def _line(*, category: bool = False) -> tuple[Column, ...]:
    return (
        Column("source", _("资金来源"), "choice", True, ("资金性质",), words(Source)),
        Column("function_code", _("功能分类科目"), "digits", True, ("功能科目编码", "功能分类科目编码", "支出功能分类"), example="2080109"),
        Column("economic_code", _("经济分类科目"), "digits", False, ("经济科目编码", "部门经济分类", "支出经济分类"), example="30201"),
        Column("category", _("支出类别"), "choice", category, ("支出性质",), words(Category)),
        Column("project", _("项目代码"), "text", False, ("项目编码",)),
        amount(),
        Column("note", _("摘要"), "text", False, ("备注", "用途")),
    )  # fmt: skip


def _units() -> tuple[Column, ...]:
    return (
        Column("code", _("单位代码"), "digits", True, ("预算单位代码",), example="510421001"),
        Column("name", _("单位名称"), "text", True, ("预算单位",)),
        Column("kind", _("单位性质"), "choice", True, (), words(Unit.Kind)),
        Column("superior", _("主管部门"), "text"),
        Column("duties", _("主要职能"), "text", False, ("部门职责", "主要职责"), help=_("多条用“|”分开")),
    )


def _projects() -> tuple[Column, ...]:
    return (
        Column("unit", _("单位代码"), "digits", True, ("预算单位代码",)),
        Column("code", _("项目代码"), "text", True, ("项目编码",)),
        Column("name", _("项目名称"), "text", True),
        Column("since_year", _("起始年度"), "integer", True),
        Column("through_department", _("列入部门决算"), "flag", False, help=_("资金不经本单位账的填“否”")),
    )


def _appropriations() -> tuple[Column, ...]:
    return (
        *unit_and_year(),
        Column("kind", _("预算类别"), "choice", True, ("指标类别",), words(Appropriation.Kind)),
        *_line(),
        Column("document", _("批复文号"), "text", True, ("指标文号",), example="财预〔2020〕1号"),
        day(_("批复日期")),
        Column("reason", _("调整原因"), "text"),
        Column("payer_level", _("资金级次"), "text"),
    )


def _receipts() -> tuple[Column, ...]:
    return (*unit_and_year(), *_line(), voucher(), day())


def _payments() -> tuple[Column, ...]:
    return (
        *unit_and_year(),
        *_line(category=True),
        voucher(),
        day(),
        Column("payee", _("收款人"), "text", True, ("收款单位", "收款方")),
        Column("from_carried", _("使用上年结转"), "flag"),
    )


def _openings() -> tuple[Column, ...]:
    return (
        *unit_and_year(),
        *_line(),
        Column("opening", _("年初结转和结余"), "flag", True, help=_("填“是”")),
    )


def _opening(**values: object) -> OpeningRecord:
    values.pop("opening")
    return OpeningRecord(**values)  # type: ignore[arg-type]


def _moves() -> tuple[Column, ...]:
    return (
        *unit_and_year(),
        Column("kind", _("结余去向"), "choice", True, ("类别",), words(SurplusMove.Kind)),
        amount(),
        voucher(),
    )


MONEY_LISTS: tuple[ListEntry, ...] = (
    offer("units", _("预算单位"), _units, UnitRecord, register_units),
    offer("projects", _("预算项目"), _projects, ProjectRecord, register_projects),
    offer("appropriations", _("预算指标"), _appropriations, AppropriationRecord, record_appropriations),
    offer("payments", _("支出"), _payments, PaymentRecord, record_payments),
    offer("openings", _("年初结转和结余"), _openings, _opening, record_openings, Opening),  # type: ignore[arg-type]
    offer("receipts", _("收入"), _receipts, ReceiptRecord, record_receipts),
    offer("surplus-moves", _("结余使用与分配"), _moves, SurplusMoveRecord),
)
