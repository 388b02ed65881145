"""What decides whether, since when and how much a person draws."""

from __future__ import annotations

from django.db import models

from jingban.registry.models.base import PersonFact
from jingban.store.models import months_field, ordered


class Award(PersonFact):
    """The decision that a person draws (R1.6)."""

    class Basis(models.IntegerChoices):
        REGULAR = 1, "缴费满年限"
        TRANSITIONAL = 2, "制度实施时过渡条件"
        SPECIAL = 3, "贫困人口特殊申请"
        IMPORTED = 4, "期初导入"

    start_month = months_field("待遇起始月")
    paid_years = models.SmallIntegerField("缴费年限")
    basis = models.SmallIntegerField("核定依据", choices=Basis.choices, default=Basis.REGULAR)
    balance_fen = models.BigIntegerField("核定时账户储存额")
    divisor = models.SmallIntegerField("计发月数")
    decided_on = models.DateField("核定日期")

    class Meta(PersonFact.Meta):
        verbose_name = "待遇核定"


class Annuity(PersonFact):
    """One account pension part: balance / divisor from a month on (R1.8-01); a recalculation adds a row (R1.18)."""

    from_month = months_field("起始月")
    balance_fen = models.BigIntegerField("储存额")
    divisor = models.SmallIntegerField("计发月数")
    cause = models.CharField("事由", max_length=32)
    interest_fen = models.BigIntegerField("其中计到核定月的利息", null=True)
    """Of the balance: interest credited with the award (R1.5-05), put right when the rate of the year is published."""

    class Meta(PersonFact.Meta):
        verbose_name = "账户养老金"


class Stoppage(PersonFact):
    """Months ``[valid_from, valid_to)`` without accrual (kind 1) or with accrual held back (kind 2). Reasons: R1.1, R1.11."""

    class Kind(models.IntegerChoices):
        NOTHING = 1, "不计发"
        HELD = 2, "暂缓发放"

    kind = models.SmallIntegerField("性质", choices=Kind.choices)
    reason = models.CharField("原因", max_length=8)
    valid_from = models.IntegerField("起始月")
    valid_to = months_field("终止月", open_end=True)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta(PersonFact.Meta):
        verbose_name = "停发"
        constraints = [*PersonFact.Meta.constraints, ordered("stoppage_ordered")]


class Death(PersonFact):
    """When the person died; when it became known is the origin."""

    died_on = models.DateField("死亡日期")
    month = months_field("死亡月")
    evidence = models.CharField("依据", max_length=100, blank=True)

    class Meta(PersonFact.Meta):
        verbose_name = "死亡"


class Certification(PersonFact):
    """A successful life certification (R1.10). Channels: 01 agency, 02 telephone, 03 data match, 04 kiosk or face, 05 home."""

    month = months_field("认证月")
    certified_on = models.DateField("认证日期")
    channel = models.CharField("方式", max_length=4)
    evidence = models.CharField("依据", max_length=200, blank=True)

    class Meta(PersonFact.Meta):
        verbose_name = "资格认证"


class OtherPension(PersonFact):
    """The first month of another state old-age benefit."""

    scheme = models.CharField("待遇类别", max_length=32)
    from_month = months_field("起始月")

    class Meta(PersonFact.Meta):
        verbose_name = "其他养老待遇"


class OpenedBooks(PersonFact):
    """Everything before ``month`` was settled in the former system; entitlement is computed from here on."""

    month = months_field("建账月")

    class Meta(PersonFact.Meta):
        verbose_name = "建账"
