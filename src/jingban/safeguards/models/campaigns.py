"""Certification campaigns (R1.10): a list frozen at a day and what came back for each person. Append-only."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jingban.registry.models import Person
from jingban.store.models import Origin


class Campaign(models.Model):
    """``horizon``: what the register knew when the list was frozen. ``due_on``: the day the sheets must be back."""

    append_only = True

    code = models.CharField("批次", max_length=32, unique=True)
    region_id = models.IntegerField("区划")
    frozen_on = models.DateField("名单截止日")
    due_on = models.DateField("办结期限")
    horizon = models.BigIntegerField("事实截止")
    count = models.PositiveIntegerField("人数")
    maker = models.CharField("经办人", max_length=150)
    origin = models.ForeignKey(Origin, models.PROTECT, related_name="+", verbose_name="来源")

    class Meta:
        verbose_name = "认证批次"

    def __str__(self) -> str:
        return self.code


class CampaignPerson(models.Model):
    """One person of the frozen list, with the flags that decide how to reach them."""

    append_only = True

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="listed", verbose_name="批次")
    person = models.ForeignKey(Person, models.PROTECT, related_name="campaigns", verbose_name="人员")
    township = models.CharField("乡镇", max_length=60, blank=True)
    village = models.CharField("村", max_length=60, blank=True)
    group_name = models.CharField("组", max_length=60, blank=True)
    old = models.BooleanField("80岁以上")
    disabled = models.BooleanField("残疾人")
    certified_month = models.IntegerField("上次认证月")

    class Meta:
        verbose_name = "认证名单"
        constraints = [models.UniqueConstraint(fields=["campaign", "person"], name="listed_once")]


class CampaignAnswer(models.Model):
    """What came back for a person. The last one counts; ``sequence`` makes exactly one of two at once win."""

    append_only = True

    class Result(models.TextChoices):
        PASSED = "passed", "通过"
        DEAD = "dead", "死亡"
        UNREACHABLE = "unreachable", "失联"
        OTHER = "other", "其他"

    listed = models.ForeignKey(CampaignPerson, models.PROTECT, related_name="answers", verbose_name="名单行")
    sequence = models.PositiveSmallIntegerField("次序")
    result = models.CharField("结果", max_length=12, choices=Result.choices)
    channel = models.CharField("方式", max_length=4, blank=True)
    happened_on = models.DateField("日期", null=True)
    """Day of the certification or of the death."""
    evidence = models.CharField("依据", max_length=200, blank=True)
    reason = models.CharField("未通过原因", max_length=200, blank=True)
    case_number = models.CharField("业务编号", max_length=32, blank=True)
    origin = models.ForeignKey(Origin, models.PROTECT, related_name="+", verbose_name="来源")

    class Meta:
        verbose_name = "认证结果"
        constraints = [
            models.UniqueConstraint(fields=["listed", "sequence"], name="answer_number_once"),
            models.CheckConstraint(
                condition=~Q(result="passed") | (Q(happened_on__isnull=False) & ~Q(channel="")),
                name="passed_has_day_and_channel",
            ),
        ]
