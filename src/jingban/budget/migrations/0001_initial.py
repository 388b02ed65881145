import django.db.models.deletion
from django.db import migrations, models

from jingban.store.append_only import AppendOnly
from jingban.store.at_once import Tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("registry", "0001_initial"),
    ]

    operations = [
        Tables(
            creations=[
                migrations.CreateModel(
                    name="Unit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=32, unique=True, verbose_name="单位代码")),
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
                        "verbose_name": "预算单位",
                    },
                ),
                migrations.CreateModel(
                    name="UnitDetails",
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
                                to="budget.unitdetails",
                                verbose_name="更正自",
                            ),
                        ),
                        ("retracted", models.BooleanField(default=False, verbose_name="撤回")),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="budget.unit",
                                verbose_name="单位",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="单位名称")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("administrative", "行政单位"),
                                    ("civil_service", "参照公务员法管理的事业单位"),
                                    ("institution", "事业单位"),
                                ],
                                max_length=16,
                                verbose_name="单位性质",
                            ),
                        ),
                        ("superior", models.CharField(blank=True, max_length=120, verbose_name="主管部门")),
                        ("duties", models.TextField(blank=True, verbose_name="主要职能")),
                    ],
                    options={
                        "verbose_name": "预算单位登记",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="unitdetails_superseded_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", True)),
                                fields=("unit",),
                                name="unit_registered_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PublishedFigure",
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
                                to="budget.publishedfigure",
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
                        ("form", models.CharField(max_length=16, verbose_name="表")),
                        ("row", models.CharField(max_length=40, verbose_name="行")),
                        ("column", models.CharField(max_length=40, verbose_name="列")),
                        ("amount_fen", models.BigIntegerField(verbose_name="金额（分）")),
                        ("evidence", models.CharField(max_length=200, verbose_name="依据")),
                    ],
                    options={
                        "verbose_name": "已公开数",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="publishedfigure_superseded_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Staffing",
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
                                to="budget.staffing",
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
                            "post",
                            models.CharField(
                                choices=[
                                    ("administrative", "行政编制"),
                                    ("civil_service", "参公编制"),
                                    ("institution", "事业编制"),
                                    ("worker", "工勤编制"),
                                ],
                                max_length=16,
                                verbose_name="编制类别",
                            ),
                        ),
                        ("posts", models.IntegerField(verbose_name="编制数")),
                        ("opening_staff", models.IntegerField(verbose_name="年初实有")),
                        ("closing_staff", models.IntegerField(verbose_name="年末实有")),
                        ("document", models.CharField(blank=True, max_length=80, verbose_name="编制文号")),
                    ],
                    options={
                        "verbose_name": "编制与人员",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="staffing_superseded_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reception",
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
                                to="budget.reception",
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
                        ("day", models.DateField(verbose_name="日期")),
                        ("foreign", models.BooleanField(default=False, verbose_name="外事接待")),
                        ("guests", models.PositiveIntegerField(verbose_name="人次")),
                        ("matter", models.CharField(max_length=200, verbose_name="事由")),
                        ("amount_fen", models.BigIntegerField(verbose_name="金额（分）")),
                        ("voucher", models.CharField(max_length=40, verbose_name="凭证号")),
                    ],
                    options={
                        "verbose_name": "公务接待",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="reception_superseded_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Trip",
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
                                to="budget.trip",
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
                        ("day", models.DateField(verbose_name="日期")),
                        ("persons", models.PositiveIntegerField(verbose_name="人次")),
                        ("matter", models.CharField(max_length=200, verbose_name="事由")),
                        ("amount_fen", models.BigIntegerField(verbose_name="金额（分）")),
                        ("voucher", models.CharField(max_length=40, verbose_name="凭证号")),
                    ],
                    options={
                        "verbose_name": "因公出国（境）",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="trip_superseded_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Vehicle",
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
                                to="budget.vehicle",
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
                        ("plate", models.CharField(max_length=20, verbose_name="车牌号")),
                        (
                            "use",
                            models.CharField(
                                choices=[
                                    ("leader", "主要领导干部用车"),
                                    ("secret", "机要通信用车"),
                                    ("emergency", "应急保障用车"),
                                    ("law", "执法执勤用车"),
                                    ("special", "特种专业技术用车"),
                                    ("retired", "离退休干部用车"),
                                    ("other", "其他用车"),
                                ],
                                max_length=12,
                                verbose_name="用途",
                            ),
                        ),
                        (
                            "disposed_year",
                            models.IntegerField(blank=True, null=True, verbose_name="处置年度"),
                        ),
                    ],
                    options={
                        "verbose_name": "公务用车",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="vehicle_superseded_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Asset",
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
                                to="budget.asset",
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
                        ("name", models.CharField(max_length=120, verbose_name="资产名称")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("general", "通用设备"),
                                    ("special", "专用设备"),
                                    ("building", "房屋及构筑物"),
                                    ("other", "其他"),
                                ],
                                max_length=12,
                                verbose_name="类别",
                            ),
                        ),
                        ("value_fen", models.BigIntegerField(verbose_name="单价（分）")),
                        ("in_use", models.BooleanField(default=True, verbose_name="在用")),
                        (
                            "disposed_year",
                            models.IntegerField(blank=True, null=True, verbose_name="处置年度"),
                        ),
                    ],
                    options={
                        "verbose_name": "固定资产",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="asset_superseded_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Procurement",
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
                                to="budget.procurement",
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
                            "kind",
                            models.CharField(
                                choices=[("goods", "货物"), ("works", "工程"), ("services", "服务")],
                                max_length=10,
                                verbose_name="类别",
                            ),
                        ),
                        ("subject", models.CharField(max_length=160, verbose_name="采购内容")),
                        ("planned_fen", models.BigIntegerField(default=0, verbose_name="计划金额（分）")),
                        ("contract_fen", models.BigIntegerField(default=0, verbose_name="合同金额（分）")),
                        ("small_business", models.BooleanField(default=False, verbose_name="授予中小企业")),
                        ("micro_business", models.BooleanField(default=False, verbose_name="授予小微企业")),
                        ("day", models.DateField(blank=True, null=True, verbose_name="合同日期")),
                    ],
                    options={
                        "verbose_name": "政府采购",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="procurement_superseded_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Gathering",
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
                                to="budget.gathering",
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
                            "kind",
                            models.CharField(
                                choices=[("meeting", "会议"), ("training", "培训")],
                                max_length=10,
                                verbose_name="类别",
                            ),
                        ),
                        ("day", models.DateField(verbose_name="日期")),
                        ("subject", models.CharField(max_length=160, verbose_name="内容")),
                        ("persons", models.PositiveIntegerField(verbose_name="人数")),
                        ("amount_fen", models.BigIntegerField(verbose_name="金额（分）")),
                        ("voucher", models.CharField(blank=True, max_length=40, verbose_name="凭证号")),
                    ],
                    options={
                        "verbose_name": "会议与培训",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="gathering_superseded_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Project",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="projects",
                                to="budget.unit",
                                verbose_name="单位",
                            ),
                        ),
                        ("code", models.CharField(max_length=32, verbose_name="项目代码")),
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
                        "verbose_name": "项目",
                        "constraints": [
                            models.UniqueConstraint(fields=("unit", "code"), name="project_code_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProjectDetails",
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
                                to="budget.projectdetails",
                                verbose_name="更正自",
                            ),
                        ),
                        ("retracted", models.BooleanField(default=False, verbose_name="撤回")),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="budget.project",
                                verbose_name="项目",
                            ),
                        ),
                        ("name", models.CharField(max_length=160, verbose_name="项目名称")),
                        ("since_year", models.IntegerField(verbose_name="起始年度")),
                        (
                            "through_department",
                            models.BooleanField(default=True, verbose_name="列入部门决算"),
                        ),
                    ],
                    options={
                        "verbose_name": "项目登记",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="projectdetails_superseded_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", True)),
                                fields=("project",),
                                name="project_registered_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Appropriation",
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
                                to="budget.appropriation",
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
                            "source",
                            models.CharField(
                                choices=[
                                    ("general", "一般公共预算财政拨款"),
                                    ("fund", "政府性基金预算财政拨款"),
                                    ("capital", "国有资本经营预算财政拨款"),
                                    ("superior", "上级补助收入"),
                                    ("business", "事业收入"),
                                    ("operating", "经营收入"),
                                    ("affiliated", "附属单位上缴收入"),
                                    ("other", "其他收入"),
                                ],
                                max_length=12,
                                verbose_name="资金来源",
                            ),
                        ),
                        ("function_code", models.CharField(max_length=7, verbose_name="功能分类科目")),
                        (
                            "economic_code",
                            models.CharField(blank=True, max_length=5, verbose_name="经济分类科目"),
                        ),
                        (
                            "category",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("basic", "基本支出"),
                                    ("project", "项目支出"),
                                    ("superior", "上缴上级支出"),
                                    ("operating", "经营支出"),
                                    ("affiliated", "对附属单位补助支出"),
                                ],
                                max_length=12,
                                verbose_name="支出类别",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="budget.project",
                                verbose_name="项目",
                            ),
                        ),
                        ("amount_fen", models.BigIntegerField(verbose_name="金额（分）")),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="摘要")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("initial", "年初预算"),
                                    ("adjusted", "预算调整"),
                                    ("carried", "上年结转安排"),
                                ],
                                max_length=10,
                                verbose_name="预算类别",
                            ),
                        ),
                        ("document", models.CharField(max_length=80, verbose_name="批复文号")),
                        ("day", models.DateField(verbose_name="批复日期")),
                        ("reason", models.CharField(blank=True, max_length=200, verbose_name="调整原因")),
                        ("payer_level", models.CharField(blank=True, max_length=10, verbose_name="资金级次")),
                    ],
                    options={
                        "verbose_name": "预算指标",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="appropriation_superseded_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Receipt",
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
                                to="budget.receipt",
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
                            "source",
                            models.CharField(
                                choices=[
                                    ("general", "一般公共预算财政拨款"),
                                    ("fund", "政府性基金预算财政拨款"),
                                    ("capital", "国有资本经营预算财政拨款"),
                                    ("superior", "上级补助收入"),
                                    ("business", "事业收入"),
                                    ("operating", "经营收入"),
                                    ("affiliated", "附属单位上缴收入"),
                                    ("other", "其他收入"),
                                ],
                                max_length=12,
                                verbose_name="资金来源",
                            ),
                        ),
                        ("function_code", models.CharField(max_length=7, verbose_name="功能分类科目")),
                        (
                            "economic_code",
                            models.CharField(blank=True, max_length=5, verbose_name="经济分类科目"),
                        ),
                        (
                            "category",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("basic", "基本支出"),
                                    ("project", "项目支出"),
                                    ("superior", "上缴上级支出"),
                                    ("operating", "经营支出"),
                                    ("affiliated", "对附属单位补助支出"),
                                ],
                                max_length=12,
                                verbose_name="支出类别",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="budget.project",
                                verbose_name="项目",
                            ),
                        ),
                        ("amount_fen", models.BigIntegerField(verbose_name="金额（分）")),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="摘要")),
                        ("voucher", models.CharField(max_length=40, verbose_name="凭证号")),
                        ("day", models.DateField(verbose_name="日期")),
                    ],
                    options={
                        "verbose_name": "收入",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="receipt_superseded_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount_fen", 0), _negated=True), name="receipt_not_zero"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Payment",
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
                                to="budget.payment",
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
                            "source",
                            models.CharField(
                                choices=[
                                    ("general", "一般公共预算财政拨款"),
                                    ("fund", "政府性基金预算财政拨款"),
                                    ("capital", "国有资本经营预算财政拨款"),
                                    ("superior", "上级补助收入"),
                                    ("business", "事业收入"),
                                    ("operating", "经营收入"),
                                    ("affiliated", "附属单位上缴收入"),
                                    ("other", "其他收入"),
                                ],
                                max_length=12,
                                verbose_name="资金来源",
                            ),
                        ),
                        ("function_code", models.CharField(max_length=7, verbose_name="功能分类科目")),
                        (
                            "economic_code",
                            models.CharField(blank=True, max_length=5, verbose_name="经济分类科目"),
                        ),
                        (
                            "category",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("basic", "基本支出"),
                                    ("project", "项目支出"),
                                    ("superior", "上缴上级支出"),
                                    ("operating", "经营支出"),
                                    ("affiliated", "对附属单位补助支出"),
                                ],
                                max_length=12,
                                verbose_name="支出类别",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="budget.project",
                                verbose_name="项目",
                            ),
                        ),
                        ("amount_fen", models.BigIntegerField(verbose_name="金额（分）")),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="摘要")),
                        ("voucher", models.CharField(max_length=40, verbose_name="凭证号")),
                        ("day", models.DateField(verbose_name="日期")),
                        ("payee", models.CharField(blank=True, max_length=120, verbose_name="收款人")),
                        ("from_carried", models.BooleanField(default=False, verbose_name="使用上年结转")),
                    ],
                    options={
                        "verbose_name": "支出",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="payment_superseded_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount_fen", 0), _negated=True), name="payment_not_zero"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Opening",
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
                                to="budget.opening",
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
                            "source",
                            models.CharField(
                                choices=[
                                    ("general", "一般公共预算财政拨款"),
                                    ("fund", "政府性基金预算财政拨款"),
                                    ("capital", "国有资本经营预算财政拨款"),
                                    ("superior", "上级补助收入"),
                                    ("business", "事业收入"),
                                    ("operating", "经营收入"),
                                    ("affiliated", "附属单位上缴收入"),
                                    ("other", "其他收入"),
                                ],
                                max_length=12,
                                verbose_name="资金来源",
                            ),
                        ),
                        ("function_code", models.CharField(max_length=7, verbose_name="功能分类科目")),
                        (
                            "economic_code",
                            models.CharField(blank=True, max_length=5, verbose_name="经济分类科目"),
                        ),
                        (
                            "category",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("basic", "基本支出"),
                                    ("project", "项目支出"),
                                    ("superior", "上缴上级支出"),
                                    ("operating", "经营支出"),
                                    ("affiliated", "对附属单位补助支出"),
                                ],
                                max_length=12,
                                verbose_name="支出类别",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="budget.project",
                                verbose_name="项目",
                            ),
                        ),
                        ("amount_fen", models.BigIntegerField(verbose_name="金额（分）")),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="摘要")),
                    ],
                    options={
                        "verbose_name": "年初结转和结余",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="opening_superseded_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SurplusMove",
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
                                to="budget.surplusmove",
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
                            "kind",
                            models.CharField(
                                choices=[("used", "使用非财政拨款结余"), ("distributed", "结余分配")],
                                max_length=12,
                                verbose_name="类别",
                            ),
                        ),
                        ("amount_fen", models.BigIntegerField(verbose_name="金额（分）")),
                        ("voucher", models.CharField(max_length=40, verbose_name="凭证号")),
                    ],
                    options={
                        "verbose_name": "结余使用与分配",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="surplusmove_superseded_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reason",
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
                                to="budget.reason",
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
                        ("matter", models.CharField(max_length=40, verbose_name="事项")),
                        (
                            "function_code",
                            models.CharField(blank=True, max_length=7, verbose_name="功能分类科目"),
                        ),
                        ("text", models.CharField(max_length=300, verbose_name="原因")),
                    ],
                    options={
                        "verbose_name": "差异原因",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="reason_superseded_once",
                            )
                        ],
                    },
                ),
            ],
        ),
        AppendOnly(
            "budget_appropriation",
            "budget_asset",
            "budget_gathering",
            "budget_opening",
            "budget_payment",
            "budget_procurement",
            "budget_project",
            "budget_projectdetails",
            "budget_publishedfigure",
            "budget_reason",
            "budget_receipt",
            "budget_reception",
            "budget_staffing",
            "budget_surplusmove",
            "budget_trip",
            "budget_unit",
            "budget_unitdetails",
            "budget_vehicle",
        ),
    ]
