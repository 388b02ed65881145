import django.db.models.deletion
from django.db import migrations, models

from jingban.casework.separation import Guard
from jingban.safeguards.barred import GuardClearance
from jingban.safeguards.guard import SECOND_ACCOUNT, GuardFinder
from jingban.store.append_only import AppendOnly
from jingban.store.at_once import Tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("casework", "0001_initial"),
        ("payments", "0001_initial"),
        ("registry", "0001_initial"),
    ]

    operations = [
        Tables(
            creations=[
                migrations.CreateModel(
                    name="Campaign",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=32, unique=True, verbose_name="批次")),
                        ("region_id", models.IntegerField(verbose_name="区划")),
                        ("frozen_on", models.DateField(verbose_name="名单截止日")),
                        ("due_on", models.DateField(verbose_name="办结期限")),
                        ("horizon", models.BigIntegerField(verbose_name="事实截止")),
                        ("count", models.PositiveIntegerField(verbose_name="人数")),
                        ("maker", models.CharField(max_length=150, verbose_name="经办人")),
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
                        "verbose_name": "认证批次",
                    },
                ),
                migrations.CreateModel(
                    name="CampaignPerson",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="listed",
                                to="safeguards.campaign",
                                verbose_name="批次",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="campaigns",
                                to="registry.person",
                                verbose_name="人员",
                            ),
                        ),
                        ("township", models.CharField(blank=True, max_length=60, verbose_name="乡镇")),
                        ("village", models.CharField(blank=True, max_length=60, verbose_name="村")),
                        ("group_name", models.CharField(blank=True, max_length=60, verbose_name="组")),
                        ("old", models.BooleanField(verbose_name="80岁以上")),
                        ("disabled", models.BooleanField(verbose_name="残疾人")),
                        ("certified_month", models.IntegerField(verbose_name="上次认证月")),
                    ],
                    options={
                        "verbose_name": "认证名单",
                        "constraints": [
                            models.UniqueConstraint(fields=("campaign", "person"), name="listed_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CampaignAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "listed",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="safeguards.campaignperson",
                                verbose_name="名单行",
                            ),
                        ),
                        ("sequence", models.PositiveSmallIntegerField(verbose_name="次序")),
                        (
                            "result",
                            models.CharField(
                                choices=[
                                    ("passed", "通过"),
                                    ("dead", "死亡"),
                                    ("unreachable", "失联"),
                                    ("other", "其他"),
                                ],
                                max_length=12,
                                verbose_name="结果",
                            ),
                        ),
                        ("channel", models.CharField(blank=True, max_length=4, verbose_name="方式")),
                        ("happened_on", models.DateField(null=True, verbose_name="日期")),
                        ("evidence", models.CharField(blank=True, max_length=200, verbose_name="依据")),
                        ("reason", models.CharField(blank=True, max_length=200, verbose_name="未通过原因")),
                        ("case_number", models.CharField(blank=True, max_length=32, verbose_name="业务编号")),
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
                        "verbose_name": "认证结果",
                        "constraints": [
                            models.UniqueConstraint(fields=("listed", "sequence"), name="answer_number_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("result", "passed"), _negated=True),
                                    models.Q(
                                        ("happened_on__isnull", False),
                                        models.Q(("channel", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="passed_has_day_and_channel",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OtherList",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("source", models.CharField(db_index=True, max_length=24, verbose_name="来源部门")),
                        ("month", models.IntegerField(verbose_name="数据月份")),
                        ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                        ("name", models.CharField(blank=True, max_length=200, verbose_name="文件名")),
                        ("count", models.PositiveIntegerField(verbose_name="行数")),
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
                        "verbose_name": "外部名单",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("source", "month", "digest"), name="other_list_taken_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OtherRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "list",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rows",
                                to="safeguards.otherlist",
                                verbose_name="名单",
                            ),
                        ),
                        ("row", models.PositiveIntegerField(verbose_name="行号")),
                        (
                            "id_number",
                            models.CharField(
                                blank=True, db_index=True, max_length=40, verbose_name="证件号码"
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=100, verbose_name="姓名")),
                        ("sex", models.CharField(blank=True, max_length=6, verbose_name="性别")),
                        ("birth_date", models.DateField(null=True, verbose_name="出生日期")),
                        ("event_on", models.DateField(null=True, verbose_name="发生日期")),
                        ("until_on", models.DateField(null=True, verbose_name="截止日期")),
                        ("township", models.CharField(blank=True, max_length=60, verbose_name="乡镇")),
                        ("village", models.CharField(blank=True, max_length=60, verbose_name="村")),
                        ("detail", models.CharField(blank=True, max_length=200, verbose_name="内容")),
                    ],
                    options={
                        "verbose_name": "外部名单行",
                    },
                ),
                migrations.CreateModel(
                    name="VillageReturn",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "list",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="villages",
                                to="safeguards.otherlist",
                                verbose_name="名单",
                            ),
                        ),
                        ("township", models.CharField(max_length=60, verbose_name="乡镇")),
                        ("village", models.CharField(max_length=60, verbose_name="村")),
                        ("count", models.PositiveIntegerField(verbose_name="人数")),
                    ],
                    options={
                        "verbose_name": "村级报送",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("list", "township", "village"), name="village_once_a_list"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DrivePerson",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.IntegerField(verbose_name="年度")),
                        (
                            "why",
                            models.CharField(
                                choices=[
                                    ("uninsured", "未参保"),
                                    ("interrupted", "断缴"),
                                    ("hesitant", "连续断缴"),
                                ],
                                max_length=12,
                                verbose_name="类别",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.person",
                                verbose_name="人员",
                            ),
                        ),
                        ("id_number", models.CharField(max_length=40, verbose_name="证件号码")),
                        ("name", models.CharField(max_length=100, verbose_name="姓名")),
                        ("township", models.CharField(blank=True, max_length=60, verbose_name="乡镇")),
                        ("village", models.CharField(blank=True, max_length=60, verbose_name="村")),
                        ("last_year", models.IntegerField(default=0, verbose_name="最近缴费年度")),
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
                        "verbose_name": "扩面对象",
                        "constraints": [
                            models.UniqueConstraint(fields=("year", "id_number"), name="asked_once_a_year")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DriveResult",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "asked",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="results",
                                to="safeguards.driveperson",
                                verbose_name="扩面对象",
                            ),
                        ),
                        (
                            "result",
                            models.CharField(
                                choices=[
                                    ("enrolled", "已参保缴费"),
                                    ("elsewhere", "已参加其他险种"),
                                    ("student", "在校学生"),
                                    ("army", "服役"),
                                    ("moved", "外出或迁出"),
                                    ("dead", "死亡"),
                                    ("refused", "暂不愿参保"),
                                ],
                                max_length=12,
                                verbose_name="核实结果",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
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
                        "verbose_name": "扩面核实结果",
                    },
                ),
                migrations.CreateModel(
                    name="Publication",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=24, verbose_name="公示内容")),
                        ("township", models.CharField(max_length=60, verbose_name="乡镇")),
                        ("village", models.CharField(max_length=60, verbose_name="村")),
                        ("month", models.IntegerField(verbose_name="月份")),
                        ("from_on", models.DateField(verbose_name="公示起日")),
                        ("until_on", models.DateField(verbose_name="公示止日")),
                        ("count", models.PositiveIntegerField(verbose_name="人数")),
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
                        "verbose_name": "公示",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kind", "township", "village", "month"), name="published_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PublishedRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "publication",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rows",
                                to="safeguards.publication",
                                verbose_name="公示",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.person",
                                verbose_name="人员",
                            ),
                        ),
                        ("name", models.CharField(max_length=100, verbose_name="姓名（脱敏）")),
                        ("number", models.CharField(max_length=40, verbose_name="号码（脱敏）")),
                        ("amount_fen", models.BigIntegerField(default=0, verbose_name="金额（分）")),
                    ],
                    options={
                        "verbose_name": "公示行",
                    },
                ),
                migrations.CreateModel(
                    name="Objection",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "row",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="objections",
                                to="safeguards.publishedrow",
                                verbose_name="公示行",
                            ),
                        ),
                        ("received_on", models.DateField(verbose_name="收到日期")),
                        ("content", models.CharField(max_length=500, verbose_name="异议内容")),
                        (
                            "suspicion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="objections",
                                to="safeguards.suspicion",
                                verbose_name="疑点",
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
                    ],
                    options={
                        "verbose_name": "公示异议",
                    },
                ),
                migrations.CreateModel(
                    name="MessageConsent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.person",
                                verbose_name="人员",
                            ),
                        ),
                        ("agreed", models.BooleanField(verbose_name="同意")),
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
                        "verbose_name": "短信意愿",
                    },
                ),
                migrations.CreateModel(
                    name="MessageRound",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("purpose", models.CharField(max_length=40, verbose_name="用途")),
                        ("version", models.CharField(max_length=20, verbose_name="文本版本")),
                        ("text", models.TextField(verbose_name="文本")),
                        ("gateway", models.CharField(max_length=40, verbose_name="网关")),
                        ("sent", models.PositiveIntegerField(verbose_name="成功")),
                        ("failed", models.PositiveIntegerField(verbose_name="失败")),
                        ("skipped", models.PositiveIntegerField(verbose_name="未同意或无号码")),
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
                        "verbose_name": "短信批次",
                    },
                ),
                migrations.CreateModel(
                    name="Message",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="messages",
                                to="safeguards.messageround",
                                verbose_name="批次",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.person",
                                verbose_name="人员",
                            ),
                        ),
                        ("phone", models.CharField(max_length=40, verbose_name="号码（脱敏）")),
                        (
                            "status",
                            models.CharField(
                                choices=[("sent", "成功"), ("failed", "失败")],
                                max_length=8,
                                verbose_name="结果",
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=100, verbose_name="原因")),
                    ],
                    options={
                        "verbose_name": "短信",
                    },
                ),
                migrations.CreateModel(
                    name="Suspicion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=120, unique=True, verbose_name="要点")),
                        ("kind", models.CharField(db_index=True, max_length=32, verbose_name="疑点类别")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="suspicions",
                                to="registry.person",
                                verbose_name="人员",
                            ),
                        ),
                        (
                            "row",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="suspicions",
                                to="safeguards.otherrow",
                                verbose_name="名单行",
                            ),
                        ),
                        ("method", models.CharField(max_length=32, verbose_name="方法")),
                        (
                            "confidence",
                            models.CharField(
                                choices=[
                                    ("certain", "号码姓名一致"),
                                    ("probable", "高度疑似"),
                                    ("grey", "待人工比对"),
                                ],
                                max_length=10,
                                verbose_name="把握",
                            ),
                        ),
                        ("score", models.IntegerField(default=0, verbose_name="得分")),
                        ("event_on", models.DateField(null=True, verbose_name="发生日期")),
                        ("month", models.IntegerField(verbose_name="发现月")),
                        ("amount_fen", models.BigIntegerField(default=0, verbose_name="疑似多发（分）")),
                        ("detail", models.JSONField(default=dict, verbose_name="内容")),
                        ("finder", models.CharField(max_length=150, verbose_name="发现人")),
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
                        "verbose_name": "疑点",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount_fen__gte", 0)), name="suspicion_amount"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SuspicionEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "suspicion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="safeguards.suspicion",
                                verbose_name="疑点",
                            ),
                        ),
                        ("sequence", models.PositiveIntegerField(verbose_name="序号")),
                        (
                            "action",
                            models.CharField(
                                choices=[
                                    ("found", "发现"),
                                    ("assigned", "分派"),
                                    ("verified", "核实"),
                                    ("acted", "处理"),
                                    ("closed", "办结"),
                                    ("noted", "补充"),
                                ],
                                max_length=10,
                                verbose_name="操作",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("found", "待分派"),
                                    ("assigned", "核实中"),
                                    ("true", "属实待处理"),
                                    ("false", "不属实"),
                                    ("acted", "处理中"),
                                    ("closed", "已办结"),
                                ],
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("actor", models.CharField(max_length=150, verbose_name="操作人")),
                        ("finder", models.CharField(max_length=150, verbose_name="发现人")),
                        ("assignee", models.CharField(blank=True, max_length=150, verbose_name="核实人")),
                        (
                            "measure",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "无"),
                                    ("stop", "停发"),
                                    ("recover", "追回"),
                                    ("correct", "更正"),
                                ],
                                max_length=8,
                                verbose_name="措施",
                            ),
                        ),
                        ("amount_fen", models.BigIntegerField(default=0, verbose_name="金额（分）")),
                        ("case_number", models.CharField(blank=True, max_length=32, verbose_name="业务编号")),
                        ("note", models.TextField(blank=True, verbose_name="说明")),
                        ("at", models.DateTimeField(verbose_name="时间")),
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
                        "verbose_name": "疑点环节",
                        "indexes": [
                            models.Index(fields=["state", "suspicion"], name="suspicion_event_state")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("suspicion", "sequence"), name="one_suspicion_event_a_number"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("action", "verified"), _negated=True),
                                    models.Q(("actor", models.F("finder")), _negated=True),
                                    _connector="OR",
                                ),
                                name="finder_does_not_verify",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount_fen__gte", 0)), name="suspicion_event_amount"
                            ),
                        ],
                    },
                ),
            ],
        ),
        AppendOnly(
            "safeguards_campaign",
            "safeguards_campaignanswer",
            "safeguards_campaignperson",
            "safeguards_driveperson",
            "safeguards_driveresult",
            "safeguards_message",
            "safeguards_messageconsent",
            "safeguards_messageround",
            "safeguards_objection",
            "safeguards_otherlist",
            "safeguards_otherrow",
            "safeguards_publication",
            "safeguards_publishedrow",
            "safeguards_suspicion",
            "safeguards_suspicionevent",
            "safeguards_villagereturn",
        ),
        GuardFinder(),
        GuardClearance(),
        Guard(SECOND_ACCOUNT),
    ]
