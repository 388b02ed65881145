"""Contributions as the tax office returns them."""

from __future__ import annotations

from typing import Any

from jingban.registry.lists import cells, columns
from jingban.registry.lists.kind import Column, Given, ListKind
from jingban.registry.models import Contribution
from jingban.registry.services.record_contributions import ContributionRecord, record_contributions
from jingban.values.i18n import gettext as _

KINDS = {
    "个人缴费": int(Contribution.Kind.OWN),
    "正常缴费": int(Contribution.Kind.OWN),
    "10": int(Contribution.Kind.OWN),
    "补缴": int(Contribution.Kind.CATCH_UP),
    "31": int(Contribution.Kind.CATCH_UP),
    "代缴": int(Contribution.Kind.GOVERNMENT),
    "政府代缴": int(Contribution.Kind.GOVERNMENT),
    "集体补助": int(Contribution.Kind.COLLECTIVE),
}


def _record(values: dict[str, Any], row: int, given: Given) -> ContributionRecord:
    values = dict(values)
    values["person"] = values.pop("id_number")
    values.pop("name", None)
    values.setdefault("year", values["paid_on"].year)
    return ContributionRecord(**values, row=row)


KIND = ListKind(
    "contributions",
    _("缴费"),
    [
        columns.person(),
        columns.name(required=False),
        Column("year", _("缴费年度"), cells.whole, ("aae001", "年度"), help=_("不填则为缴费日期所在年")),
        Column("amount_fen", _("金额"), cells.amount, ("aae019", "aae022", "缴费金额", "实缴金额"), True, _("元"), "200.00"),
        Column("paid_on", _("缴费日期"), cells.date, ("aae036", "缴款日期", "入库日期"), True, "", "2020-03-05"),
        Column("kind", _("缴费类别"), cells.choice(KINDS), ("aaa115", "缴费类型"), help=_("不填为个人缴费"), words=("个人缴费", "补缴", "代缴", "集体补助")),
        Column("tier_fen", _("档次"), cells.amount, ("缴费档次",), help=_("元；不填为金额")),
        Column("arrived_on", _("到账日期"), cells.date, ("划拨日期",), help=_("没有到账日期的只登记，不记入账户")),
        Column("tax_posted_on", _("税务记账日期"), cells.date),
        Column("payer", _("缴款人"), cells.text, ("缴费单位",)),
        Column("reference", _("凭证号"), cells.text, ("aae072", "税票号", "电子税票号码", "流水号")),
    ],
    _record,
    lambda records, door, mode, dry_run: record_contributions(records, door, mode=mode, dry_run=dry_run),
    (_("同一凭证号只入账一次，所以同一文件可以放心再导一遍。"),),
)  # fmt: skip
