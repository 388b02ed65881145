"""Personal accounts by sub-ledger."""

from __future__ import annotations

from collections.abc import Iterator

from jingban.payments.exports.common import LEDGERS, ORDER, alive, person_joins, stream
from jingban.store.exports import Export, Row
from jingban.values import money
from jingban.values.i18n import gettext as _


def _rows(month: int) -> Iterator[Row]:
    """Balances after everything booked up to and including ``month``."""
    columns = ", ".join(
        f"SUM(CASE WHEN e.ledger = {ledger} THEN e.amount_fen ELSE 0 END) AS l{ledger}" for ledger in LEDGERS
    )
    sums = (
        f"SELECT e.person_id, {columns} FROM registry_accountentry e WHERE {alive('registry_accountentry', 'e')} "
        f"AND e.month <= {int(month)} GROUP BY e.person_id"
    )
    names = ", ".join(f"b.l{ledger}" for ledger in LEDGERS)
    sql = (
        f"SELECT i.id_number, i.name, h.township, h.village, h.group_name, {names} FROM ({sums}) b {person_joins('b')} "
        f"ORDER BY {ORDER}"
    )
    for id_number, name, township, village, group, *amounts in stream(sql):
        fens = [int(amount) for amount in amounts]
        cells = (id_number, name, township, village, group, *map(money.yuan, fens), money.yuan(sum(fens)))
        yield Row(township, village, cells)


EXPORT = Export(
    "balances",
    _("个人账户余额"),
    ("证件号码", "姓名", "乡镇", "村", "组", *LEDGERS.values(), "合计"),
    _rows,
)
