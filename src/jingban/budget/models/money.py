"""Appropriations, receipts, payments, carry-over. Positive amounts; a refund is a negative payment with its own voucher."""

from __future__ import annotations

from functools import cached_property
from operator import attrgetter

from django.db import models

from jingban.budget.models.base import BudgetFact, Registered, Unit
from jingban.store.models import Fact, Origin


class Source(models.TextChoices):
    """Where money comes from: the columns of 公开02, the fiscal ones split by budget (公开04)."""

    GENERAL = "general", "一般公共预算财政拨款"
    FUND = "fund", "政府性基金预算财政拨款"
    CAPITAL = "capital", "国有资本经营预算财政拨款"
    SUPERIOR = "superior", "上级补助收入"
    BUSINESS = "business", "事业收入"
    OPERATING = "operating", "经营收入"
    AFFILIATED = "affiliated", "附属单位上缴收入"
    OTHER = "other", "其他收入"


FISCAL = (Source.GENERAL, Source.FUND, Source.CAPITAL)


class Category(models.TextChoices):
    """What money is spent as: the columns of 公开03."""

    BASIC = "basic", "基本支出"
    PROJECT = "project", "项目支出"
    SUPERIOR = "superior", "上缴上级支出"
    OPERATING = "operating", "经营支出"
    AFFILIATED = "affiliated", "对附属单位补助支出"


class Project(models.Model):
    """A project (项目) of a unit, known by its code for ever; what is said of it is a fact that may be corrected."""

    append_only = True

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="projects", verbose_name="单位")
    code = models.CharField("项目代码", max_length=32)
    origin = models.ForeignKey(Origin, models.PROTECT, related_name="+", verbose_name="来源")

    objects = Registered["Project"]()

    class Meta:
        verbose_name = "项目"
        constraints = [models.UniqueConstraint(fields=["unit", "code"], name="project_code_once")]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def details(self) -> ProjectDetails:
        """What is said of the project now; of a withdrawn one, what was said last."""
        return max(self.versions.all(), key=attrgetter("pk"))

    @property
    def name(self) -> str:
        return self.details.name

    @property
    def since_year(self) -> int:
        return self.details.since_year

    @property
    def through_department(self) -> bool:
        return self.details.through_department


class ProjectDetails(Fact):
    """Name, first year and way of the money of a project. The first row registers it; a later one corrects or withdraws.

    ``through_department`` false: the money passes outside the department's books. R3.3-07: subsidy money of the fund appears
    in performance forms without being expenditure of the department.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="versions", verbose_name="项目")
    name = models.CharField("项目名称", max_length=160)
    since_year = models.IntegerField("起始年度")
    through_department = models.BooleanField("列入部门决算", default=True)

    class Meta(Fact.Meta):
        verbose_name = "项目登记"
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(
                fields=["project"],
                condition=models.Q(supersedes__isnull=True),
                name="project_registered_once",
            ),
        ]


class Line(BudgetFact):
    """Abstract: money under a functional code, perhaps an economic one, perhaps a project."""

    source = models.CharField("资金来源", max_length=12, choices=Source.choices)
    function_code = models.CharField("功能分类科目", max_length=7)
    economic_code = models.CharField("经济分类科目", max_length=5, blank=True)
    category = models.CharField("支出类别", max_length=12, choices=Category.choices, blank=True)
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="项目"
    )
    amount_fen = models.BigIntegerField("金额（分）")
    note = models.CharField("摘要", max_length=200, blank=True)

    class Meta(BudgetFact.Meta):
        abstract = True


class Appropriation(Line):
    """Budget given: initial (年初预算), adjusted during the year, or carried over with the money of last year."""

    class Kind(models.TextChoices):
        INITIAL = "initial", "年初预算"
        ADJUSTED = "adjusted", "预算调整"
        CARRIED = "carried", "上年结转安排"

    kind = models.CharField("预算类别", max_length=10, choices=Kind.choices)
    document = models.CharField("批复文号", max_length=80)
    day = models.DateField("批复日期")
    reason = models.CharField("调整原因", max_length=200, blank=True)
    payer_level = models.CharField("资金级次", max_length=10, blank=True)

    class Meta(BudgetFact.Meta):
        verbose_name = "预算指标"


class Receipt(Line):
    """Money received in the year, by voucher."""

    voucher = models.CharField("凭证号", max_length=40)
    day = models.DateField("日期")

    class Meta(BudgetFact.Meta):
        verbose_name = "收入"
        constraints = [
            *BudgetFact.Meta.constraints,
            models.CheckConstraint(condition=~models.Q(amount_fen=0), name="receipt_not_zero"),
        ]


class Payment(Line):
    """Money paid in the year, by voucher. ``from_carried`` marks what was paid out of last year's money."""

    voucher = models.CharField("凭证号", max_length=40)
    day = models.DateField("日期")
    payee = models.CharField("收款人", max_length=120, blank=True)
    from_carried = models.BooleanField("使用上年结转", default=False)

    class Meta(BudgetFact.Meta):
        verbose_name = "支出"
        constraints = [
            *BudgetFact.Meta.constraints,
            models.CheckConstraint(condition=~models.Q(amount_fen=0), name="payment_not_zero"),
        ]


class Opening(Line):
    """Carry-over and surplus at the start of the first year kept here; later years open with the closing before."""

    class Meta(BudgetFact.Meta):
        verbose_name = "年初结转和结余"


class SurplusMove(BudgetFact):
    """Non-fiscal surplus used to cover the year (使用非财政拨款结余), or distributed at its end (结余分配)."""

    class Kind(models.TextChoices):
        USED = "used", "使用非财政拨款结余"
        DISTRIBUTED = "distributed", "结余分配"

    kind = models.CharField("类别", max_length=12, choices=Kind.choices)
    amount_fen = models.BigIntegerField("金额（分）")
    voucher = models.CharField("凭证号", max_length=40)

    class Meta(BudgetFact.Meta):
        verbose_name = "结余使用与分配"


class Reason(BudgetFact):
    """Why a figure differs from last year or from the budget: typed by a person, required where the difference is not zero.

    ``matter`` is a key of :data:`jingban.budget.reasons.MATTERS`; ``function_code`` names the item where it is about one.
    """

    matter = models.CharField("事项", max_length=40)
    function_code = models.CharField("功能分类科目", max_length=7, blank=True)
    text = models.CharField("原因", max_length=300)

    class Meta(BudgetFact.Meta):
        verbose_name = "差异原因"
