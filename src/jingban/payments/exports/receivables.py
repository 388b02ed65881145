"""What was overpaid and how much of it came back."""

from __future__ import annotations

from collections.abc import Iterator

from jingban.payments.exports.common import ORDER, person_joins, stream
from jingban.payments.relations import receivables
from jingban.registry.exports import Export, Row
from jingban.values import money
from jingban.values.i18n import gettext as _
from jingban.values.months import format_month


def _rows(month: int) -> Iterator[Row]:
    """Receivables raised by runs up to and including ``month``."""
    sql = (
        "SELECT t.receivable_id, i.id_number, i.name, h.township, h.village, h.group_name, r.first_month, r.last_month, "
        f"t.raised_fen, t.repaid_fen, t.written_off_fen FROM ({receivables()}) t "
        "JOIN payments_receivable r ON r.id = t.receivable_id JOIN payments_run u ON u.id = r.run_id "
        f"{person_joins('t')} WHERE u.payroll_month <= {int(month)} ORDER BY {ORDER}, t.receivable_id"
    )
    for number, id_number, name, township, village, group, first, last, raised, repaid, off in stream(sql):
        open_fen = raised - repaid - off
        cells = (
            number, id_number, name, township, village, group, format_month(first), format_month(last),
            *(money.yuan(int(fen)) for fen in (raised, repaid, off, open_fen)),
        )  # fmt: skip
        yield Row(township, village, cells)


EXPORT = Export(
    "receivables",
    _("应收款"),
    ("应收编号", "证件号码", "姓名", "乡镇", "村", "组", "首月", "末月", "应收", "已收", "核销", "未收"),
    _rows,
)
