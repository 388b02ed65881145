"""Plans with indicators, actuals, judgements, reasons, results: append-only; a correction supersedes.

Decimals are kept as text in their printed precision, so a target of ``95.0`` stays one of one decimal.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from jingban.budget.models import BudgetFact, Project
from jingban.store.models import Fact


class Plan(BudgetFact):
    """What a project, or the unit as a whole (no project), is to achieve in a year, and how it is scored."""

    class Execution(models.TextChoices):
        PROPORTIONAL = "proportional", "按执行率比例"
        STEPS = "steps", "按执行率分档"

    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="plans", verbose_name="项目"
    )
    form = models.CharField("自评表式", max_length=32)
    goal = models.TextField("年度总体目标")
    execution_weight = models.CharField("预算执行分值", max_length=12, default="10")
    execution_policy = models.CharField(
        "执行率计分方式", max_length=14, choices=Execution.choices, default="proportional"
    )
    execution_steps = models.JSONField("分档", default=list, blank=True)
    total_weight = models.CharField("总分", max_length=12, default="100")
    document = models.CharField("批复文号", max_length=80, blank=True)
    budget_fen = models.BigIntegerField("全年预算数（分）", null=True, blank=True)
    """Only for a project whose money does not pass through the department's books (R3.3-07)."""
    executed_fen = models.BigIntegerField("全年执行数（分）", null=True, blank=True)

    class Meta(BudgetFact.Meta):
        verbose_name = "绩效目标"


class Indicator(Fact):
    """One third-level indicator. ``measure`` names how the actual is computed; empty: it is typed with evidence."""

    class Kind(models.TextChoices):
        QUANTITATIVE = "quantitative", "定量"
        QUALITATIVE = "qualitative", "定性"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="indicators", verbose_name="绩效目标")
    position = models.PositiveSmallIntegerField("序号")
    level1 = models.CharField("一级指标", max_length=40)
    level2 = models.CharField("二级指标", max_length=40)
    name = models.CharField("三级指标", max_length=160)
    kind = models.CharField("类别", max_length=12, choices=Kind.choices)
    direction = models.CharField("方向", max_length=5, blank=True)
    target = models.CharField("年度指标值", max_length=160)
    upper = models.CharField("上限", max_length=40, blank=True)
    unit = models.CharField("单位", max_length=20, blank=True)
    weight = models.CharField("分值", max_length=12)
    measure = models.CharField("取数", max_length=60, blank=True)
    arguments = models.JSONField("参数", default=dict, blank=True)

    class Meta(Fact.Meta):
        verbose_name = "绩效指标"
        ordering = ("position",)


class IndicatorFact(Fact):
    """Abstract: something known about an indicator."""

    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="%(class)s_facts", verbose_name="指标"
    )

    class Meta(Fact.Meta):
        abstract = True


class Actual(IndicatorFact):
    """The actual value at a day: computed from the ledgers with its trace, or typed with evidence."""

    day = models.DateField("截止日")
    value = models.CharField("实际完成值", max_length=160, blank=True)
    """As it is printed."""
    exact = models.CharField("未舍入的值", max_length=60, blank=True)
    """What scoring reads: a computed value in the indicator's unit, not rounded; empty for a typed one."""
    numerator = models.CharField("分子", max_length=40, blank=True)
    denominator = models.CharField("分母", max_length=40, blank=True)
    trace = models.TextField("取数说明")
    typed = models.BooleanField("手工填列", default=False)
    evidence = models.CharField("依据", max_length=300, blank=True)
    applicable = models.BooleanField("适用", default=True)

    class Meta(IndicatorFact.Meta):
        verbose_name = "实际完成"
        constraints = [
            *IndicatorFact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(typed=False) | ~Q(evidence=""), name="typed_value_has_evidence"
            ),
        ]


class Attachment(models.Model):
    """A file that proves a typed value: kept as it came, with its SHA-256."""

    append_only = True

    actual = models.ForeignKey(Actual, models.PROTECT, related_name="attachments", verbose_name="实际完成")
    name = models.CharField("文件名", max_length=200)
    size = models.PositiveIntegerField("字节数")
    digest = models.CharField("摘要", max_length=64)
    content = models.BinaryField("内容")
    origin = models.ForeignKey("registry.Origin", models.PROTECT, related_name="+", verbose_name="来源")

    class Meta:
        verbose_name = "佐证材料"


class Judgement(IndicatorFact):
    """A qualitative indicator: the band, the percentage inside it, and why."""

    band = models.CharField("档次", max_length=10)
    percent = models.CharField("得分比例", max_length=8)
    reason = models.CharField("理由", max_length=300)

    class Meta(IndicatorFact.Meta):
        verbose_name = "定性评定"


class Deviation(IndicatorFact):
    """Why a target was missed, and what will be done."""

    reason = models.CharField("偏差原因", max_length=500)
    improvement = models.CharField("改进措施", max_length=500, blank=True)

    class Meta(IndicatorFact.Meta):
        verbose_name = "偏差原因"


class Survey(BudgetFact):
    """A satisfaction survey: how many were asked, answered validly, and were satisfied (R5.1-07)."""

    name = models.CharField("调查名称", max_length=120)
    method = models.CharField("方式", max_length=60)
    day = models.DateField("调查日期")
    asked = models.PositiveIntegerField("发放数")
    valid = models.PositiveIntegerField("有效答卷")
    satisfied = models.PositiveIntegerField("满意数")

    class Meta(BudgetFact.Meta):
        verbose_name = "满意度调查"
        constraints = [
            *BudgetFact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(valid__lte=F("asked")) & Q(satisfied__lte=F("valid")), name="survey_adds_up"
            ),
        ]


class Assessment(Fact):
    """Ex-ante assessment (事前评估) of a plan: points met, conclusion; the origin says who assessed it."""

    class Conclusion(models.TextChoices):
        SUPPORT = "support", "予以支持"
        ADJUST = "adjust", "调整后支持"
        REJECT = "reject", "不予支持"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="assessments", verbose_name="绩效目标")
    points = models.JSONField("评估要点")
    conclusion = models.CharField("结论", max_length=12, choices=Conclusion.choices)
    opinion = models.TextField("意见", blank=True)

    class Meta(Fact.Meta):
        verbose_name = "事前绩效评估"


class Result(Fact):
    """A scoring of a plan at a day: monitoring in the year, or the self-evaluation at its end, with every row."""

    class Phase(models.TextChoices):
        MONITORING = "monitoring", "绩效监控"
        FINAL = "final", "年终自评"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="results", verbose_name="绩效目标")
    phase = models.CharField("阶段", max_length=10, choices=Phase.choices)
    day = models.DateField("截止日")
    scorer = models.CharField("自评人", max_length=150)
    total = models.CharField("总分", max_length=12)
    grade = models.CharField("等级", max_length=4)
    rows = models.JSONField("明细")
    warnings = models.JSONField("预警", default=list)
    """What monitoring warned of, as it was told: one message each, the indicator named before it."""

    class Meta(Fact.Meta):
        verbose_name = "评价结果"


class Review(models.Model):
    """Another person's review of a result; without it nothing is published."""

    append_only = True

    result = models.OneToOneField(Result, models.PROTECT, related_name="review", verbose_name="评价结果")
    scorer = models.CharField("自评人", max_length=150)
    reviewer = models.CharField("复核人", max_length=150)
    total = models.CharField("复核总分", max_length=12)
    opinion = models.TextField("复核意见", blank=True)
    origin = models.ForeignKey("registry.Origin", models.PROTECT, related_name="+", verbose_name="来源")

    class Meta:
        verbose_name = "复核"
        constraints = [
            models.CheckConstraint(condition=~Q(reviewer=F("scorer")), name="scorer_is_not_reviewer")
        ]


class Use(Fact):
    """What was made of a reviewed result (结果应用): advice for next year's budget, rectification, publication."""

    class What(models.TextChoices):
        RAISE = "raise", "增加次年预算"
        KEEP = "keep", "保持次年预算"
        CUT = "cut", "核减次年预算"
        STOP = "stop", "取消次年预算"
        RECTIFY = "rectify", "限期整改"
        PUBLISH = "publish", "公开"

    result = models.ForeignKey(Result, models.PROTECT, related_name="uses", verbose_name="评价结果")
    what = models.CharField("应用方式", max_length=60, choices=What.choices)
    amount_fen = models.BigIntegerField("建议次年预算（分）", null=True, blank=True)
    detail = models.TextField("内容")

    class Meta(Fact.Meta):
        verbose_name = "结果应用"
