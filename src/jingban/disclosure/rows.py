"""The rows behind a figure, masked for publication: payees who are persons are cut to their first character."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from jingban.budget.accounts import matches
from jingban.budget.book import Book, live
from jingban.budget.models import (
    Appropriation,
    Gathering,
    Payment,
    Procurement,
    PublishedFigure,
    Receipt,
    Reception,
    Staffing,
    Trip,
    Vehicle,
)
from jingban.budget.models.money import Line
from jingban.forms.filled import Trace
from jingban.values.i18n import document as _
from jingban.values.masking import mask_name
from jingban.values.money import format_yuan

_BODY = re.compile(r"公司|中心|局|行|院|厂|店|会|站|所|处|部|户|校|社|队|人员|对象|单位|政府|食堂|办|供应商")
"""Words by which a payee is known not to be one person."""


def masked_payee(name: str) -> str:
    """A person's name is masked; the name of a body or a group stands."""
    return name if not name or _BODY.search(name) else mask_name(name)


@dataclass(frozen=True, slots=True)
class Kind:
    """One relation of traces: its title, its columns, how a row prints."""

    title: str
    model: type[Any]
    columns: tuple[str, ...]
    cells: Any


def _line(row: Any) -> list[str]:
    return [row.function_code, row.economic_code, format_yuan(row.amount_fen)]


KINDS: dict[str, Kind] = {
    "payment": Kind(_("支出凭证"), Payment, (_("凭证号"), _("日期"), _("功能科目"), _("经济科目"), _("金额（元）"), _("摘要"), _("收款人")),
        lambda row: [row.voucher, row.day.isoformat(), *_line(row), row.note, masked_payee(row.payee)]),
    "receipt": Kind(_("收入凭证"), Receipt, (_("凭证号"), _("日期"), _("功能科目"), _("经济科目"), _("金额（元）"), _("摘要")),
        lambda row: [row.voucher, row.day.isoformat(), *_line(row), row.note]),
    "appropriation": Kind(_("预算指标"), Appropriation, (_("文号"), _("日期"), _("类别"), _("功能科目"), _("经济科目"), _("金额（元）")),
        lambda row: [row.document, row.day.isoformat(), row.get_kind_display(), *_line(row)]),
    "published": Kind(_("已公开数"), PublishedFigure, (_("表"), _("行"), _("列"), _("金额（元）"), _("依据")),
        lambda row: [row.form, row.row, row.column, format_yuan(row.amount_fen), row.evidence]),
    "reception": Kind(_("公务接待登记"), Reception, (_("日期"), _("人次"), _("事由"), _("金额（元）"), _("凭证号")),
        lambda row: [row.day.isoformat(), str(row.guests), row.matter, format_yuan(row.amount_fen), row.voucher]),
    "trip": Kind(_("因公出国（境）登记"), Trip, (_("日期"), _("人次"), _("事由"), _("金额（元）"), _("凭证号")),
        lambda row: [row.day.isoformat(), str(row.persons), row.matter, format_yuan(row.amount_fen), row.voucher]),
    "procurement": Kind(_("政府采购合同"), Procurement, (_("类别"), _("内容"), _("合同金额（元）")),
        lambda row: [row.get_kind_display(), row.subject, format_yuan(row.contract_fen)]),
    "gathering": Kind(_("会议与培训登记"), Gathering, (_("日期"), _("内容"), _("人数"), _("金额（元）")),
        lambda row: [row.day.isoformat(), row.subject, str(row.persons), format_yuan(row.amount_fen)]),
    "staffing": Kind(_("编制与人员登记"), Staffing, (_("编制类别"), _("编制数"), _("年初实有"), _("年末实有"), _("编制文号")),
        lambda row: [row.get_post_display(), str(row.posts), str(row.opening_staff), str(row.closing_staff), row.document]),
    "vehicle": Kind(_("公务用车台账"), Vehicle, (_("用途"), _("购入年度")),
        lambda row: [row.get_use_display(), str(row.year)]),
}  # fmt: skip


@dataclass(slots=True)
class Rows:
    """The rows of one book's relations, each read once."""

    book: Book
    horizon: int | None = None
    read: dict[str, list[Any]] = field(default_factory=dict)

    def _rows(self, relation: str) -> list[Any]:
        if relation not in self.read:
            kind = KINDS.get(relation)
            year = self.book.year - 1 if relation == "published" else self.book.year
            found: Iterable[Any] = ()
            if relation == "vehicle":  # owned at the year's end, whenever they came
                found = self.book.vehicles
            elif kind is not None:
                found = live(kind.model, self.horizon).filter(unit=self.book.unit, year=year).order_by("pk")
                if issubclass(kind.model, Line):
                    found = found.select_related("project").prefetch_related("project__versions")
            self.read[relation] = list(found)
        return self.read[relation]

    def of(self, trace: Trace) -> tuple[str, list[int]]:
        """(relation, positions of the rows) that a trace names."""
        where = dict(trace.where)
        rows = self._rows(trace.relation)
        return trace.relation, [at for at, row in enumerate(rows) if matches(row, where)]

    def title(self, relation: str) -> str:
        kind = KINDS.get(relation)
        return kind.title if kind else _("上年结转") if relation == "opening" else _("台账")

    def table(self, relation: str) -> dict[str, Any]:
        """Columns and masked rows of a relation."""
        kind = KINDS.get(relation)
        if kind is None:
            return {"columns": [], "rows": []}
        return {"columns": list(kind.columns), "rows": [kind.cells(row) for row in self._rows(relation)]}
