"""What the accounts are credited once a year: contribution subsidies, government-paid contributions, interest (R1.2-07, R1.3, R1.5).

Like a run, a credit is previewed by one person and checked by another; its lines become account entries when it is posted. The
lines are the difference of what is owed and what was posted, so a second credit of the same year carries only what changed.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from jingban.payments import guard
from jingban.payments.models.reviewed import Reviewed, two_pairs_of_eyes
from jingban.registry.models import Person
from jingban.rules import codes
from jingban.store.models import Origin


class CreditState(models.TextChoices):
    DRAFT = "draft", "已预览"
    REVIEWED = "reviewed", "已复核"
    POSTED = "posted", "已记账"
    CANCELLED = "cancelled", "已撤销"


class Credit(Reviewed):
    """One year of one item for a county. The primary keys of its origins say what was known at the preview and when it was posted."""

    machine = guard.CREDIT

    class Item(models.IntegerChoices):
        SUBSIDIES = codes.SUBSIDY, "缴费补贴"
        GOVERNMENT_PAID = codes.GOVERNMENT_PAID, "政府代缴"
        INTEREST = codes.INTEREST, "利息"

    LETTERS: ClassVar = {int(Item.SUBSIDIES): "S", int(Item.GOVERNMENT_PAID): "G", int(Item.INTEREST): "I"}
    """In the number of a batch."""

    year = models.SmallIntegerField("年度")
    item = models.SmallIntegerField("项目", choices=Item.choices)
    state = FSMField("状态", choices=CreditState.choices, default=CreditState.DRAFT, protected=True)
    posting = models.ForeignKey(Origin, models.PROTECT, related_name="+", null=True, verbose_name="记账来源")
    rules = models.JSONField("所用规则")
    amount_fen = models.BigIntegerField("金额", default=0)

    class Meta:
        verbose_name = "年度记账批次"
        constraints = [
            models.UniqueConstraint(fields=["region_id", "year", "item", "attempt"], name="credit_attempt"),
            models.UniqueConstraint(
                fields=["region_id", "year", "item"],
                condition=Q(state__in=["draft", "reviewed"]),
                name="credit_one_open",
            ),
            *two_pairs_of_eyes("credit"),
            models.CheckConstraint(
                condition=~Q(state="posted") | Q(posting__isnull=False), name="credit_posting_is_known"
            ),
        ]

    @property
    def batch(self) -> str:
        """Region, year, item and attempt: ``5104212020S01``."""
        return f"{self.region_id:06d}{self.year:04d}{self.LETTERS[self.item]}{self.attempt:02d}"

    @transition(field=state, source=CreditState.DRAFT, target=CreditState.REVIEWED)
    def to_reviewed(self, checker: str) -> None:
        self.checker = checker

    @transition(field=state, source=CreditState.REVIEWED, target=CreditState.POSTED)
    def to_posted(self, origin: Origin) -> None:
        self.posting = origin

    @transition(field=state, source=[CreditState.DRAFT, CreditState.REVIEWED], target=CreditState.CANCELLED)
    def to_cancelled(self) -> None:
        """Nothing was credited."""


class CreditEvent(models.Model):
    """Each move of a credit: state, by whom, when (origin)."""

    append_only = True

    credit = models.ForeignKey(Credit, models.PROTECT, related_name="events", verbose_name="批次")
    origin = models.ForeignKey(Origin, models.PROTECT, related_name="+", verbose_name="来源")
    state = models.CharField("状态", max_length=10, choices=CreditState.choices)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = "年度记账经过"


class CreditLine(models.Model):
    """What one person's sub-ledger is credited: owed less posted, signed."""

    append_only = True

    credit = models.ForeignKey(
        Credit, models.PROTECT, related_name="lines", db_index=False, verbose_name="批次"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="+", db_constraint=False, verbose_name="人员"
    )
    ledger = models.SmallIntegerField("分账")
    owed_fen = models.BigIntegerField("应记")
    posted_fen = models.BigIntegerField("已记")
    amount_fen = models.BigIntegerField("本次")

    class Meta:
        verbose_name = "年度记账明细"
        constraints = [
            models.UniqueConstraint(fields=["credit", "person", "ledger"], name="credit_line_once")
        ]


class CreditMissed(models.Model):
    """Who might have expected something and gets nothing, with the reason (``rules.titles.MISSED``)."""

    append_only = True

    credit = models.ForeignKey(
        Credit, models.PROTECT, related_name="missed", db_index=False, verbose_name="批次"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="+", db_constraint=False, db_index=False, verbose_name="人员"
    )
    reason = models.SmallIntegerField("原因")

    class Meta:
        verbose_name = "未记账人员"
        constraints = [models.UniqueConstraint(fields=["credit", "person"], name="credit_missed_once")]
