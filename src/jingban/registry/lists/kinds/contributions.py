"""Contributions as the tax office returns them (R1.2-04)."""

from __future__ import annotations

from typing import Any

from jingban.registry.lists import columns
from jingban.registry.models import Contribution
from jingban.registry.services.record_contributions import ContributionRecord, record_contributions
from jingban.store.lists import Column, ListSpec
from jingban.store.lists.entry import Defaults, ListEntry
from jingban.values.i18n import gettext as _

KINDS = {
    "个人缴费": int(Contribution.Kind.OWN), "正常缴费": int(Contribution.Kind.OWN), "10": int(Contribution.Kind.OWN),
    "补缴": int(Contribution.Kind.CATCH_UP), "31": int(Contribution.Kind.CATCH_UP),
    "代缴": int(Contribution.Kind.GOVERNMENT), "政府代缴": int(Contribution.Kind.GOVERNMENT),
    "集体补助": int(Contribution.Kind.COLLECTIVE),
}  # fmt: skip


def _record(values: dict[str, Any], row: int) -> ContributionRecord:
    fields = dict(values)
    fields["person"] = fields.pop("id_number")
    fields.pop("name", None)
    fields.setdefault("year", fields["paid_on"].year)
    return ContributionRecord(**fields, row=row)


def _spec(given: Defaults) -> ListSpec[ContributionRecord]:
    return ListSpec(
        "contributions",
        _("缴费"),
        (
            columns.person(),
            columns.name(),
            Column("year", _("缴费年度"), "integer", False, ("aae001", "年度"), help=_("不填则为缴费日期所在年")),
            Column("amount_fen", _("金额"), "yuan", True, ("aae019", "aae022", "缴费金额", "实缴金额"), example="200.00"),
            Column("paid_on", _("缴费日期"), "date", True, ("aae036", "缴款日期", "入库日期"), example="2020-03-05"),
            Column("kind", _("缴费类别"), "choice", False, ("aaa115", "缴费类型"), KINDS, _("不填为个人缴费")),
            Column("tier_fen", _("档次"), "yuan", False, ("缴费档次",), help=_("不填则为金额")),
            Column("arrived_on", _("到账日期"), "date", False, ("aae006", "划拨日期"), help=_("没有到账日期的只登记，不记入账户")),
            Column("tax_posted_on", _("税务记账日期"), "date"),
            Column("payer", _("缴款人"), "text", False, ("缴费单位",)),
            Column("reference", _("凭证号"), "digits", False, ("税票号", "电子税票号码", "流水号")),
        ),
        _record,
        _("同一凭证号只入账一次，所以同一文件可以放心再导一遍。"),
    )  # fmt: skip


ENTRY = ListEntry(
    "contributions",
    _("缴费"),
    _spec,
    lambda records, door, mode, dry_run: record_contributions(records, door, mode=mode, dry_run=dry_run),
)
