import django.db.models.deletion
from django.db import migrations, models

from jingban.casework.guard import GuardMaker
from jingban.casework.separation import SECOND_ACCOUNTS, Guard, GuardSeparation
from jingban.store.append_only import AppendOnly
from jingban.store.at_once import Tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("payments", "0001_initial"),
        ("registry", "0001_initial"),
    ]

    operations = [
        Tables(
            creations=[
                migrations.CreateModel(
                    name="Case",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=32, unique=True, verbose_name="业务编号")),
                        ("kind", models.CharField(db_index=True, max_length=40, verbose_name="业务类别")),
                        (
                            "batch",
                            models.CharField(blank=True, db_index=True, max_length=32, verbose_name="批次"),
                        ),
                        ("maker", models.CharField(max_length=150, verbose_name="经办人")),
                        ("office", models.CharField(blank=True, max_length=60, verbose_name="经办网点")),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("counter", "窗口"),
                                    ("online", "网上"),
                                    ("village", "村（居）协办员"),
                                    ("agency", "经办机构主动发起"),
                                    ("batch", "批量"),
                                ],
                                max_length=10,
                                verbose_name="受理渠道",
                            ),
                        ),
                        ("received_at", models.DateTimeField(verbose_name="受理时间")),
                        ("due_on", models.DateField(null=True, verbose_name="应办结日期")),
                        ("legal_due_on", models.DateField(null=True, verbose_name="法定办结日期")),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases",
                                to="registry.person",
                                verbose_name="人员",
                            ),
                        ),
                        ("content", models.JSONField(verbose_name="内容")),
                        ("evidence", models.JSONField(verbose_name="材料")),
                        ("amount_fen", models.BigIntegerField(default=0, verbose_name="金额（分）")),
                        ("levels", models.PositiveSmallIntegerField(verbose_name="审批级数")),
                        ("row", models.PositiveIntegerField(default=0, verbose_name="批量行号")),
                    ],
                    options={
                        "verbose_name": "业务",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("levels__gte", 1)), name="case_is_reviewed"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="casework.case",
                                verbose_name="业务",
                            ),
                        ),
                        ("sequence", models.PositiveIntegerField(verbose_name="序号")),
                        (
                            "action",
                            models.CharField(
                                choices=[
                                    ("submitted", "提交"),
                                    ("approved", "通过"),
                                    ("returned", "退回"),
                                    ("rejected", "不予办理"),
                                    ("withdrawn", "撤回"),
                                    ("failed", "办理时未通过校验"),
                                    ("noted", "记录"),
                                ],
                                max_length=10,
                                verbose_name="操作",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("pending", "待审核"),
                                    ("returned", "已退回"),
                                    ("done", "已办结"),
                                    ("rejected", "不予办理"),
                                    ("withdrawn", "已撤回"),
                                ],
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("level", models.PositiveSmallIntegerField(default=0, verbose_name="审批级次")),
                        ("round", models.PositiveSmallIntegerField(default=1, verbose_name="轮次")),
                        ("actor", models.CharField(max_length=150, verbose_name="操作人")),
                        ("maker", models.CharField(max_length=150, verbose_name="经办人")),
                        ("at", models.DateTimeField(verbose_name="时间")),
                        ("note", models.TextField(blank=True, verbose_name="意见")),
                        ("content", models.JSONField(null=True, verbose_name="更正后的内容")),
                        ("evidence", models.JSONField(null=True, verbose_name="更正后的材料")),
                        ("findings", models.JSONField(default=list, verbose_name="校验结果")),
                        (
                            "origin",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.origin",
                                verbose_name="来源",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "业务环节",
                        "indexes": [models.Index(fields=["state", "case"], name="case_event_state")],
                        "constraints": [
                            models.UniqueConstraint(fields=("case", "sequence"), name="one_event_a_number"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("action__in", ["approved", "returned", "rejected"]), _negated=True
                                    ),
                                    models.Q(("actor", models.F("maker")), _negated=True),
                                    _connector="OR",
                                ),
                                name="maker_is_not_checker",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("action", "approved")),
                                fields=("case", "round", "actor"),
                                name="one_approval_a_person",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Volume",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.IntegerField(verbose_name="年度")),
                        ("number", models.PositiveIntegerField(verbose_name="卷号")),
                        ("kind", models.CharField(max_length=40, verbose_name="业务类别")),
                        ("retention", models.CharField(max_length=12, verbose_name="保管期限")),
                        ("retained_from", models.IntegerField(verbose_name="起算年度")),
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
                        "verbose_name": "案卷",
                        "constraints": [
                            models.UniqueConstraint(fields=("year", "number"), name="volume_number_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Filing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "volume",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="filings",
                                to="casework.volume",
                                verbose_name="案卷",
                            ),
                        ),
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="filing",
                                to="casework.case",
                                verbose_name="业务",
                            ),
                        ),
                        ("place", models.PositiveIntegerField(verbose_name="件号")),
                    ],
                    options={
                        "verbose_name": "归档件",
                        "constraints": [
                            models.UniqueConstraint(fields=("volume", "place"), name="filing_place_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Consultation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="时间")),
                        ("subject", models.CharField(max_length=60, verbose_name="咨询事项")),
                        ("channel", models.CharField(max_length=10, verbose_name="渠道")),
                        ("office", models.CharField(blank=True, max_length=60, verbose_name="网点")),
                        ("actor", models.CharField(max_length=150, verbose_name="接待人")),
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
                        "verbose_name": "咨询",
                    },
                ),
                migrations.CreateModel(
                    name="Staff",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("account", models.CharField(max_length=150, unique=True, verbose_name="账号")),
                        ("person", models.CharField(db_index=True, max_length=64, verbose_name="工号")),
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
                        "verbose_name": "工作人员账号",
                    },
                ),
            ],
        ),
        AppendOnly(
            "casework_case",
            "casework_caseevent",
            "casework_consultation",
            "casework_filing",
            "casework_staff",
            "casework_volume",
        ),
        GuardMaker(),
        GuardSeparation(),
        Guard(*SECOND_ACCOUNTS),
    ]
