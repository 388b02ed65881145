import django.db.models.deletion
from django.db import migrations, models

from jingban.store.append_only import AppendOnly
from jingban.store.at_once import Tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("budget", "0001_initial"),
        ("registry", "0001_initial"),
    ]

    operations = [
        Tables(
            creations=[
                migrations.CreateModel(
                    name="Plan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "origin",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.origin",
                                verbose_name="来源",
                            ),
                        ),
                        (
                            "supersedes",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="performance.plan",
                                verbose_name="更正自",
                            ),
                        ),
                        ("retracted", models.BooleanField(default=False, verbose_name="撤回")),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="budget.unit",
                                verbose_name="单位",
                            ),
                        ),
                        ("year", models.IntegerField(db_index=True, verbose_name="年度")),
                        (
                            "project",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="plans",
                                to="budget.project",
                                verbose_name="项目",
                            ),
                        ),
                        ("form", models.CharField(max_length=32, verbose_name="自评表式")),
                        ("goal", models.TextField(verbose_name="年度总体目标")),
                        (
                            "execution_weight",
                            models.CharField(default="10", max_length=12, verbose_name="预算执行分值"),
                        ),
                        (
                            "execution_policy",
                            models.CharField(
                                choices=[("proportional", "按执行率比例"), ("steps", "按执行率分档")],
                                default="proportional",
                                max_length=14,
                                verbose_name="执行率计分方式",
                            ),
                        ),
                        ("execution_steps", models.JSONField(blank=True, default=list, verbose_name="分档")),
                        ("total_weight", models.CharField(default="100", max_length=12, verbose_name="总分")),
                        ("document", models.CharField(blank=True, max_length=80, verbose_name="批复文号")),
                        (
                            "budget_fen",
                            models.BigIntegerField(blank=True, null=True, verbose_name="全年预算数（分）"),
                        ),
                        (
                            "executed_fen",
                            models.BigIntegerField(blank=True, null=True, verbose_name="全年执行数（分）"),
                        ),
                    ],
                    options={
                        "verbose_name": "绩效目标",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="plan_superseded_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Indicator",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "origin",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.origin",
                                verbose_name="来源",
                            ),
                        ),
                        (
                            "supersedes",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="performance.indicator",
                                verbose_name="更正自",
                            ),
                        ),
                        ("retracted", models.BooleanField(default=False, verbose_name="撤回")),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="indicators",
                                to="performance.plan",
                                verbose_name="绩效目标",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="序号")),
                        ("level1", models.CharField(max_length=40, verbose_name="一级指标")),
                        ("level2", models.CharField(max_length=40, verbose_name="二级指标")),
                        ("name", models.CharField(max_length=160, verbose_name="三级指标")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("quantitative", "定量"), ("qualitative", "定性")],
                                max_length=12,
                                verbose_name="类别",
                            ),
                        ),
                        ("direction", models.CharField(blank=True, max_length=5, verbose_name="方向")),
                        ("target", models.CharField(max_length=160, verbose_name="年度指标值")),
                        ("upper", models.CharField(blank=True, max_length=40, verbose_name="上限")),
                        ("unit", models.CharField(blank=True, max_length=20, verbose_name="单位")),
                        ("weight", models.CharField(max_length=12, verbose_name="分值")),
                        ("measure", models.CharField(blank=True, max_length=60, verbose_name="取数")),
                        ("arguments", models.JSONField(blank=True, default=dict, verbose_name="参数")),
                    ],
                    options={
                        "verbose_name": "绩效指标",
                        "ordering": ("position",),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="indicator_superseded_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Actual",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "origin",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.origin",
                                verbose_name="来源",
                            ),
                        ),
                        (
                            "supersedes",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="performance.actual",
                                verbose_name="更正自",
                            ),
                        ),
                        ("retracted", models.BooleanField(default=False, verbose_name="撤回")),
                        (
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_facts",
                                to="performance.indicator",
                                verbose_name="指标",
                            ),
                        ),
                        ("day", models.DateField(verbose_name="截止日")),
                        ("value", models.CharField(blank=True, max_length=160, verbose_name="实际完成值")),
                        ("exact", models.CharField(blank=True, max_length=60, verbose_name="未舍入的值")),
                        ("numerator", models.CharField(blank=True, max_length=40, verbose_name="分子")),
                        ("denominator", models.CharField(blank=True, max_length=40, verbose_name="分母")),
                        ("trace", models.TextField(verbose_name="取数说明")),
                        ("typed", models.BooleanField(default=False, verbose_name="手工填列")),
                        ("evidence", models.CharField(blank=True, max_length=300, verbose_name="依据")),
                        ("applicable", models.BooleanField(default=True, verbose_name="适用")),
                    ],
                    options={
                        "verbose_name": "实际完成",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="actual_superseded_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("typed", False),
                                    models.Q(("evidence", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="typed_value_has_evidence",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attachment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "actual",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attachments",
                                to="performance.actual",
                                verbose_name="实际完成",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="文件名")),
                        ("size", models.PositiveIntegerField(verbose_name="字节数")),
                        ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                        ("content", models.BinaryField(verbose_name="内容")),
                        (
                            "origin",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.origin",
                                verbose_name="来源",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "佐证材料",
                    },
                ),
                migrations.CreateModel(
                    name="Judgement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "origin",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.origin",
                                verbose_name="来源",
                            ),
                        ),
                        (
                            "supersedes",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="performance.judgement",
                                verbose_name="更正自",
                            ),
                        ),
                        ("retracted", models.BooleanField(default=False, verbose_name="撤回")),
                        (
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_facts",
                                to="performance.indicator",
                                verbose_name="指标",
                            ),
                        ),
                        ("band", models.CharField(max_length=10, verbose_name="档次")),
                        ("percent", models.CharField(max_length=8, verbose_name="得分比例")),
                        ("reason", models.CharField(max_length=300, verbose_name="理由")),
                    ],
                    options={
                        "verbose_name": "定性评定",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="judgement_superseded_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Deviation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "origin",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.origin",
                                verbose_name="来源",
                            ),
                        ),
                        (
                            "supersedes",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="performance.deviation",
                                verbose_name="更正自",
                            ),
                        ),
                        ("retracted", models.BooleanField(default=False, verbose_name="撤回")),
                        (
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_facts",
                                to="performance.indicator",
                                verbose_name="指标",
                            ),
                        ),
                        ("reason", models.CharField(max_length=500, verbose_name="偏差原因")),
                        (
                            "improvement",
                            models.CharField(blank=True, max_length=500, verbose_name="改进措施"),
                        ),
                    ],
                    options={
                        "verbose_name": "偏差原因",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="deviation_superseded_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Survey",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "origin",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.origin",
                                verbose_name="来源",
                            ),
                        ),
                        (
                            "supersedes",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="performance.survey",
                                verbose_name="更正自",
                            ),
                        ),
                        ("retracted", models.BooleanField(default=False, verbose_name="撤回")),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="budget.unit",
                                verbose_name="单位",
                            ),
                        ),
                        ("year", models.IntegerField(db_index=True, verbose_name="年度")),
                        ("name", models.CharField(max_length=120, verbose_name="调查名称")),
                        ("method", models.CharField(max_length=60, verbose_name="方式")),
                        ("day", models.DateField(verbose_name="调查日期")),
                        ("asked", models.PositiveIntegerField(verbose_name="发放数")),
                        ("valid", models.PositiveIntegerField(verbose_name="有效答卷")),
                        ("satisfied", models.PositiveIntegerField(verbose_name="满意数")),
                    ],
                    options={
                        "verbose_name": "满意度调查",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="survey_superseded_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid__lte", models.F("asked")), ("satisfied__lte", models.F("valid"))
                                ),
                                name="survey_adds_up",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Assessment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "origin",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.origin",
                                verbose_name="来源",
                            ),
                        ),
                        (
                            "supersedes",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="performance.assessment",
                                verbose_name="更正自",
                            ),
                        ),
                        ("retracted", models.BooleanField(default=False, verbose_name="撤回")),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assessments",
                                to="performance.plan",
                                verbose_name="绩效目标",
                            ),
                        ),
                        ("points", models.JSONField(verbose_name="评估要点")),
                        (
                            "conclusion",
                            models.CharField(
                                choices=[
                                    ("support", "予以支持"),
                                    ("adjust", "调整后支持"),
                                    ("reject", "不予支持"),
                                ],
                                max_length=12,
                                verbose_name="结论",
                            ),
                        ),
                        ("opinion", models.TextField(blank=True, verbose_name="意见")),
                    ],
                    options={
                        "verbose_name": "事前绩效评估",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="assessment_superseded_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Result",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "origin",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.origin",
                                verbose_name="来源",
                            ),
                        ),
                        (
                            "supersedes",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="performance.result",
                                verbose_name="更正自",
                            ),
                        ),
                        ("retracted", models.BooleanField(default=False, verbose_name="撤回")),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="results",
                                to="performance.plan",
                                verbose_name="绩效目标",
                            ),
                        ),
                        (
                            "phase",
                            models.CharField(
                                choices=[("monitoring", "绩效监控"), ("final", "年终自评")],
                                max_length=10,
                                verbose_name="阶段",
                            ),
                        ),
                        ("day", models.DateField(verbose_name="截止日")),
                        ("scorer", models.CharField(max_length=150, verbose_name="自评人")),
                        ("total", models.CharField(max_length=12, verbose_name="总分")),
                        ("grade", models.CharField(max_length=4, verbose_name="等级")),
                        ("rows", models.JSONField(verbose_name="明细")),
                        ("warnings", models.JSONField(default=list, verbose_name="预警")),
                    ],
                    options={
                        "verbose_name": "评价结果",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="result_superseded_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Review",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "result",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="review",
                                to="performance.result",
                                verbose_name="评价结果",
                            ),
                        ),
                        ("scorer", models.CharField(max_length=150, verbose_name="自评人")),
                        ("reviewer", models.CharField(max_length=150, verbose_name="复核人")),
                        ("total", models.CharField(max_length=12, verbose_name="复核总分")),
                        ("opinion", models.TextField(blank=True, verbose_name="复核意见")),
                        (
                            "origin",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.origin",
                                verbose_name="来源",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "复核",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reviewer", models.F("scorer")), _negated=True),
                                name="scorer_is_not_reviewer",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Use",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "origin",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.origin",
                                verbose_name="来源",
                            ),
                        ),
                        (
                            "supersedes",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="performance.use",
                                verbose_name="更正自",
                            ),
                        ),
                        ("retracted", models.BooleanField(default=False, verbose_name="撤回")),
                        (
                            "result",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="uses",
                                to="performance.result",
                                verbose_name="评价结果",
                            ),
                        ),
                        (
                            "what",
                            models.CharField(
                                choices=[
                                    ("raise", "增加次年预算"),
                                    ("keep", "保持次年预算"),
                                    ("cut", "核减次年预算"),
                                    ("stop", "取消次年预算"),
                                    ("rectify", "限期整改"),
                                    ("publish", "公开"),
                                ],
                                max_length=60,
                                verbose_name="应用方式",
                            ),
                        ),
                        (
                            "amount_fen",
                            models.BigIntegerField(blank=True, null=True, verbose_name="建议次年预算（分）"),
                        ),
                        ("detail", models.TextField(verbose_name="内容")),
                    ],
                    options={
                        "verbose_name": "结果应用",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="use_superseded_once",
                            )
                        ],
                    },
                ),
            ],
        ),
        AppendOnly(
            "performance_actual",
            "performance_assessment",
            "performance_attachment",
            "performance_deviation",
            "performance_indicator",
            "performance_judgement",
            "performance_plan",
            "performance_result",
            "performance_review",
            "performance_survey",
            "performance_use",
        ),
    ]
