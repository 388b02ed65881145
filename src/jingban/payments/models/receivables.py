"""What was paid but not owed (R1.13): receivables and how they come back. All append-only."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from jingban.payments.models.runs import Run
from jingban.registry.models import Person
from jingban.store.models import Origin


class Receivable(models.Model):
    """Raised by the release of a run: minus the sum of the person's receivable lines in it. Always positive."""

    append_only = True

    run = models.ForeignKey(Run, models.PROTECT, related_name="receivables", verbose_name="批次")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="人员")
    origin = models.ForeignKey(Origin, models.PROTECT, related_name="+", verbose_name="来源")
    amount_fen = models.BigIntegerField("金额")
    first_month = models.IntegerField("首月")
    last_month = models.IntegerField("末月")
    reason = models.SmallIntegerField("原因")

    class Meta:
        verbose_name = "应收款"
        constraints = [
            models.UniqueConstraint(fields=["run", "person"], name="receivable_once"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="receivable_is_positive"),
        ]


class Repayment(models.Model):
    """Money that came back, or a set-off against later benefits or the account balance (765号 art. 46)."""

    append_only = True

    class Method(models.TextChoices):
        CASH = "cash", "现金缴回"
        BANK = "bank", "银行转回"
        SET_OFF = "set_off", "抵扣待遇"
        ACCOUNT = "account", "抵扣账户余额"

    receivable = models.ForeignKey(
        Receivable, models.PROTECT, related_name="repayments", verbose_name="应收款"
    )
    origin = models.ForeignKey(Origin, models.PROTECT, related_name="+", verbose_name="来源")
    amount_fen = models.BigIntegerField("金额")
    method = models.CharField("方式", max_length=8, choices=Method.choices)
    paid_on = models.DateField("日期")
    reference = models.CharField("凭证号", max_length=64, blank=True)

    class Meta:
        verbose_name = "追回"
        constraints = [models.CheckConstraint(condition=Q(amount_fen__gt=0), name="repayment_is_positive")]


class Instalment(models.Model):
    """One agreed part of a receivable."""

    append_only = True

    receivable = models.ForeignKey(
        Receivable, models.PROTECT, related_name="instalments", verbose_name="应收款"
    )
    origin = models.ForeignKey(Origin, models.PROTECT, related_name="+", verbose_name="来源")
    due_month = models.IntegerField("应还月")
    amount_fen = models.BigIntegerField("金额")

    class Meta:
        verbose_name = "分期"
        constraints = [models.CheckConstraint(condition=Q(amount_fen__gt=0), name="instalment_is_positive")]


class WriteOff(models.Model):
    """Given up by approval; whoever proposes does not approve."""

    append_only = True

    receivable = models.ForeignKey(
        Receivable, models.PROTECT, related_name="write_offs", verbose_name="应收款"
    )
    origin = models.ForeignKey(Origin, models.PROTECT, related_name="+", verbose_name="来源")
    amount_fen = models.BigIntegerField("金额")
    reason = models.CharField("理由", max_length=200)
    maker = models.CharField("提出人", max_length=150)
    checker = models.CharField("批准人", max_length=150)

    class Meta:
        verbose_name = "核销"
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="writeoff_is_positive"),
            models.CheckConstraint(condition=~Q(checker=F("maker")), name="writeoff_maker_is_not_checker"),
        ]
