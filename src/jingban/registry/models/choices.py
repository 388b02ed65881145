"""What people chose: a contribution tier for a year, or the scheme a subsidy goes to, with their signature."""

from __future__ import annotations

from django.db import models

from jingban.registry.models.base import PersonFact


class TierChoice(PersonFact):
    """The tier a participant wants to pay for a contribution year (R1.2)."""

    year = models.IntegerField("缴费年度")
    tier_fen = models.BigIntegerField("档次")

    class Meta(PersonFact.Meta):
        verbose_name = "档次选择"


class SchemeChoice(PersonFact):
    """Where a fisher's or land-lost farmer's subsidy goes (R1.18): residents', employees' scheme, or none is due."""

    class Scheme(models.TextChoices):
        RESIDENT = "resident", "城乡居民养老保险"
        EMPLOYEE = "employee", "企业职工养老保险"
        NONE = "none", "不予补贴"

    group_id = models.SmallIntegerField("群体")
    scheme = models.CharField("险种", max_length=10, choices=Scheme.choices)
    signed_on = models.DateField("签字日期")
    evidence = models.CharField("依据", max_length=100, blank=True)

    class Meta(PersonFact.Meta):
        verbose_name = "险种选择"
