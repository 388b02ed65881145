"""Close a run whose every order has its outcome."""

from __future__ import annotations

from jingban.payments.models import OrderStatus, Run
from jingban.payments.services._runs import get, move
from jingban.store.origins import Door, entering
from jingban.values.findings import refuse
from jingban.values.i18n import gettext as _


def settle(run_id: int, door: Door) -> Run:
    """returned (or released without any order) -> settled. Codes: PAY-202 wrong state, PAY-501 orders without outcome."""
    with entering(door) as origin:
        run = get(run_id)
        outstanding = run.orders.count() - OrderStatus.objects.filter(order__run=run).count()
        if outstanding:
            raise refuse("PAY-501", _("还有 {count} 笔支付单没有结果，不能结算").format(count=outstanding))
        move(run, "to_settled", origin)
        return run
