"""What must be disclosed beside the money: people, guests, trips, vehicles, assets, procurement, meetings."""

from __future__ import annotations

from django.db import models

from jingban.budget.models.base import BudgetFact


class Staffing(BudgetFact):
    """Posts approved and people in post at a day, by kind of post."""

    class Post(models.TextChoices):
        ADMINISTRATIVE = "administrative", "行政编制"
        CIVIL_SERVICE = "civil_service", "参公编制"
        INSTITUTION = "institution", "事业编制"
        WORKER = "worker", "工勤编制"

    post = models.CharField("编制类别", max_length=16, choices=Post.choices)
    posts = models.IntegerField("编制数")
    opening_staff = models.IntegerField("年初实有")
    closing_staff = models.IntegerField("年末实有")
    document = models.CharField("编制文号", max_length=80, blank=True)

    class Meta(BudgetFact.Meta):
        verbose_name = "编制与人员"


class Reception(BudgetFact):
    """One official reception: a batch of guests (公务接待)."""

    day = models.DateField("日期")
    foreign = models.BooleanField("外事接待", default=False)
    guests = models.PositiveIntegerField("人次")
    matter = models.CharField("事由", max_length=200)
    amount_fen = models.BigIntegerField("金额（分）")
    voucher = models.CharField("凭证号", max_length=40)

    class Meta(BudgetFact.Meta):
        verbose_name = "公务接待"


class Trip(BudgetFact):
    """One official group abroad (因公出国（境）)."""

    day = models.DateField("日期")
    persons = models.PositiveIntegerField("人次")
    matter = models.CharField("事由", max_length=200)
    amount_fen = models.BigIntegerField("金额（分）")
    voucher = models.CharField("凭证号", max_length=40)

    class Meta(BudgetFact.Meta):
        verbose_name = "因公出国（境）"


class Vehicle(BudgetFact):
    """A vehicle owned: ``year`` is the year it came; ``disposed_year`` the year it went."""

    class Use(models.TextChoices):
        LEADER = "leader", "主要领导干部用车"
        SECRET = "secret", "机要通信用车"
        EMERGENCY = "emergency", "应急保障用车"
        LAW = "law", "执法执勤用车"
        SPECIAL = "special", "特种专业技术用车"
        RETIRED = "retired", "离退休干部用车"
        OTHER = "other", "其他用车"

    plate = models.CharField("车牌号", max_length=20)
    use = models.CharField("用途", max_length=12, choices=Use.choices)
    disposed_year = models.IntegerField("处置年度", null=True, blank=True)

    class Meta(BudgetFact.Meta):
        verbose_name = "公务用车"


class Asset(BudgetFact):
    """A fixed asset: ``year`` it came, unit value; general equipment from 50 万元 and special from 100 万元 are disclosed."""

    class Kind(models.TextChoices):
        GENERAL = "general", "通用设备"
        SPECIAL = "special", "专用设备"
        BUILDING = "building", "房屋及构筑物"
        OTHER = "other", "其他"

    name = models.CharField("资产名称", max_length=120)
    kind = models.CharField("类别", max_length=12, choices=Kind.choices)
    value_fen = models.BigIntegerField("单价（分）")
    in_use = models.BooleanField("在用", default=True)
    disposed_year = models.IntegerField("处置年度", null=True, blank=True)

    class Meta(BudgetFact.Meta):
        verbose_name = "固定资产"


class Procurement(BudgetFact):
    """A planned or signed procurement (政府采购)."""

    class Kind(models.TextChoices):
        GOODS = "goods", "货物"
        WORKS = "works", "工程"
        SERVICES = "services", "服务"

    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    subject = models.CharField("采购内容", max_length=160)
    planned_fen = models.BigIntegerField("计划金额（分）", default=0)
    contract_fen = models.BigIntegerField("合同金额（分）", default=0)
    small_business = models.BooleanField("授予中小企业", default=False)
    micro_business = models.BooleanField("授予小微企业", default=False)
    day = models.DateField("合同日期", null=True, blank=True)

    class Meta(BudgetFact.Meta):
        verbose_name = "政府采购"


class Gathering(BudgetFact):
    """A meeting or training held."""

    class Kind(models.TextChoices):
        MEETING = "meeting", "会议"
        TRAINING = "training", "培训"

    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    day = models.DateField("日期")
    subject = models.CharField("内容", max_length=160)
    persons = models.PositiveIntegerField("人数")
    amount_fen = models.BigIntegerField("金额（分）")
    voucher = models.CharField("凭证号", max_length=40, blank=True)

    class Meta(BudgetFact.Meta):
        verbose_name = "会议与培训"
