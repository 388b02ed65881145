"""Money that comes in and the account it is booked to."""

from __future__ import annotations

from django.db import models

from jingban.registry.models.base import PersonFact
from jingban.store.models import months_field


class Contribution(PersonFact):
    """One payment for one contribution year. Without ``arrived_on`` it has not reached the fund and counts for nothing."""

    class Kind(models.IntegerChoices):
        OWN = 1, "个人缴费"
        CATCH_UP = 2, "补缴"
        GOVERNMENT = 3, "政府代缴"
        COLLECTIVE = 4, "集体补助"

    year = models.SmallIntegerField("缴费年度")
    kind = models.SmallIntegerField("缴费类别", choices=Kind.choices)
    tier_fen = models.BigIntegerField("档次", default=0)
    amount_fen = models.BigIntegerField("金额")
    payer = models.CharField("缴款人", max_length=100, blank=True)
    reference = models.CharField("凭证号", max_length=64, blank=True)
    paid_on = models.DateField("缴费日期")
    tax_posted_on = models.DateField("税务记账日期", null=True)
    arrived_on = models.DateField("到账日期", null=True)
    month = months_field("缴费月")

    class Meta(PersonFact.Meta):
        verbose_name = "缴费"


class AccountEntry(PersonFact):
    """A signed booking in one sub-ledger of the personal account (R1.4-01)."""

    class Kind(models.IntegerChoices):
        PRINCIPAL = 1, "本金"
        INTEREST = 2, "利息"
        DRAW = 3, "养老金支出"
        MOVED = 4, "转出、退费"
        RETURNED = 5, "余额支付"

    ledger = models.SmallIntegerField("分账")
    kind = models.SmallIntegerField("性质", choices=Kind.choices)
    item = models.SmallIntegerField("项目", default=0)
    """401, 402 or 403 when the entry settles something owed to the account; 0 otherwise."""
    year = models.SmallIntegerField("所属年度")
    month = months_field("记账月")
    amount_fen = models.BigIntegerField("金额")
    cause = models.CharField("事由", max_length=64)

    class Meta(PersonFact.Meta):
        verbose_name = "账户明细"


class OpeningHistory(PersonFact):
    """Contribution years brought in from the former system or by a transfer, up to and including a year."""

    years = models.SmallIntegerField("年限")
    through_year = models.SmallIntegerField("截止年度")

    class Meta(PersonFact.Meta):
        verbose_name = "期初年限"


class BankAccount(PersonFact):
    """The account of the social-security card to which the pension goes, from a month on."""

    bank = models.CharField("银行", max_length=32)
    account = models.CharField("账号", max_length=40, db_index=True)
    holder = models.CharField("户名", max_length=100)
    valid_from = months_field("起始月")

    class Meta(PersonFact.Meta):
        verbose_name = "银行账户"
