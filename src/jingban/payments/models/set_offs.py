"""Benefits that settle a debt instead of going to the bank (765号 art. 46). Append-only."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jingban.payments.models.receivables import Repayment
from jingban.registry.models import Person
from jingban.store.models import Origin


class SetOff(models.Model):
    """So many fen of an item and month are settled by the repayment of a receivable: ``f_settled`` counts them, no bank pays them."""

    append_only = True

    repayment = models.ForeignKey(Repayment, models.PROTECT, related_name="set_offs", verbose_name="追回")
    origin = models.ForeignKey(Origin, models.PROTECT, related_name="+", verbose_name="来源")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="人员")
    item = models.SmallIntegerField("项目")
    month = models.IntegerField("待遇所属月")
    amount_fen = models.BigIntegerField("金额")
    owed_fen = models.BigIntegerField("应付", null=True)
    """What was owed for the item and month when it was set off, as on a line."""

    class Meta:
        verbose_name = "抵扣明细"
        constraints = [models.CheckConstraint(condition=Q(amount_fen__gt=0), name="set_off_is_positive")]
