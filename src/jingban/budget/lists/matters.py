"""Staffing, receptions, trips, vehicles, assets, procurement, meetings and training, published figures, reasons."""

from __future__ import annotations

from jingban.budget.lists.common import amount, day, offer, unit_and_year, voucher, words
from jingban.budget.models import Asset, Gathering, Procurement, Staffing, Vehicle
from jingban.budget.reasons import MATTERS
from jingban.budget.records import (
    AssetRecord,
    GatheringRecord,
    ProcurementRecord,
    PublishedFigureRecord,
    ReasonRecord,
    ReceptionRecord,
    StaffingRecord,
    TripRecord,
    VehicleRecord,
)
from jingban.store.lists import Column
from jingban.store.lists.entry import ListEntry
from jingban.values.i18n import gettext as _


def _staffing() -> tuple[Column, ...]:
    return (
        *unit_and_year(),
        Column("post", _("编制类别"), "choice", True, (), words(Staffing.Post)),
        Column("posts", _("编制数"), "integer", True, ("核定编制数",)),
        Column("opening_staff", _("年初实有"), "integer", True, ("年初实有人数",)),
        Column("closing_staff", _("年末实有"), "integer", True, ("年末实有人数",)),
        Column("document", _("编制文号"), "text"),
    )


def _receptions() -> tuple[Column, ...]:
    return (
        *unit_and_year(),
        day(_("接待日期")),
        Column("foreign", _("外事接待"), "flag"),
        Column("guests", _("接待人次"), "integer", True, ("来宾人数",)),
        Column("matter", _("接待事由"), "text", True, ("公务事由",)),
        amount(),
        voucher(),
    )


def _trips() -> tuple[Column, ...]:
    return (
        *unit_and_year(),
        day(_("出国（境）日期")),
        Column("persons", _("出国（境）人次"), "integer", True),
        Column("matter", _("出访事由"), "text", True),
        amount(),
        voucher(),
    )


def _vehicles() -> tuple[Column, ...]:
    return (
        *unit_and_year(),
        Column("plate", _("车牌号"), "text", True, ("号牌号码",)),
        Column("use", _("车辆用途"), "choice", True, ("用途",), words(Vehicle.Use)),
        Column("disposed_year", _("处置年度"), "integer"),
    )


def _assets() -> tuple[Column, ...]:
    return (
        *unit_and_year(),
        Column("name", _("资产名称"), "text", True),
        Column("kind", _("资产类别"), "choice", True, (), words(Asset.Kind)),
        amount(_("单价"), key="value_fen"),
        Column("in_use", _("在用"), "flag"),
        Column("disposed_year", _("处置年度"), "integer"),
    )


def _procurement() -> tuple[Column, ...]:
    return (
        *unit_and_year(),
        Column("kind", _("采购类别"), "choice", True, (), words(Procurement.Kind)),
        Column("subject", _("采购内容"), "text", True, ("采购项目",)),
        amount(_("计划金额"), key="planned_fen", required=False),
        amount(_("合同金额"), key="contract_fen", required=False),
        Column("small_business", _("授予中小企业"), "flag"),
        Column("micro_business", _("授予小微企业"), "flag"),
        day(_("合同日期"), required=False),
    )


def _gatherings() -> tuple[Column, ...]:
    return (
        *unit_and_year(),
        Column("kind", _("会议或培训"), "choice", True, (), words(Gathering.Kind)),
        day(),
        Column("subject", _("会议培训内容"), "text", True, ("内容",)),
        Column("persons", _("参加人数"), "integer", True, ("人数",)),
        amount(),
        voucher(required=False),
    )


def _published() -> tuple[Column, ...]:
    return (
        *unit_and_year(),
        Column("form", _("表"), "text", True, help=_("表式编号，如 gk01"), example="gk01"),
        Column("row_key", _("行"), "text", True, example="in.total"),
        Column("column", _("列"), "text", True, example="income"),
        amount(),
        Column("evidence", _("依据"), "text", True, help=_("公开文件名称、页码")),
    )


def _reasons() -> tuple[Column, ...]:
    choices = {**{name: key for key, name in MATTERS.items()}, **{key: key for key in MATTERS}}
    return (
        *unit_and_year(),
        Column("matter", _("差异事项"), "choice", True, (), choices),
        Column("function_code", _("功能分类科目"), "digits", help=_("科目支出与年初预算相比时填写")),
        Column("text", _("差异原因"), "text", True, ("原因",)),
    )


MATTER_LISTS: tuple[ListEntry, ...] = (
    offer("staffing", _("编制与人员"), _staffing, StaffingRecord),
    offer("receptions", _("公务接待"), _receptions, ReceptionRecord),
    offer("trips", _("因公出国（境）"), _trips, TripRecord),
    offer("vehicles", _("公务用车"), _vehicles, VehicleRecord),
    offer("assets", _("固定资产"), _assets, AssetRecord),
    offer("procurement", _("政府采购"), _procurement, ProcurementRecord),
    offer("gatherings", _("会议与培训"), _gatherings, GatheringRecord),
    offer("published", _("已公开数"), _published, PublishedFigureRecord),
    offer("reasons", _("差异原因"), _reasons, ReasonRecord),
)
