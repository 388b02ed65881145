"""Everybody in receipt in a month, with what was paid for it and the last certificate."""

from __future__ import annotations

from collections.abc import Iterator

from jingban.payments.exports.common import ORDER, alive, person_joins, stream
from jingban.payments.relations import settled
from jingban.rules.codes import PENSION_ITEMS
from jingban.store.exports import Export, Row
from jingban.values import money
from jingban.values.i18n import gettext as _
from jingban.values.months import format_month


def _rows(month: int) -> Iterator[Row]:
    paid = (
        f"SELECT s.person_id, SUM(s.amount_fen) AS fen FROM ({settled()}) s WHERE s.month = {int(month)} AND s.item IN {PENSION_ITEMS} "
        "GROUP BY s.person_id HAVING SUM(s.amount_fen) > 0"
    )
    certified = (
        "SELECT c.person_id, MAX(c.month) AS month FROM registry_certification c "
        f"WHERE {alive('registry_certification', 'c')} GROUP BY c.person_id"
    )
    sql = (
        "SELECT i.id_number, i.name, h.township, h.village, h.group_name, a.start_month, t.fen, b.bank, b.account, c.month "
        f"FROM ({paid}) t {person_joins('t')} "
        f"JOIN registry_award a ON a.person_id = t.person_id AND {alive('registry_award', 'a')} "
        f"LEFT JOIN registry_bankaccount b ON b.person_id = t.person_id AND {alive('registry_bankaccount', 'b')} "
        f"LEFT JOIN ({certified}) c ON c.person_id = t.person_id ORDER BY {ORDER}"
    )
    for id_number, name, township, village, group, start, fen, bank, account, seen in stream(sql):
        cells = (
            id_number, name, township, village, group, format_month(start), money.yuan(int(fen)), bank or "", account or "",
            format_month(seen) if seen else "",
        )  # fmt: skip
        yield Row(township, village, cells)


EXPORT = Export(
    "recipients",
    _("领取待遇人员"),
    ("证件号码", "姓名", "乡镇", "村", "组", "待遇起始年月", "当月待遇", "银行", "银行账号", "最近认证年月"),
    _rows,
)
