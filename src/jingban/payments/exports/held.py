"""What is owed but may not be paid now: lapsed certificates, pauses, estates without a registered payee; with the months and the reason."""

from __future__ import annotations

from collections.abc import Iterator

from jingban.payments.exports.common import ORDER, RUN_OF, of_month, of_run, person_joins, stream
from jingban.payments.models import Run
from jingban.rules.titles import REASONS
from jingban.store.exports import Export, Row
from jingban.values import money
from jingban.values.i18n import gettext as _
from jingban.values.months import format_month

HEADER = ("批次", "证件号码", "姓名", "乡镇", "村", "组", "首月", "末月", "应计未发", "未发原因")


def rows(condition: str) -> Iterator[Row]:
    """What runs of a condition over ``payments_run r`` hold, by township and village."""
    sql = (
        "SELECT r.id, i.id_number, i.name, h.township, h.village, h.group_name, t.first_month, t.last_month, t.amount_fen, t.reason "
        f"FROM payments_held t {RUN_OF.format('t')} {person_joins('t')} WHERE {condition} ORDER BY r.id, {ORDER}"
    )
    batches: dict[int, str] = {}
    for run, *who, first, last, fen, reason in stream(sql):
        if run not in batches:
            batches[run] = Run.objects.get(pk=run).batch
        cells = (
            batches[run], *who, format_month(first), format_month(last), money.yuan(int(fen)), _(REASONS[reason]).strip("（）"),
        )  # fmt: skip
        yield Row(who[2], who[3], cells)


def of(run: Run) -> Export:
    """The list of one run alone."""
    return Export("held", f"{_('应计未发')}-{run.batch}", HEADER, lambda month: rows(of_run(run)))


EXPORT = Export("held", _("应计未发"), HEADER, lambda month: rows(of_month(month)))
