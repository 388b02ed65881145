"""What a run pays, holds and claims back, one row a person: what the reviewer reads before the release, with the bank's answer after it.

Previewed and released runs alike; cancelled ones are left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from jingban.payments.exports.common import ORDER, OUTCOMES, RUN_OF, of_month, of_run, person_joins, stream
from jingban.payments.models import Run
from jingban.payments.models.runs import State
from jingban.rules.titles import REASONS
from jingban.store.exports import Export, Row
from jingban.values import money
from jingban.values.i18n import gettext as _

HEADER = (
    "批次", "状态", "证件号码", "姓名", "乡镇", "村", "组", "当月", "以前月份", "支付金额", "银行", "银行账号", "户名", "抵转",
    "应收", "应计未发", "未发原因", "结果", "原因",
)  # fmt: skip


def rows(condition: str) -> Iterator[Row]:
    """Runs of a condition over ``payments_run r``, by township and village."""
    payable = "l.channel IN (1, 2)"
    sums = {
        "current_fen": f"{payable} AND l.month = r.payroll_month",
        "earlier_fen": f"{payable} AND l.month <> r.payroll_month",
        "offset_fen": "l.channel = 5",
        "claimed_fen": "l.channel = 3",
    }
    cases = ", ".join(
        f"CASE WHEN {when} THEN l.amount_fen ELSE 0 END AS {name}" for name, when in sums.items()
    )
    parts = (
        f"SELECT l.run_id, l.person_id, {cases}, 0 AS held_fen, 0 AS reason FROM payments_line l {RUN_OF.format('l')} "
        f"WHERE {condition} UNION ALL "
        f"SELECT h.run_id, h.person_id, {', '.join(f'0 AS {name}' for name in sums)}, h.amount_fen AS held_fen, h.reason "
        f"FROM payments_held h {RUN_OF.format('h')} WHERE {condition}"
    )
    added = ", ".join(f"SUM(p.{name}) AS {name}" for name in (*sums, "held_fen"))
    sql = (
        "SELECT r.id, r.state, i.id_number, i.name, h.township, h.village, h.group_name, t.current_fen, t.earlier_fen, "
        "COALESCE(o.amount_fen, 0), COALESCE(o.bank, ''), COALESCE(o.account, ''), COALESCE(o.holder, ''), t.offset_fen, "
        "-t.claimed_fen, t.held_fen, t.reason, CASE WHEN b.id IS NULL THEN x.status ELSE 'bounced' END, "
        "COALESCE(b.reason, x.reason) "
        f"FROM (SELECT p.run_id, p.person_id, {added}, MAX(p.reason) AS reason FROM ({parts}) p "
        f"GROUP BY p.run_id, p.person_id) t {RUN_OF.format('t')} {person_joins('t')} "
        "LEFT JOIN payments_order o ON o.run_id = t.run_id AND o.person_id = t.person_id "
        "LEFT JOIN payments_orderstatus x ON x.order_id = o.id LEFT JOIN payments_bounce b ON b.order_id = o.id "
        f"ORDER BY r.id, {ORDER}"
    )
    batches: dict[int, str] = {}
    for run, state, *who, current, earlier, paid, bank, account, holder, offset, claimed, kept, reason, status, why in stream(sql):  # fmt: skip
        if run not in batches:
            batches[run] = Run.objects.get(pk=run).batch
        cells = (
            batches[run], _(State(state).label), *who, money.yuan(int(current)), money.yuan(int(earlier)),
            money.yuan(int(paid)), bank, account, holder, money.yuan(int(offset)), money.yuan(int(claimed)),
            money.yuan(int(kept)), _(REASONS[reason]).strip("（）"), _(OUTCOMES.get(status or "", "")), why or "",
        )  # fmt: skip
        yield Row(who[2], who[3], cells)


def of(run: Run) -> Export:
    """The list of one run alone."""
    return Export("payroll", f"{_('发放花名册')}-{run.batch}", HEADER, lambda month: rows(of_run(run)))


EXPORT = Export("payroll", _("发放花名册"), HEADER, lambda month: rows(of_month(month)))
