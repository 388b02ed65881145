"""What was overpaid and how much of it came back."""

from __future__ import annotations

from collections.abc import Iterator

from jingban.payments.exports.common import ORDER, of_run, person_joins, stream
from jingban.payments.models import Run
from jingban.payments.relations import receivables
from jingban.store.exports import Export, Row
from jingban.values import money
from jingban.values.i18n import gettext as _
from jingban.values.months import format_month


def rows(condition: str) -> Iterator[Row]:
    """Receivables raised by runs of a condition over ``payments_run r``."""
    sql = (
        "SELECT t.receivable_id, i.id_number, i.name, h.township, h.village, h.group_name, c.first_month, c.last_month, "
        f"t.raised_fen, t.repaid_fen, t.written_off_fen FROM ({receivables()}) t "
        "JOIN payments_receivable c ON c.id = t.receivable_id JOIN payments_run r ON r.id = c.run_id "
        f"{person_joins('t')} WHERE {condition} ORDER BY {ORDER}, t.receivable_id"
    )
    for number, id_number, name, township, village, group, first, last, raised, repaid, off in stream(sql):
        open_fen = raised - repaid - off
        cells = (
            number, id_number, name, township, village, group, format_month(first), format_month(last),
            *(money.yuan(int(fen)) for fen in (raised, repaid, off, open_fen)),
        )  # fmt: skip
        yield Row(township, village, cells)


HEADER = ("应收编号", "证件号码", "姓名", "乡镇", "村", "组", "首月", "末月", "应收", "已收", "核销", "未收")


def of(run: Run) -> Export:
    """What one run raised."""
    return Export("receivables", f"{_('应收款')}-{run.batch}", HEADER, lambda month: rows(of_run(run)))


EXPORT = Export("receivables", _("应收款"), HEADER, lambda month: rows(f"r.payroll_month <= {int(month)}"))
"""Raised up to and including the month."""
