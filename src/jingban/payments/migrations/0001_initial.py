import django.db.models.deletion
import django_fsm
from django.db import migrations, models

from jingban.payments.guard import GuardRelease
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
                    name="Run",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("region_id", models.IntegerField(verbose_name="区划")),
                        ("payroll_month", models.IntegerField(verbose_name="发放月")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("monthly", "月度发放"),
                                    ("estate", "遗属待遇"),
                                    ("extra", "补充发放"),
                                ],
                                default="monthly",
                                max_length=10,
                                verbose_name="种类",
                            ),
                        ),
                        ("attempt", models.PositiveSmallIntegerField(verbose_name="次序")),
                        (
                            "state",
                            django_fsm.FSMField(
                                choices=[
                                    ("draft", "已预览"),
                                    ("reviewed", "已复核"),
                                    ("released", "已发放"),
                                    ("filed", "已出盘"),
                                    ("unknown", "结果不明"),
                                    ("returned", "已回盘"),
                                    ("settled", "已结算"),
                                    ("cancelled", "已撤销"),
                                ],
                                default="draft",
                                max_length=50,
                                protected=True,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "horizon",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.origin",
                                verbose_name="事实截止",
                            ),
                        ),
                        (
                            "release",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.origin",
                                verbose_name="发放来源",
                            ),
                        ),
                        ("known_on", models.DateField(verbose_name="政策截止日")),
                        ("law", models.JSONField(verbose_name="所用政策")),
                        (
                            "before",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="after",
                                to="payments.run",
                                verbose_name="上期",
                            ),
                        ),
                        ("maker", models.CharField(max_length=150, verbose_name="经办人")),
                        ("checker", models.CharField(max_length=150, null=True, verbose_name="复核人")),
                        ("person_count", models.PositiveIntegerField(default=0, verbose_name="人数")),
                        ("amount_fen", models.BigIntegerField(default=0, verbose_name="应付金额")),
                        ("report", models.JSONField(default=dict, verbose_name="预览")),
                        ("file_digest", models.CharField(blank=True, max_length=80, verbose_name="报盘摘要")),
                    ],
                    options={
                        "verbose_name": "发放批次",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    models.Q(("state", "cancelled"), _negated=True),
                                    models.Q(("kind", "extra"), _negated=True),
                                ),
                                fields=("region_id", "payroll_month", "kind"),
                                name="run_one_live_per_month",
                            ),
                            models.UniqueConstraint(
                                fields=("region_id", "payroll_month", "kind", "attempt"), name="run_attempt"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("checker__isnull", True),
                                    models.Q(("checker", models.F("maker")), _negated=True),
                                    _connector="OR",
                                ),
                                name="run_maker_is_not_checker",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "cancelled"]),
                                    ("checker__isnull", False),
                                    _connector="OR",
                                ),
                                name="run_needs_a_checker",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "reviewed", "cancelled"]),
                                    ("release__isnull", False),
                                    _connector="OR",
                                ),
                                name="run_release_is_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RunEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="payments.run",
                                verbose_name="批次",
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
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "已预览"),
                                    ("reviewed", "已复核"),
                                    ("released", "已发放"),
                                    ("filed", "已出盘"),
                                    ("unknown", "结果不明"),
                                    ("returned", "已回盘"),
                                    ("settled", "已结算"),
                                    ("cancelled", "已撤销"),
                                ],
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                    ],
                    options={
                        "verbose_name": "批次经过",
                    },
                ),
                migrations.CreateModel(
                    name="Order",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="orders",
                                to="payments.run",
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
                        (
                            "channel",
                            models.SmallIntegerField(
                                choices=[(1, "银行"), (2, "遗属"), (3, "应收"), (5, "抵转")],
                                verbose_name="去向",
                            ),
                        ),
                        ("bank", models.CharField(blank=True, max_length=32, verbose_name="银行")),
                        ("account", models.CharField(blank=True, max_length=40, verbose_name="账号")),
                        ("holder", models.CharField(blank=True, max_length=100, verbose_name="户名")),
                        ("amount_fen", models.BigIntegerField(verbose_name="金额")),
                    ],
                    options={
                        "verbose_name": "支付单",
                        "constraints": [
                            models.UniqueConstraint(fields=("run", "person"), name="order_once"),
                            models.CheckConstraint(
                                condition=models.Q(("amount_fen__gt", 0)), name="order_is_positive"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Line",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="payments.run",
                                verbose_name="批次",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.person",
                                verbose_name="人员",
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="payments.order",
                                verbose_name="支付单",
                            ),
                        ),
                        ("item", models.SmallIntegerField(verbose_name="项目")),
                        ("month", models.IntegerField(verbose_name="待遇所属月")),
                        ("amount_fen", models.BigIntegerField(verbose_name="金额")),
                        ("owed_fen", models.BigIntegerField(verbose_name="应付")),
                        ("settled_fen", models.BigIntegerField(verbose_name="已结")),
                        (
                            "channel",
                            models.SmallIntegerField(
                                choices=[(1, "银行"), (2, "遗属"), (3, "应收"), (5, "抵转")],
                                verbose_name="去向",
                            ),
                        ),
                        ("reason", models.SmallIntegerField(default=0, verbose_name="原因")),
                    ],
                    options={
                        "verbose_name": "发放明细",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("person", "month", "item", "run"), name="line_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlannedEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="payments.run",
                                verbose_name="批次",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.person",
                                verbose_name="人员",
                            ),
                        ),
                        ("ledger", models.SmallIntegerField(verbose_name="分账")),
                        ("kind", models.SmallIntegerField(verbose_name="性质")),
                        ("month", models.IntegerField(verbose_name="所属月")),
                        ("amount_fen", models.BigIntegerField(verbose_name="金额")),
                    ],
                    options={
                        "verbose_name": "拟记账户明细",
                        "indexes": [models.Index(fields=["run", "person"], name="planned_of_person")],
                    },
                ),
                migrations.CreateModel(
                    name="OrderStatus",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "order",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="outcome",
                                to="payments.order",
                                verbose_name="支付单",
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
                            "status",
                            models.CharField(
                                choices=[("paid", "成功"), ("failed", "失败")],
                                max_length=6,
                                verbose_name="结果",
                            ),
                        ),
                        ("code", models.CharField(blank=True, max_length=16, verbose_name="银行代码")),
                        ("reason", models.CharField(blank=True, max_length=100, verbose_name="原因")),
                    ],
                    options={
                        "verbose_name": "支付结果",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("status", "failed")),
                                fields=["order"],
                                name="order_failed",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReturnFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="returns",
                                to="payments.run",
                                verbose_name="批次",
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
                        ("digest", models.CharField(max_length=80, unique=True, verbose_name="摘要")),
                        ("name", models.CharField(max_length=200, verbose_name="文件名")),
                        ("count", models.PositiveIntegerField(verbose_name="笔数")),
                    ],
                    options={
                        "verbose_name": "回盘文件",
                    },
                ),
                migrations.CreateModel(
                    name="EstatePayee",
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
                                to="payments.estatepayee",
                                verbose_name="更正自",
                            ),
                        ),
                        ("retracted", models.BooleanField(default=False, verbose_name="撤回")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_facts",
                                to="registry.person",
                                verbose_name="人员",
                            ),
                        ),
                        ("name", models.CharField(max_length=100, verbose_name="领取人")),
                        ("bank", models.CharField(max_length=32, verbose_name="银行")),
                        ("account", models.CharField(max_length=40, verbose_name="账号")),
                        (
                            "relationship",
                            models.CharField(blank=True, max_length=32, verbose_name="与参保人关系"),
                        ),
                    ],
                    options={
                        "verbose_name": "遗属领取人",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", False)),
                                fields=("supersedes",),
                                name="estatepayee_superseded_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Clearance",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="clearances",
                                to="payments.run",
                                verbose_name="批次",
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
                        ("warnings", models.JSONField(default=list, verbose_name="提示")),
                    ],
                    options={
                        "verbose_name": "发放前检查",
                    },
                ),
                migrations.CreateModel(
                    name="Receivable",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="receivables",
                                to="payments.run",
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
                        (
                            "origin",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.origin",
                                verbose_name="来源",
                            ),
                        ),
                        ("amount_fen", models.BigIntegerField(verbose_name="金额")),
                        ("first_month", models.IntegerField(verbose_name="首月")),
                        ("last_month", models.IntegerField(verbose_name="末月")),
                        ("reason", models.SmallIntegerField(verbose_name="原因")),
                    ],
                    options={
                        "verbose_name": "应收款",
                        "constraints": [
                            models.UniqueConstraint(fields=("run", "person"), name="receivable_once"),
                            models.CheckConstraint(
                                condition=models.Q(("amount_fen__gt", 0)), name="receivable_is_positive"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Repayment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "receivable",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="repayments",
                                to="payments.receivable",
                                verbose_name="应收款",
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
                        ("amount_fen", models.BigIntegerField(verbose_name="金额")),
                        (
                            "method",
                            models.CharField(
                                choices=[
                                    ("cash", "现金缴回"),
                                    ("bank", "银行转回"),
                                    ("set_off", "抵扣待遇"),
                                    ("account", "抵扣账户余额"),
                                ],
                                max_length=8,
                                verbose_name="方式",
                            ),
                        ),
                        ("paid_on", models.DateField(verbose_name="日期")),
                        ("reference", models.CharField(blank=True, max_length=64, verbose_name="凭证号")),
                    ],
                    options={
                        "verbose_name": "追回",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount_fen__gt", 0)), name="repayment_is_positive"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Instalment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "receivable",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="instalments",
                                to="payments.receivable",
                                verbose_name="应收款",
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
                        ("due_month", models.IntegerField(verbose_name="应还月")),
                        ("amount_fen", models.BigIntegerField(verbose_name="金额")),
                    ],
                    options={
                        "verbose_name": "分期",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount_fen__gt", 0)), name="instalment_is_positive"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WriteOff",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "receivable",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="write_offs",
                                to="payments.receivable",
                                verbose_name="应收款",
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
                        ("amount_fen", models.BigIntegerField(verbose_name="金额")),
                        ("reason", models.CharField(max_length=200, verbose_name="理由")),
                        ("maker", models.CharField(max_length=150, verbose_name="提出人")),
                        ("checker", models.CharField(max_length=150, verbose_name="批准人")),
                    ],
                    options={
                        "verbose_name": "核销",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount_fen__gt", 0)), name="writeoff_is_positive"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("checker", models.F("maker")), _negated=True),
                                name="writeoff_maker_is_not_checker",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SetOff",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "repayment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="set_offs",
                                to="payments.repayment",
                                verbose_name="追回",
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
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.person",
                                verbose_name="人员",
                            ),
                        ),
                        ("item", models.SmallIntegerField(verbose_name="项目")),
                        ("month", models.IntegerField(verbose_name="待遇所属月")),
                        ("amount_fen", models.BigIntegerField(verbose_name="金额")),
                        ("owed_fen", models.BigIntegerField(null=True, verbose_name="应付")),
                    ],
                    options={
                        "verbose_name": "抵扣明细",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount_fen__gt", 0)), name="set_off_is_positive"
                            )
                        ],
                    },
                ),
            ],
        ),
        AppendOnly(
            "payments_clearance",
            "payments_estatepayee",
            "payments_instalment",
            "payments_line",
            "payments_order",
            "payments_orderstatus",
            "payments_plannedentry",
            "payments_receivable",
            "payments_repayment",
            "payments_returnfile",
            "payments_runevent",
            "payments_setoff",
            "payments_writeoff",
        ),
        GuardRelease(),
    ]
